import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pktmonDrops } from '../../samples/scenarios/index.js';
import { readReference } from '../support/reference-reader.js';
import { describeWithRealTraces, hasRealTraces, REAL_TRACE_RECORDS, realTrace } from '../support/shared.js';

describeWithRealTraces('the reference reader on real traces', () => {
  test.each(Object.entries(REAL_TRACE_RECORDS))(
    '%s is read to its last byte: %i records',
    (name, expected) => {
      const trace = readReference(new Uint8Array(readFileSync(realTrace(name))));
      expect(trace.rest).toBe(0);
      expect(trace.buffers.reduce((sum, { records }) => sum + records.length, 0)).toBe(expected);
    },
  );
});

/** A property of a TRACE_EVENT_INFO (tdh.h), as far as it says how the field is laid out. */
interface Property {
  readonly name: string;
  readonly flags: number;
  readonly inType: number;
  readonly outType: number;
  readonly hasMap: boolean;
  readonly count: number;
  readonly length: number;
}

function nulText(view: DataView, at: number): string {
  let text = '';
  for (let from = at; view.getUint16(from, true) !== 0; from += 2) {
    text += String.fromCharCode(view.getUint16(from, true));
  }
  return text;
}

/** The schemas that a trace embeds (class bbccf6c1, opcode 32), by event id. */
function embeddedSchemas(file: Uint8Array): Map<number, readonly Property[]> {
  const schemas = new Map<number, readonly Property[]>();
  for (const { records } of readReference(file).buffers) {
    for (const { kind, bytes } of records) {
      if (kind !== 'bbccf6c1-6cd1-48c4-80ff-839482e37671:32') continue;
      const view = new DataView(bytes.buffer, bytes.byteOffset + 48);
      const properties = Array.from({ length: view.getUint32(100, true) }, (_, index) => {
        const at = 112 + index * 24;
        return {
          name: nulText(view, view.getUint32(at + 4, true)),
          flags: view.getUint32(at, true),
          inType: view.getUint16(at + 8, true),
          outType: view.getUint16(at + 10, true),
          hasMap: view.getUint32(at + 12, true) !== 0,
          count: view.getUint16(at + 16, true),
          length: view.getUint16(at + 18, true),
        };
      });
      schemas.set(view.getUint16(32, true), properties);
    }
  }
  return schemas;
}

describeWithRealTraces('the generator against Windows', () => {
  const real = hasRealTraces
    ? embeddedSchemas(new Uint8Array(readFileSync(realTrace('pktmon-azure-ping'))))
    : new Map<number, readonly Property[]>();
  const ours = embeddedSchemas(pktmonDrops().plain);

  test.each([160, 20, 30, 40, 60, 65, 66, 70, 75, 80, 90, 100])(
    'pktmon event %i has the schema that Windows embeds',
    (id) => {
      expect(real.get(id)).toBeDefined();
      expect(ours.get(id)).toEqual(real.get(id));
    },
  );
});
