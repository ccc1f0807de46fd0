import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compressLz77 } from '../../samples/encoder/index.js';
import { expandLz77 } from '../support/reference-lz77.js';

/** Pieces that a compressor can work with: random bytes, runs, and repetitions of what came before. */
const compressible = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .tuple(fc.nat(255), fc.integer({ min: 1, max: 400 }))
        .map(([byte, count]) => new Uint8Array(count).fill(byte)),
      fc
        .constantFrom('\0\0PktGroupId\0', 'Microsoft-Windows-PktMon')
        .map((text) => new TextEncoder().encode(text)),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => Uint8Array.from(pieces.flatMap((piece) => [...piece])));

describe('the LZ77 of sample traces', () => {
  test.each(['matches', 'literals'] as const)('%s: what is compressed expands to what it was', (mode) => {
    fc.assert(
      fc.property(compressible, (input) => {
        expect(expandLz77(compressLz77(input, mode), input.length)).toEqual(input);
      }),
      { numRuns: 200 },
    );
  });

  /** Lengths on both sides of each step of the length's encoding (word, nibble, byte, u16, u32). */
  test.each([3, 9, 10, 24, 25, 279, 280, 281, 0x1_0001, 0x1_0002, 0x1_0003, 0x2_0000])(
    'a match of %i bytes expands to its length',
    (length) => {
      const input = new Uint8Array(length + 1).fill(0x41);
      const compressed = compressLz77(input);
      expect(compressed.length).toBeLessThan(Math.min(20, length + 4 + 2));
      expect(expandLz77(compressed, input.length)).toEqual(input);
    },
  );

  test('two long matches share one byte for their nibbles', () => {
    const input = new TextEncoder().encode(`${'a'.repeat(12)}${'b'.repeat(12)}`);
    // Flags, literal a, match + nibble, literal b, match with the nibble of before.
    expect(compressLz77(input)).toHaveLength(4 + 1 + 3 + 1 + 2);
  });

  test('a repetition 8192 bytes back is found, one 8193 back is out of reach', () => {
    const filler = Uint8Array.from(
      { length: 8190 },
      (_, index) => (Math.imul(index, 2_654_435_761) >>> 13) & 0x7f,
    );
    const savedAt = (distance: number): number => {
      const start = [0xf1, 0xf2, 0xf3, ...filler.subarray(0, distance - 3)];
      const again = compressLz77(Uint8Array.from([...start, 0xf1, 0xf2, 0xf3]));
      const other = compressLz77(Uint8Array.from([...start, 0xe1, 0xe2, 0xe3]));
      return other.length - again.length;
    };
    expect(savedAt(8192)).toBe(1);
    expect(savedAt(8193)).toBe(0);
  });

  test('literals cost an eighth more, and a word of flags', () => {
    const input = new Uint8Array(64).fill(7);
    expect(compressLz77(input, 'literals')).toHaveLength(64 + 3 * 4);
  });
});
