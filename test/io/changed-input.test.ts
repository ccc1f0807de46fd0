import {
  appendFileSync,
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import type { Damage } from '../../src/etl/index.js';
import { convert, merge } from '../../src/library/convert.js';
import type { ConvertOptions } from '../../src/library/convert-options.js';
import { listEvents, listPaths, summarizePaths, traceInfo, writeReport } from '../../src/library/index.js';
import type { Progress } from '../../src/passes/index.js';
import { readSection } from '../support/pcapng-reader.js';
import { writeTraceFile } from '../support/trace-file.js';

const directory = mkdtempSync(join(tmpdir(), 'changed-input-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const file = (name: string): string => join(directory, name);

const PACKETS = 2000;
const BUFFER = 8192;
const ORIGINAL = file('original.etl');
writeTraceFile(ORIGINAL, { kind: 'ndis', count: PACKETS, processors: 2, trace: { bufferSize: BUFFER } });
const SIZE = statSync(ORIGINAL).size;

/** A fresh copy of the trace, last changed an hour ago. */
function trace(name = 'trace.etl'): string {
  copyFileSync(ORIGINAL, file(name));
  utimesSync(file(name), new Date(), new Date(Date.now() - 3_600_000));
  return file(name);
}

/** Calls `change` once, between the survey and the main pass: the last step of the survey ends half of the work. */
function between(change: () => void): (progress: Progress) => void {
  let isDone = false;
  return ({ fraction, phase }) => {
    if (isDone || phase !== 'survey' || fraction < 0.5) return;
    isDone = true;
    change();
  };
}

/** Overwrites bytes in place. */
function overwrite(path: string, offset: number, bytes: Uint8Array): void {
  const fd = openSync(path, 'r+');
  writeSync(fd, bytes, 0, bytes.length, offset);
  closeSync(fd);
}

/** Changes the content and leaves the time of the last change as it was, as some copy programs do. */
function unnoticed(path: string, change: () => void): void {
  const { atime, mtime } = statSync(path);
  change();
  utimesSync(path, atime, mtime);
}

const changesIn = (items: readonly Damage[] = []): string[] =>
  items.filter(({ kind }) => kind === 'changed').map(({ reason }) => reason);

const CHANGES: readonly (readonly [name: string, change: (path: string) => void, reason: RegExp])[] = [
  [
    'shrinks',
    (path) => truncateSync(path, SIZE / 2),
    new RegExp(`shrank from ${SIZE} to ${SIZE / 2} bytes while it was read`, 'u'),
  ],
  [
    'grows',
    (path) => appendFileSync(path, new Uint8Array(100)),
    new RegExp(`grew from ${SIZE} to ${SIZE + 100} bytes while it was read`, 'u'),
  ],
  [
    'is replaced',
    (path) => {
      copyFileSync(path, `${path}.new`);
      renameSync(`${path}.new`, path);
    },
    /replaced by another one while it was read/u,
  ],
  [
    'is written to without another size',
    (path) => overwrite(path, SIZE - 100, Uint8Array.of(1)),
    /modified while it was read/u,
  ],
  [
    'loses buffers without another size or time',
    (path) => unnoticed(path, () => overwrite(path, 10 * BUFFER, new Uint8Array(20 * BUFFER))),
    /the first pass found \d+ records of processor 1, the second \d+/u,
  ],
];

describe.each(CHANGES)('a file that %s between the two passes is damaged', (_, change, reason) => {
  const changed = expect.arrayContaining([expect.stringMatching(reason)]);
  const options = (path: string): Pick<ConvertOptions, 'onProgress'> => ({
    onProgress: between(() => change(path)),
  });

  it('for convert: in the summary, in the events document and in the pcapng', async () => {
    const path = trace();
    const { traces } = await convert(path, file('x.pcapng'), { ...options(path), force: true });
    expect(traces[0]?.damage.sections).toBeGreaterThan(0);
    expect(changesIn(traces[0]?.damage.items)).toEqual(changed);
    const { summary } = JSON.parse(readFileSync(file('x.events.json'), 'utf8'));
    expect(summary.changes).toContainEqual({ input: path, reason: expect.stringMatching(reason) });
    const { statistics } = readSection(new Uint8Array(readFileSync(file('x.pcapng'))));
    expect(JSON.stringify(statistics.map(({ comments }) => comments))).toMatch(reason);
  });

  it('for merge: the changed file alone', async () => {
    const [intact, path] = [trace('intact.etl'), trace()];
    const { traces } = await merge([intact, path], file('x.pcapng'), { ...options(path), force: true });
    expect(traces.map(({ damage }) => changesIn(damage.items).length > 0)).toEqual([false, true]);
    expect(changesIn(traces[1]?.damage.items)).toEqual(changed);
  });

  it('for info', async () => {
    const path = trace();
    const { damage } = await traceInfo(path, options(path));
    expect(changesIn(damage.items)).toEqual(changed);
  });

  it('for events, paths and report: a warning that names the file', async () => {
    const warningsOf = async (
      run: (path: string, options: object) => Promise<unknown>,
    ): Promise<string[]> => {
      const path = trace();
      const warnings: string[] = [];
      await run(path, { ...options(path), onWarning: (message: string) => warnings.push(message) });
      return warnings.filter((warning) => warning.startsWith(`${path}: `));
    };
    const sink = (): PassThrough => {
      const stream = new PassThrough();
      void text(stream);
      return stream;
    };
    expect(await warningsOf((path, given) => listEvents(path, sink(), given))).toEqual(changed);
    expect(await warningsOf((path, given) => listPaths([path], sink(), given))).toEqual(changed);
    expect(
      await warningsOf((path, given) => writeReport([path], file('x.html'), { ...given, force: true })),
    ).toEqual(changed);
  });

  it('for a summary of paths', async () => {
    const path = trace();
    const { traces } = await summarizePaths([path], options(path));
    expect(changesIn(traces[0]?.damage.items)).toEqual(changed);
  });
});

describe('no damage', () => {
  it('is a file that nobody changes', async () => {
    const { traces } = await convert(trace(), file('x.pcapng'), { force: true });
    expect(traces[0]?.damage).toMatchObject({ sections: 0, items: [] });
  });

  it('is a file that is removed while it is read: all of it was read', async () => {
    const path = trace();
    const { packets, traces } = await convert(path, file('x.pcapng'), {
      force: true,
      onProgress: between(() => unlinkSync(path)),
    });
    expect(packets).toBe(PACKETS);
    expect(traces[0]?.damage.sections).toBe(0);
  });
});

describe('records of each processor', () => {
  it('are counted in the survey', async () => {
    const { traces } = await convert(trace(), file('x.pcapng'), {
      force: true,
      onProgress: between(() => writeFileSync(file('trace.etl'), new Uint8Array(0))),
    });
    const [, ...counts] = changesIn(traces[0]?.damage.items);
    const before = counts.map((reason) => Number(/found (\d+) records/u.exec(reason)?.[1]));
    // The records of packets, and those of the trace header's buffer.
    expect(before).toHaveLength(2);
    expect(before.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(PACKETS);
  });
});
