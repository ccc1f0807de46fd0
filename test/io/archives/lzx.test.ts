import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LzxError, LzxExpander } from '../../../src/io/archives/lzx.js';
import { SAMPLES, useDirectory } from '../../cli/run.js';
import { cabFile } from './cab-builder.js';
import { type LzxBlockKind, type LzxOptions, lzxFrames } from './lzx-encoder.js';

const FRAME_SIZE = 32_768;
const trace = readFileSync(join(SAMPLES, 'nat-vswitch.etl'));

/** Bytes with repetitions near and far, and calls. */
function someBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 12_345;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 8;
  };
  for (let at = 0; at < length; ) {
    const run = 3 + (random() % 300);
    const kind = random() % 4;
    if (kind === 0 && at > 0) bytes.copyWithin(at, random() % at, (random() % at) + run);
    else for (let n = 0; n < run; n++) bytes[at + n] = kind === 1 ? random() : kind === 2 ? 0xe8 : 7;
    at += run;
  }
  return bytes;
}

function expand(frames: readonly Uint8Array[], length: number, windowBits: number): Buffer {
  const expander = new LzxExpander(windowBits);
  return Buffer.concat(
    frames.map((frame, at) => expander.expand(frame, Math.min(FRAME_SIZE, length - at * FRAME_SIZE))),
  );
}

const throughLzx = (bytes: Uint8Array, options: LzxOptions): Buffer =>
  expand(lzxFrames(bytes, options), bytes.length, options.windowBits);

const MIXED: LzxOptions['blocks'] = [
  ['verbatim', 40_001],
  ['uncompressed', 1001],
  ['aligned', 70_000],
  ['uncompressed', 33_000],
  ['verbatim', 5],
  ['aligned', 1],
];

describe('LZX', () => {
  it.each([15, 16, 17, 18, 19, 20, 21])(
    'expands what was packed with a window of 2^%i bytes',
    (windowBits) => {
      // Longer than the window, up to 2^19: then a repetition from its far end is found.
      const bytes = someBytes(Math.min(700_000, 2 ** windowBits + 100_000));
      expect(throughLzx(bytes, { windowBits, blocks: MIXED }).equals(bytes)).toBe(true);
    },
  );

  it('makes call targets relative again', () => {
    const bytes = someBytes(150_000);
    for (const translationSize of [150_000, 12_000_000]) {
      expect(throughLzx(bytes, { windowBits: 16, blocks: MIXED, translationSize }).equals(bytes)).toBe(true);
    }
  });

  it('expands blocks of any kind and length', () => {
    const kind = fc.constantFrom<LzxBlockKind>('verbatim', 'aligned', 'uncompressed');
    const blocks = fc.array(fc.tuple(kind, fc.integer({ min: 1, max: 50_000 })), {
      minLength: 1,
      maxLength: 6,
    });
    const bytes = trace.subarray(0, 70_000);
    fc.assert(
      fc.property(blocks, (each) => throughLzx(bytes, { windowBits: 15, blocks: each }).equals(bytes)),
      { numRuns: 25 },
    );
  });

  it('ends in an error, and not in anything else, whatever bits are flipped or cut', () => {
    const frames = lzxFrames(trace.subarray(0, 60_000), { windowBits: 15, blocks: MIXED });
    const flips = fc.array(fc.tuple(fc.nat(1), fc.nat(100_000), fc.nat(7)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(flips, fc.double({ min: 0.1, max: 1, noNaN: true }), (all, part) => {
        const bad = frames.map((frame) => Buffer.from(frame.subarray(0, Math.ceil(frame.length * part))));
        for (const [frame, at, bit] of all) {
          const bytes = bad[frame];
          if (bytes !== undefined) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
        }
        try {
          expect(expand(bad, 60_000, 15)).toHaveLength(60_000);
        } catch (error) {
          expect(error).toBeInstanceOf(LzxError);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('refuses windows that LZX does not have', () => {
    for (const bits of [0, 14, 22, 31]) expect(() => new LzxExpander(bits)).toThrow(LzxError);
  });

  const directory = useDirectory();
  const hasCabextract = spawnSync('cabextract', ['--version']).status === 0;

  it.runIf(hasCabextract)('is what cabextract takes for LZX too', () => {
    const bytes = someBytes(300_000);
    for (const [windowBits, translationSize] of [
      [15, undefined],
      [18, 300_000],
      [21, undefined],
    ] as const) {
      const lzx = { windowBits, blocks: MIXED, ...(translationSize !== undefined && { translationSize }) };
      writeFileSync(
        directory.file('t.cab'),
        cabFile([{ name: 'a.etl', bytes }], { compression: 'LZX', lzx }),
      );
      const { status, stderr } = spawnSync(
        'cabextract',
        ['-q', '-d', directory.path, directory.file('t.cab')],
        {
          encoding: 'utf8',
        },
      );
      expect([status, stderr]).toEqual([0, '']);
      expect(readFileSync(directory.file('a.etl')).equals(bytes)).toBe(true);
    }
  });
});
