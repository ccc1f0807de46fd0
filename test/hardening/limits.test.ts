import { writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import {
  ByteWriter,
  classicRecord,
  type EmbeddedSchema,
  encodeRecords,
  eventRecord,
  eventSchemaRecord,
  InType,
  TraceClock,
} from '../../samples/encoder/index.js';
import { NDIS_PACKET_CAPTURE, NdisKeyword, packetFragment } from '../../samples/scenarios/index.js';
import { ComponentTable } from '../../src/capture/host/components.js';
import { describeInterfaces, HostLimitError, type Place, PlaceRegistry } from '../../src/capture/index.js';
import { Clock, EventRecord } from '../../src/etl/index.js';
import {
  type EventSchema,
  type FieldSchema,
  InType as In,
  readFields,
  SchemaStore,
} from '../../src/etw/index.js';
import { StreamOutput } from '../../src/pipeline/output.js';
import { PacketFiles } from '../../src/pipeline/packet-files.js';
import { ProviderCounts } from '../../src/pipeline/provider-counts.js';
import { surveyOf } from '../capture/host/feed.js';
import { etlcap, useDirectory } from '../cli/run.js';

const directory = useDirectory();
const clock = new TraceClock({ type: 'qpc', start: 17_000_000_000_000_000n });

function packetAt(ifIndex: number): Uint8Array {
  return eventRecord({
    provider: NDIS_PACKET_CAPTURE,
    id: 1001,
    keyword: NdisKeyword.ethernet | NdisKeyword.packetStart | NdisKeyword.packetEnd | NdisKeyword.send,
    time: clock.startTicks + BigInt(ifIndex),
    data: packetFragment({ miniportIfIndex: ifIndex, lowerIfIndex: ifIndex }, new Uint8Array(14), undefined),
  });
}

describe('interfaces', () => {
  it('of a trace are at most 65,536; one more is a clear error, and nothing is written', async () => {
    const records = Array.from({ length: 65_537 }, (_, n) => ({ processor: 0, record: packetAt(n + 1) }));
    writeFileSync(directory.file('many.etl'), encodeRecords({ clock, bufferSize: 65_536 }, records));
    const { code, stderr } = await etlcap(['many.etl'], { cwd: directory.path });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^etlcap: many\.etl: the trace describes more than 65,536 interfaces/);
    expect(directory.files()).toEqual(['many.etl']);
  });

  it('may be exactly 65,536', () => {
    const registry = new PlaceRegistry();
    const place = (n: number): Place => ({ source: 'ndis', linkType: 1, key: `ndis:${n}` });
    for (let n = 0; n < 65_536; n++) registry.intern(place(n));
    expect(registry.intern(place(7)).key).toBe('ndis:7');
    expect(() => registry.intern(place(65_536))).toThrow(HostLimitError);
  });
});

describe('components', () => {
  const fields = (names: readonly string[]): FieldSchema[] =>
    names.map((name) => ({ name, inType: In.uint32, outType: 0 }));
  const schema: EventSchema = {
    origin: 'embedded',
    providerId: '',
    id: 20,
    version: 0,
    fields: fields(['Id']),
  };

  it('are at most 1,000,000; one more is a clear error, not a full memory', () => {
    const table = new ComponentTable();
    const values = new Map<string, number>();
    for (let id = 0; id < 1_000_000; id++) {
      values.set('Id', id);
      table.add(schema, values);
    }
    values.set('Id', 1_000_000);
    expect(() => table.add(schema, values)).toThrow('the trace describes more than 1,000,000 components');
    expect(process.memoryUsage().heapUsed).toBeLessThan(1024 * 1024 * 1024);
  });
});

const PROVIDER = '7a3c9f52-40f1-4d5b-9f3e-51a7c0de0001';

/** A TRACE_EVENT_INFO whose counts and first property are changed, as a record. */
function schemaRecord(change: (view: DataView, info: number) => void): Uint8Array {
  const schema: EmbeddedSchema = {
    provider: PROVIDER,
    providerName: 'Hostile',
    id: 1,
    fields: [
      { name: 'Count', inType: InType.uint32 },
      { name: 'Values', inType: InType.uint32 },
    ],
  };
  const bytes = eventSchemaRecord(schema, 0n);
  // EVENT_TRACE_HEADER is 48 bytes; then the TRACE_EVENT_INFO.
  change(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 48);
  return bytes;
}

const PROPERTIES = 112;
const PROPERTY = 24;

describe('a schema', () => {
  const event = eventRecord({
    provider: PROVIDER,
    id: 1,
    time: 0n,
    data: new ByteWriter().u32(0xffff_ffff).u32(1).u32(2).take(),
  });
  const located = (record: Uint8Array): { schema: EventSchema | undefined; record: EventRecord } => {
    const schemas = new SchemaStore();
    const window = new EventRecord();
    const move = (bytes: Uint8Array): void => {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      window.moveTo(bytes, view, 0, bytes.length, 0, 0, new Clock('system-time', 10_000_000, 0n, 0n), 0, 0);
    };
    move(record);
    schemas.addFromTrace(window);
    move(event);
    return { schema: schemas.locate(window), record: window };
  };

  it('with a structure that contains itself is no schema: its event keeps its bytes', () => {
    const { schema } = located(
      schemaRecord((view, info) => {
        // The first property is a structure whose only member is itself.
        view.setUint32(info + PROPERTIES, 1, true);
        view.setUint16(info + PROPERTIES + 8, 0, true);
        view.setUint16(info + PROPERTIES + 10, 1, true);
      }),
    );
    expect(schema).toBeUndefined();
  });

  it.each([1_000_000, 0xffff_ffff])('that claims %i properties is no schema', (count) => {
    const { schema } = located(
      schemaRecord((view, info) => {
        view.setUint32(info + 100, count, true);
        view.setUint32(info + 104, count, true);
      }),
    );
    expect(schema).toBeUndefined();
  });

  it('whose array has 2^32 - 1 values gives those that are there, and says that it was cut', () => {
    const { record, schema } = located(
      schemaRecord((view, info) => {
        const second = info + PROPERTIES + PROPERTY;
        // PropertyParamCount: the count is property 0.
        view.setUint32(second, 4, true);
        view.setUint16(second + 16, 0, true);
      }),
    );
    if (schema === undefined) throw new Error('the schema was not found');
    const { truncated, values } = readFields(schema, record);
    expect(values.get('Values')).toEqual([1, 2]);
    expect(truncated).toBe(true);
  });

  it('with thousands of fields of one name is compiled in steps that grow with their number', () => {
    const steps = (count: number): number => {
      let reads = 0;
      const field: FieldSchema = {
        get name() {
          reads += 1;
          return 'same';
        },
        inType: In.uint8,
        outType: 0,
      };
      const many: EventSchema = {
        origin: 'embedded',
        providerId: PROVIDER,
        id: 1,
        version: 0,
        fields: new Array<FieldSchema>(count).fill(field),
      };
      const { record } = located(event);
      readFields(many, record);
      return reads;
    };
    expect(steps(4000)).toBeLessThanOrEqual(2.1 * steps(2000));
  });
});

describe('memory', () => {
  it('does not grow with providers that only have one record each', () => {
    const counts = new ProviderCounts();
    const record = new EventRecord();
    const bytes = classicRecord({ eventClass: PROVIDER, opcode: 1, time: 0n, data: new Uint8Array(0) });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const time = new Clock('system-time', 10_000_000, 0n, 0n);
    for (let n = 0; n < 70_000; n++) {
      view.setUint32(24, n, true);
      record.moveTo(bytes, view, 0, bytes.length, 0, 0, time, 0, 0);
      counts.count(record, 'other');
    }
    const summary = counts.summary(() => undefined);
    expect(summary).toHaveLength(65_537);
    expect(summary[0]).toMatchObject({ id: 'others', events: 70_000 - 65_536 });
    expect(summary.reduce((sum, { events }) => sum + events, 0)).toBe(70_000);
  });
});

describe('time', () => {
  it('interfaces of one name that are described one by one take a few steps each', async () => {
    const place: Place = { source: 'ras', linkType: 1, key: 'ras', userName: 'anna' };
    const [details] = describeInterfaces([place], surveyOf([]));
    if (details === undefined) throw new Error('no interface');
    const files = new PacketFiles({ userAppl: '', comments: [] }, false);
    await files.open([1], false, () => new StreamOutput(new PassThrough(), 'memory'));
    // The real look-up is called; it is only counted.
    const has = vi.spyOn(Map.prototype, 'has');
    try {
      for (let n = 0; n < 5000; n++) files.addInterface(details);
      expect(has.mock.calls.length).toBeGreaterThan(5000);
      expect(has.mock.calls.length).toBeLessThan(5 * 5000);
    } finally {
      has.mockRestore();
    }
  });
});
