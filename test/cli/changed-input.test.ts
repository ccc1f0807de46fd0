import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
} from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BatchReport } from '../../src/batch/report.js';
import type { ConvertSummary } from '../../src/passes/index.js';
import { writeTraceFile } from '../support/trace-file.js';
import { etlcap, useDirectory } from './run.js';

const directory = useDirectory();

/** Reads a named pipe to its end; the writer is stopped in the middle while `change` runs. */
function readPipe(path: string, change: () => void): void {
  execFileSync('mkfifo', [path]);
  const stream = createReadStream(path);
  stream.once('data', () => {
    change();
    stream.resume();
  });
}

describe.skipIf(process.platform === 'win32')('a trace that is cut while it is converted', () => {
  test.each([
    // From 8 MiB on another thread reads a compressed trace.
    ['compressed', { form: 'merged', compression: 'matches', bufferSize: 1024 * 1024 }],
    ['plain', { bufferSize: 65_536 }],
  ] as const)('%s: exit 3 with --strict, and damage in the JSON summary', async (_, trace) => {
    const input = directory.file('trace.etl');
    writeTraceFile(input, { kind: 'ndis', count: 80_000, trace });
    const output = directory.file('pipe');
    readPipe(output, () => truncateSync(input, 1024 * 1024));
    const { code, stderr, stdout } = await etlcap([input, '-o', output, '--force', '--strict', '--json']);
    expect([code, stderr]).toEqual([3, '']);
    const { packets, traces }: ConvertSummary = JSON.parse(stdout.toString());
    expect(packets).toBeLessThan(80_000);
    const reasons = traces[0]?.damage.items.map(({ reason }) => reason) ?? [];
    expect(reasons[0]).toMatch(/^the file shrank from \d+ to 1048576 bytes while it was read$/u);
    expect(reasons[1]).toMatch(/the first pass found \d+ records of processor \d+, the second \d+$/u);
  });

  test('the summary does not report that nothing was lost', async () => {
    const input = directory.file('trace.etl');
    writeTraceFile(input, { kind: 'ndis', count: 80_000 });
    const output = directory.file('pipe');
    readPipe(output, () => truncateSync(input, 1024 * 1024));
    const { code, stdout } = await etlcap([input, '-o', output, '--force']);
    expect(code).toBe(0);
    expect(stdout.toString()).toContain(`Problems in ${input}:`);
  });
});

describe('a trace that grows while a batch converts it', () => {
  test('is damaged in the report: exit 3 with --strict', async () => {
    const input = directory.file('in/a.etl');
    mkdirSync(directory.file('in'));
    // Its second pass takes many times as long as noticing that it has begun.
    writeTraceFile(input, { kind: 'ndis', count: 1_000_000, payloadSize: 40 });
    const { code } = await etlcap(
      ['batch', 'in', '-o', 'out', '--report', 'report.json', '--sha256', '--strict', '-q'],
      {
        cwd: directory.path,
        onStart: (child) => {
          const watch = setInterval(() => {
            if (!existsSync(directory.file('out'))) return;
            if (!readdirSync(directory.file('out')).some((name) => name.endsWith('.part'))) return;
            clearInterval(watch);
            appendFileSync(input, new Uint8Array(100));
          }, 5);
          child.on('exit', () => clearInterval(watch));
        },
      },
    );
    expect(code).toBe(3);
    const report: BatchReport = JSON.parse(readFileSync(directory.file('report.json'), 'utf8'));
    expect(report.files[0]?.trace?.damage.items[0]?.reason).toMatch(/^the file grew from /u);
  });
});
