import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { caseFile, describeWithCases } from '../support/shared.js';
import { BIN, etlcap, run, sample, useDirectory, waitingRun } from './run.js';

const directory = useDirectory();
const isUnix = process.platform !== 'win32';
const trace = readFileSync(sample('nat-vswitch'));
const put = (name: string): void => copyFileSync(sample('nat-vswitch'), directory.file(name));
const here = (args: readonly string[], options: Parameters<typeof etlcap>[1] = {}) =>
  etlcap(args, { cwd: directory.path, ...options });
/** A command line, in which `etlcap` is the command. */
const shell = (line: string) =>
  run('sh', ['-c', line.replaceAll('etlcap', `"${process.execPath}" "${BIN}"`)], { cwd: directory.path });
const text = (name: string): string => readFileSync(directory.file(name), 'utf8');

describe('no output replaces an input, whatever the options say', () => {
  beforeEach(() => {
    put('a.etl');
    writeFileSync(directory.file('compartments.txt'), readFileSync(sample('nat-vswitch')));
    mkdirSync(directory.file('d'));
    put('d/b.etl');
    symlinkSync('d', directory.file('l'));
    linkSync(directory.file('a.etl'), directory.file('hard.pcapng'));
    linkSync(directory.file('a.etl'), directory.file('hard.json'));
    symlinkSync('a.etl', directory.file('soft.pcapng'));
    put('x.events.json');
    put('y.ethernet.pcapng');
    writeFileSync(directory.file('d/schema.man'), '<instrumentationManifest/>');
  });

  test.each<[output: string, input: string, args: string]>([
    ['the same name', 'a.etl', 'a.etl -f -o a.etl'],
    ['a hard link', 'a.etl', 'a.etl -f -o hard.pcapng'],
    ['a symbolic link', 'a.etl', 'a.etl -f -o soft.pcapng'],
    ['a linked directory', 'd/b.etl', 'd/b.etl -f -o l/b.etl'],
    ['the events file', 'x.events.json', 'x.events.json -f -o x.pcapng'],
    ['the named events file', 'a.etl', 'a.etl -f -o z.pcapng --events-output hard.json'],
    ['a name of --split', 'y.ethernet.pcapng', 'y.ethernet.pcapng -f -o y.pcapng --split linktype'],
    ['--merge', 'd/b.etl', 'a.etl d/b.etl -f --merge l/b.etl'],
    ['a manifest', 'd/schema.man', 'a.etl -f -o l/schema.man --manifest d/schema.man'],
    ['a manifest of a directory', 'd/schema.man', 'a.etl -f -o l/schema.man --manifest d'],
    ['the page', 'a.etl', 'report a.etl -f -o hard.pcapng'],
    ['a report of a batch', 'd/b.etl', 'batch d/b.etl -o out --report linked.json'],
    ['a joined report', 'r.json', 'report merge r.json -o r.json'],
    [
      'the pipe of Wireshark',
      'a.etl',
      'extcap --capture --extcap-interface etlcap --trace a.etl --fifo a.etl',
    ],
  ])('%s', async (_, input, args) => {
    linkSync(directory.file('d/b.etl'), directory.file('linked.json'));
    const before = directory.files();
    if (input === 'r.json') writeFileSync(directory.file('r.json'), '{}');
    const content = text(input);
    const { code, stderr } = await here(args.split(' '));
    expect(code).toBe(2);
    expect(stderr).toMatch(/an output; choose|is the same file as the input/u);
    expect(text(input)).toBe(content);
    expect(directory.files().filter((name) => name !== 'r.json')).toEqual(before);
  });

  test
    .skipIf(!isUnix)
    .each([
      'etlcap - -f -o a.etl < a.etl',
      'etlcap events a.etl >> a.etl',
      'etlcap info a.etl >> a.etl',
      'etlcap path --csv a.etl >> a.etl',
      'etlcap a.etl -o - >> a.etl',
      'etlcap a.etl -o z.pcapng >> a.etl',
    ])('%s', async (line) => {
    const { code, stderr } = await shell(line);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('is the same file as the input'),
    });
    expect(readFileSync(directory.file('a.etl')).equals(trace)).toBe(true);
  });

  test('the events file of a batch that is linked to an input', async () => {
    mkdirSync(directory.file('out'));
    linkSync(directory.file('d/b.etl'), directory.file('out/b.events.json'));
    const { code, stderr } = await here(['batch', 'd', '-f', '-o', 'out']);
    expect([code, stderr]).toEqual([
      2,
      'etlcap: out/b.events.json: is the same file as the input d/b.etl; choose another name for the output\n',
    ]);
    expect(readdirSync(directory.file('out'))).toEqual(['b.events.json']);
  });

  test('the events file of one input that is the next input: that one is converted, the first is refused', async () => {
    put('a.events.json');
    const { code, stderr } = await here(['a.etl', 'a.events.json', '-f', '-q']);
    expect([code, stderr]).toEqual([
      2,
      'etlcap: a.events.json: is an input and cannot be an output; choose another name for the output\n',
    ]);
    expect(readFileSync(directory.file('a.events.json')).equals(trace)).toBe(true);
    expect(existsSync(directory.file('a.events.pcapng'))).toBe(true);
  });

  test('two outputs of one run are not one file', async () => {
    for (const args of [
      'a.etl -f -o z.pcapng --events-output ./z.pcapng',
      'a.etl -f -o l/z.pcapng --events-output d/z.pcapng',
      'a.etl -f -o z.pcapng --split linktype --events-output z.ethernet.pcapng',
      'batch d/b.etl -o out --report out/b.events.json',
      'batch d/b.etl -o out --report r.json --report ./r.json',
      'd/b.etl l/b.etl -f',
    ]) {
      const { code, stderr } = await here(args.split(' '));
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(stderr).toMatch(/another output of this run|is an output of|is named twice|would both become/u);
    }
    expect(directory.captures().filter((name) => /^[rz]\./u.test(name))).toEqual([]);
  });
});

describe.skipIf(!isUnix)('standard output under any name gets the pcapng and nothing else', () => {
  let wanted = Buffer.alloc(0);
  beforeEach(async () => {
    put('a.etl');
    symlinkSync('/dev/fd/1', directory.file('link'));
    await here(['a.etl', '-o', 'wanted.pcapng', '--events', 'none', '-q']);
    wanted = readFileSync(directory.file('wanted.pcapng'));
  });
  const names = [
    '-',
    '/dev/stdout',
    '/dev/fd/1',
    ...(existsSync('/proc/self/fd') ? ['/proc/self/fd/1'] : []),
    'link',
  ];

  test.each(names)('%s, in a pipe and in a file; the summary goes to standard error', async (name) => {
    const piped = await here(['a.etl', '-o', name]);
    expect(piped.code).toBe(0);
    expect(piped.stdout.equals(wanted)).toBe(true);
    expect(piped.stderr).toContain('74 packets');
    const descriptor = openSync(directory.file('redirected'), 'w');
    const { code, stderr } = await here(['a.etl', '-o', name], { stdout: descriptor });
    closeSync(descriptor);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('74 packets') });
    expect(readFileSync(directory.file('redirected')).equals(wanted)).toBe(true);
  });

  test('a named pipe that standard output is redirected to', async () => {
    execFileSync('mkfifo', [directory.file('pipe')]);
    const read = readFile(directory.file('pipe'));
    const { code, stderr } = await shell('etlcap a.etl -o pipe > pipe');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('74 packets') });
    expect((await read).equals(wanted)).toBe(true);
  });

  test('a file that standard output is redirected to', async () => {
    const { code, stderr } = await shell('etlcap a.etl -f -o out.pcapng --events none > out.pcapng');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('74 packets') });
    expect(readFileSync(directory.file('out.pcapng')).equals(wanted)).toBe(true);
  });

  test('together with standard error: no summary', async () => {
    expect((await shell('etlcap a.etl -o - > out.pcapng 2>&1')).code).toBe(0);
    expect(readFileSync(directory.file('out.pcapng')).equals(wanted)).toBe(true);
  });

  test('and --json is refused, because it would be mixed in', async () => {
    for (const line of [
      'etlcap a.etl -o /dev/fd/1 --json',
      'etlcap a.etl -f -o o.pcapng --json > o.pcapng',
    ]) {
      expect((await shell(line)).code).toBe(2);
    }
  });

  test('another open file is written as it is', async () => {
    const { code, stdout } = await shell('etlcap a.etl -o /dev/fd/3 3> out.pcapng');
    expect({ code, stdout: stdout.toString() }).toEqual({
      code: 0,
      stdout: expect.stringContaining('74 packets'),
    });
    expect(readFileSync(directory.file('out.pcapng')).equals(wanted)).toBe(true);
  });

  test('the page of report', async () => {
    const { code, stdout } = await here(['report', 'a.etl', '-o', '/dev/fd/1']);
    expect([code, stdout.toString().trimEnd().endsWith('</html>')]).toEqual([0, true]);
  });
});

describe.skipIf(!isUnix)('a run that is killed or fails', () => {
  beforeEach(() => put('a.etl'));

  test('leaves the previous outputs; the next run with the same output removes the temporary files', async () => {
    await here(['a.etl', '-o', 'x.pcapng']);
    const names = ['x.events.json', 'x.pcapng'];
    const before = names.map(text);
    const killed = await waitingRun(directory, 'x.pcapng');
    killed.kill('SIGKILL');
    await once(killed, 'close');
    expect(names.map(text)).toEqual(before);
    expect(directory.files().filter((name) => name.endsWith('.part'))).toHaveLength(1);
    expect((await here(['a.etl', '-f', '-o', 'x.pcapng', '-q'])).code).toBe(0);
    expect(directory.files()).toEqual(['a.etl', ...names, 'x.pcapng.pipe']);
  });

  test('loses nothing to another run with the same output', async () => {
    const atWork = await waitingRun(directory, 'x.pcapng');
    try {
      const parts = (): string[] => directory.files().filter((name) => name.endsWith('.part'));
      const before = parts();
      expect((await here(['a.etl', '-f', '-o', 'x.pcapng', '-q'])).code).toBe(0);
      expect([before.length, parts()]).toEqual([1, before]);
    } finally {
      atWork.kill('SIGKILL');
      await once(atWork, 'close');
    }
  });

  test('for want of space keeps the old packets beside the old events', async () => {
    await here(['a.etl', '-o', 'x.pcapng']);
    const names = ['x.events.json', 'x.pcapng'];
    const before = names.map(text);
    // 25 kB of packets fit, 77 kB of events do not: ulimit counts blocks of 512 bytes, or of 1024.
    const { code, stderr } = await shell('ulimit -f 60; etlcap a.etl -f -o x.pcapng --comments none');
    expect([code, stderr]).toEqual([
      1,
      'etlcap: x.events.json: larger than the file system or the limit allows\n',
    ]);
    expect(names.map(text)).toEqual(before);
    expect(directory.files()).toEqual(['a.etl', ...names]);
  });
});

describeWithCases(
  'a trace without packets whose events go into the pcapng is converted: exit 0, and the text says so',
  () => {
    beforeEach(() => {
      mkdirSync(directory.file('in'));
      copyFileSync(caseFile('mbim.etl'), directory.file('in/mbim.etl'));
    });

    test.each([
      [['--inline-events', 'etw'], 'x.pcapng'],
      [['--inline-events', 'journal'], 'x.pcapng'],
      [['--inline-events', 'etw', '--events', 'none'], 'x.pcapng'],
      [['--inline-events', 'etw', '--split', 'linktype'], 'x.etw.pcapng'],
      [['--inline-events', 'journal', '--split', 'linktype'], 'x.journal.pcapng'],
    ])('%j', async (args, output) => {
      const { code, stdout, stderr } = await here(['in/mbim.etl', '-o', 'x.pcapng', ...args]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.toString()).toContain(`Wrote ${output}: no packets, 5 events, `);
      expect(directory.captures()).toEqual(['in', output]);
    });

    test('--merge, and standard output', async () => {
      const merged = await here([
        'in/mbim.etl',
        'in/mbim.etl',
        '--merge',
        'x.pcapng',
        '--inline-events',
        'etw',
      ]);
      expect([merged.code, merged.stdout.toString()]).toEqual([
        0,
        expect.stringContaining('no packets, 10 events'),
      ]);
      const piped = await here(['in/mbim.etl', '-o', '-', '--inline-events', 'etw']);
      expect([piped.code, piped.stderr]).toEqual([
        0,
        expect.stringContaining('standard output: no packets, 5 events'),
      ]);
      // The block type of a section header (pcapng, section 4.1).
      expect(piped.stdout.readUInt32LE(0)).toBe(0x0a0d0d0a);
    });

    test('but not where the options exclude all events: exit 4, and no byte of a pcapng', async () => {
      const args = ['--inline-events', 'etw', '--providers', 'nosuch'];
      const { code, stderr } = await here(['in/mbim.etl', '-o', 'x.pcapng', ...args]);
      expect([code, stderr]).toEqual([4, expect.stringContaining('so no pcapng was written')]);
      expect(directory.captures()).toEqual(['in']);
      const piped = await here(['in/mbim.etl', '-o', '-', ...args]);
      expect([piped.code, piped.stdout.length]).toEqual([4, 0]);
    });

    test('in a batch: converted; with --require-packets it counts as without packets', async () => {
      const args = ['batch', 'in', '-o', 'out', '--inline-events', 'etw', '--json'];
      const first = await here(args);
      expect([first.code, JSON.parse(first.stdout.toString())]).toMatchObject([
        0,
        { totals: { converted: 1, noPackets: 0 }, files: [{ status: 'converted', packets: 0 }] },
      ]);
      expect((await here([...args, '--require-packets'])).code).toBe(1);
      expect((await here([...args, '--require-packets', '--force'])).code).toBe(1);
    });

    test('filters that leave no packet: the events are still a result', async () => {
      put('a.etl');
      for (const filter of [
        ['--since', '2050-01-01T00:00:00Z'],
        ['--component', 'nosuch'],
      ]) {
        const { code, stdout } = await here([
          'a.etl',
          '-f',
          '-o',
          'x.pcapng',
          '--inline-events',
          'etw',
          ...filter,
        ]);
        expect([code, stdout.toString()]).toEqual([
          0,
          expect.stringContaining('Wrote x.pcapng: no packets, '),
        ]);
      }
    });
  },
);
