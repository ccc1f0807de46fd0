import type { ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { neverClosed } from '../../samples/scenarios/index.js';
import { parseReport } from '../../src/batch/merge-reports.js';
import { readCapture } from './captures.js';
import { type Ended, etlcap, sample, useDirectory, writeLargeTrace } from './run.js';

const directory = useDirectory();

/** Names of the outputs; the journal and half-written files too where they are asked for. */
const outputs = (): string[] =>
  existsSync(directory.file('out'))
    ? readdirSync(directory.file('out'))
        .filter((name) => !name.startsWith('.etlcap-batch'))
        .sort()
    : [];

async function until(what: string, condition: () => boolean): Promise<void> {
  for (let n = 0; n < 1500; n++) {
    if (condition()) return;
    await delay(20);
  }
  throw new Error(`waited in vain: ${what}`);
}

/** Watches `in` while `story` goes on, then sends SIGTERM. */
async function watch(story: () => Promise<void>, args: readonly string[] = []): Promise<Ended> {
  mkdirSync(directory.file('in'), { recursive: true });
  let child: ChildProcess | undefined;
  const times = ['--interval', '0.1', '--settle', '0.5', '--settle-open', '3'];
  const ended = etlcap(
    ['watch', 'in', '-o', 'out', '--events', 'none', '--report', 'r.json', ...times, ...args],
    {
      cwd: directory.path,
      onStart: (started) => {
        child = started;
      },
    },
  );
  try {
    await until('the watch begins', () => existsSync(directory.file('out')));
    await story();
  } finally {
    child?.kill('SIGTERM');
  }
  return ended;
}

const reportFiles = (): unknown =>
  parseReport('r.json', readFileSync(directory.file('r.json'), 'utf8')).files.map(({ input, status }) => [
    input,
    status,
  ]);

describe.skipIf(process.platform === 'win32')('etlcap watch', () => {
  test('converts what is there and what comes, and ends cleanly at SIGTERM', async () => {
    mkdirSync(directory.file('in'));
    copyFileSync(sample('lbfo-team'), directory.file('in/first.etl'));
    const { code, stdout } = await watch(async () => {
      await until('the first one', () => outputs().includes('first.pcapng'));
      mkdirSync(directory.file('in/deep'));
      copyFileSync(sample('nat-vswitch'), directory.file('in/deep/second.etl'));
      writeFileSync(directory.file('in/third.etl.gz'), gzipSync(readFileSync(sample('nat-vswitch'))));
      await until('the second one', () => existsSync(directory.file('out/deep/second.pcapng')));
      await until('the third one', () => outputs().includes('third.pcapng'));
    });
    expect(code).toBe(0);
    expect(stdout.toString()).toContain('3 traces: 3 converted');
    expect(reportFiles()).toEqual([
      ['in/deep/second.etl', 'converted'],
      ['in/first.etl', 'converted'],
      ['in/third.etl.gz', 'converted'],
    ]);
  });

  test('does not take a trace that still grows', async () => {
    const trace = readFileSync(sample('nat-vswitch'));
    await watch(async () => {
      // A copy over a slow network: the header, which is complete, comes first.
      const step = Math.ceil(trace.length / 10);
      for (let at = 0; at < trace.length; at += step) {
        expect(outputs()).toEqual([]);
        appendFileSync(directory.file('in/slow.etl'), trace.subarray(at, at + step));
        await delay(150);
      }
      await until('the trace', () => outputs().includes('slow.pcapng'));
    });
    expect(readCapture(directory.file('out/slow.pcapng')).packets).toHaveLength(74);
  });

  test('waits longer for a trace whose session has not closed it, and then converts it', async () => {
    await watch(async () => {
      writeFileSync(directory.file('in/open.etl'), neverClosed().plain);
      copyFileSync(sample('lbfo-team'), directory.file('in/closed.etl'));
      await until('the closed one', () => outputs().includes('closed.pcapng'));
      expect(outputs()).not.toContain('open.pcapng');
      await until('the open one', () => outputs().includes('open.pcapng'));
    });
  });

  test('reports what cannot be converted, with exit 1, and converts it when it is replaced', async () => {
    const { code } = await watch(async () => {
      writeFileSync(directory.file('in/text.etl'), 'no trace');
      writeFileSync(directory.file('in/broken.zip'), 'no zip');
      await until('a report', () => existsSync(directory.file('r.json')));
      await until('both', () => readFileSync(directory.file('r.json'), 'utf8').includes('text.etl'));
      copyFileSync(sample('lbfo-team'), directory.file('in/text.etl'));
      await until('the trace', () => outputs().includes('text.pcapng'));
    });
    expect(code).toBe(1);
    expect(reportFiles()).toEqual([
      ['in/broken.zip', 'failed'],
      ['in/text.etl', 'converted'],
    ]);
  });

  test('gives up at SIGTERM what it has in work, without a trace of it; the next watch takes it up', async () => {
    mkdirSync(directory.file('in'));
    // Its second pass takes many times as long as noticing that it has begun.
    writeLargeTrace(directory.file('in/large.etl'), 1_000_000);
    await watch(async () => {
      await until('half a file', () => outputs().some((name) => name.endsWith('.part')));
    });
    expect(outputs()).toEqual([]);
    await watch(async () => {
      await until('the trace', () => outputs().includes('large.pcapng'));
    });
    expect(outputs()).toEqual(['large.pcapng']);
  });

  test('a directory that goes away, such as a mount, is waited for', async () => {
    const { code, stderr } = await watch(async () => {
      renameSync(directory.file('in'), directory.file('gone'));
      await delay(500);
      copyFileSync(sample('lbfo-team'), directory.file('gone/a.etl'));
      renameSync(directory.file('gone'), directory.file('in'));
      await until('the trace', () => outputs().includes('a.pcapng'));
    });
    expect([code, stderr.split('\n')[0]]).toEqual([0, 'etlcap: in: no such file or directory; trying again']);
  });

  test('a directory that is not there is an error, at once', async () => {
    const { code, stderr } = await etlcap(['watch', 'none', '-o', 'out'], { cwd: directory.path });
    expect([code, stderr]).toEqual([2, 'etlcap: none: no such file or directory\n']);
  });
});
