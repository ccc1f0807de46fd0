import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { pings, Random } from '../../samples/scenarios/index.js';
import { convert } from '../../src/library/index.js';
import { BIN, etlcap, run, sample, useDirectory } from '../cli/run.js';
import { readSection } from '../support/pcapng-reader.js';

const directory = useDirectory();
const isUnix = process.platform !== 'win32';

describe('outputs', () => {
  it('replace a symbolic link, and never write through it', async () => {
    for (const name of ['out.pcapng', 'out.events.json']) {
      writeFileSync(directory.file(`${name}.victim`), 'precious');
      symlinkSync(`${name}.victim`, directory.file(name));
    }
    const { code } = await etlcap([sample('lbfo-team'), '-o', directory.file('out.pcapng'), '--force']);
    expect(code).toBe(0);
    for (const name of ['out.pcapng', 'out.events.json']) {
      expect(readFileSync(directory.file(`${name}.victim`), 'utf8')).toBe('precious');
      expect(lstatSync(directory.file(name)).isFile()).toBe(true);
    }
  });

  it.skipIf(!isUnix)('of a batch: its journal is not appended to through a link', async () => {
    writeFileSync(directory.file('victim'), 'precious');
    mkdirSync(directory.file('out'));
    symlinkSync('../victim', directory.file('out/.etlcap-batch.ndjson'));
    await etlcap(['batch', sample('lbfo-team'), '-o', directory.file('out')]);
    expect(readFileSync(directory.file('victim'), 'utf8')).toBe('precious');
  });

  it('are not made through a link that leads nowhere', async () => {
    symlinkSync('not-there', directory.file('out.pcapng'));
    const { code, stderr } = await etlcap([sample('lbfo-team'), '-o', directory.file('out.pcapng')]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('already exists') });
    expect(readlinkSync(directory.file('out.pcapng'))).toBe('not-there');
    expect(existsSync(directory.file('not-there'))).toBe(false);
  });

  it.skipIf(!isUnix)('are never world-writable, whatever the umask', async () => {
    const output = directory.file('out.pcapng');
    const report = directory.file('report.json');
    const shell = `umask 0; "$0" "$1" "$2" -o "$3" && "$0" "$1" batch "$2" -o "$4" --report "$5"`;
    const args = [process.execPath, BIN, sample('lbfo-team'), output, directory.file('batch'), report];
    expect((await run('sh', ['-c', shell, ...args])).code).toBe(0);
    const written = readdirSync(directory.path, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(written.length).toBeGreaterThanOrEqual(4);
    for (const { name, parentPath } of written) {
      const { mode } = statSync(join(parentPath, name));
      expect({ name, isWorldWritable: (mode & 0o002) !== 0 }).toEqual({ name, isWorldWritable: false });
    }
  });

  it('with --fsync are on the disk before the command ends: file and directory; without it nothing waits', async () => {
    const probe = await open(directory.file('probe'), 'w');
    // The real sync is called; it is only counted.
    const sync = vi.spyOn(Object.getPrototypeOf(probe), 'sync');
    await probe.close();
    try {
      await convert(sample('lbfo-team'), directory.file('a.pcapng'), { events: 'none' });
      expect(sync).not.toHaveBeenCalled();
      await convert(sample('lbfo-team'), directory.file('b.pcapng'), { events: 'none', fsync: true });
      expect(sync).toHaveBeenCalledTimes(isUnix ? 2 : 1);
    } finally {
      sync.mockRestore();
    }
    const { code } = await etlcap([sample('lbfo-team'), '-o', directory.file('c.pcapng'), '--fsync']);
    expect(code).toBe(0);
    expect(readFileSync(directory.file('c.pcapng'))).toEqual(readFileSync(directory.file('a.pcapng')));
  });
});

/** A temporary name, of an output or of the file that it replaces: writer and random number. */
const LEFTOVER =
  /^\.out\.(?:pcapng|events\.json)\.[0-9a-f]{8}-[0-9a-f]+-[0-9a-f]+-[0-9a-f]{16}\.(?:part|old)$/u;

const KILLS = 100;
/** Processes at a time. */
const LANES = 4;

/** Converts two traces onto one output, in turn, until somebody ends it. */
const CONVERT_FOREVER = `
const { convert } = await import(process.argv[1]);
const [output, ...inputs] = process.argv.slice(2);
process.stdout.write('ready');
for (;;) for (const input of inputs) await convert(input, output, { force: true });
`;

const library = new URL('../../dist/bundle/library.js', import.meta.url).href;

function convertForever(output: string, inputs: readonly string[]): ChildProcess {
  const args = ['--input-type=module', '-e', CONVERT_FOREVER, library, output, ...inputs];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.once('close', () => resolve()));
const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.stdout?.once('data', () => resolve()));
const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a process that is killed', () => {
  it(`at ${KILLS} random moments leaves the old output or the new one, whole, and else only what is marked as a part`, async () => {
    const traces = [pings(900, { type: 'qpc' }), pings(700, { type: 'systemTime' })];
    const inputs = traces.map(({ compressed }, n) => {
      writeFileSync(directory.file(`${n}.etl`), compressed);
      return directory.file(`${n}.etl`);
    });
    const wanted = { pcapng: new Set<string>(), events: new Set<string>() };
    for (const [n, input] of inputs.entries()) {
      const output = directory.file(`${n}.pcapng`);
      await convert(input, output);
      expect(readSection(new Uint8Array(readFileSync(output))).packets).toHaveLength(n === 0 ? 900 : 700);
      wanted.pcapng.add(readFileSync(output, 'hex'));
      wanted.events.add(readFileSync(directory.file(`${n}.events.json`), 'utf8'));
    }
    expect(wanted.pcapng.size).toBe(2);
    const random = new Random(5);
    let left = KILLS;
    let parts = 0;
    const lane = async (number: number): Promise<void> => {
      const own = directory.file(`lane-${number}`);
      mkdirSync(own);
      const output = join(own, 'out.pcapng');
      await convert(inputs[0] ?? '', output);
      while (left-- > 0) {
        const child = convertForever(output, [...inputs].reverse());
        const end = ended(child);
        await ready(child);
        await wait(random.between(0, 80));
        child.kill('SIGKILL');
        await end;
        expect(wanted.pcapng.has(readFileSync(output, 'hex'))).toBe(true);
        expect(wanted.events.has(readFileSync(join(own, 'out.events.json'), 'utf8'))).toBe(true);
        // The next process removes them.
        const others = readdirSync(own).filter((name) => !/^out\.(?:pcapng|events\.json)$/.test(name));
        for (const name of others) expect(name).toMatch(LEFTOVER);
        parts += others.length;
      }
    };
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
    // Some moments must have been in the middle of writing, or this test shows nothing.
    expect(parts).toBeGreaterThan(5);
  });
});

it('the library is built where this file looks for it', () => {
  expect(existsSync(fileURLToPath(library))).toBe(true);
});
