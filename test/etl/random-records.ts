import fc from 'fast-check';
import {
  classicRecord,
  eventRecord,
  messageRecord,
  opaqueRecord,
  type PlacedRecord,
  perfinfoRecord,
  systemRecord,
} from '../../samples/encoder/index.js';
import { PROVIDER } from './walk.js';

const KINDS = ['event', 'classic', 'system', 'compact', 'perfinfo', 'message', 'opaque'] as const;

/** A record of any kind; its bytes repeat, as those of real records do. */
export function recordOf(
  kind: (typeof KINDS)[number],
  time: bigint,
  length: number,
  byte: number,
): Uint8Array {
  const data = new Uint8Array(length).map((_, index) => (index % 7 === 0 ? byte : index));
  switch (kind) {
    case 'event':
      return eventRecord({ provider: PROVIDER, id: byte, time, data });
    case 'classic':
      return classicRecord({ eventClass: PROVIDER, opcode: byte, time, data });
    case 'system':
      return systemRecord({ hook: 0x0500 | byte, time, data });
    case 'compact':
      return systemRecord({ hook: 0x0500 | byte, time, data }, 'compact');
    case 'perfinfo':
      return perfinfoRecord({ hook: 0x0f00 | byte, time, data });
    case 'message':
      return messageRecord({ number: byte, guid: PROVIDER, time, data });
    case 'opaque':
      return opaqueRecord(0x0d, data);
  }
}

/** Records of several processors in time order. */
export const recordLists = (maxLength: number, largest: number): fc.Arbitrary<PlacedRecord[]> =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom(...KINDS),
        processor: fc.constantFrom(0, 1, 2, 63),
        step: fc.integer({ min: 0, max: 1000 }),
        length: fc.oneof(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 0, max: largest })),
        byte: fc.nat(255),
      }),
      { maxLength },
    )
    .map((drafts) => {
      let time = 5_000_000_000n;
      return drafts.map(({ kind, processor, step, length, byte }) => {
        time += BigInt(step);
        return { processor, record: recordOf(kind, time, length, byte) };
      });
    });
