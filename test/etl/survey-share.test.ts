import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, encodeRecords, TraceClock } from '../../samples/encoder/index.js';
import { EventRecord, mergeTraces, Trace } from '../../src/etl/index.js';
import { memorySource } from '../support/memory-source.js';
import { recordLists } from './random-records.js';
import { bytesOf, inOrder, walk } from './walk.js';

const START = 17_180_507_150_000_000n;
const clock = new TraceClock({ type: 'qpc', start: START, startTicks: 5_000_000_000n });
const later = new TraceClock({ type: 'systemTime', start: START + 77n });

const textOf = (record: EventRecord): string =>
  `${record.bufferPosition} ${record.filetime()} ${Buffer.from(bytesOf(record)).toString('hex')}`;

/** Traces of small buffers; some of two that were put together, some damaged. */
const files = fc
  .tuple(
    recordLists(60, 600),
    recordLists(20, 300),
    fc.boolean(),
    fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.integer({ min: 1, max: 40 })), { maxLength: 3 }),
  )
  .map(([records, more, isCompressed, edits]) => {
    const form = { form: 'windows7', bufferSize: 2048 } as const;
    const first = encodeRecords({ ...form, clock, ...(isCompressed && { compression: 'matches' }) }, records);
    const file = more.length === 0 ? first : concat([first, encodeRecords({ ...form, clock: later }, more)]);
    for (const [where, byte, length] of edits) {
      const at = 1024 + (where % Math.max(1, file.length - 1024));
      file.fill(byte, at, at + length);
    }
    return file;
  });

describe('a survey that several walks share', () => {
  it('finds what one walk finds, whichever of them reads which buffer', () => {
    fc.assert(
      fc.property(files, fc.array(fc.nat(2), { minLength: 1, maxLength: 40 }), (file, owners) => {
        const ownerOf = (buffer: number): number => owners[buffer % owners.length] ?? 0;
        const whole = walk(file, textOf);
        const record = new EventRecord();
        const seen: { readonly buffer: number; readonly texts: string[] }[] = [];
        const [first, ...others] = [0, 1, 2].map((owner) => {
          const trace = new Trace(memorySource(file));
          const blocks = trace.surveyShare({ claims: (buffer) => ownerOf(buffer) === owner });
          let step = blocks.next();
          for (; !step.done; step = blocks.next()) {
            const block = step.value;
            expect(ownerOf(block.bufferNumber)).toBe(owner);
            seen.push({ buffer: block.bufferNumber, texts: inOrder([block], record, textOf) });
            block.release();
          }
          // As it comes to another thread.
          return { trace, share: structuredClone(step.value) };
        });
        if (first === undefined) throw new Error('nobody walked');
        const { trace } = first;
        expect(trace.joinSurvey(first.share, ...others.map(({ share }) => share))).toEqual(whole.survey);
        expect(seen.sort((a, b) => a.buffer - b.buffer).flatMap(({ texts }) => texts)).toEqual(whole.seen);
        expect({ ...trace.damage }).toEqual({ ...whole.trace.damage });
        expect(trace.headers).toEqual(whole.trace.headers);
        expect(inOrder(mergeTraces([trace]), record, textOf)).toEqual(
          inOrder(mergeTraces([whole.trace]), record, textOf),
        );
      }),
      { numRuns: 200 },
    );
  });
});
