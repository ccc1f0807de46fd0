import { describe, expect, test } from 'vitest';
import { eventData, formatMessage, readFields, SchemaStore } from '../../src/etw/index.js';
import { ByteWriter } from './bytes.js';
import { eventRecord } from './records.js';

const PROVIDER = '7dd42a49-5329-4832-8dfd-43d979153a88';

const MANIFEST = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE instrumentationManifest [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<instrumentationManifest xmlns="http://schemas.microsoft.com/win/2004/08/events"
    xmlns:win="http://manifests.microsoft.com/win/2004/08/windows/events">
 <instrumentation><events>
  <provider name="Test-Provider" guid="{${PROVIDER.toUpperCase()}}" symbol="TEST">
   <channels><channel name="Test/Analytic" chid="A" type="Analytic"/></channels>
   <levels><level name="Own" value="17" message="$(string.level.own)"/></levels>
   <tasks>
    <task name="Connect" value="1" message="$(string.task.connect)">
     <opcodes><opcode name="Retry" value="30"/></opcodes>
    </task>
   </tasks>
   <opcodes><opcode name="Send4" value="10" message="$(string.opcode.send)"/></opcodes>
   <keywords><keyword name="IPv4" mask="0x10"/><keyword name="IPv6" mask="0x20"/></keywords>
   <maps>
    <valueMap name="Reason"><map value="0x1" message="$(string.map.one)"/><map value="2" message="plain"/></valueMap>
    <bitMap name="Bits"><map value="0x80000000" message="$(string.map.top)"/></bitMap>
   </maps>
   <templates>
    <template tid="Sent">
     <data name="PID" inType="win:UInt32" outType="win:PID"/>
     <data name="daddr" inType="win:UInt32" outType="win:IPv4"/>
     <data name="dport" inType="win:UInt16" outType="win:Port"/>
     <data name="Reason" inType="win:UInt8" map="Reason"/>
     <data name="Bits" inType="win:UInt32" map="Bits"/>
     <data name="Count" inType="win:UInt8"/>
     <struct name="Parts" count="Count">
      <data name="Size" inType="win:UInt8"/>
      <data name="Bytes" inType="win:Binary" length="Size"/>
      <data name="Same" inType="win:Binary" length="Count"/>
     </struct>
     <data name="Text" inType="win:AnsiString" length="3"/>
     <data name="Numbers" inType="win:UInt16" count="2"/>
    </template>
   </templates>
   <events>
    <event value="10" version="1" symbol="DatasentIPV4" level="win:Informational" task="Connect" opcode="Send4"
      keywords="IPv4 IPv6" channel="A" template="Sent" message="$(string.event.sent)"/>
    <event value="11" level="Own" task="Connect" opcode="Retry" message="text of its own &amp; more"/>
   </events>
  </provider>
 </events></instrumentation>
 <localization>
  <resources culture="de-DE"><stringTable><string id="task.connect" value="Verbinden"/></stringTable></resources>
  <resources culture="en-US"><stringTable>
   <string id="task.connect" value="Connecting"/>
   <string id="opcode.send" value="Data sent"/>
   <string id="level.own" value="Mine"/>
   <string id="map.one" value="First"/>
   <string id="map.top" value="Top"/>
   <string id="event.sent" value="%1 sent to %2:%3, %4"/>
  </stringTable></resources>
 </localization>
</instrumentationManifest>`;

const storeWith = async (...texts: string[]): Promise<SchemaStore> => {
  const store = new SchemaStore();
  for (const [n, text] of texts.entries()) store.addManifest(text, `manifest ${n}`);
  expect(await store.prepare()).toEqual([]);
  return store;
};

describe('an instrumentation manifest', () => {
  test('gives an event its names, in English, and its fields', async () => {
    const store = await storeWith(MANIFEST);
    expect(store.locateById(PROVIDER, 10, 1)).toMatchObject({
      origin: 'manifest',
      providerId: PROVIDER,
      providerName: 'Test-Provider',
      name: 'DatasentIPV4',
      levelName: 'Informational',
      taskName: 'Connecting',
      opcodeName: 'Data sent',
      channelName: 'Test/Analytic',
      keywordNames: ['IPv4', 'IPv6'],
      message: '%1 sent to %2:%3, %4',
    });
    expect(store.locateById(PROVIDER, 11, 0)).toMatchObject({
      levelName: 'Mine',
      opcodeName: 'Retry',
      message: 'text of its own & more',
      fields: [],
    });
    expect(store.locateById(PROVIDER, 999, 0)).toBeUndefined();
  });

  test('decodes payloads: maps, structures, lengths by name, fixed arrays', async () => {
    const store = await storeWith(MANIFEST);
    const payload = new ByteWriter()
      .u32(4711)
      .bytes([10, 0, 0, 1])
      .bytes([0x01, 0xbb])
      .u8(1)
      .u32(0x8000_0001);
    payload.u8(2).bytes([1, 0xaa, 1, 2]).bytes([0, 3, 4]).bytes([0x61, 0x62, 0x63]).u16(5).u16(6);
    const record = eventRecord({ providerId: PROVIDER, id: 10, version: 1, payload: payload.done() });
    const schema = store.locate(record);
    expect(JSON.parse(eventData(schema, record).json)).toEqual({
      PID: 4711,
      daddr: '10.0.0.1',
      dport: 443,
      Reason: 'First',
      Bits: 'Top|0x1',
      Count: 2,
      Parts: [
        { Size: 1, Bytes: 'aa', Same: '0102' },
        { Size: 0, Bytes: '', Same: '0304' },
      ],
      Text: 'abc',
      Numbers: [5, 6],
    });
    expect(schema && formatMessage(schema, readFields(schema, record).values)?.text).toBe(
      '4711 sent to 10.0.0.1:443, First',
    );
  });

  test('as wevtutil writes it has numbers for names, masks for keywords, and no templates', async () => {
    const store = await storeWith(`<provider name="Test" guid="{${PROVIDER}}">
      <levels><level name="win:Informational" value="4" message="Information"/></levels>
      <keywords><keyword name="One" mask="0x1"/><keyword name="Two" mask="0x8000000000000000"/></keywords>
      <events><event value="1" version="0" level="4" opcode="1" keywords="0x8000000000000000" message="%1 came"/>
      <event value="2" version="0" message="2952790017"/></events></provider>`);
    expect(store.locateById(PROVIDER, 1, 0)).toMatchObject({
      levelName: 'Information',
      opcodeName: 'Start',
      keywordNames: ['Two'],
      message: '%1 came',
    });
    // A number is the id of a message in the provider's binary.
    expect(store.locateById(PROVIDER, 2, 0)).not.toHaveProperty('message');
    // Without a template no byte is explained, and none is lost.
    const record = eventRecord({ providerId: PROVIDER, id: 1, payload: Uint8Array.of(1, 2) });
    expect(eventData(store.locate(record), record).json).toBe('{"bytes":"0102"}');
  });

  test('goes before the built-in tables, except where it prints a structure as an array of numbers', async () => {
    const ndisCapture = '2ed6006e-4729-4609-b423-3ee7bcd678ef';
    const field = (name: string, more: string): string =>
      `<data name="${name}" inType="win:UInt32" ${more}/>`;
    // Public dumps show event 1003's Destination as Double: 12 is the index of the structure's first member.
    const twelve = [
      ...Array.from({ length: 6 }, (_, n) => field(`F${n}`, '')),
      field('DestinationCount', ''),
      '<data name="Destination" inType="win:Double" count="DestinationCount"/>',
      ...Array.from({ length: 4 }, (_, n) => field(`L${n}`, '')),
    ].join('');
    const store = await storeWith(`<provider name="x" guid="{${ndisCapture}}">
      <templates><template tid="a">${twelve}</template><template tid="b">${field('Own', '')}</template></templates>
      <events><event value="1003" template="a"/><event value="1001" template="b"/></events></provider>`);
    expect(store.locateById(ndisCapture, 1001, 0)).toMatchObject({
      origin: 'manifest',
      fields: [{ name: 'Own' }],
    });
    expect(store.locateById(ndisCapture, 1003, 0)?.origin).toBe('builtin');
  });

  test('that is none is reported by its name, and harms nothing', async () => {
    const store = new SchemaStore();
    store.addManifest('not xml', 'notes.txt');
    store.addManifest('<html/>', 'page.html');
    store.addManifest(`${'<a>'.repeat(200_000)}`, 'deep.xml');
    store.addManifest('<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>', 'laughs.xml');
    store.addManifest(MANIFEST, 'good.man');
    const problems = await store.prepare();
    expect(problems.map(({ source }) => source)).toEqual([
      'notes.txt',
      'page.html',
      'deep.xml',
      'laughs.xml',
    ]);
    expect(problems.every(({ reason }) => reason !== '' && !reason.includes('\n'))).toBe(true);
    expect(store.locateById(PROVIDER, 10, 1)).toBeDefined();
  });
});

describe('a public dump of a manifest, without out-types and constant lengths', () => {
  const OWN = '11111111-2222-3333-4444-555555555555';
  const dump = (guid: string, id: number, ...fields: readonly string[]): string =>
    `<provider name="Dumped" guid="{${guid}}"><templates><template tid="t">${fields
      .map((field) => {
        const [name, inType, length] = field.split(' ');
        return `<data name="${name}" inType="win:${inType}"${length ? ` length="${length}"` : ''}/>`;
      })
      .join(
        '',
      )}</template></templates><events><event value="${id}" version="0" template="t"/></events></provider>`;
  const decode = (store: SchemaStore, providerId: string, id: number, payload: Uint8Array): unknown => {
    const record = eventRecord({ providerId, id, payload });
    return JSON.parse(eventData(store.locate(record), record).json);
  };

  test('shows addresses and ports in network order by their names', async () => {
    const fields = [
      'PID UInt32',
      'daddr UInt32',
      'SourceIPv4Address UInt32',
      'dport UInt16',
      'Address UInt32',
    ];
    const store = await storeWith(dump(OWN, 7, ...fields));
    const payload = new ByteWriter()
      .u32(4)
      .bytes([10, 0, 0, 1, 192, 168, 1, 2])
      .bytes([0x01, 0xbb])
      .u32(0x1000);
    expect(decode(store, OWN, 7, payload.done())).toEqual({
      PID: 4,
      daddr: '10.0.0.1',
      SourceIPv4Address: '192.168.1.2',
      dport: 443,
      Address: 4096,
    });
  });

  test('leaves numbers alone where the manifest has out-types', async () => {
    const text = dump(OWN, 7, 'dport UInt16', 'Size UInt32').replace(
      '"win:UInt32"',
      '"win:UInt32" outType="win:HexInt32"',
    );
    const store = await storeWith(text);
    expect(decode(store, OWN, 7, new ByteWriter().u16(443).u32(16).done())).toEqual({
      dport: 443,
      Size: '0x10',
    });
  });

  test.each([
    ['a binary without length before other fields', ['A UInt32', 'Blob Binary', 'B UInt32'], 'Blob'],
    ['a length that names no field', ['A UInt32', 'Text UnicodeString TextLength', 'B UInt32'], 'Text'],
    ['a type that does not exist', ['A UInt32', 'X Strange', 'B UInt32'], 'X'],
  ])('stops at %s, keeps the bytes, and names the manifest', async (_, fields, stop) => {
    const store = await storeWith(dump(OWN, 7, ...fields));
    const payload = new ByteWriter().u32(5).bytes([1, 2, 3]).u32(6).done();
    expect(decode(store, OWN, 7, payload)).toEqual({ A: 5, bytes: '01020306000000' });
    expect(store.locateById(OWN, 7, 0)?.stop).toEqual({ field: stop, source: 'manifest 0' });
  });

  test('takes a last binary without length up to the end', async () => {
    const store = await storeWith(dump(OWN, 7, 'A UInt32', 'Blob Binary'));
    expect(decode(store, OWN, 7, new ByteWriter().u32(5).bytes([1, 2]).done())).toEqual({
      A: 5,
      Blob: '0102',
    });
    expect(store.locateById(OWN, 7, 0)?.stop).toBeUndefined();
  });

  test('gets lengths, out-types and a wrong type from the built-in layout: TCP over IPv6, connid as a pointer', async () => {
    const KERNEL_NETWORK = '7dd42a49-5329-4832-8dfd-43d979153a88';
    // Kernel-Network 26 as public dumps print it; real events have 8 bytes of connid on 64-bit systems.
    const fields = [
      'PID UInt32',
      'size UInt32',
      'daddr Binary',
      'saddr Binary',
      'dport UInt16',
      'sport UInt16',
    ];
    const more = ['startime UInt32', 'endtime UInt32', 'seqnum UInt32', 'connid UInt32'];
    const store = await storeWith(dump(KERNEL_NETWORK, 26, ...fields, ...more));
    const address = (last: number): number[] => [0x20, 1, 0xd, 0xb8, ...new Array<number>(11).fill(0), last];
    const payload = new ByteWriter().u32(99).u32(1200).bytes(address(1)).bytes(address(2));
    payload.bytes([0x01, 0xbb, 0xc0, 0x00]).u32(1).u32(2).u32(3).u64(0xffff_8000_0000_0010n);
    expect(decode(store, KERNEL_NETWORK, 26, payload.done())).toEqual({
      PID: 99,
      size: 1200,
      daddr: '2001:db8::1',
      saddr: '2001:db8::2',
      dport: 443,
      sport: 49_152,
      startime: 1,
      endtime: 2,
      seqnum: 3,
      connid: '0xffff800000000010',
    });
  });
});

describe('an EventSource', () => {
  const chunk = (text: Uint8Array, total: number, number: number): Uint8Array =>
    new ByteWriter().bytes([1, 1, 0, 0x5b]).u16(total).u16(number).bytes(text).done();
  const manifestEvent = (payload: Uint8Array): ReturnType<typeof eventRecord> =>
    eventRecord({ providerId: PROVIDER, id: 65_534, version: 1, payload });

  test('describes itself in chunks, in any order, cut anywhere', async () => {
    const text = new TextEncoder().encode(MANIFEST.replace('Test-Provider', 'Tëst-Provider'));
    const cut = text.indexOf(0xc3) + 1;
    const chunks = [text.subarray(0, 100), text.subarray(100, cut), text.subarray(cut)];
    const store = new SchemaStore();
    for (const number of [2, 0, 0, 1]) {
      expect(store.addFromTrace(manifestEvent(chunk(chunks[number] ?? text, 3, number)))).toBe(true);
    }
    expect(await store.prepare()).toEqual([]);
    expect(store.locateById(PROVIDER, 10, 1)).toMatchObject({
      origin: 'eventsource',
      providerName: 'Tëst-Provider',
    });
  });

  test('whose manifest lacks a chunk is not described', async () => {
    const store = new SchemaStore();
    const text = new TextEncoder().encode(MANIFEST);
    store.addFromTrace(manifestEvent(chunk(text.subarray(0, 100), 2, 0)));
    expect(await store.prepare()).toEqual([]);
    expect(store.locateById(PROVIDER, 10, 1)).toBeUndefined();
  });

  test('goes before a manifest that the user gives', async () => {
    const store = await storeWith(MANIFEST.replace('Test-Provider', 'Given'));
    store.addFromTrace(manifestEvent(chunk(new TextEncoder().encode(MANIFEST), 1, 0)));
    await store.prepare();
    expect(store.locateById(PROVIDER, 10, 1)?.providerName).toBe('Test-Provider');
  });

  test('may use the event id 65534 for something else', () => {
    expect(new SchemaStore().addFromTrace(manifestEvent(new ByteWriter().u32(1).u32(2).done()))).toBe(false);
  });
});
