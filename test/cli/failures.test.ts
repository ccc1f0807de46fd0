import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from 'vitest';
import { streamTrace } from '../../samples/scenarios/index.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';
import { BIN, etlcap, run, sample, useDirectory, writeLargeTrace } from './run.js';

const directory = useDirectory();

describe('an input that is no trace ends with exit 1 and one line: file, place, reason, what to do', () => {
  test('empty', async () => {
    writeFileSync(directory.file('empty.etl'), '');
    const { code, stderr } = await etlcap(['empty.etl'], { cwd: directory.path });
    expect(stderr).toBe(
      'etlcap: empty.etl: not an ETL trace at offset 0: the file is empty; ' +
        'was the trace stopped (netsh trace stop, pktmon stop) and copied whole?\n',
    );
    expect(code).toBe(1);
    expect(directory.files()).toEqual(['empty.etl']);
  });

  test('text', async () => {
    writeFileSync(directory.file('log.etl'), 'Mon Jun 10 20:18:35 2024 starting\n'.repeat(100));
    const { code, stderr } = await etlcap(['log.etl'], { cwd: directory.path });
    expect(stderr).toMatch(/^etlcap: log\.etl: not an ETL trace at offset 0: no ETL buffer header .*\n$/u);
    expect(code).toBe(1);
    expect(directory.files()).toEqual(['log.etl']);
  });

  test.each([
    ['inside the buffer header', 30, 0],
    ['inside the trace header', 200, 72],
  ])('cut %s', async (_, length, offset) => {
    writeFileSync(directory.file('cut.etl'), readFileSync(sample('lbfo-team')).subarray(0, length));
    const { code, stderr } = await etlcap(['cut.etl'], { cwd: directory.path });
    expect(stderr).toMatch(
      new RegExp(`^etlcap: cut\\.etl: not an ETL trace at offset ${offset}: .*\\n$`, 'u'),
    );
    expect(code).toBe(1);
    expect(directory.files()).toEqual(['cut.etl']);
  });

  test('standard input that is no trace', async () => {
    const { code, stderr } = await etlcap(['-', '-o', 'x.pcapng'], {
      cwd: directory.path,
      input: Buffer.from('hello'),
    });
    expect(stderr).toMatch(/^etlcap: standard input: not an ETL trace at offset 0: .*\n$/u);
    expect(code).toBe(1);
    expect(directory.files()).toEqual([]);
  });

  test.each([
    ['a missing file', 'none.etl', 'none.etl: no such file or directory'],
    ['a directory', '.', '.: is a directory; etlcap batch converts directories'],
  ])('%s', async (_, name, message) => {
    const { code, stderr } = await etlcap([name, '-o', 'x.pcapng'], { cwd: directory.path });
    expect([code, stderr]).toEqual([1, `etlcap: ${message}\n`]);
    expect(directory.files()).toEqual([]);
  });
});

describe('names are data', () => {
  test('control characters and direction marks of a file name are printed escaped', async () => {
    const { stderr } = await etlcap(['evil\u001b[31m\n\u202eltr.etl'], { cwd: directory.path });
    expect(stderr).toBe('etlcap: evil\\u{1b}[31m\\u{a}\\u{202e}ltr.etl: no such file or directory\n');
  });
});

describe('a trace without packets', () => {
  test('exit 4, no pcapng, and a text that names the providers and says what to do', async () => {
    const pieces: Uint8Array[] = [];
    streamTrace({ kind: 'events', count: 1000 }, (bytes) => pieces.push(bytes.slice()));
    writeFileSync(directory.file('events.etl'), Buffer.concat(pieces));
    const { code, stderr } = await etlcap(['events.etl'], { cwd: directory.path });
    expect(code).toBe(4);
    expect(directory.captures()).toEqual(['events.etl']);
    expect(stderr).toContain('etlcap: events.etl: No packets in this trace, so no pcapng was written.\n');
    expect(stderr).toContain('Contoso-Service-Requests (1,000)');
    expect(stderr).toContain('netsh trace start capture=yes');
  });

  test('with --quiet: exit 4 and one line', async () => {
    const pieces: Uint8Array[] = [];
    streamTrace({ kind: 'events', count: 10 }, (bytes) => pieces.push(bytes.slice()));
    writeFileSync(directory.file('events.etl'), Buffer.concat(pieces));
    const { code, stderr, stdout } = await etlcap(['events.etl', '-q'], { cwd: directory.path });
    expect([code, stdout.toString(), stderr]).toEqual([
      4,
      '',
      'etlcap: events.etl: No packets in this trace, so no pcapng was written.\n',
    ]);
  });
});

describe('a damaged trace', () => {
  test('with --quiet: converted, and what is missing is said on standard error', async () => {
    writeFileSync(directory.file('cut.etl'), readFileSync(sample('nat-vswitch')).subarray(0, 60_000));
    const { code, stderr, stdout } = await etlcap(['cut.etl', '-q'], { cwd: directory.path });
    expect([code, stdout.toString()]).toEqual([0, '']);
    expect(stderr).toMatch(/^Problems in cut\.etl:\n/u);
  });
});

describeWithRealTraces('real traces without packets', () => {
  test.each([
    ['win7-kernel-network', /Microsoft-Windows-Kernel-Network \(8,923\)/u],
    ['lxcore-tracelogging', /Microsoft\.Windows\.Subsystem\.LxCore \(2\)/u],
    ['eventsource-manifest', /MSOpenTech-Tx-BinaryEventSource \(12\)/u],
    ['shutdown-kernel', /kernel \(17,078\)/u],
  ])('%s: its providers by name', async (name, expected) => {
    const { code, stderr } = await etlcap([realTrace(name), '-o', directory.file('x.pcapng')]);
    expect(code).toBe(4);
    expect(stderr).toMatch(expected);
    expect(directory.captures()).toEqual([]);
  });
});

describe('an output that cannot be written ends with exit 1 and one line, and leaves nothing behind', () => {
  test('a reader that goes away (EPIPE)', async () => {
    writeLargeTrace(directory.file('large.etl'), 50_000);
    const { code, stderr } = await etlcap(['large.etl', '-o', '-'], {
      cwd: directory.path,
      onStart: ({ stdout }) => stdout?.once('data', () => stdout.destroy()),
    });
    expect([code, stderr]).toEqual([1, 'etlcap: standard output: the reader went away\n']);
    expect(directory.files()).toEqual(['large.etl']);
  });

  test('a reader of the summary that goes away: the conversion is done, the exit code tells', async () => {
    const { code, stderr } = await etlcap([sample('lbfo-team'), '-o', directory.path], {
      onStart: ({ stdout }) => stdout?.destroy(),
    });
    expect([code, stderr]).toEqual([1, 'etlcap: standard output: the reader went away\n']);
    expect(directory.captures()).toEqual(['lbfo-team.pcapng']);
  });

  test.skipIf(process.platform === 'win32')('no room for the file', async () => {
    // Blocks of 512 bytes or of 1 KiB: less than the result in either.
    const line = 'ulimit -f 8; exec "$0" "$@"';
    const command = [process.execPath, BIN, sample('nat-vswitch'), '-o', directory.file('x.pcapng')];
    const { code, stderr } = await run('sh', ['-c', line, ...command]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^etlcap: .*: larger than the file system or the limit allows\n$/u);
    expect(directory.files()).toEqual([]);
  });

  describe.skipIf(!existsSync('/dev/full'))('a full device', () => {
    test('as the output file', async () => {
      const { code, stderr } = await etlcap([sample('lbfo-team'), '-o', '/dev/full', '-q']);
      expect([code, stderr]).toEqual([1, 'etlcap: /dev/full: no space left on the device\n']);
    });

    test.each([
      ['pcapng', ['-o', '-']],
      ['the summary', ['-o', 'x.pcapng']],
      ['the summary as JSON', ['-o', 'x.pcapng', '--json']],
    ])('as standard output, for %s', async (_, options) => {
      const full = openSync('/dev/full', 'w');
      const { code, stderr } = await etlcap([sample('lbfo-team'), ...options], {
        cwd: directory.path,
        stdout: full,
      });
      closeSync(full);
      expect([code, stderr]).toEqual([1, 'etlcap: standard output: no space left on the device\n']);
    });
  });

  test('a directory in the place of the file', async () => {
    mkdirSync(directory.file('lbfo-team.pcapng'));
    const { code, stderr } = await etlcap([sample('lbfo-team'), '-o', directory.path]);
    expect([code, stderr]).toEqual([1, `etlcap: ${directory.file('lbfo-team.pcapng')}: is a directory\n`]);
    expect(directory.files()).toEqual(['lbfo-team.pcapng']);
  });

  test('a directory that is not there', async () => {
    const output = directory.file('none/x.pcapng');
    const { code, stderr } = await etlcap([sample('lbfo-team'), '-o', output]);
    expect([code, stderr]).toEqual([1, `etlcap: ${output}: no such file or directory\n`]);
  });

  test.skipIf(!existsSync('/dev/full'))('a link to a device is written to, never replaced', async () => {
    const { code } = await run(
      'sh',
      [
        '-c',
        'ln -s /dev/null link && "$0" "$@" && test -L link',
        process.execPath,
        BIN,
        sample('lbfo-team'),
        '-o',
        directory.file('link'),
        '--force',
        '-q',
      ],
      { cwd: directory.path },
    );
    expect(code).toBe(0);
  });
});

describe('an interrupted conversion', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s: exit 1, one line, nothing left behind',
    async (signal) => {
      // Its second pass takes many times as long as noticing that it has begun.
      writeLargeTrace(directory.file('large.etl'), 1_000_000);
      const { code, stderr } = await etlcap(['large.etl'], {
        cwd: directory.path,
        onStart: (child) => {
          // In the middle of writing: the file without its final name is there.
          const watch = setInterval(() => {
            if (!readdirSync(directory.path).some((name) => name.endsWith('.part'))) return;
            clearInterval(watch);
            child.kill(signal);
          }, 5);
          child.on('exit', () => clearInterval(watch));
        },
      });
      expect([code, stderr]).toEqual([1, 'etlcap: interrupted; nothing was written\n']);
      expect(directory.files()).toEqual(['large.etl']);
    },
  );

  test.skipIf(!existsSync('/proc/self/fd'))('while it waits for standard input', async () => {
    const { code, stderr } = await etlcap(['-', '-o', 'x.pcapng'], {
      cwd: directory.path,
      input: 'open',
      onStart: (child) => {
        const watch = setInterval(() => {
          if (!hasOpen(child.pid, 'spool.etl')) return;
          clearInterval(watch);
          child.kill('SIGINT');
        }, 10);
        child.on('exit', () => clearInterval(watch));
      },
    });
    expect([code, stderr]).toEqual([1, 'etlcap: interrupted; nothing was written\n']);
    expect(directory.files()).toEqual([]);
  });
});

/** Whether a process has a file of this name open, be it deleted (Linux). */
function hasOpen(pid: number | undefined, name: string): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => readlinkSync(`${folder}/${fd}`).includes(name));
  } catch {
    // It ended, or closed one while we looked.
    return false;
  }
}
