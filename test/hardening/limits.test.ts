import { writeFileSync } from 'node:fs';
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
import { NDIS_PACKET_CAPTURE, NdisKeyword, PKTMON, packetFragment } from '../../samples/scenarios/index.js';
import { Clock, EventRecord, LimitLog } from '../../src/etl/index.js';
import {
  type EventSchema,
  type FieldSchema,
  InType as In,
  readFields,
  SchemaStore,
} from '../../src/etw/index.js';
import { ComponentTable } from '../../src/host/components.js';
import { type CaptureLocation, HostLimitError, LocationRegistry } from '../../src/host/index.js';
import { Interfaces } from '../../src/passes/interfaces.js';
import { ProviderCounts } from '../../src/passes/provider-counts.js';
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
    const registry = new LocationRegistry();
    const captureLocation = (n: number): CaptureLocation => ({
      source: 'ndis',
      linkType: 1,
      key: `ndis:${n}`,
    });
    for (let n = 0; n < 65_536; n++) registry.intern(captureLocation(n));
    expect(registry.intern(captureLocation(7)).key).toBe('ndis:7');
    expect(() => registry.intern(captureLocation(65_536))).toThrow(HostLimitError);
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

describe('what a limit leaves out is counted', () => {
  const window = new EventRecord();
  const at = (bytes: Uint8Array): EventRecord => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    window.moveTo(bytes, view, 0, bytes.length, 0, 0, new Clock('system-time', 10_000_000, 0n, 0n), 0, 0);
    return window;
  };
  const fields = [{ name: 'Count', inType: InType.uint32 }];
  const schemaOf = (id: number, padding: number): Uint8Array =>
    eventSchemaRecord(
      { provider: PROVIDER, providerName: 'Large', id, message: 'x'.repeat(padding), fields },
      0n,
    );

  it('schemas beyond 64 MiB; a schema that still fits is kept', () => {
    const limits = new LimitLog();
    const schemas = new SchemaStore(limits);
    const size = schemaOf(0, 30_000).length - 48;
    const fitting = Math.floor((64 * 1024 * 1024) / size);
    const large = schemaOf(0, 30_000);
    const view = new DataView(large.buffer, large.byteOffset, large.byteLength);
    for (let id = 0; id < fitting + 3; id++) {
      // EVENT_DESCRIPTOR.Id, behind the event's header and two GUIDs.
      view.setUint16(48 + 32, id, true);
      schemas.addFromTrace(at(large));
    }
    expect(limits.counts()).toEqual({ schemasLeftOut: 3 });
    schemas.addFromTrace(at(schemaOf(60_000, 0)));
    expect(limits.counts()).toEqual({ schemasLeftOut: 3 });
    expect(schemas.locateById(PROVIDER, fitting - 1, 0)?.fields).toHaveLength(1);
    expect(schemas.locateById(PROVIDER, fitting, 0)).toBeUndefined();
    expect(schemas.locateById(PROVIDER, 60_000, 0)?.fields).toHaveLength(1);
  });

  it('in the summary, in JSON, and as a loss for --strict', async () => {
    const filter = (id: number): Uint8Array =>
      eventRecord({
        provider: PKTMON,
        id: 100,
        time: clock.startTicks + 1n,
        data: new ByteWriter()
          .u16(id)
          .utf16z('')
          .zeros(12)
          .u16(0)
          .u16(0)
          .u32(0)
          .u32(0)
          .u8(0)
          .u16(0)
          .u16(0)
          .u8(0)
          .take(),
      });
    const records = [packetAt(1), ...Array.from({ length: 1030 }, (_, id) => filter(id))];
    writeFileSync(
      directory.file('filters.etl'),
      encodeRecords(
        { clock, bufferSize: 65_536 },
        records.map((record) => ({ processor: 0, record })),
      ),
    );
    const cwd = directory.path;
    const text = await etlcap(['filters.etl', '--strict'], { cwd });
    expect(text.code).toBe(3);
    expect(text.stdout.toString()).toContain('6 pktmon filters beyond the limit of 1,024');
    const json = await etlcap(['filters.etl', '-f', '--json'], { cwd });
    expect(JSON.parse(json.stdout.toString()).traces[0].incomplete).toMatchObject({ filtersLeftOut: 6 });
    const info = await etlcap(['info', 'filters.etl', '--json'], { cwd });
    expect(JSON.parse(info.stdout.toString()).incomplete).toMatchObject({ filtersLeftOut: 6 });
  });
});

describe('time', () => {
  it('interfaces of one name that are named one by one take a few steps each', () => {
    const interfaces = new Interfaces([]);
    // The real look-up is called; it is only counted.
    const has = vi.spyOn(Map.prototype, 'has');
    try {
      const names = Array.from({ length: 5000 }, () => interfaces.takeName('RAS anna'));
      expect(names.slice(0, 2)).toEqual(['RAS anna', 'RAS anna (2)']);
      expect(names.at(-1)).toBe('RAS anna (5000)');
      expect(has.mock.calls.length).toBeGreaterThan(5000);
      expect(has.mock.calls.length).toBeLessThan(5 * 5000);
    } finally {
      has.mockRestore();
    }
  });
});
