import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { etlcap, SAMPLES, sample } from '../cli/run.js';
import { zipFile } from '../io/archives/zip-builder.js';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.js';

const PAGE_SCRIPT = fileURLToPath(new URL('../../scripts/release/converter-page.mjs', import.meta.url));

let directory = '';
let browser: OpenBrowser | undefined;
let server: Server | undefined;
/** Messages of the console, errors of scripts and requests of the network, of all pages. */
const complaints: string[] = [];

async function open(url = pathToFileURL(join(directory, 'etlcap.html')).href, width = 1280): Promise<Page> {
  if (browser === undefined) throw new Error('the browser is not open');
  const page = await browser.context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(?:file|data|blob):/u.test(request.url()) && request.url() !== url) complaints.push(request.url());
  });
  await page.setViewportSize({ width, height: 900 });
  await page.goto(url);
  return page;
}

const convert = async (page: Page, paths: readonly string[]): Promise<void> => {
  await page.getByLabel('Choose .etl files').setInputFiles([...paths]);
  await page.getByRole('button', { name: 'Convert', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'Done' }).waitFor({ timeout: 120_000 });
};

/** Saves all downloads of the page. */
async function downloads(page: Page): Promise<Map<string, Buffer>> {
  const saved = new Map<string, Buffer>();
  for (const link of await page.getByRole('link', { name: /^Download/u }).all()) {
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    saved.set(download.suggestedFilename(), readFileSync(await download.path()));
  }
  return saved;
}

const filesIn = (folder: string): Map<string, Buffer> =>
  new Map(
    readdirSync(folder)
      .filter((name) => /\.(?:pcapng|events\.json)$/u.test(name))
      .map((name) => [name, readFileSync(join(folder, name))]),
  );

/** Violations of accessibility rules that axe-core finds, one line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: unknown = await page.evaluate(
    "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))",
  );
  return Array.isArray(found) ? found.map(String) : [String(found)];
}

describeInBrowser('the page that converts in a browser', () => {
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'etlcap-page-'));
    execFileSync(process.execPath, [PAGE_SCRIPT, join(directory, 'etlcap.html')]);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(directory, { recursive: true, force: true });
    expect(complaints).toEqual([]);
  });

  it('writes what the command writes, byte for byte, for all samples', async () => {
    const names = readdirSync(SAMPLES).filter((name) => name.endsWith('.etl'));
    const folder = join(directory, 'command');
    mkdirSync(folder);
    for (const name of names) {
      copyFileSync(join(SAMPLES, name), join(folder, name));
      const { code, stderr } = await etlcap([name, '-q'], { cwd: folder });
      expect(stderr).toBe('');
      expect(code).toBe(0);
    }
    const expected = filesIn(folder);
    const found = new Map<string, Buffer>();
    // Chromium lets a page start ten downloads without asking.
    for (let start = 0; start < names.length; start += 4) {
      const page = await open();
      await convert(
        page,
        names.slice(start, start + 4).map((name) => join(SAMPLES, name)),
      );
      for (const [name, bytes] of await downloads(page)) found.set(name, bytes);
      await page.close();
    }
    expect(names.length).toBeGreaterThan(10);
    expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [name, bytes] of found)
      expect(bytes.equals(expected.get(name) ?? Buffer.of()), name).toBe(true);
  });

  it('takes the options that it offers as the command does', async () => {
    const folder = join(directory, 'options');
    mkdirSync(folder);
    copyFileSync(sample('nat-vswitch'), join(folder, 'nat-vswitch.etl'));
    const args = ['--one-copy', 'nic', '--comments', 'brief', '--split', 'linktype'];
    expect((await etlcap(['nat-vswitch.etl', '-q', ...args], { cwd: folder })).code).toBe(0);
    const page = await open();
    await page.getByLabel('Copies of a packet').selectOption('nic');
    await page.getByLabel('Packet comments').selectOption('brief');
    await page.getByLabel('Link types').selectOption('linktype');
    await convert(page, [sample('nat-vswitch')]);
    expect(await downloads(page)).toEqual(filesIn(folder));
    await page.close();
  });

  it('converts the traces of a zip and of a gzip file', async () => {
    const trace = readFileSync(sample('lbfo-team'));
    const zip = join(directory, 'traces.zip');
    const gz = join(directory, 'team.etl.gz');
    writeFileSync(
      zip,
      zipFile([
        { name: 'logs/a.etl', bytes: trace },
        { name: 'logs/readme.txt', bytes: Buffer.from('x') },
      ]),
    );
    writeFileSync(gz, gzipSync(trace));
    const page = await open();
    await convert(page, [zip, gz]);
    const found = await downloads(page);
    expect([...found.keys()].sort()).toEqual([
      'a.events.json',
      'a.pcapng',
      'team.events.json',
      'team.pcapng',
    ]);
    expect(found.get('a.pcapng')?.equals(found.get('team.pcapng') ?? Buffer.of())).toBe(true);
    await page.close();
  });

  it('names what cannot be converted, and converts the rest', async () => {
    const text = join(directory, 'notes.etl');
    const broken = join(directory, 'broken.zip');
    writeFileSync(text, 'not a trace');
    writeFileSync(
      broken,
      zipFile([{ name: 'a.etl', bytes: readFileSync(sample('lbfo-team')) }]).subarray(0, 600),
    );
    const page = await open();
    await convert(page, [text, broken, sample('pktmon-drops')]);
    const alerts = await page.getByRole('alert').allTextContents();
    expect(alerts).toHaveLength(2);
    expect(alerts[0]).toMatch(/^notes\.etl: not an ETL trace at offset 0/u);
    expect(alerts[1]).toMatch(/^broken\.zip: /u);
    expect(await page.getByRole('heading', { name: 'pktmon-drops.etl' }).count()).toBe(1);
    await page.close();
  });

  it('shows findings and the report in the page', async () => {
    const page = await open();
    await convert(page, [sample('pktmon-drops')]);
    expect(await page.getByRole('list', { name: 'Findings' }).getByRole('listitem').count()).toBeGreaterThan(
      0,
    );
    await page.getByText('Report: paths of the packets').click();
    const report = page.frameLocator('iframe');
    await report.getByRole('heading', { level: 1 }).waitFor();
    expect(await report.getByRole('table').count()).toBeGreaterThan(0);
    await page.close();
  });

  it('can be cancelled, and then converts again', async () => {
    const page = await open();
    await page.getByLabel('Choose .etl files').setInputFiles(Array(40).fill(sample('nat-vswitch')));
    await page.getByRole('button', { name: 'Convert', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByRole('status').textContent()).toBe('Cancelled.');
    await convert(page, [sample('lbfo-team')]);
    expect(await page.getByRole('link', { name: /^Download/u }).count()).toBe(2);
    await page.close();
  });

  it('writes into a folder while it converts, and replaces no file', async () => {
    const html = readFileSync(join(directory, 'etlcap.html'));
    server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html));
    const started = server;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    const address = started.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const page = await open(`http://127.0.0.1:${address.port}/`);
    // A dialog cannot be answered here: the browser's own folder for the page takes its place.
    await page.evaluate('window.showDirectoryPicker = () => navigator.storage.getDirectory()');
    const convertIntoFolder = async (): Promise<void> => {
      await page.getByLabel('Choose .etl files').setInputFiles([sample('lbfo-team')]);
      await page.getByRole('button', { name: 'Convert into a folder' }).click();
      await page.getByRole('status').filter({ hasText: 'Done' }).waitFor();
    };
    await convertIntoFolder();
    const written: unknown = await page.evaluate(
      `navigator.storage.getDirectory().then((folder) => folder.getFileHandle('lbfo-team.pcapng')).then((handle) => handle.getFile()).then((file) => file.arrayBuffer()).then((bytes) => Array.from(new Uint8Array(bytes)))`,
    );
    const folder = join(directory, 'folder');
    mkdirSync(folder);
    copyFileSync(sample('lbfo-team'), join(folder, 'lbfo-team.etl'));
    await etlcap(['lbfo-team.etl', '-q'], { cwd: folder });
    expect(written).toEqual([...readFileSync(join(folder, 'lbfo-team.pcapng'))]);
    await convertIntoFolder();
    expect(await page.getByRole('alert').textContent()).toContain('lbfo-team.pcapng: exists in this folder');
    await page.close();
  });

  it('lets the browser open no connection', async () => {
    const page = await open();
    const policy = await page.locator('meta[http-equiv]').getAttribute('content');
    expect(policy).toContain("default-src 'none'; connect-src 'none'");
    const before = complaints.length;
    const outcome: unknown = await page.evaluate(
      "fetch('https://example.com/').then(() => 'sent', () => 'refused')",
    );
    expect(outcome).toBe('refused');
    // The refused request is reported on the console, and by nothing else.
    expect(complaints.splice(before).every((text) => /Content Security Policy|Fetch API/u.test(text))).toBe(
      true,
    );
    await page.close();
  });

  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)(
    'at %d pixels, %s: no accessibility violation, nothing beyond the edge',
    async (width, colorScheme) => {
      const page = await open(undefined, width);
      await page.emulateMedia({ colorScheme });
      await convert(page, [sample('pktmon-drops'), sample('nat-vswitch')]);
      expect(await violations(page)).toEqual([]);
      const overflow: unknown = await page.evaluate(
        'document.documentElement.scrollWidth - window.innerWidth',
      );
      expect(overflow).toBeLessThanOrEqual(0);
      await page.close();
    },
  );

  it('works with the keyboard alone', async () => {
    const page = await open();
    const focused = (): Promise<unknown> =>
      page.evaluate('document.activeElement.id || document.activeElement.textContent');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('files');
    await page.getByLabel('Choose .etl files').setInputFiles([sample('lbfo-team')]);
    for (const id of ['one-copy', 'drops', 'comments', 'split', 'Convert']) {
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(id);
    }
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Done' }).waitFor();
    // Screen readers and the next Tab continue at the results.
    expect(await focused()).toBe('lbfo-team.etl');
    await page.close();
  });
});
