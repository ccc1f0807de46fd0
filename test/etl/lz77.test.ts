import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompressionMode, compressLz77 } from '../../samples/encoder/index.js';
import { Lz77Expander, type Lz77Failure } from '../../src/etl/read/lz77.js';
import { expandLz77 } from '../support/reference-lz77.js';
import { type Token, writeTokens } from './lz77-tokens.js';

/** How far back a match can reach: 13 bits, plus one ([MS-XCA] 2.4). */
const WINDOW = 8192;

interface Expanded {
  readonly bytes: Uint8Array;
  readonly failure: Lz77Failure | undefined;
  /** Bytes that were taken from the input. */
  readonly taken: number;
}

/** Expands as a buffer is: in pieces, of which only the window is kept, from input that comes in chunks. */
function expandInPieces(input: Uint8Array, size: number, pieceSize: number, chunkSize: number): Expanded {
  let taken = 0;
  const expander = new Lz77Expander((into) => {
    const chunk = input.subarray(taken, taken + Math.min(chunkSize, into.length));
    into.set(chunk);
    taken += chunk.length;
    return chunk.length;
  }, chunkSize);
  const bytes = new Uint8Array(size);
  let done = 0;
  while (done < size && expander.failure === undefined) {
    const kept = Math.min(WINDOW, done);
    const want = Math.min(pieceSize, size - done);
    const out = new Uint8Array(kept + want);
    out.set(bytes.subarray(done - kept, done));
    const end = expander.expand(out, kept, kept + want);
    bytes.set(out.subarray(kept, end), done);
    done += end - kept;
  }
  return { bytes: bytes.slice(0, done), failure: expander.failure, taken };
}

/** An expander of a stream that never ends: the same bytes repeatedly. */
const repeating = (stream: Uint8Array): Lz77Expander =>
  new Lz77Expander((into) => {
    const part = stream.subarray(0, into.length);
    into.set(part);
    return part.length;
  }, stream.length);

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

const whole = (input: Uint8Array, size: number): Expanded => expandInPieces(input, size, size, input.length);

/** Tokens whose matches lie inside what was written before, with lengths around each limit of their forms. */
const tokenList: fc.Arbitrary<Token[]> = fc
  .array(
    fc.record({
      literal: fc.boolean(),
      byte: fc.nat(255),
      where: fc.nat(),
      length: fc.oneof(
        fc.integer({ min: 3, max: 30 }),
        fc.constantFrom(9, 10, 24, 25, 26, 279, 280, 281, 300, 66_000),
      ),
      form: fc.constantFrom('shortest', 'u16', 'u32'),
    }),
    { maxLength: 150 },
  )
  .map((drafts) => {
    let produced = 0;
    return drafts.map(({ literal, byte, where, length, form }): Token => {
      if (literal || produced === 0) {
        produced += 1;
        return { literal: byte };
      }
      const distance = 1 + (where % Math.min(WINDOW, produced));
      produced += length;
      return { distance, length, form: length < 25 ? 'shortest' : form };
    });
  });

const sizeOf = (tokens: readonly Token[]): number =>
  tokens.reduce((sum, token) => sum + ('literal' in token ? 1 : token.length), 0);

describe('plain LZ77', () => {
  it('expands the two examples of MS-XCA 3.1', () => {
    const alphabet = new TextEncoder().encode('abcdefghijklmnopqrstuvwxyz');
    expect(whole(Uint8Array.from([0x3f, 0, 0, 0, ...alphabet]), 26).bytes).toEqual(alphabet);
    const abc = [0xff, 0xff, 0xff, 0x1f, 0x61, 0x62, 0x63, 0x17, 0x00, 0x0f, 0xff, 0x26, 0x01];
    expect(new TextDecoder().decode(whole(Uint8Array.from(abc), 300).bytes)).toBe('abc'.repeat(100));
  });

  it('any stream gives what the algorithm of MS-XCA gives, whatever the pieces and the chunks of input', () => {
    fc.assert(
      fc.property(
        tokenList,
        fc.integer({ min: 1, max: 70_000 }),
        fc.integer({ min: 1, max: 400 }),
        (tokens, pieceSize, chunkSize) => {
          const stream = writeTokens(tokens);
          const size = Math.min(sizeOf(tokens), 100_000);
          const { bytes, failure } = expandInPieces(stream, size, pieceSize, chunkSize);
          expect(failure).toBeUndefined();
          expect(same(bytes, expandLz77(stream, size))).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  const everyForm: Token[] = [
    ...[...'abcdefgh'].map((letter) => ({ literal: letter.charCodeAt(0) })),
    ...[3, 9, 10, 24, 25, 40, 279, 280, 281].map((length) => ({ distance: 5, length })),
    { distance: 1, length: 300, form: 'u16' as const },
    { distance: 8, length: 301, form: 'u32' as const },
    ...[...'0123456789abcdefghijklm'].map((letter) => ({ literal: letter.charCodeAt(0) })),
    { distance: 23, length: 26 },
    { literal: 1 },
  ];
  const stream = writeTokens(everyForm);
  const size = sizeOf(everyForm);
  const expected = expandLz77(stream, size);

  it('a piece may end at any byte', () => {
    for (let pieceSize = 1; pieceSize <= size; pieceSize++) {
      const { bytes } = expandInPieces(stream, size, pieceSize, stream.length);
      expect({ pieceSize, same: same(bytes, expected) }).toEqual({ pieceSize, same: true });
    }
  });

  it('the input may be refilled at any byte', () => {
    for (let chunkSize = 1; chunkSize <= stream.length; chunkSize++) {
      const { bytes, failure } = expandInPieces(stream, size, 64, chunkSize);
      expect({ chunkSize, failure }).toEqual({ chunkSize, failure: undefined });
      expect(same(bytes, expected)).toBe(true);
    }
  });

  it('a match reaches back 8,192 bytes, also into the piece before', () => {
    const tokens: Token[] = Array.from({ length: 8192 }, (_, index) => ({ literal: (index * 7) >> 3 }));
    const far = writeTokens([...tokens, { distance: 8192, length: 600 }, { literal: 5 }]);
    const bytes = expandLz77(far, 8793);
    for (const pieceSize of [8191, 8192, 8193, 8500]) {
      expect(same(expandInPieces(far, 8793, pieceSize, 1000).bytes, bytes)).toBe(true);
    }
  });

  it('a stream that is cut at any byte gives what stood before the cut, and says that it is cut', () => {
    for (let cut = 0; cut < stream.length; cut++) {
      const { bytes, failure } = expandInPieces(stream.subarray(0, cut), size, 100, 7);
      expect({ cut, failure }).toEqual({ cut, failure: 'cut' });
      expect(same(bytes, expected.subarray(0, bytes.length))).toBe(true);
    }
  });

  it.each<CompressionMode>(['matches', 'literals'])(
    'gives back what was compressed (%s), up to 16 MiB in pieces of 256 KiB',
    (mode) => {
      const input = new Uint8Array(mode === 'matches' ? 16 * 1024 * 1024 : 1024 * 1024);
      for (let at = 0; at < input.length; at++) input[at] = (at >> 3) ^ (at >> 13);
      const packed = compressLz77(input, mode);
      const { bytes, failure } = expandInPieces(packed, input.length, 256 * 1024, 64 * 1024);
      expect(failure).toBeUndefined();
      expect(same(bytes, input)).toBe(true);
    },
  );

  it('a match before the first byte is refused, also where other bytes stand before the stream', () => {
    const outside = writeTokens([{ literal: 1 }, { literal: 2 }, { distance: 3, length: 3 }]);
    const out = new Uint8Array(100).fill(7);
    const expander = repeating(outside);
    expect(expander.expand(out, 50, 60)).toBe(52);
    expect(expander.failure).toBe('outside');
  });

  it('a length in the 16-bit form that the short form could hold is refused, as MS-XCA says', () => {
    for (const length of [3, 10, 24]) {
      const bad = writeTokens([{ literal: 1 }, { distance: 1, length, form: 'u32' }]);
      expect(() => expandLz77(bad, 5)).toThrow(RangeError);
      const { bytes, failure } = whole(bad, 5);
      expect(bytes).toEqual(Uint8Array.of(1));
      expect(failure).toBe('length');
    }
  });

  it('a match that claims 4 GiB fills the piece that was asked for and no more', () => {
    const claim = writeTokens([{ literal: 9 }, { distance: 1, length: 0xffff_ffff + 3, form: 'u32' }]);
    const out = new Uint8Array(1000);
    const expander = repeating(claim);
    expect(expander.expand(out, 0, 500)).toBe(500);
    expect(out.subarray(0, 500).every((byte) => byte === 9)).toBe(true);
    expect(out.subarray(500).every((byte) => byte === 0)).toBe(true);
    expect(expander.expand(out, 500, 1000)).toBe(1000);
    expect(expander.failure).toBeUndefined();
  });

  it('random bytes never throw, and give what MS-XCA gives up to where it returns an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (input, chunkSize) => {
        const { bytes, failure, taken } = expandInPieces(input, 5000, 900, chunkSize);
        expect(taken).toBeLessThanOrEqual(input.length);
        if (failure === undefined) expect(same(bytes, expandLz77(input, 5000))).toBe(true);
        else expect(() => expandLz77(input, 5000)).toThrow(RangeError);
      }),
      { numRuns: 500 },
    );
  });
});
