/**
 * Traces that a stranger makes to exhaust memory, disk or time. Each function takes the number that an attacker would
 * raise. They use the generator of the samples, which does not import the code under test.
 */
import {
  ByteWriter,
  type EmbeddedSchema,
  type EventFields,
  encodeRecords,
  encodeTrace,
  eventMapRecord,
  eventRecord,
  eventSchemaRecord,
  InType,
  systemConfigurationRecords,
  TraceClock,
  TraceLoggingType,
  traceLoggingItems,
} from '../../../samples/encoder/index.js';
import {
  dnsQuery,
  EtherType,
  ethernet,
  overIpv4,
  TcpFlag,
  tcp,
  udp,
} from '../../../samples/packets/index.js';
import {
  NDIS_PACKET_CAPTURE,
  NdisKeyword,
  nblInfo,
  PKTMON,
  packetFragment,
} from '../../../samples/scenarios/index.js';
import { switchPacketFragment } from '../../../samples/scenarios/ndis-events.js';
import { PropertyEvent, packetPayload, property } from '../../../samples/scenarios/pktmon-events.js';

const clock = new TraceClock({ type: 'qpc', start: 17_000_000_000_000_000n });
const START = clock.startTicks;
/** A provider that nothing in the product knows. */
const PROVIDER = '7a3c9f52-40f1-4d5b-9f3e-51a7c0de0021';

export const trace = (records: Iterable<Uint8Array>, bufferSize = 131_072): Uint8Array =>
  encodeRecords(
    { clock, bufferSize },
    (function* () {
      for (const record of records) yield { processor: 0, record };
    })(),
  );

const list = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

const event = (fields: Partial<EventFields>, n = 0): Uint8Array =>
  eventRecord({
    provider: PROVIDER,
    id: 1,
    time: START + BigInt(n),
    data: new Uint8Array(0),
    ...fields,
  });

const schema = (fields: Partial<EmbeddedSchema>): Uint8Array =>
  eventSchemaRecord({ provider: PROVIDER, providerName: 'Hostile', id: 1, fields: [], ...fields }, START);

const text = (length: number, seed = 0): string =>
  `${seed.toString(36)}_`.padEnd(length, 'x').slice(0, length);
const wide = (value: string): Uint8Array => new ByteWriter().utf16z(value).take();

/** An Ethernet frame with these bytes behind its header. */
export function ndisPacket(n: number, ifIndex = 1, frame: Uint8Array = new Uint8Array(60)): Uint8Array {
  return event({
    provider: NDIS_PACKET_CAPTURE,
    id: 1001,
    keyword: NdisKeyword.ethernet | NdisKeyword.packetStart | NdisKeyword.packetEnd | NdisKeyword.send,
    time: START + BigInt(n),
    data: packetFragment({ miniportIfIndex: ifIndex, lowerIfIndex: ifIndex }, frame, undefined),
  });
}

/** A pktmon appearance of a UDP packet. `number` is the packet's own, `content` makes the bytes differ. */
export function pktmonPacket(
  n: number,
  {
    component = 1,
    content = 0,
    drop = 0,
    appearance = 1,
  }: { component?: number; content?: number; drop?: number; appearance?: number } = {},
): Uint8Array {
  const payload = new Uint8Array(60);
  payload.set([
    2,
    0,
    0,
    0,
    0,
    1,
    2,
    0,
    0,
    0,
    0,
    2,
    8,
    0,
    0x45,
    0,
    0,
    46,
    content >> 8,
    content,
    0,
    0,
    64,
    17,
  ]);
  payload.set([10, 0, 0, 1, 10, 0, 0, 2, 0x30, 0x39, 0, 53, 0, 26], 26);
  new DataView(payload.buffer).setUint32(44, content);
  return event({
    provider: PKTMON,
    id: drop === 0 ? 160 : 170,
    time: START + BigInt(n),
    data: packetPayload(
      {
        groupId: BigInt(n + 1),
        number: 1,
        appearance,
        dirTag: 1,
        packetType: 1,
        componentId: component,
        edgeId: 1,
        filterId: 0,
        dropReason: drop,
        dropLocation: 0,
      },
      payload.length,
      payload,
    ),
  });
}

/** Events of one text field whose message repeats it. */
export function messageInserts(inserts: number, events: number): Uint8Array {
  return trace([
    schema({
      message: '%1'.repeat(inserts),
      fields: [{ name: 'Text', inType: InType.unicodeString }],
    }),
    ...list(events, (n) => event({ data: wide(text(11_000, n)) }, n)),
  ]);
}

/** The same with a type that only the slow way writes. */
export function slowMessageInserts(inserts: number, events: number): Uint8Array {
  return trace([
    schema({
      message: '%1'.repeat(inserts),
      fields: [{ name: 'Bytes', inType: InType.binary, length: 20_000 }],
    }),
    ...list(events, (n) => event({ data: new Uint8Array(20_000).fill(n) }, n)),
  ]);
}

/** Each event's message inserts an array as often as it can. */
export function arrayInserts(inserts: number, events: number): Uint8Array {
  return trace([
    schema({
      message: '%2'.repeat(inserts),
      fields: [
        { name: 'Count', inType: InType.uint16 },
        { name: 'Values', inType: InType.uint8, count: 'Count' },
      ],
    }),
    ...list(events, (n) => event({ data: new ByteWriter().u16(20_000).zeros(20_000).take() }, n)),
  ]);
}

/** A small buffer of each processor, all open at the same time. */
export function processors(count: number): Uint8Array {
  return encodeTrace(
    { clock, bufferSize: 1024 },
    list(count, (processor) => ({
      processor,
      records: [ndisPacket(processor), ndisPacket(count + processor)],
    })),
  );
}

/** A compressed buffer of each processor that expands to 256 KiB, all open at the same time. */
export function compressedProcessors(count: number): Uint8Array {
  const record = (n: number): Uint8Array => event({ data: new Uint8Array(60_000) }, n);
  return encodeTrace(
    { clock, bufferSize: 300_000, compression: 'matches' },
    list(count, (processor) => ({
      processor,
      records: [0, 1, 2, 3].map((part) => record(part * count + processor)),
    })),
  );
}

const filter = (id: number, name: string): Uint8Array =>
  event({
    provider: PKTMON,
    id: 100,
    data: new ByteWriter()
      .u16(id)
      .utf16z(name)
      .zeros(6)
      .zeros(6)
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

/** pktmon's filters with long names, and packets at as many components: each interface states all filters. */
export function filters(count: number, nameLength: number, components: number): Uint8Array {
  return trace([
    ...list(count, (n) => filter(n, text(nameLength, n))),
    ...list(components, (n) => pktmonPacket(n, { component: n + 1, content: n })),
  ]);
}

/** Components with long names and descriptions, a packet at each. */
export function components(count: number, nameLength: number): Uint8Array {
  return trace([
    ...list(count, (n) =>
      event({
        provider: PKTMON,
        id: 20,
        data: new ByteWriter()
          .u16(n + 1)
          .u16(2)
          .utf16z(text(nameLength, n))
          .utf16z(text(nameLength, n))
          .take(),
      }),
    ),
    ...list(count, (n) => pktmonPacket(n, { component: n + 1, content: n })),
  ]);
}

/** Properties of one component that say a long text, each of a type of its own. */
export function properties(count: number, length: number): Uint8Array {
  return trace([
    event({
      provider: PKTMON,
      id: 20,
      data: new ByteWriter().u16(1).u16(2).utf16z('a.sys').utf16z('a').take(),
    }),
    ...list(count, (n) =>
      event({
        provider: PKTMON,
        id: PropertyEvent.text,
        data: property(1, 100 + n, new ByteWriter().utf16z(text(length, n))),
      }),
    ),
    pktmonPacket(1),
  ]);
}

/** Rows of the interface table, a packet at each. */
export function interfaces(count: number): Uint8Array {
  const rows = list(count, (n) => ({
    index: n + 1,
    guid: `00000000-0000-0000-0000-${n.toString(16).padStart(12, '0')}`,
    alias: 'Ethernet',
    description: 'x'.repeat(250),
    mac: new Uint8Array([2, 0, 0, 0, n >> 8, n & 0xff]),
  }));
  const host = { buildText: '', productName: '', build: 20_348, installed: 0n, interfaces: rows };
  return trace([...list(count, (n) => ndisPacket(n, n + 1)), ...systemConfigurationRecords(host, START)]);
}

/** Packets of RAS connections whose user names are long and differ at their end. */
export function rasNames(count: number, length: number): Uint8Array {
  return trace(
    list(count, (n) =>
      event(
        {
          provider: 'd84521f7-2235-4237-a7c0-14e3a9676286',
          id: 5001,
          data: new ByteWriter()
            .utf16z('')
            .utf16z(`${'x'.repeat(length)}${n}`)
            .u32(60)
            .zeros(60)
            .take(),
        },
        n,
      ),
    ),
  );
}

/** Packets at ports of a virtual switch whose names are long and differ at their end. */
export function switchNames(count: number, length: number, character = 'x'): Uint8Array {
  return trace(
    list(count, (n) => {
      const name = `${character.repeat(length)}${n}`;
      const port = { portId: n, portName: name, nicName: name, nicType: name };
      return event(
        {
          provider: NDIS_PACKET_CAPTURE,
          id: 1003,
          keyword:
            NdisKeyword.ethernet | NdisKeyword.vmSwitch | NdisKeyword.packetStart | NdisKeyword.packetEnd,
          data: switchPacketFragment(
            { miniportIfIndex: 1, lowerIfIndex: 1 },
            port,
            [],
            new Uint8Array(60),
            nblInfo({}),
          ),
        },
        n,
      );
    }),
  );
}

/** TraceLogging events of one description and different ids. */
export function traceLoggingIds(count: number): Uint8Array {
  const extended = traceLoggingItems('Hostile', 'E', [{ name: 'a', type: TraceLoggingType.uint8 }]);
  return trace(
    list(count, (n) => event({ id: n & 0xffff, version: n >> 16, extended, data: new Uint8Array(1) }, n)),
  );
}

/** TraceLogging events, each with a description of its own. */
export function traceLoggingSchemas(count: number): Uint8Array {
  return trace(
    list(count, (n) =>
      event(
        {
          extended: traceLoggingItems('Hostile', `Event${n}`, [
            { name: `a${n}`, type: TraceLoggingType.uint8 },
          ]),
          data: new Uint8Array(1),
        },
        n,
      ),
    ),
  );
}

/** An array of structures whose member has a long name: each byte of the payload shows the name. */
export function traceLoggingNames(nameLength: number, items: number, events: number): Uint8Array {
  const extended = traceLoggingItems('Hostile', 'E', [
    {
      name: 'a',
      type: TraceLoggingType.structure,
      count: items,
      members: [{ name: text(nameLength), type: TraceLoggingType.uint8 }],
    },
  ]);
  return trace(list(events, (n) => event({ extended, data: new Uint8Array(items) }, n)));
}

/** Structures within structures, as deep as the format takes them. */
export function traceLoggingNesting(depth: number, events: number): Uint8Array {
  let fields = [{ name: 'v', type: TraceLoggingType.uint8 }] as Parameters<typeof traceLoggingItems>[2];
  for (let n = 0; n < depth; n++) fields = [{ name: 's', type: TraceLoggingType.structure, members: fields }];
  const extended = traceLoggingItems('Hostile', 'E', fields);
  return trace(list(events, (n) => event({ extended, data: new Uint8Array(4) }, n)));
}

/** Values of a map whose bits have long names, all set. */
export function bitMaps(entries: number, nameLength: number, values: number, events: number): Uint8Array {
  return trace([
    schema({
      fields: [
        { name: 'Count', inType: InType.uint16 },
        { name: 'Flags', inType: InType.uint32, count: 'Count', map: 'Bits' },
      ],
    }),
    eventMapRecord(
      {
        provider: PROVIDER,
        name: 'Bits',
        kind: 'bits',
        entries: new Map(list(entries, (n) => [n + 1, text(nameLength, n)])),
      },
      START,
    ),
    ...list(events, (n) => {
      const data = new ByteWriter().u16(values);
      for (let value = 0; value < values; value++) data.u32(0xffff_ffff);
      return event({ data: data.take() }, n);
    }),
  ]);
}

/** Mapped values whose text is long. */
export function valueMaps(nameLength: number, values: number, events: number): Uint8Array {
  return trace([
    schema({
      fields: [
        { name: 'Count', inType: InType.uint16 },
        { name: 'Value', inType: InType.uint8, count: 'Count', map: 'Values' },
      ],
    }),
    eventMapRecord(
      { provider: PROVIDER, name: 'Values', kind: 'value', entries: new Map([[0, text(nameLength)]]) },
      START,
    ),
    ...list(events, (n) => event({ data: new ByteWriter().u16(values).zeros(values).take() }, n)),
  ]);
}

/** Small events of a schema with a long name, a long field name, a long message and a mapped text. */
export function smallEvents(nameLength: number, events: number): Uint8Array {
  return trace([
    schema({
      taskName: text(nameLength),
      message: text(nameLength),
      fields: [{ name: text(nameLength), inType: InType.uint8 }],
    }),
    ...list(events, (n) => event({ data: new Uint8Array(1) }, n)),
  ]);
}

/** Embedded schemas of different events, one event of each. */
export function schemas(count: number): Uint8Array {
  return trace(
    list(count, (n) => [
      schema({
        id: n & 0xffff,
        fields: list(20, (field) => ({ name: `Field${field}`, inType: InType.uint8 })),
      }),
      event({ id: n & 0xffff, data: new Uint8Array(20) }, n),
    ]).flat(),
  );
}

/** A schema with many fields, and events that have them all. */
export function manyFields(fields: number, events: number): Uint8Array {
  return trace([
    schema({ fields: list(fields, (n) => ({ name: `F${n}`, inType: InType.uint8 })) }),
    ...list(events, (n) => event({ data: new Uint8Array(fields) }, n)),
  ]);
}

/** Many fields of one name. */
export function equalFields(fields: number, events: number): Uint8Array {
  return trace([
    schema({ fields: list(fields, () => ({ name: 'F', inType: InType.uint8 })) }),
    ...list(events, (n) => event({ data: new Uint8Array(fields) }, n)),
  ]);
}

/** Events of as many providers. */
export function providers(count: number): Uint8Array {
  return trace(
    list(count, (n) =>
      event({ provider: `7a3c9f52-40f1-4d5b-9f3e-${n.toString(16).padStart(12, '0')}`, id: 1 }, n),
    ),
  );
}

/** Plain events without a schema. */
export function plainEvents(count: number): Uint8Array {
  return trace(list(count, (n) => event({ data: new Uint8Array(32) }, n)));
}

/** The same packet repeatedly at one component. */
export function identicalPackets(count: number): Uint8Array {
  return trace(list(count, (n) => pktmonPacket(n)));
}

/** The same packet repeatedly at two components in turn. */
export function identicalAppearances(count: number): Uint8Array {
  return trace(list(count, (n) => pktmonPacket(n, { component: 1 + (n % 5) })));
}

/** Packets that are seen once each: their journeys stay open. */
export function openJourneys(count: number): Uint8Array {
  return trace(list(count, (n) => pktmonPacket(n, { content: n })));
}

/** Packets that are dropped, each at a component of its own for a reason of its own. */
export function drops(count: number): Uint8Array {
  return trace(
    list(count, (n) => pktmonPacket(n, { component: 1 + (n % 30_000), content: n, drop: 1 + (n % 20_000) })),
  );
}

type Transport = ReturnType<typeof udp>;

const MACS = { from: '02:00:00:00:00:01', to: '02:00:00:00:00:02' };
const address = (n: number): string => `10.${(n >> 16) & 0xff}.${(n >> 8) & 0xff}.${n & 0xff}`;

const frameOf = (
  n: number,
  transport: Transport,
  options: { id?: number; fragment?: number } = {},
): Uint8Array =>
  ethernet(
    MACS,
    EtherType.ipv4,
    overIpv4({ from: address(n), to: '192.0.2.1' }, transport, { id: n & 0xffff, ...options }),
  );

const throughStack = (frames: readonly Uint8Array[]): Uint8Array =>
  trace(frames.flatMap((frame, n) => [ndisPacket(2 * n, 1, frame), ndisPacket(2 * n + 1, 2, frame)]));

/** Connections that nobody answers, from as many addresses. */
export const unansweredConnections = (count: number): Uint8Array =>
  throughStack(
    list(count, (n) =>
      frameOf(
        n,
        tcp({ ports: [1024 + (n % 60_000), 443], sequence: n, acknowledgement: 0, flags: TcpFlag.syn }),
      ),
    ),
  );

/** Segments of one connection, again and again. */
export const retransmissions = (count: number): Uint8Array =>
  throughStack(
    list(count, (n) =>
      frameOf(
        1,
        tcp({
          ports: [1024, 443],
          sequence: n % 7,
          acknowledgement: 1,
          flags: TcpFlag.ack,
          payload: new Uint8Array(20),
        }),
        { id: n & 0xffff },
      ),
    ),
  );

/** Fragments of IP packets whose other fragments never come. */
export const lonelyFragments = (count: number): Uint8Array =>
  throughStack(
    list(count, (n) => frameOf(n, udp([5000, 5001], new Uint8Array(32)), { fragment: 0x2000 | (n % 100) })),
  );

/** Questions to a name server that nobody answers. */
export const dnsQuestions = (count: number): Uint8Array =>
  throughStack(
    list(count, (n) => frameOf(n, udp([1024 + (n % 60_000), 53], dnsQuery(n & 0xffff, `host${n}.test`)))),
  );

/** Large segments, and parts of them in another order. */
export const segments = (count: number): Uint8Array =>
  throughStack(
    list(count, (n) =>
      frameOf(
        n >> 5,
        tcp({
          ports: [2000, 443],
          sequence: n % 32 === 0 ? 0 : 100 * (31 - (n % 32)),
          acknowledgement: 1,
          flags: TcpFlag.ack,
          payload: new Uint8Array(n % 32 === 0 ? 3100 : 100).fill(n % 5),
        }),
      ),
    ),
  );

/** Providers that each describe themselves by a manifest in an event (.NET's EventSource). */
export const eventSources = (count: number, manifest: string): Uint8Array =>
  trace(
    list(count, (n) =>
      event({
        provider: `7a3c9f52-40f1-4d5b-9f3e-${n.toString(16).padStart(12, '0')}`,
        id: 0xfffe,
        data: new ByteWriter()
          .u8(1)
          .u8(1)
          .u8(0)
          .u8(0x5b)
          .u16(1)
          .u16(0)
          .bytes(new TextEncoder().encode(manifest))
          .take(),
      }),
    ),
  );
