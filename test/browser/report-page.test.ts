import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { natVswitch, pktmonDrops } from '../../samples/scenarios/index.js';
import { etlcap, sample } from '../cli/run.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';
import { describeInBrowser, type OpenBrowser, openBrowser } from './browser.js';

let directory = '';
let browser: OpenBrowser | undefined;
/** Console messages, errors and network requests of pages. */
const complaints: string[] = [];

async function open(trace: string, width = 1280): Promise<Page> {
  const path = join(directory, 'report.html');
  const { code, stderr } = await etlcap(['report', trace, '-f', '-o', path]);
  if (code !== 0 || browser === undefined) throw new Error(stderr);
  const page = await browser.context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(?:file|data):/u.test(request.url())) complaints.push(request.url());
  });
  await page.setViewportSize({ width, height: 900 });
  await page.goto(pathToFileURL(path).href);
  return page;
}

/** Rows of a table, cells with a bar between them. */
const rows = async (page: Page, caption: string): Promise<string[]> =>
  (
    await page
      .getByRole('table', { name: caption, exact: true })
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row) => Array.from(row.children, (cell) => cell.textContent).join(' | ')),
      )
  ).sort();

/** Whether something is drawn: a canvas with pixels of more than one colour. */
const isDrawn = (chart: Locator): Promise<boolean> =>
  chart.locator('canvas').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return false;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return pixels.some((value, at) => value !== pixels[at % 4]);
  });

describeInBrowser('the report page in a browser', () => {
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'etlcap-report-'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
    // Of all pages that were opened here.
    expect(complaints).toEqual([]);
  });

  it.each([390, 820, 1400])('draws itself %i pixels wide, without scrolling sideways', async (width) => {
    const page = await open(sample('pktmon-drops'), width);
    expect(await isDrawn(page.getByRole('img', { name: /^Packets over time/u }))).toBe(true);
    expect(await isDrawn(page.getByRole('img', { name: 'Dropped packets over time' }))).toBe(true);
    expect(await isDrawn(page.getByRole('img', { name: /^Histogram/u }).first())).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await page.close();
  });

  it('begins with the findings, each with evidence, commands and the journey of its packet', async () => {
    const page = await open(sample('pktmon-drops'));
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
    expect(headings.slice(0, 2)).toEqual(['Findings', 'Drops']);
    const finding = page.getByRole('listitem').filter({ hasText: 'drop-vlan' });
    await finding.getByText('VLAN 999 not allowed').click();
    expect(await finding.getByText('Unauthorized VLAN (reason 10)').isVisible()).toBe(true);
    expect(await finding.getByText('frame.number == 63').isVisible()).toBe(true);
    const hops = finding.locator('.journey li');
    expect(await hops.allTextContents()).toHaveLength(3);
    expect(await hops.last().textContent()).toContain('vmswitch.sys #62 VM NIC Ingress dropped frame 63');
    await page.close();
  });

  it('of healthy traffic says so', async () => {
    const page = await open(sample('lbfo-team'));
    expect(await page.getByText(/^No faults found in \d+ packets\.$/u).isVisible()).toBe(true);
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
      const page = await open(sample('pktmon-drops'), width);
      await page.emulateMedia({ colorScheme });
      await page.locator('.finding summary').first().click();
      await page.evaluate(axe.source);
      const found: unknown = await page.evaluate(
        "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))",
      );
      expect(found).toEqual([]);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'),
      ).toBeLessThanOrEqual(0);
      await page.close();
    },
  );

  it('the map has a box for each component that packets passed, and drops where they were dropped', async () => {
    const page = await open(sample('pktmon-drops'));
    const { truth } = pktmonDrops();
    const passed = new Set(truth.packets.map(({ comment }) => comment.ComponentId));
    const boxes = page.locator('svg .node');
    expect(await boxes.count()).toBe(passed.size);
    expect((await page.locator('.has-drops .node-name').allTextContents()).sort()).toEqual([
      'tcpip.sys #31',
      'vmswitch.sys #62',
    ]);
    const lanes = await page
      .locator('.lane > text')
      .evaluateAll((all) => all.map((text) => text.lastChild?.textContent));
    expect(lanes.sort()).toEqual(['Compartment 1', 'Compartment 2', 'Compartment 3', 'Host', 'vSwitch nat']);
    await page.close();
  });

  it('lists drops with their frame numbers', async () => {
    const page = await open(sample('pktmon-drops'));
    const frames = pktmonDrops().truth.packets.flatMap(({ dropped }, at) =>
      dropped === true ? [at + 1] : [],
    );
    const listed = await rows(page, 'Dropped packets');
    expect(listed.map((row) => Number.parseInt(row, 10)).sort((a, b) => a - b)).toEqual(frames);
    await page.close();
  });

  it('tells containers with one address apart, and shows one compartment alone', async () => {
    const page = await open(sample('pktmon-drops'));
    const shared = async (): Promise<string[]> =>
      (await rows(page, 'Conversations')).filter((row) => row.includes('| 172.16.0.10 |'));
    expect((await shared()).map((row) => row.split(' | ')[0])).toEqual(['2', '3']);
    await page.getByLabel('Compartment', { exact: true }).selectOption('3');
    expect((await shared()).map((row) => row.split(' | ')[0])).toEqual(['3']);
    await page.close();
  });

  it('filters by text, and by a component that is chosen on the map with the keyboard', async () => {
    const page = await open(sample('pktmon-drops'));
    const all = await rows(page, 'Paths through the host');
    await page.getByRole('searchbox', { name: 'Filter' }).fill('UNREACHABLE');
    expect(await rows(page, 'Drops by reason')).toEqual([
      '1 | Protocol "Unreachable" | 903 | TCPIP_NL_SEND_IPSNPI_L2_FWD3',
    ]);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('');
    expect(await rows(page, 'Paths through the host')).toEqual(all);
    await page.getByRole('button', { name: /^nwifi\.sys #81/u }).focus();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('searchbox', { name: 'Filter' }).inputValue()).toBe('nwifi.sys #81');
    const ways = await rows(page, 'Paths through the host');
    expect(ways).toEqual(all.filter((row) => row.includes('nwifi.sys #81')));
    expect(ways).toHaveLength(1);
    await page.close();
  });

  it('sorts a table by a heading that is reached with the keyboard', async () => {
    const page = await open(sample('nat-vswitch'));
    const table = page.getByRole('table', { name: 'Conversations', exact: true });
    const packets = (): Promise<number[]> =>
      table
        .locator('tbody tr')
        .evaluateAll((all) =>
          all.map((row) => Number(Array.from(row.children, (cell) => cell.textContent).at(-3))),
        );
    const heading = table.getByRole('button', { name: 'Packets' });
    await heading.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const sorted = await packets();
    expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
    expect(new Set(sorted).size).toBeGreaterThan(1);
    await page.close();
  });

  it('looks closer at a part of the time with the keyboard', async () => {
    const page = await open(sample('pktmon-drops'));
    const chart = page.getByRole('img', { name: /^Packets over time/u });
    const pixels = (): Promise<string> =>
      chart
        .locator('canvas')
        .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''));
    const before = await pixels();
    const isAsBefore = async (): Promise<boolean> => (await pixels()) === before;
    await page.getByRole('button', { name: 'Closer' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(isAsBefore).toBe(false);
    await page.getByRole('button', { name: 'All of it' }).click();
    await expect.poll(isAsBefore).toBe(true);
    await page.close();
  });

  it('is light or dark as the system says, until the reader chooses', async () => {
    const page = await open(sample('pktmon-drops'));
    const ground = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(ground).not.toBe(light);
    await page.getByRole('button', { name: 'Light' }).click();
    expect(await ground()).toBe(light);
    await page.close();
  });

  it('a NIC whose name is HTML is shown by that name', async () => {
    const trace = join(directory, 'named.etl');
    const name = 'Container NIC web-frontend';
    const evil = `<img src=x>"'</script>&`.padEnd(name.length);
    const bytes = Buffer.from(natVswitch().plain);
    const needle = Buffer.from(name, 'utf16le');
    for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + 1)) {
      bytes.write(evil, at, 'utf16le');
    }
    writeFileSync(trace, bytes);
    const page = await open(trace);
    const row = (await rows(page, 'Conversations')).find((text) => text.includes('<img'));
    expect(row).toContain(evil.trim());
    expect(await page.locator('img').count()).toBe(0);
    await page.close();
  });

  describeWithRealTraces('of a real trace', () => {
    it('shows the 19 packets that the XDP filter took in', async () => {
      const page = await open(realTrace('pktmon-azure-ping'));
      expect(await rows(page, 'Packets that disappeared')).toEqual([
        '19 | xdp.sys #61 Lower Rx | Upper | 0 | 2',
      ]);
      expect(await page.locator('.has-lost .badge').allTextContents()).toEqual(['19 last seen']);
      expect(await page.locator('svg .node').count()).toBe(4);
      await page.close();
    });
  });
});
