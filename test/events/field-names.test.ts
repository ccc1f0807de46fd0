import { describe, expect, it } from 'vitest';
import { ByteWriter, eventRecord, eventSchemaRecord, InType } from '../../samples/encoder/index.js';
import { Clock, EventRecord } from '../../src/etl/index.js';
import { ProviderNames, SchemaStore } from '../../src/etw/index.js';
import { EventWriter, JsonBytes } from '../../src/events/index.js';
import { ProcessTable } from '../../src/host/index.js';

const PROVIDER = '5b0d3a6e-9c3f-4d2b-8a51-0c7f5e2d9b15';
const clock = new Clock('system-time', 10_000_000, 0n, 0n);
const NAMES = ['bytes', 'bytes_2', 'bytes_3', 'A', 'A_2', 'A_2_2'];

/** All lists of one to three of the names, with repetitions. */
const LISTS = NAMES.flatMap((a) => [[a], ...NAMES.flatMap((b) => [[a, b], ...NAMES.map((c) => [a, b, c])])]);

function recordOf(bytes: Uint8Array): EventRecord {
  const record = new EventRecord();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  record.moveTo(bytes, view, 0, bytes.length, 0, 0, clock, 0, 0);
  return record;
}

/** The members of `data` in an event with these fields, as they are in the text: JSON.parse would hide a repetition. */
function members(names: readonly string[], unread: number, write: 'bytes' | 'text'): string[] {
  const schemas = new SchemaStore();
  const fields = names.map((name) => ({ name, inType: InType.uint32 }));
  schemas.addFromTrace(
    recordOf(eventSchemaRecord({ provider: PROVIDER, providerName: 'Test', id: 1, fields }, 0n)),
  );
  const data = new ByteWriter();
  for (const at of names.keys()) data.u32(at);
  const record = recordOf(
    eventRecord({ provider: PROVIDER, id: 1, time: 0n, data: data.zeros(unread).take() }),
  );
  const providers = new ProviderNames(schemas);
  const writer = new EventWriter({ schemas, providers, processes: new ProcessTable(), build: 0 });
  const out = new JsonBytes(4096);
  if (write === 'bytes') writer.write(record, 0, undefined, out);
  const text =
    write === 'text' ? writer.json(record, 0) : new TextDecoder().decode(out.bytes.subarray(0, out.length));
  const found = /"data":\{([^}]*)\}/u.exec(text)?.[1] ?? '';
  return found.split(',').map((member) => /^"([^"]*)":/u.exec(member)?.[1] ?? member);
}

describe.each(['bytes', 'text'] as const)('names of fields, written as %s', (write) => {
  it('differ, whatever numbers the schema’s own names end in, and with bytes that no field takes', () => {
    expect(LISTS).toHaveLength(6 + 36 + 216);
    for (const names of LISTS) {
      for (const unread of [0, 3]) {
        const found = members(names, unread, write);
        expect(new Set(found).size, `${names.join()} with ${unread} more bytes`).toBe(
          names.length + (unread > 0 ? 1 : 0),
        );
        // The first field of a name keeps it.
        for (const name of new Set(names)) expect(found[names.indexOf(name)]).toBe(name);
      }
    }
  });

  it('get the next free number', () => {
    expect(members(['bytes_2', 'bytes'], 1, write)).toEqual(['bytes_2', 'bytes', 'bytes_3']);
    expect(members(['A', 'A', 'A_2'], 0, write)).toEqual(['A', 'A_3', 'A_2']);
  });
});
