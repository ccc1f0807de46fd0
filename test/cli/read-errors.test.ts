import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { BatchReport } from '../../src/batch/report.js';
import { FileSource } from '../../src/io/file-source.js';
import { BIN, etlcap, run, sample, useDirectory, writeLargeTrace } from './run.js';

const directory = useDirectory();
const isUnix = process.platform !== 'win32';

/** Every command that reads a trace given by name; `-` for standard input. */
const commands = (input: string): readonly (readonly string[])[] => [
  [input, '-o', 'x.pcapng'],
  ['info', input],
  ['events', input],
  ['path', input],
  ['path', '--summary', input],
  ['report', input, '-o', 'x.html'],
];

/** One line that names the file and ends in what to do; no stack trace. */
async function expectOneLine(args: readonly string[], line: RegExp, env = {}, input?: Uint8Array) {
  const { code, stderr } = await etlcap(args, { cwd: directory.path, env, ...(input && { input }) });
  expect([args.join(' '), stderr]).toEqual([args.join(' '), expect.stringMatching(line)]);
  expect(stderr.split('\n')).toHaveLength(2);
  expect([1, 2]).toContain(code);
}

async function expectOfAll(input: string, line: RegExp): Promise<void> {
  for (const args of commands(input)) await expectOneLine(args, line);
}

describe.skipIf(!isUnix)(
  'an input that cannot be read: one line with the file and the remedy, in every command',
  () => {
    test('a directory', async () => {
      mkdirSync(directory.file('d.etl'));
      await expectOfAll('d.etl', /^etlcap: d\.etl: is a directory; etlcap batch converts directories\n$/u);
    });

    test('a link to itself', async () => {
      symlinkSync('loop.etl', directory.file('loop.etl'));
      await expectOfAll('loop.etl', /^etlcap: loop\.etl: too many symbolic links; use the path of/u);
    });

    test('a path through a file', async () => {
      copyFileSync(sample('lbfo-team'), directory.file('a.etl'));
      await expectOfAll('a.etl/b.etl', /^etlcap: a\.etl\/b\.etl: a part of the path is not a directory; /u);
    });

    test('a name that is too long', async () => {
      await expectOfAll(`${'a'.repeat(300)}.etl`, /^etlcap: a{300}\.etl: the name is too long; /u);
    });

    test('a socket', async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(directory.file('s.etl'), resolve));
      await expectOfAll(
        's.etl',
        /^etlcap: s\.etl: is a socket, or a device that does not exist; use a file\n$/u,
      );
      await new Promise((resolve) => server.close(resolve));
    });

    test.skipIf(process.getuid?.() === 0)('without permission', async () => {
      writeFileSync(directory.file('secret.etl'), '', { mode: 0 });
      await expectOfAll('secret.etl', /^etlcap: secret\.etl: permission denied; check its permissions/u);
    });
  },
);

describe.skipIf(!isUnix)('a temporary directory that is not there', () => {
  test.each(['none', 'file'])('%s: the input, the directory, and TMPDIR as the remedy', async (name) => {
    writeFileSync(directory.file('file'), '');
    const TMPDIR = directory.file(name);
    const line = new RegExp(
      `^etlcap: standard input: no temporary file can be made in ${TMPDIR}: .*; set TMPDIR to a directory`,
      'u',
    );
    for (const args of commands('-')) {
      await expectOneLine(args, line, { TMPDIR }, readFileSync(sample('lbfo-team')));
    }
  });

  test('fails one archive of a batch, with the reason in the report', async () => {
    const { gzipSync } = await import('node:zlib');
    writeFileSync(directory.file('a.etl.gz'), gzipSync(readFileSync(sample('lbfo-team'))));
    copyFileSync(sample('lbfo-team'), directory.file('b.etl'));
    const { code } = await etlcap(['batch', '.', '-o', 'out', '--report', 'r.json', '-q'], {
      cwd: directory.path,
      env: { TMPDIR: directory.file('none') },
    });
    const { files }: BatchReport = JSON.parse(readFileSync(directory.file('r.json'), 'utf8'));
    expect(code).toBe(1);
    expect(files.map(({ error, status }) => [status, error?.code])).toEqual([
      ['failed', 'output'],
      ['converted', undefined],
    ]);
    expect(files[0]?.error?.message).toMatch(/^a\.etl\.gz: no temporary file can be made in /u);
  });
});

describe.skipIf(!isUnix)('too many open files', () => {
  test('names the file that could not be opened', async () => {
    const names = Array.from({ length: 60 }, (_, n) => `t${n}.etl`);
    for (const name of names) copyFileSync(sample('lbfo-team'), directory.file(name));
    for (const args of [
      [...names, '--merge', 'x.pcapng'],
      ['path', ...names],
    ]) {
      const line = 'ulimit -n 40; exec "$0" "$@"';
      const { code, stderr } = await run('sh', ['-c', line, process.execPath, BIN, ...args], {
        cwd: directory.path,
      });
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(
          /^etlcap: t\d+\.etl: too many open files; raise the limit \(ulimit -n\) .*\n$/u,
        ),
      ]);
    }
  });
});

describe('files besides the trace', () => {
  test.each([
    ['--compartments', ['--compartments', 'd']],
    ['--events-output', ['--events-output', 'd']],
  ])('a directory for %s', async (_, options) => {
    mkdirSync(directory.file('d'));
    const args = [sample('lbfo-team'), '-o', 'x.pcapng', ...options];
    await expectOneLine(args, /^etlcap: (?:--compartments )?d: is a directory/u);
  });

  test.skipIf(!isUnix).each(['--compartments', '--manifest'])('a link to itself for %s', async (option) => {
    symlinkSync('loop', directory.file('loop'));
    const args = [sample('lbfo-team'), '-o', 'x.pcapng', option, 'loop'];
    await expectOneLine(args, new RegExp(`^etlcap: ${option} loop: too many symbolic links; `, 'u'));
  });

  test.skipIf(!isUnix)('a report of a batch below a file', async () => {
    writeFileSync(directory.file('f'), '');
    const args = ['batch', sample('lbfo-team'), '-o', 'out', '--report', 'f/r.json', '-q'];
    await expectOneLine(args, /^etlcap: f\/r\.json: a part of the path is not a directory; /u);
  });

  test('a file for watch', async () => {
    copyFileSync(sample('lbfo-team'), directory.file('a.etl'));
    const args = ['watch', 'a.etl', '-o', 'out'];
    await expectOneLine(args, /^etlcap: a\.etl: not a directory; etlcap batch converts files\n$/u);
  });
});

const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

describe('a disk or network share that fails while a trace is read', () => {
  // Its size is 0, and reading at 0 is an error: nothing is mapped there.
  test.skipIf(!existsSync('/proc/self/mem'))('names the file, the offset and the remedy', () => {
    const source = new FileSource('/proc/self/mem', 4096);
    const message =
      '/proc/self/mem: cannot be read at offset 0: input/output error of the disk or network share; ' +
      'copy the file to a local disk';
    expect(() => source.read(0, new Uint8Array(72))).toThrow(
      expect.objectContaining({ code: 'input', message }),
    );
    source.close();
  });

  test.skipIf(!hasStrace).each([
    ['EIO', 'input/output error of the disk or network share'],
    ['ESTALE', 'was removed or replaced on the network share'],
  ])('%s, in every command', async (error, reason) => {
    const input = directory.file('a.etl');
    writeLargeTrace(input, 50_000);
    for (const args of commands(input)) {
      // All reads of the file but the first 99 fail.
      const { code, stderr } = await run(
        'strace',
        [
          '-f',
          '-o',
          '/dev/null',
          '-P',
          input,
          '-e',
          `inject=pread64:error=${error}:when=100+`,
          process.execPath,
          BIN,
          ...args,
        ],
        { cwd: directory.path },
      );
      const lines = stderr.split('\n').filter((line) => !line.startsWith('strace: '));
      expect([args.join(' '), code, lines]).toEqual([
        args.join(' '),
        1,
        [expect.stringMatching(`^etlcap: ${input}: cannot be read at offset \\d+: ${reason}; `), ''],
      ]);
      expect(directory.files()).toEqual(['a.etl']);
    }
  });
});
