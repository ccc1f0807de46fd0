import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { expandInputs } from '../../src/io/index.js';
import { convert, merge, traceInfo } from '../../src/library/index.js';
import { cabFile } from '../io/archives/cab-builder.js';
import { tarFile } from '../io/archives/tar-builder.js';
import { zipFile } from '../io/archives/zip-builder.js';
import { caseFile, describeWithCases } from '../support/shared.js';
import { type Ended, etlcap, sample, useDirectory } from './run.js';

const directory = useDirectory();
const trace = readFileSync(sample('nat-vswitch')); // 74 packets
const other = readFileSync(sample('lbfo-team')); // 33 packets

function write(name: string, bytes: Uint8Array | string): string {
  mkdirSync(dirname(directory.file(name)), { recursive: true });
  writeFileSync(directory.file(name), bytes);
  return directory.file(name);
}

const run = (...args: string[]): Promise<Ended> =>
  etlcap(args, { cwd: directory.path, env: { JOB_COMPLETION_INDEX: undefined } });

/** Captures below the test's directory. */
const captures = (): string[] =>
  readdirSync(directory.path, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.pcapng'))
    .sort();

const jsonOf = ({
  stdout,
}: Ended): { readonly packets: number; readonly traces: { readonly input: string }[] } =>
  JSON.parse(stdout.toString());

/** Packages of one trace, by what they are. */
const PACKAGES: readonly (readonly [what: string, name: string, bytes: () => Buffer, capture: string])[] = [
  ['a stored zip', 'a.zip', () => zipFile([{ name: 'x.etl', bytes: trace, method: 'stored' }]), 'a/x.pcapng'],
  [
    'a cabinet',
    'a.cab',
    () => cabFile([{ name: 'x.etl', bytes: trace }], { compression: 'none' }),
    'a/x.pcapng',
  ],
  ['a tar', 'a.tar', () => tarFile([{ name: 'd/x.etl', bytes: trace }]), 'a/d/x.pcapng'],
  ['a tar from before ustar', 'a.tar', () => tarFile([{ name: 'x.etl', bytes: trace }], 'v7'), 'a/x.pcapng'],
  ['a gzip of a trace', 'a.etl.gz', () => gzipSync(trace), 'a.pcapng'],
  ['a gzip of a trace without .etl', 'a.gz', () => gzipSync(trace), 'a.pcapng'],
  ['a tgz', 'a.tgz', () => gzipSync(tarFile([{ name: 'x.etl', bytes: trace }])), 'a/x.pcapng'],
  [
    'a tar.gz in a tar.gz',
    'a.tar.gz',
    () =>
      gzipSync(tarFile([{ name: 'n1.tar.gz', bytes: gzipSync(tarFile([{ name: 'x.etl', bytes: trace }])) }])),
    'a/n1/x.pcapng',
  ],
  [
    'a zip in a zip',
    'a.zip',
    () => zipFile([{ name: 'b.zip', bytes: zipFile([{ name: 'x.etl', bytes: trace }]) }]),
    'a/b/x.pcapng',
  ],
  [
    'a cabinet in a zip',
    'a.zip',
    () => zipFile([{ name: 'b.cab', bytes: cabFile([{ name: 'x.etl', bytes: trace }]) }]),
    'a/b/x.pcapng',
  ],
  ['a zip that is called .etl', 'a.etl', () => zipFile([{ name: 'x.etl', bytes: trace }]), 'a/x.pcapng'],
  [
    'a zip with a trace of another name',
    'a.zip',
    () => zipFile([{ name: 'x.bin', bytes: trace }]),
    'a/x.bin.pcapng',
  ],
];

describe('an archive counts for the trace in it', () => {
  test.each(PACKAGES)('%s: every command reads it', async (_, name, bytes, capture) => {
    write(name, bytes());
    expect(await run(name, '--strict', '-q')).toMatchObject({ code: 0, stderr: '' });
    expect(captures()).toEqual([capture]);
    expect(jsonOf(await run(name, '-o', 'one.pcapng', '--json')).packets).toBe(74);
    expect(JSON.parse((await run('info', name, '--json')).stdout.toString())).toMatchObject({
      packets: { count: 74 },
    });
    expect(jsonOf(await run('path', name, '--summary', '--json')).traces).toHaveLength(1);
    expect((await run('events', name, '--ndjson')).stdout.toString()).toContain('"provider"');
    expect(await run('batch', name, '-o', 'out', '-q', '--strict', '--require-packets')).toMatchObject({
      code: 0,
    });
    expect(captures()).toContain(`out/${capture}`);
  });

  test('from standard input, as from a file', async () => {
    const input = zipFile([{ name: 'x.etl', bytes: trace }]);
    const { code, stdout } = await etlcap(['-', '-o', '-', '-q'], { cwd: directory.path, input });
    expect(code).toBe(0);
    // Section Header Block (pcapng, 4.1).
    expect(stdout.readUInt32LE(0)).toBe(0x0a0d0d0a);
  });

  test('in the library: convert and traceInfo take a path with one trace, merge all', async () => {
    const one = write('one.zip', zipFile([{ name: 'x.etl', bytes: trace }]));
    const two = write(
      'two.zip',
      zipFile([
        { name: 'x.etl', bytes: trace },
        { name: 'y.etl', bytes: other },
      ]),
    );
    expect((await convert(one, directory.file('1.pcapng'))).packets).toBe(74);
    expect((await traceInfo(one)).packets.count).toBe(74);
    await expect(convert(two, directory.file('2.pcapng'))).rejects.toMatchObject({ code: 'usage' });
    expect((await merge([two], directory.file('2.pcapng'))).packets).toBe(107);
    const names: string[] = [];
    for await (const input of expandInputs([one, two])) {
      names.push(input.name);
      expect((await traceInfo(input)).packets.count).toBe(input.name.endsWith('y.etl') ? 33 : 74);
    }
    expect(names).toEqual([`${one}#x.etl`, `${two}#x.etl`, `${two}#y.etl`]);
  });
});

describe('an archive of several traces', () => {
  const bytes = (): Buffer =>
    zipFile([
      { name: 'h1/x.etl', bytes: trace },
      { name: 'h2/x.etl', bytes: other },
      { name: 'readme.txt', bytes: Buffer.from('not a trace') },
    ]);

  test('becomes a directory of its name, beside it or in the output directory', async () => {
    write('in/logs.zip', bytes());
    expect(await run('in/logs.zip', '-q')).toMatchObject({ code: 0, stderr: '' });
    expect(await run('in/logs.zip', '-q', '-o', 'out/')).toMatchObject({ code: 0, stderr: '' });
    expect(captures()).toEqual([
      'in/logs/h1/x.pcapng',
      'in/logs/h2/x.pcapng',
      'out/logs/h1/x.pcapng',
      'out/logs/h2/x.pcapng',
    ]);
  });

  test('is not written to one file unless it is merged', async () => {
    write('logs.zip', bytes());
    const { code, stderr } = await run('logs.zip', '-o', 'one.pcapng');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/logs\.zip contains 2 traces.*-o one\.pcapng\/.*--merge one\.pcapng/u),
    });
    expect(jsonOf(await run('logs.zip', '--merge', 'all.pcapng', '--json'))).toMatchObject({
      packets: 107,
      traces: [{ input: 'logs.zip#h1/x.etl' }, { input: 'logs.zip#h2/x.etl' }],
    });
  });

  test('is listed by info, one trace after the other', async () => {
    write('logs.zip', bytes());
    const { traces } = jsonOf(await run('info', '--json', 'logs.zip'));
    expect(traces.map(({ input }) => input)).toEqual(['logs.zip#h1/x.etl', 'logs.zip#h2/x.etl']);
  });

  test('of Kubernetes nodes: a tar.gz for each node in one for all, with host state beside each trace', async () => {
    const node = (name: string, etl: Uint8Array): { name: string; bytes: Uint8Array } => ({
      name: `${name}.tar.gz`,
      bytes: gzipSync(
        tarFile([
          { name: `${name}/trace/PktMon.etl`, bytes: etl },
          { name: `${name}/state/ipconfig.txt`, bytes: Buffer.from('Windows IP Configuration\r\n') },
          { name: `${name}/state/hns.json`, bytes: Buffer.from('{}') },
          { name: `${name}/state/System.evtx`, bytes: Buffer.from('ElfFile\0rest') },
          { name: `${name}/state/messages.log.xz`, bytes: Buffer.from('\xfd7zXZ\0', 'latin1') },
        ]),
      ),
    });
    write('nodes.tar.gz', gzipSync(tarFile([node('n1', trace), node('n2', other)])));
    expect(await run('nodes.tar.gz', '-q', '--strict')).toMatchObject({ code: 0, stderr: '' });
    expect(captures()).toEqual(['nodes/n1/n1/trace/PktMon.pcapng', 'nodes/n2/n2/trace/PktMon.pcapng']);
  });
});

describe('nothing is skipped without a word', () => {
  test.each([
    ['7z', "7z\xbc\xaf'\x1c", /7z archive, which is not read.*7z x/u],
    ['rar', 'Rar!\x1a\x07\x01', /rar archive.*unrar x/u],
    ['tar.xz', '\xfd7zXZ\0', /xz file.*xz -dk/u],
    ['tar.bz2', 'BZh91AY', /bzip2 file.*bzip2 -dk/u],
  ])('%s is named with what to do, alone, in a zip and in a directory', async (ending, magic, text) => {
    const unreadable = Buffer.from(magic.padEnd(100, '\0'), 'latin1');
    write(`in/a.${ending}`, unreadable);
    const alone = await run(`in/a.${ending}`);
    expect(alone).toMatchObject({ code: 1, stderr: expect.stringMatching(text) });
    const inDirectory = await run('batch', 'in', '-o', 'out', '-q');
    expect(inDirectory).toMatchObject({ code: 1, stderr: expect.stringMatching(text) });
    write(
      'b.zip',
      zipFile([
        { name: `a.${ending}`, bytes: unreadable },
        { name: 'x.etl', bytes: trace },
      ]),
    );
    const inZip = await run('b.zip', '-q');
    expect(inZip).toMatchObject({ code: 1, stderr: expect.stringMatching(text) });
    expect(inZip.stderr).toContain(`b.zip#a.${ending}`);
    expect(captures()).toEqual(['b/x.pcapng']);
  });

  test('an encrypted member fails alone', async () => {
    write(
      'a.zip',
      zipFile([
        { name: 's.etl', bytes: trace, isEncrypted: true },
        { name: 'x.etl', bytes: trace },
      ]),
    );
    const { code, stderr } = await run('a.zip', '-q');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/a\.zip#s\.etl: is encrypted.*7z x/u),
    });
    expect(captures()).toEqual(['a/x.pcapng']);
    const merged = await run('a.zip', '--merge', 'm.pcapng', '-q');
    expect(merged).toMatchObject({ code: 1, stderr: expect.stringContaining('a.zip#s.etl') });
    expect(captures()).toContain('m.pcapng');
  });

  test('an archive without a trace says so, with what is in it', async () => {
    const names = ['d/a.txt', 'b.log', 'c.xml', 'd.csv'];
    write('in/a.zip', zipFile(names.map((name) => ({ name, bytes: Buffer.from('text') }))));
    write('in/x.etl', trace);
    const text = 'in/a.zip: contains no trace: 4 files: a.txt, b.log, c.xml, …';
    expect(await run('in/a.zip')).toMatchObject({ code: 1, stderr: expect.stringContaining(text) });
    expect(await run('info', 'in/a.zip')).toMatchObject({ code: 1, stderr: expect.stringContaining(text) });
    const all = await run('batch', 'in', '-o', 'out', '--log-format', 'json');
    expect(all).toMatchObject({ code: 0, stderr: expect.stringContaining(text) });
    expect(all.stdout.toString()).toContain('1 archive without a trace');
    const strict = await run('batch', 'in', '-o', 'out', '--require-packets', '--report', 'r.xml');
    expect(strict.code).toBe(1);
    expect(readFileSync(directory.file('r.xml'), 'utf8')).toMatch(/failures="1".*contains no trace/su);
  });

  test('an archive that is cut fails, and what is before the cut of a tar is converted', async () => {
    const zip = zipFile([{ name: 'x.etl', bytes: trace }]);
    write('cut.zip', zip.subarray(0, zip.length - 30));
    expect(await run('cut.zip')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cut.zip: not a usable zip'),
    });
    const tar = tarFile([
      { name: 'x.etl', bytes: trace },
      { name: 'y.etl', bytes: trace },
    ]);
    write('cut.tar', tar.subarray(0, 512 + trace.length + 1500));
    const { code, stderr } = await run('cut.tar', '-q');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/cut\.tar: ends \d+ bytes early, in y\.etl/u),
    });
    expect(captures()).toEqual(['cut/x.pcapng']);
  });

  test('archives nested deeper than four are named', async () => {
    let bytes = zipFile([{ name: 'x.etl', bytes: trace }]);
    for (let level = 4; level > 1; level--) bytes = zipFile([{ name: `l${level}.zip`, bytes }]);
    write('four.zip', bytes);
    expect(await run('four.zip', '-q')).toMatchObject({ code: 0 });
    write('five.zip', zipFile([{ name: 'l.zip', bytes }]));
    expect(await run('five.zip')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nested more than 4 deep'),
    });
  });

  test('an archive that contains itself many times over is given up in bounded time', async () => {
    let bytes = zipFile([{ name: 'x.txt', bytes: Buffer.alloc(1_000_000) }]);
    for (let level = 0; level < 3; level++) {
      const inner = bytes;
      bytes = zipFile(Array.from({ length: 40 }, (_, n) => ({ name: `${n}.zip`, bytes: inner })));
    }
    write('many.zip', bytes);
    const { code, stderr } = await run('info', 'many.zip');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('more nested archives'),
    });
  });

  test('names that would be written elsewhere stay below the directory, or are refused', async () => {
    write(
      'logs.zip',
      zipFile([
        { name: '...etl', bytes: trace },
        { name: '..etl', bytes: trace },
        { name: 'NUL.etl', bytes: trace },
        { name: 'a/../../evil.etl', bytes: trace },
      ]),
    );
    const { code, stderr } = await run('logs.zip', '-q');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('outside its directory') });
    expect(captures()).toHaveLength(3);
    for (const name of captures()) expect(name).toMatch(/^logs\/_[^/]*\.pcapng$/u);
  });

  test('files that macOS puts beside those of an archive are no traces', async () => {
    const double = Buffer.from('0005160700020000', 'hex');
    write(
      'mac.zip',
      zipFile([
        { name: 'x.etl', bytes: trace },
        { name: '__MACOSX/._x.etl', bytes: double },
      ]),
    );
    expect(await run('mac.zip', '-q', '--strict')).toMatchObject({ code: 0, stderr: '' });
    expect(captures()).toEqual(['mac/x.pcapng']);
  });
});

describe('another file given as a trace', () => {
  test.each([
    ['x.evtx', 'ElfFile\0', /Windows event log.*Event Viewer/u],
    ['x.pcapng', '\x0a\x0d\x0d\x0a', /already a pcapng file.*Wireshark/u],
    ['x.pcap', '\xd4\xc3\xb2\xa1', /already a pcap file/u],
    ['x.cap', 'GMBU', /Network Monitor.*Wireshark/u],
    ['x.cap', 'TRSNIFF data    \x1a', /Sniffer capture/u],
    ['x.xml', '<?xml version="1.0"?><a/>', /an XML file.*\.etl/u],
    ['x.txt', '\xff\xfea\0b\0c\0', /text.*\.etl/u],
    ['x.db', 'SQLite format 3\0', /SQLite database/u],
  ])('%s (%j…): the format and what to do', async (name, magic, text) => {
    const isText = /xml|txt/u.test(name);
    write(name, Buffer.from(isText ? magic : magic.padEnd(2000, '\0'), 'latin1'));
    for (const args of [[name], ['info', name], ['path', name]]) {
      const { code, stderr } = await run(...args);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        new RegExp(`^etlcap: ${name.replace('.', '\\.')}: not an ETL trace at offset 0`, 'u'),
      );
      expect(stderr).toMatch(text);
    }
    expect(directory.files()).toEqual([name]);
  });
});

describeWithCases('shared cases', () => {
  test('two.zip: two traces of two hosts, in two files', async () => {
    expect(await run(caseFile('two.zip'), '-o', './', '-q')).toMatchObject({ code: 0 });
    expect(captures()).toEqual(['two/a/NetTrace.pcapng', 'two/b/NetTrace.pcapng']);
  });

  test('tss.zip: the traces of a cabinet, a zip and a directory in it', async () => {
    expect(
      await run('batch', caseFile('tss.zip'), '-o', '.', '-q', '--strict', '--require-packets'),
    ).toMatchObject({ code: 0 });
    expect(captures()).toEqual([
      'tss/TSS/WithEtl/report.pcapng',
      'tss/TSS/a/NetTrace.pcapng',
      'tss/TSS/inner/PerfViewData.pcapng',
    ]);
  });

  test.each(['logs.tar', 'Perf.etl.zip'])('%s: one trace of 74 packets', async (name) => {
    expect(jsonOf(await run(caseFile(name), '-o', 'one.pcapng', '--json')).packets).toBe(74);
  });

  test.each([
    ['bluetooth-bthport.etl', /This is a Bluetooth capture/u],
    ['usb-ucx.etl', /This is a USB capture/u],
  ])('%s: the kind of capture is named, and the tool for it', async (name, text) => {
    const converted = await run(caseFile(name), '-o', 'x.pcapng');
    expect(converted).toMatchObject({ code: 4, stderr: expect.stringMatching(text) });
    expect((await run('info', caseFile(name))).stdout.toString()).toMatch(text);
  });
});
