import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FileOutputOptions, fileOutput, StreamOutput } from '../../src/io/output.js';
import type { ConvertOptions } from '../../src/library/index.js';
import { convert } from '../../src/library/index.js';
import type { Output } from '../../src/passes/output.js';

const isUnix = process.platform !== 'win32';
const NAT_VSWITCH = new URL('../../samples/nat-vswitch.etl', import.meta.url).pathname;

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'output-'));
});
afterEach(async () => {
  await letGo?.();
  rmSync(directory, { recursive: true, force: true });
});
const file = (name: string): string => join(directory, name);

/** Puts what the nth write has into a buffer; no two writes look alike. */
function fill(bytes: Uint8Array, nth: number): Uint8Array {
  for (let at = 0; at < bytes.length; at++) bytes[at] = (at * 31 + nth * 17 + (at >> 8)) & 0xff;
  return bytes;
}

const written = (sizes: readonly number[]): Buffer =>
  Buffer.concat(sizes.map((size, nth) => fill(new Uint8Array(size), nth)));

/** Writes so many bytes each time, and over each buffer as soon as it comes back. @returns how many came back */
async function writeSizes(output: Output, sizes: readonly number[]): Promise<() => number> {
  let returned = 0;
  for (const [nth, size] of sizes.entries()) {
    const bytes = fill(new Uint8Array(size), nth);
    await output.write(bytes, () => {
      returned += 1;
      bytes.fill(0xff);
    });
  }
  return () => returned;
}

/** Sizes of writes, small and large; of few writes, and of more than are under way at a time. */
const manySizes = fc.array(fc.oneof(fc.nat(3), fc.nat(5000), fc.nat(200_000)), {
  maxLength: 40,
  size: 'max',
});

const MODES: [where: string, options: FileOutputOptions, conversion: ConvertOptions][] = [
  ['in other threads', {}, {}],
  ['in the calling thread', { writesHere: true }, { oneThread: true }],
];

describe.each(MODES)('a file that is written %s', (_, options) => {
  it('has the bytes of all writes in their order, whatever their sizes', async () => {
    await fc.assert(
      fc.asyncProperty(manySizes, async (sizes) => {
        const output = await fileOutput(file('x'), { ...options, force: true });
        for (const [nth, size] of sizes.entries()) await output.write(fill(new Uint8Array(size), nth));
        await output.complete();
        const expected = written(sizes);
        expect(output.bytes).toBe(expected.length);
        expect(readFileSync(file('x')).equals(expected)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('gives every buffer back once, and only when it may be written to again', async () => {
    await fc.assert(
      fc.asyncProperty(manySizes, async (sizes) => {
        const output = await fileOutput(file('x'), { ...options, force: true });
        const free: Uint8Array[] = [];
        const returned = sizes.map(() => 0);
        for (const [nth, size] of sizes.entries()) {
          const buffer = free.pop() ?? new Uint8Array(200_000);
          await output.write(fill(buffer.subarray(0, size), nth), () => {
            returned[nth] = (returned[nth] ?? 0) + 1;
            buffer.fill(0xff);
            free.push(buffer);
          });
        }
        await output.complete();
        expect(returned).toEqual(sizes.map(() => 1));
        expect(readFileSync(file('x')).equals(written(sizes))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('has its name only when it is complete', async () => {
    const output = await fileOutput(file('x'), options);
    expect(output.name).toBe(file('x'));
    await output.write(fill(new Uint8Array(1000), 0));
    expect(readdirSync(directory)).toEqual([
      expect.stringMatching(/^\.x\.[0-9a-f]{8}-[0-9a-f]+-[0-9a-f]+-[0-9a-f]{16}\.part$/u),
    ]);
    await output.complete();
    expect(readdirSync(directory)).toEqual(['x']);
    await output.discard();
    expect(readFileSync(file('x')).equals(written([1000]))).toBe(true);
  });

  it('replaces another one, with force, only when it is complete', async () => {
    writeFileSync(file('x'), 'precious');
    await expect(fileOutput(file('x'), options)).rejects.toMatchObject({ code: 'exists' });
    const output = await fileOutput(file('x'), { ...options, force: true });
    await output.write(fill(new Uint8Array(1000), 0));
    expect(readFileSync(file('x'), 'utf8')).toBe('precious');
    await output.complete();
    expect(readFileSync(file('x')).equals(written([1000]))).toBe(true);
    expect(readdirSync(directory)).toEqual(['x']);
  });

  it('takes no name that somebody else took meanwhile, and leaves nothing', async () => {
    const output = await fileOutput(file('x'), options);
    await output.write(fill(new Uint8Array(1000), 0));
    writeFileSync(file('x'), 'precious');
    await expect(output.complete()).rejects.toMatchObject({ name: 'ConvertError', code: 'exists' });
    expect(readdirSync(directory)).toEqual(['x']);
    expect(readFileSync(file('x'), 'utf8')).toBe('precious');
  });

  it('leaves nothing when it is discarded, at whatever write', async () => {
    await fc.assert(
      fc.asyncProperty(manySizes, async (sizes) => {
        const output = await fileOutput(file('x'), options);
        for (const size of sizes) await output.write(new Uint8Array(size));
        await output.discard();
        expect(readdirSync(directory)).toEqual([]);
        await output.discard();
      }),
      { numRuns: 40 },
    );
  });

  it.each(['complete', 'discard'] as const)(
    'is left alone by a write that comes behind %s, and so is a file that was opened since',
    async (end) => {
      const output = await fileOutput(file('x'), options);
      await output.write(fill(new Uint8Array(1000), 0));
      await output[end]();
      // The system gives descriptors again, the lowest first.
      const others = Array.from({ length: 20 }, (_, n) => openSync(file(`other-${n}`), 'wx'));
      // Whether it fails is not said; a conversion that was given up does not ask.
      await output.write(fill(new Uint8Array(1000), 1)).catch(() => undefined);
      await wait(50);
      for (const [n, descriptor] of others.entries()) {
        closeSync(descriptor);
        expect(readFileSync(file(`other-${n}`)).length).toBe(0);
      }
      expect(existsSync(file('x'))).toBe(end === 'complete');
      if (end === 'complete') expect(readFileSync(file('x')).equals(written([1000]))).toBe(true);
    },
  );
});

/** Threads of libuv: file system calls wait for one of them. */
const THREADS = Number(process.env.UV_THREADPOOL_SIZE ?? 4);

/** Lets the threads go that {@link holdThreads} occupies. */
let letGo: (() => Promise<void>) | undefined;

/** Occupies them all, so that writes stay under way: who opens a named pipe waits for a writer. */
function holdThreads(): () => Promise<void> {
  const pipe = file('.pipe');
  execFileSync('mkfifo', [pipe]);
  const readers = Array.from({ length: THREADS }, () => open(pipe, 'r'));
  letGo = async () => {
    letGo = undefined;
    const writer = openSync(pipe, constants.O_RDWR);
    for (const reader of await Promise.all(readers)) await reader.close();
    closeSync(writer);
    rmSync(pipe);
  };
  return letGo;
}

/** Whether all of it ends soon; what never ends must not hold up the test. */
const endsSoon = (...all: readonly Promise<unknown>[]): Promise<boolean> =>
  Promise.race([Promise.all(all).then(() => true), wait(2000, false)]);

const isSettled = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    wait(50, false),
  ]);

describe.skipIf(!isUnix)('writes under way', () => {
  it('keep their buffers until the system has written them, and complete waits for them', async () => {
    const output = await fileOutput(file('x'));
    const release = holdThreads();
    const sizes = [100_000, 0, 3, 70_000, 5];
    const returned = await writeSizes(output, sizes);
    const completed = output.complete();
    expect(await isSettled(completed)).toBe(false);
    expect(returned()).toBe(0);
    expect(existsSync(file('x'))).toBe(false);
    await release();
    await completed;
    expect(returned()).toBe(sizes.length);
    expect(readdirSync(directory)).toEqual(['x']);
    expect(readFileSync(file('x')).equals(written(sizes))).toBe(true);
  });

  it('are none in the calling thread, which needs no other', async () => {
    const output = await fileOutput(file('x'), { writesHere: true });
    holdThreads();
    let returned = 0;
    for (let nth = 0; nth < 20; nth++) {
      const writing = output.write(fill(new Uint8Array(1000), nth), () => {
        returned += 1;
      });
      expect(returned).toBe(nth + 1);
      await writing;
    }
    await letGo?.();
    await output.complete();
    expect(readFileSync(file('x')).equals(written(Array.from({ length: 20 }, () => 1000)))).toBe(true);
  });

  it('are 16 at most: the next writer waits until one has ended', async () => {
    const output = await fileOutput(file('x'));
    const release = holdThreads();
    for (let nth = 0; nth < 15; nth++) await output.write(fill(new Uint8Array(1000), nth));
    const last = output.write(fill(new Uint8Array(1000), 15));
    expect(await isSettled(last)).toBe(false);
    await release();
    await last;
    await output.complete();
    expect(readFileSync(file('x')).equals(written(Array.from({ length: 16 }, () => 1000)))).toBe(true);
  });

  it('are waited for by discard, which then leaves nothing', async () => {
    const output = await fileOutput(file('x'));
    const release = holdThreads();
    let returned = 0;
    for (let nth = 0; nth < 10; nth++) {
      await output.write(fill(new Uint8Array(1000), nth), () => {
        returned += 1;
      });
    }
    const discarded = output.discard();
    expect(await isSettled(discarded)).toBe(false);
    await release();
    await discarded;
    expect(returned).toBe(10);
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each([
    ['just before a writer starts to wait', 0],
    ['while a writer waits', 20],
  ])('hold up nobody for ever when the file is discarded %s', async (_, milliseconds) => {
    const output = await fileOutput(file('x'));
    const release = holdThreads();
    for (let nth = 0; nth < 15; nth++) await output.write(fill(new Uint8Array(1000), nth));
    const last = output.write(fill(new Uint8Array(1000), 15)).catch(() => undefined);
    if (milliseconds > 0) await wait(milliseconds);
    const discarded = output.discard();
    await wait(20);
    await release();
    expect({ discarded: await endsSoon(discarded), writer: await endsSoon(last) }).toEqual({
      discarded: true,
      writer: true,
    });
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('a full disk', () => {
  /** A file system of 64 KiB; only root on Linux can have one. */
  let disk = '';
  let isMounted = false;
  beforeAll(() => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
    disk = mkdtempSync(join(tmpdir(), 'output-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
      isMounted = true;
    } catch {
      // A container whose root may not.
    }
  });
  afterAll(() => {
    if (isMounted) execFileSync('umount', [disk]);
    if (disk !== '') rmSync(disk, { recursive: true });
  });

  describe.each(MODES)('where the file is written %s', (_, options, conversion) => {
    it('is an error that names the file, and nothing is left', async ({ skip }) => {
      skip(!isMounted, 'no file system of its own');
      const path = join(disk, 'x');
      const output = await fileOutput(path, options);
      const writes = async (): Promise<void> => {
        for (let nth = 0; nth < 20; nth++) await output.write(fill(new Uint8Array(10_000), nth));
        await output.complete();
      };
      const expected = {
        name: 'ConvertError',
        code: 'output',
        message: `${path}: no space left on the device`,
      };
      await expect(writes()).rejects.toMatchObject(expected);
      expect(existsSync(path)).toBe(false);
      await output.discard();
      expect(readdirSync(disk)).toEqual([]);
    });

    it('ends a conversion so too', async ({ skip }) => {
      skip(!isMounted, 'no file system of its own');
      const path = join(disk, 'x.pcapng');
      // Less is free than the result takes.
      writeFileSync(join(disk, 'other'), new Uint8Array(40 * 1024));
      await expect(convert(NAT_VSWITCH, path, { ...conversion, events: 'none' })).rejects.toMatchObject({
        name: 'ConvertError',
        code: 'output',
        message: `${path}: no space left on the device`,
      });
      expect(readdirSync(disk)).toEqual(['other']);
      rmSync(join(disk, 'other'));
    });
  });

  it('that shows when the last write has ended is an error of complete', async ({ skip }) => {
    skip(!isMounted, 'no file system of its own');
    const path = join(disk, 'x');
    const output = await fileOutput(path);
    // One write: when it fails, nobody waits in another one.
    await output.write(new Uint8Array(100_000));
    await expect(output.complete()).rejects.toMatchObject({
      code: 'output',
      message: `${path}: no space left on the device`,
    });
    expect(readdirSync(disk)).toEqual([]);
  });
});

describe('what is no file', () => {
  it.skipIf(!isUnix)('a named pipe gets the bytes in their order, and gives buffers back', async () => {
    mkdirSync(file('pipes'));
    execFileSync('mkfifo', [file('pipes/x')]);
    const sizes = [100_000, 0, 3, 200_000, 5];
    const reader = open(file('pipes/x'), 'r').then(async (handle) => {
      const bytes = await handle.readFile();
      await handle.close();
      return bytes;
    });
    const output = await fileOutput(file('pipes/x'));
    const returned = await writeSizes(output, sizes);
    await output.complete();
    expect((await reader).equals(written(sizes))).toBe(true);
    expect(returned()).toBe(sizes.length);
    expect(readdirSync(file('pipes'))).toEqual(['x']);
  });

  it('a stream of the caller keeps its buffers, because it can hand them on', async () => {
    const stream = new PassThrough({ highWaterMark: 1 });
    const output: Output = new StreamOutput(stream, 'a stream');
    let returned = 0;
    const writing = output.write(fill(new Uint8Array(1000), 0), () => {
      returned += 1;
    });
    const chunk: unknown = await new Promise((resolve) => stream.once('data', resolve));
    await writing;
    await output.complete();
    expect(returned).toBe(0);
    expect(chunk).toEqual(Buffer.from(fill(new Uint8Array(1000), 0)));
  });
});
