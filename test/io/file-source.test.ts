import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../samples/scenarios/index.js';
import { FileSource } from '../../src/io/file-source.js';
import { memorySource } from '../support/memory-source.js';

const directory = mkdtempSync(join(tmpdir(), 'file-source-'));
const path = join(directory, 'bytes');
const random = new Random(5);
/** Larger than all blocks that are kept, and not a whole number of them. */
const bytes = Uint8Array.from({ length: 1_500_123 }, () => random.between(0, 255));

let source: FileSource;
beforeAll(() => {
  writeFileSync(path, bytes);
  source = new FileSource(path);
});
afterAll(() => {
  source.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('a file as a source of bytes', () => {
  it('gives the bytes of the file, whatever is read in whatever order', () => {
    const memory = memorySource(bytes);
    const length = fc.oneof(fc.nat(200), fc.nat(20_000), fc.nat(140_000));
    // Near each other, as buffers are, and anywhere.
    const position = fc.oneof(fc.nat(150_000), fc.nat(bytes.length + 1000));
    fc.assert(
      fc.property(fc.array(fc.tuple(position, length), { maxLength: 30 }), (reads) => {
        for (const [at, size] of reads) {
          const expected = new Uint8Array(size);
          const got = new Uint8Array(size);
          expect(source.read(at, got)).toBe(memory.read(at, expected));
          expect(Buffer.compare(got, expected)).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
