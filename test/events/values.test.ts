import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  ByteWriter,
  classicRecord,
  encodeTrace,
  eventRecord,
  eventSchemaRecord,
  guidBytes,
  InType,
  TraceClock,
  unixTime,
} from '../../samples/encoder/index.js';
import { NDIS_PACKET_CAPTURE, natVswitch, pktmonDrops } from '../../samples/scenarios/index.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';
import { useConversions } from './convert.js';

const convert = useConversions();
const PROVIDER = '3f1f9c22-6f5b-4a53-9d3c-6d1f0e6b7a10';
const OTHER_PROVIDER = '8f0c2c55-7a55-4a6c-8c0e-0b6f6a3f2d77';
const START = unixTime('2025-03-01T10:00:00Z');
const clock = new TraceClock({ type: 'qpc', start: START });
const time = clock.startTicks;

const traceOf = (...records: readonly Uint8Array[]): Uint8Array =>
  encodeTrace({ clock }, [{ processor: 0, records }]);

/** The events that a provider of the test wrote. */
async function eventsOf(provider: string, ...records: readonly Uint8Array[]) {
  const { document } = await convert(traceOf(...records));
  return document.events.filter(({ providerId }) => providerId === provider);
}

describe('an event object', () => {
  test('has the members of its header in a fixed order, absent ones left out', async () => {
    const [event] = await eventsOf(
      PROVIDER,
      eventRecord({
        provider: PROVIDER,
        id: 20,
        version: 1,
        level: 3,
        opcode: 2,
        task: 7,
        keyword: 0x8000_0000_0000_0002n,
        time: time + 4_891_721n,
        processId: 4,
        threadId: 632,
        activityId: 'd8a1f3b0-2c11-4d5e-8f60-71a2b3c4d5e6',
        extended: [
          { type: 1, data: guidBytes('11111111-2222-3333-4444-555555555555') },
          { type: 16, data: guidBytes('66666666-7777-8888-9999-aaaaaaaaaaaa') },
        ],
        data: Uint8Array.of(1, 2, 0xff),
      }),
    );
    expect(JSON.stringify(event)).toBe(
      '{"time":"2025-03-01T10:00:00.4891721Z","afterFrame":0,"providerId":"3f1f9c22-6f5b-4a53-9d3c-6d1f0e6b7a10",' +
        '"id":20,"version":1,"level":3,"opcode":2,"task":7,"keywords":"0x8000000000000002","pid":4,"tid":632,"cpu":0,' +
        '"activityId":"d8a1f3b0-2c11-4d5e-8f60-71a2b3c4d5e6","relatedActivityId":"11111111-2222-3333-4444-555555555555",' +
        '"containerId":"66666666-7777-8888-9999-aaaaaaaaaaaa","data":{"bytes":"0102ff"},"schema":"none"}',
    );
  });

  test('a payload that ends inside a field keeps what was read, and says so', async () => {
    const schema = {
      provider: PROVIDER,
      providerName: 'Test',
      id: 1,
      fields: [
        { name: 'First', inType: InType.uint32 },
        { name: 'Second', inType: InType.uint32 },
      ],
    };
    const data = new ByteWriter().u32(5).u16(1).take();
    const [event] = await eventsOf(
      PROVIDER,
      eventSchemaRecord(schema, time),
      eventRecord({ provider: PROVIDER, id: 1, time, data }),
    );
    expect(event).toMatchObject({ truncated: true, schema: 'embedded' });
    expect(event?.data.First).toBe(5);
    expect(event?.data).not.toHaveProperty('Second');
  });

  test('names of a trace are data: also those that JavaScript or JSON treat in their own way', async () => {
    const schema = {
      provider: PROVIDER,
      providerName: 'Line\nbreak "quoted"',
      id: 1,
      fields: [{ name: '__proto__', inType: InType.uint8 }],
    };
    const [event] = await eventsOf(
      PROVIDER,
      eventSchemaRecord(schema, time),
      eventRecord({ provider: PROVIDER, id: 1, time, data: Uint8Array.of(9) }),
    );
    expect(event?.provider).toBe('Line\nbreak "quoted"');
    expect(Object.entries(event?.data ?? {})).toEqual([['__proto__', 9]]);
  });

  test('a packet event that is damaged is an event, with the reason', async () => {
    // NDIS-PacketCapture 1001: two indexes, then the size of the data, which says more than there is.
    const data = new ByteWriter().u32(1).u32(1).u32(9999).u8(0).take();
    const [event] = await eventsOf(
      NDIS_PACKET_CAPTURE,
      eventRecord({ provider: NDIS_PACKET_CAPTURE, id: 1001, time, data }),
    );
    expect(event?.damage).toMatch(/longer than the event/);
  });

  test('a classic event has its class and opcode, and no id', async () => {
    const [event] = await eventsOf(
      PROVIDER,
      classicRecord({ eventClass: PROVIDER, opcode: 12, time, data: Uint8Array.of(1) }),
    );
    expect(event).toMatchObject({ opcode: 12, data: { bytes: '01' }, schema: 'none' });
    expect(event).not.toHaveProperty('id');
  });
});

describe('context: what an event says of a packet, under the names of the packet comments', () => {
  test('NBL of vSwitch events, compartment of TCPIP events', async () => {
    const { document } = await convert(natVswitch().plain);
    const received = document.events.filter(({ name }) => name === 'TcpipLoopbackPacketTransmit');
    expect(received.length).toBeGreaterThan(0);
    for (const { context, data } of received) {
      expect(context?.Compartment).toBe(data.Compartment);
      expect(context?.NBL).toBe(data.Nbl === '0x0' ? undefined : data.Nbl);
    }
    const agent = document.events.find(({ name }) => name === 'EndpointAttached');
    expect(agent?.context).toEqual({ Compartment: 2 });
  });

  test('events without any of it have no such member', async () => {
    const { document } = await convert(pktmonDrops().plain);
    expect(document.events.filter(({ name, context }) => name === 'ComponentInfo' && context)).toEqual([]);
  });
});

describe('choosing events', () => {
  const records = [
    eventRecord({ provider: PROVIDER, id: 1, level: 2, time, data: new Uint8Array() }),
    eventRecord({ provider: PROVIDER, id: 2, level: 4, time, data: new Uint8Array() }),
    eventRecord({ provider: PROVIDER, id: 3, level: 0, time, data: new Uint8Array() }),
    eventRecord({ provider: OTHER_PROVIDER, id: 4, level: 2, time, data: new Uint8Array() }),
  ];

  test('level: as severe and more; level 0 means always', async () => {
    const { document } = await convert(traceOf(...records), { level: 3 });
    expect(document.events.map(({ id }) => id)).toEqual([1, 3, 4]);
  });

  test.each([PROVIDER, `{${PROVIDER.toUpperCase()}}`])('providers: by GUID, as %s', async (name) => {
    const { document, summary } = await convert(traceOf(...records), { providers: [name] });
    expect(document.events.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(summary.eventsExcluded).toBe(document.summary.events - 3);
    expect(document.summary.eventsExcluded).toBe(summary.eventsExcluded);
  });

  test('providers: by name, in any case; packets stay', async () => {
    const { plain, truth } = natVswitch();
    const { document, summary } = await convert(plain, { providers: ['contoso.containeragent'] });
    expect(document.events.map(({ name }) => name)).toEqual(['EndpointAttached']);
    expect(summary.packets).toBe(truth.packets.length);
  });

  test('events none: no sidecar', async () => {
    const { summary, text } = await convert(traceOf(...records), { events: 'none' });
    expect(summary.eventsFile).toBeUndefined();
    expect(text).toBe('');
  });
});

test('several traces in one file: each event says which it is from', async () => {
  const directory = (await convert(traceOf())).directory;
  const paths = [0, 1].map((n) => join(directory, `part${n}.etl`));
  for (const [n, path] of paths.entries()) {
    writeFileSync(path, traceOf(eventRecord({ provider: PROVIDER, id: n, time, data: new Uint8Array() })));
  }
  const { document } = await convert(paths);
  expect(document.trace).toHaveLength(2);
  const own = document.events.filter(({ providerId }) => providerId === PROVIDER);
  expect(own.map(({ id, trace }) => [id, trace])).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

describeWithRealTraces('traces that Windows wrote', () => {
  test('pktmon: 44 components, with the properties and counters that its events say', async () => {
    const { document } = await convert(realTrace('pktmon-azure-ping'));
    // README of the samples: 44 components, one packet filter; 114 packet events.
    expect(document.components).toHaveLength(44);
    expect(document.summary.packets).toBe(114);
    const named = (name: string) => document.events.filter((event) => event.name === name);
    const infos = new Map(named('ComponentInfo').map(({ data }) => [data.Id, data]));
    expect([...infos.keys()].sort()).toEqual(document.components.map(({ id }) => id).sort());
    // Windows writes NULL for a component without a driver's name.
    for (const { id, name } of document.components) expect(infos.get(id)?.Name).toBe(name || 'NULL');
    // The NIC of the sample: its IP interface index and its own, as Get-NetAdapter would list them.
    const netvsc = document.components.find(({ id }) => id === 59);
    expect(netvsc).toMatchObject({ type: 'Miniport', name: 'netvsc.sys' });
    expect(netvsc?.properties).toContainEqual({ name: 'IfIndex', value: 5 });
    expect(netvsc?.properties.find(({ name }) => name === 'PhysAddress')?.value).toBe('00:22:48:7b:b3:80');
    expect(named('PacketFlowCounters')).toHaveLength(
      document.components.reduce((sum, { edges }) => sum + edges.length, 0),
    );
  });

  test('a manifest names what a Windows 7 trace does not describe', async () => {
    const data = (names: string): string =>
      names
        .split(' ')
        .map((field) => {
          const [name = '', inType = 'UInt32', outType = 'xs:unsignedInt'] = field.split(':');
          return `<data name="${name}" inType="win:${inType}" outType="${outType.replace('_', ':')}"/>`;
        })
        .join('');
    // Public facts of Microsoft-Windows-Kernel-Network: task KERNEL_NETWORK_TASK_TCPIP, opcodes 10 send and 11 receive.
    const fields =
      'PID size daddr:UInt32:win_IPv4 saddr:UInt32:win_IPv4 dport:UInt16:win_Port sport:UInt16:win_Port';
    const manifest = `<?xml version="1.0" encoding="UTF-16"?>
<instrumentationManifest xmlns="http://schemas.microsoft.com/win/2004/08/events"><instrumentation><events>
 <provider name="Microsoft-Windows-Kernel-Network" guid="{7dd42a49-5329-4832-8dfd-43d979153a88}" symbol="X">
  <templates>
   <template tid="send">${data(`${fields} startime endtime seqnum connid:Pointer:win_HexInt64`)}</template>
   <template tid="receive">${data(`${fields} seqnum connid:Pointer:win_HexInt64`)}</template>
  </templates>
  <events>
   <event value="10" symbol="Send" template="send" message="$(string.send)"/>
   <event value="11" symbol="Receive" template="receive"/>
  </events>
 </provider>
</events></instrumentation>
<localization><resources culture="en-US"><stringTable>
 <string id="send" value="Sent %2 bytes from %4:%6 to %3:%5."/>
</stringTable></resources></localization></instrumentationManifest>`;
    const { directory } = await convert(traceOf());
    const path = join(directory, 'kernel-network.man');
    // As wevtutil and Visual Studio save them: UTF-16 with a byte order mark.
    writeFileSync(path, `\ufeff${manifest}`, 'utf16le');
    const { document, summary } = await convert(realTrace('win7-kernel-network'), { manifests: [directory] });
    expect(summary.manifestProblems).toEqual([]);
    const received = document.events.filter(({ id }) => id === 11);
    expect(received).toHaveLength(7968);
    // Read by hand from the bytes of the first such record: u32 2716, u32 4101, 157.56.244.38, 10.121.106.118, 443, 61740.
    expect(received[0]).toMatchObject({
      provider: 'Microsoft-Windows-Kernel-Network',
      schema: 'manifest',
      data: {
        PID: 2716,
        size: 4101,
        daddr: '157.56.244.38',
        saddr: '10.121.106.118',
        dport: 443,
        sport: 61740,
      },
    });
    const [sent] = document.events.filter(({ id }) => id === 10);
    expect(sent?.message).toBe(
      `Sent ${sent?.data.size} bytes from ${sent?.data.saddr}:${sent?.data.sport} to ${sent?.data.daddr}:${sent?.data.dport}.`,
    );
  });
});
