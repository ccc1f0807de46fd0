import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type EventRecord, Trace } from '../../src/etl/index.js';
import {
  type EventSchema,
  eventData,
  formatMessage,
  processEvent,
  readFields,
  SchemaStore,
} from '../../src/etw/index.js';
import type { ProcessEvent } from '../../src/etw/process-events.js';
import { memorySource } from '../support/memory-source.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';

// Expected values are from a second reading by hand.

interface Decoded {
  readonly id: number;
  readonly schema: EventSchema | undefined;
  readonly data: Record<string, unknown>;
  readonly truncated: boolean;
  readonly message: string | undefined;
}

const traceOf = (name: string): Trace => new Trace(memorySource(readFileSync(realTrace(name))));

/** Everything in a trace but records of the trace itself, in the order of the file. */
async function decode(name: string, manifest?: string): Promise<Decoded[]> {
  const store = new SchemaStore();
  if (manifest !== undefined) store.addManifest(manifest, 'manifest');
  traceOf(name).survey((record) => store.addFromTrace(record));
  expect(await store.prepare()).toEqual([]);
  const decoded: Decoded[] = [];
  traceOf(name).survey((record: EventRecord) => {
    if (record.kind !== 'event') return;
    const schema = store.locate(record);
    const { json, truncated } = eventData(schema, record);
    decoded.push({
      id: record.id,
      schema,
      data: JSON.parse(json),
      truncated,
      message: schema && formatMessage(schema, readFields(schema, record).values)?.text,
    });
  });
  return decoded;
}

describeWithRealTraces('real traces', () => {
  test('pktmon on Server 2022: every event has its embedded schema, to the last byte', async () => {
    const events = await decode('pktmon-azure-ping');
    expect(events).toHaveLength(403);
    for (const { schema, truncated, data } of events) {
      expect(schema?.origin).toBe('embedded');
      expect(truncated).toBe(false);
      expect(data).not.toHaveProperty('bytes');
    }
    const of = (id: number): Decoded[] => events.filter((event) => event.id === id);
    const components = new Set(of(20).map(({ data }) => data.Id));
    expect(components.size).toBe(44);
    // Each component has drop counters; properties and flow counters belong to known ones.
    expect(new Set(of(80).map(({ data }) => data.ComponentId))).toEqual(components);
    for (const id of [30, 40, 60, 65, 66, 70, 75, 90]) {
      for (const { data } of of(id)) expect(components).toContain(data.ComponentId);
    }
    expect(of(20)[0]?.message).toBe('Component 75, Type HTTP Protocol , Name http.sys, HTTP ');
    expect(of(65)[0]?.data).toEqual({ ComponentId: 75, Type: 'IP Address', IpAddress: '10.9.1.22' });
    expect(of(160)).toHaveLength(114);
    expect(of(160)[0]?.data).toMatchObject({
      PktGroupId: '1071654',
      DirTag: 'Rx',
      PacketType: 'Ethernet',
      ComponentId: 59,
      DropReason: 'Unspecified',
      OriginalPayloadSize: 98,
    });
    expect(of(160)[0]?.message).toBe(
      'PktGroupId 1071654, PktNumber 1, Appearance 1, Direction Rx , Type Ethernet , Component 59, Edge 1, ' +
        'Filter 1, OriginalSize 98, LoggedSize 98 ',
    );
  });

  test('pktmon: the built-in table reads what the embedded schemas read', () => {
    const embedded = new SchemaStore();
    const builtin = new SchemaStore();
    traceOf('pktmon-azure-ping').survey((record) => embedded.addFromTrace(record));
    let compared = 0;
    traceOf('pktmon-azure-ping').survey((record) => {
      const theirs = embedded.locate(record);
      const ours = record.kind === 'event' ? builtin.locate(record) : undefined;
      if (theirs === undefined || ours === undefined) return;
      compared += 1;
      const names = [...readFields(theirs, record).values.keys()];
      expect([...readFields(ours, record).values.keys()], `event ${record.id}`).toEqual(names);
      expect([...readFields(ours, record).values.values()]).toEqual([
        ...readFields(theirs, record).values.values(),
      ]);
    });
    expect(compared).toBe(403);
  });

  test('AMSI: TraceLogging with strings and a counted array of characters', async () => {
    const events = await decode('amsi-tracelogging');
    expect(events).toHaveLength(19);
    for (const { schema, data, truncated } of events) {
      expect(schema).toMatchObject({ origin: 'tracelogging', providerName: 'AmsiTrace', name: 'AmsiScript' });
      expect(Object.keys(data)).toEqual(['Engine', 'Script', 'Raw Script']);
      // In this trace both hold the same script, stored in two ways.
      expect(String(data['Raw Script']).trimEnd()).toBe(String(data.Script).trimEnd());
      expect(truncated).toBe(false);
    }
    const lengths = events.map(({ data }) => String(data.Script).length);
    expect([...lengths].sort((a, b) => a - b)).toEqual([
      ...[9, 9, 9, 9, 9, 9, 28, 88, 88, 88, 350, 350, 350, 368, 368, 368, 2473, 2473, 2473],
    ]);
  });

  test('LxCore: TraceLogging with a provider group', async () => {
    const events = await decode('lxcore-tracelogging');
    expect(events).toHaveLength(2);
    expect(events[0]?.schema?.providerName).toBe('Microsoft.Windows.Subsystem.LxCore');
    expect(events[0]?.schema?.providerGroup).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(events[0]?.data).toMatchObject({
      LxPid: -1,
      Function: 'LxpInstanceStart',
      Line: 2659,
      Message: '[0xc0000034] LxpInstanceInitialize\n',
    });
  });

  test('EventSource: every primitive type', async () => {
    const events = await decode('eventsource-primitive-types');
    expect(events).toHaveLength(5);
    expect(events[0]?.data).toEqual({
      string_type: 'Mercury',
      boolean_type: false,
      char_type: 'M',
      int16_type: -51,
      int32_type: -102,
      uint16_type: 51,
      uint32_type: 102,
      // The source declares this field as unsigned (TlgInUINT64) and writes -204 into it.
      int64_type: (2n ** 64n - 204n).toString(),
      uint64_type: '204',
      guid_type: '0ad614c4-0ef4-4225-8013-f44f37cb0397',
      file_time_type: '2021-09-09T14:59:35.7990000Z',
      system_time_type: '2021-09-09T14:59:35.799',
    });
  });

  test('EventSource: structures in a merged, compressed trace', async () => {
    const [event] = await decode('eventsource-self-describing');
    expect(event).toMatchObject({
      schema: { providerName: 'MySource', name: 'TestEvent', origin: 'tracelogging' },
      data: { a: { b: 'Hello', c: 'World!' } },
    });
  });

  test('EventSource: the manifest that the trace carries', async () => {
    const events = await decode('eventsource-manifest');
    const written = events.filter(({ id }) => id === 1);
    expect(written).toHaveLength(10);
    expect(written[0]).toMatchObject({
      schema: {
        origin: 'eventsource',
        providerName: 'MSOpenTech-Tx-BinaryEventSource',
        name: 'WriteBinaryPayload',
        taskName: 'WriteBinaryPayload',
        levelName: 'LogAlways',
      },
      data: {
        occurenceFileTimeUtc: '130901521022992016',
        inputProtocol: 'BOND_V1',
        source: 'Tx.Bond',
        manifestId: 'b2489c04-20df-5987-f505-b0b3c1ec5137',
        eventPayloadSize: 26,
        eventPayload: '290a31302f32342f32303135490b697465726174696f6e203000',
      },
    });
  });

  test('Windows 7: kernel network events with a manifest that the user gives', async () => {
    const data = (names: string): string =>
      names
        .split(' ')
        .map((field) => {
          const [name = '', inType = 'UInt32', outType = ''] = field.split(':');
          return `<data name="${name}" inType="win:${inType}" outType="win:${outType}"/>`;
        })
        .join('');
    const manifest = `<provider name="Microsoft-Windows-Kernel-Network" guid="{7dd42a49-5329-4832-8dfd-43d979153a88}">
      <templates>
       <template tid="send">${data('PID size daddr:UInt32:IPv4 saddr:UInt32:IPv4 dport:UInt16:Port sport:UInt16:Port startime endtime seqnum connid:Pointer')}</template>
       <template tid="recv">${data('PID size daddr:UInt32:IPv4 saddr:UInt32:IPv4 dport:UInt16:Port sport:UInt16:Port seqnum connid:Pointer')}</template>
      </templates>
      <events><event value="10" template="send" message="%2 bytes to %3:%5"/><event value="11" template="recv"/></events>
     </provider>`;
    const events = await decode('win7-kernel-network', manifest);
    expect(events).toHaveLength(8923);
    const received = events.filter(({ id }) => id === 11);
    expect(received).toHaveLength(7968);
    expect(received[0]).toMatchObject({
      schema: { origin: 'manifest', providerName: 'Microsoft-Windows-Kernel-Network' },
      data: {
        PID: 2716,
        size: 4101,
        daddr: '157.56.244.38',
        saddr: '10.121.106.118',
        dport: 443,
        sport: 61740,
        seqnum: 0,
        connid: '0x0',
      },
    });
    expect(received.reduce((sum, event) => sum + Number(event.data.size), 0)).toBe(15_315_588);
    const sent = events.filter(({ id }) => id === 10);
    expect(sent.reduce((sum, event) => sum + Number(event.data.size), 0)).toBe(60_019);
    expect(events.filter(({ truncated }) => truncated)).toEqual([]);
    expect(sent[0]?.message).toMatch(/^\d+ bytes to 157\.\d+\.\d+\.\d+:443$/);
  });

  test('Windows 10 at shutdown: processes that were there, and that went', () => {
    const store = new SchemaStore();
    const found: ProcessEvent[] = [];
    traceOf('shutdown-kernel').survey((record) => {
      const event = processEvent(record, (manifestEvent) => store.locate(manifestEvent));
      if (event !== undefined) found.push(event);
    });
    // Hooks 0x0303 (94 records) and 0x0304 (37); 0x0302 and 0x030B (60 each).
    expect(found.filter(({ kind }) => kind === 'rundown')).toHaveLength(94 + 37);
    expect(found.filter(({ kind }) => kind === 'end')).toHaveLength(60 + 60);
    expect(found.slice(0, 6)).toEqual([
      { kind: 'rundown', pid: 0, parentPid: 0, imageName: 'Idle' },
      { kind: 'rundown', pid: 4, parentPid: 0, imageName: 'System' },
      { kind: 'rundown', pid: 88, parentPid: 4, imageName: 'Registry' },
      { kind: 'rundown', pid: 348, parentPid: 4, imageName: 'smss.exe' },
      { kind: 'rundown', pid: 428, parentPid: 420, imageName: 'csrss.exe' },
      { kind: 'rundown', pid: 504, parentPid: 420, imageName: 'wininit.exe' },
    ]);
    expect(found).toContainEqual({ kind: 'end', pid: 7064, parentPid: 3856, imageName: 'OneDrive.exe' });
  });

  test('Windows 10 at shutdown: each kernel record is read to its last byte', () => {
    const store = new SchemaStore();
    let read = 0;
    traceOf('shutdown-kernel').survey((record) => {
      const schema = store.locate(record);
      if (schema === undefined) return;
      const { consumed, truncated } = readFields(schema, record);
      expect([consumed, truncated], `hook ${record.id}, version ${record.version}`).toEqual([
        record.payloadLength,
        false,
      ]);
      read += 1;
    });
    expect(read).toBeGreaterThan(17_000);
  });

  test('Windows 7: 8,923 events of Kernel-Network are read to the last byte without a manifest', async () => {
    const KERNEL_NETWORK = '7dd42a49-5329-4832-8dfd-43d979153a88';
    const store = new SchemaStore();
    const pids = new Set<unknown>();
    let read = 0;
    traceOf('win7-kernel-network').survey((record) => {
      if (record.kind !== 'event' || record.providerId !== KERNEL_NETWORK) return;
      const schema = store.locate(record);
      expect(schema?.origin).toBe('builtin');
      if (schema === undefined) return;
      const { consumed, truncated, values } = readFields(schema, record);
      expect([consumed, truncated, values.size]).toEqual([record.payloadLength, false, schema.fields.length]);
      pids.add(values.get('PID'));
      read += 1;
    });
    expect(read).toBe(8923);
    expect(pids.size).toBeGreaterThan(1);
  });

  test.each([
    ['win7-http-cross-machine', 'dd5ef90a-6398-47a4-ad34-4dcecdef795f'],
    ['win7-http-sys', 'dd5ef90a-6398-47a4-ad34-4dcecdef795f'],
  ])('Windows 7, %s: HTTP events are read to the last byte without a manifest', (name, providerId) => {
    const store = new SchemaStore();
    store.setBuild(7600);
    let read = 0;
    traceOf(name).survey((record) => {
      if (record.kind !== 'event' || record.providerId !== providerId) return;
      const schema = store.locate(record);
      if (schema === undefined) return;
      const { consumed, truncated } = readFields(schema, record);
      expect([record.id, consumed, truncated]).toEqual([record.id, record.payloadLength, false]);
      read += 1;
    });
    expect(read).toBeGreaterThan(100);
  });

  test('each trace with a PartitionInfo record has 48 bytes of it', () => {
    const names = ['amsi-tracelogging', 'pktmon-azure-ping', 'shutdown-kernel'];
    for (const name of names) {
      let found = 0;
      const store = new SchemaStore();
      traceOf(name).survey((record) => {
        if (record.kind !== 'system' || record.id !== 0x0050) return;
        const schema = store.locate(record);
        expect(schema && readFields(schema, record).consumed).toBe(record.payloadLength);
        found += 1;
      });
      expect(found).toBeGreaterThan(0);
    }
  });
});
