import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  dropLocationName,
  dropReasonText,
  eventData,
  type FieldSchema,
  fixedLayout,
  InType,
  OutType,
  SchemaStore,
} from '../../src/etw/index.js';
import { describeWithSchemaDumps, SCHEMAS } from '../support/shared.js';
import { ByteWriter } from './bytes.js';
import { eventRecord } from './records.js';

/** Where the facts are kept from which the tables were made; not part of the project. */

const NDIS_CAPTURE = '2ed6006e-4729-4609-b423-3ee7bcd678ef';
const PKTMON = '4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac';
const VMSWITCH = '67dc0d66-3695-47c0-9642-33f76f7bd7ad';

const store = new SchemaStore();
const data = (providerId: string, id: number, payload: Uint8Array, version = 0): unknown => {
  const record = eventRecord({ providerId, id, version, payload });
  return JSON.parse(eventData(store.locate(record), record).json);
};

describe('the built-in tables', () => {
  test('place the payload of a pktmon packet at byte 34', () => {
    const schema = store.locateById(PKTMON, 160, 0);
    expect(schema && fixedLayout(schema, 8).variableAt).toBe(34);
    expect(schema && fixedLayout(schema, 8).fields.get('DropLocation')).toEqual({ offset: 26, size: 4 });
  });

  test('read the destinations of a vSwitch packet as structures', () => {
    const payload = new ByteWriter()
      .u32(1)
      .u32(2)
      .u32(3)
      .wideSz('port')
      .wideSz('nic')
      .wideSz('External')
      .u32(2);
    payload.u32(4).wideSz('p4').wideSz('n4').wideSz('Internal').u32(5).wideSz('').wideSz('').wideSz('');
    payload.u32(2).bytes([0xaa, 0xbb]).u32(0);
    expect(data(NDIS_CAPTURE, 1003, payload.done())).toEqual({
      MiniportIfIndex: 1,
      LowerIfIndex: 2,
      SourcePortId: 3,
      SourcePortName: 'port',
      SourceNicName: 'nic',
      SourceNicType: 'External',
      DestinationCount: 2,
      Destination: [
        {
          DestinationPortId: 4,
          DestinationPortName: 'p4',
          DestinationNicName: 'n4',
          DestinationNicType: 'Internal',
        },
        { DestinationPortId: 5, DestinationPortName: '', DestinationNicName: '', DestinationNicType: '' },
      ],
      FragmentSize: 2,
      Fragment: 'aabb',
      OOBDataSize: 0,
      OOBData: '',
    });
  });

  test.each([54, 55])(
    'read the drop %i of a vSwitch with and without the status that later builds append',
    (id) => {
      const named = new ByteWriter();
      for (const text of ['nic', 'web', 'sw', 'nat']) {
        named.u32(text.length);
        for (const unit of text) named.bytes([unit.charCodeAt(0), 0]);
      }
      const old = named.u32(10).done().slice();
      expect(data(VMSWITCH, id, old)).toMatchObject({ NicFName: 'web', DropReason: 'UnauthorizedVLAN' });
      const appended = data(VMSWITCH, id, Uint8Array.from([...old, 0x0d, 0, 0, 0xc0]));
      expect(appended).toMatchObject({ NicFName: 'web', SwitchFName: 'nat', DropReason: 'UnauthorizedVLAN' });
      expect(JSON.stringify(appended)).toMatch(
        /"Status":"?(?:0xC000000D|STATUS_INVALID_PARAMETER|3221225485)/iu,
      );
      expect(appended).not.toHaveProperty('bytes');
    },
  );

  test('read an NDIS packet with and without the fields that build 17763 appended', () => {
    const old = new ByteWriter().u32(1).u32(2).u32(1).u8(0xaa).done();
    expect(data(NDIS_CAPTURE, 1001, old)).toEqual({
      MiniportIfIndex: 1,
      LowerIfIndex: 2,
      FragmentSize: 1,
      Fragment: 'aa',
    });
    const current = new ByteWriter().bytes(old).u64(7n).u64(8n).done();
    expect(data(NDIS_CAPTURE, 1001, current)).toMatchObject({
      GftFlowEntryId: '7',
      GftOffloadInformation: '8',
    });
  });

  test('read vSwitch names by their length in characters, without NUL', () => {
    const counted = (writer: ByteWriter, text: string): ByteWriter => writer.u32(text.length).wide(text);
    const payload = new ByteWriter();
    for (const text of ['{guid}', 'nic', '{switch}', 'nat']) counted(payload, text);
    payload.u64(0xffff_c40a_0000_1000n);
    expect(data(VMSWITCH, 56, payload.done())).toEqual({
      NicNameLen: 6,
      NicName: '{guid}',
      NicFNameLen: 3,
      NicFName: 'nic',
      SwitchNameLen: 8,
      SwitchName: '{switch}',
      SwitchFNameLen: 3,
      SwitchFName: 'nat',
      BufferAddress: '0xffffc40a00001000',
    });
  });

  test('show addresses of TCPIP events as sockets', () => {
    const socket = [2, 0, 0x01, 0xbb, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    const payload = new ByteWriter().u32(16).bytes(socket).u32(0).u32(4).u32(1).u32(2).done();
    expect(data('2f07e2ee-15db-40f1-90ef-9d7ba282188a', 1013, payload)).toMatchObject({
      LocalAddressLength: 16,
      LocalAddress: '10.0.0.1:443',
      CompartmentId: 1,
    });
  });

  /** A Schannel event 36867 of Windows 10; from Windows 11 on, the caller's process comes first (Schannel.json). */
  const schannel10 = new ByteWriter().wideSz('server').u32(2).bytes([0xaa, 0xbb]).done();
  const schannel11 = new ByteWriter().u32(4242).wideSz('lsass.exe').bytes(schannel10).done();
  const SCHANNEL = '1f678132-5938-4686-9fdc-c8ff68f15c85';

  test('choose between two layouts of one id and version by the payload', () => {
    const rest = { Type: 'server', __binLength: 2, binaryData: 'aabb' };
    expect(data(SCHANNEL, 36_867, schannel10)).toEqual(rest);
    expect(data(SCHANNEL, 36_867, schannel11)).toEqual({
      CallerProcessId: 4242,
      CallerProcessImageName: 'lsass.exe',
      ...rest,
    });
  });

  test('choose by the build of the trace where both layouts fit', () => {
    // Netvsc 20 has 32 bytes in both: SFA API event (10240), packet event (17763 and later).
    const NETVSC = '152fbe4b-c7ad-4f68-bada-a4fcc1464f6c';
    const names = (build: number): (string | undefined)[] => {
      const ofBuild = new SchemaStore();
      ofBuild.setBuild(build);
      return ofBuild.locateById(NETVSC, 19, 0)?.fields.map(({ name }) => name) ?? [];
    };
    expect(names(10_240).slice(0, 2)).toEqual(['ClientContext', 'ContextId']);
    expect(names(17_763)).toEqual(['Direction', 'Pointer', 'CorrelationId', 'IfIndex']);
    expect(names(26_100)).toEqual(['Direction', 'Pointer', 'CorrelationId', 'IfIndex']);
    const packet = new ByteWriter().u32(1).u64(0xffff_8000_0000_1000n).u64(0x77n).u32(12).done();
    expect(data(NETVSC, 19, packet)).toEqual({
      Direction: 1,
      Pointer: '0xffff800000001000',
      CorrelationId: '0x77',
      IfIndex: 12,
    });
  });

  test('read the strings of VmSwitch events from 280 on up to their NUL', () => {
    const payload = new ByteWriter()
      .u32(0xc000_009a)
      .u32(8)
      .u32(4)
      .u32(1)
      .wideSz('nic')
      .wideSz('Host')
      .done();
    expect(data(VMSWITCH, 280, payload)).toEqual({
      Status: '0xc000009a',
      RequestedNumberOfQueue: 8,
      AdjustedNumberOfQueue: 4,
      Reason: 1,
      NicName: 'nic',
      NicFriendlyName: 'Host',
    });
  });

  test('read the addresses of WinNat 1041 as 16 bytes; PrefixLength counts bits', () => {
    const prefix = [0x20, 1, 0xd, 0xb8, ...new Array<number>(12).fill(0)];
    const payload = new ByteWriter().u64(0x6n).bytes([192, 0, 0, 8]).bytes([192, 0, 0, 9]);
    payload.bytes(prefix).bytes(prefix).u32(96).bytes(prefix).u32(64);
    expect(data('66c07ecd-6667-43fc-93f8-05cf07f446ec', 1041, payload.done())).toEqual({
      InterfaceLuid: '0x6',
      FallbackIPv4Address: '192.0.0.8',
      SyntheticIPv4Address: '192.0.0.9',
      SyntheticIPv6Address: '2001:db8::',
      RemotePrefix: '2001:db8::',
      RemotePrefixLength: 96,
      LocalPrefix: '2001:db8::',
      LocalPrefixLength: 64,
    });
  });

  test('have 60031, 60041 and 60050 in Pef-WFP and not in WFP', () => {
    for (const id of [60_031, 60_041, 60_050]) {
      expect(store.locateById('c22d1b14-c242-49de-9f17-1d76b8b9c458', id, 0)).toBeDefined();
      expect(store.locateById('0c478c5b-0351-41b1-8c58-4a6737da32e3', id, 0)).toBeUndefined();
    }
  });

  test('take a last string that ends with the payload instead of a NUL as whole', () => {
    const HTTP = 'dd5ef90a-6398-47a4-ad34-4dcecdef795f';
    const layout = store.locateById(HTTP, 2, 0)?.fields ?? [];
    expect(layout.at(-1)?.inType).toBe(InType.unicodeString);
    const payload = new ByteWriter().u64(1n).u32(4).wide('http://a/').done();
    const record = eventRecord({ providerId: HTTP, id: 2, payload });
    const { json, truncated } = eventData(store.locate(record), record);
    expect(truncated).toBe(false);
    expect(Object.values(JSON.parse(json)).at(-1)).toBe('http://a/');
  });

  test('read a packet that network load balancing dropped (fields as published by detection-wiki)', () => {
    const payload = new ByteWriter()
      .guid('11111111-2222-3333-4444-555555555555')
      .u32(3)
      .u32(4)
      .bytes([10, 0, 0, 1])
      .u32(4)
      .bytes([10, 0, 0, 2])
      .u8(6)
      .u32(1)
      .u32(2);
    payload.u16(1).u16(2).u16(6).u8(9).u64(0xffn);
    expect(data('def02e30-3290-4b2d-bc28-d2b0edadf411', 2, payload.done())).toMatchObject({
      SourceIP: '10.0.0.1',
      DestinationIP: '10.0.0.2',
      Protocol: 6,
      CurrentBucketMap: '0xff',
    });
  });

  test('fit in 400 kB', () => {
    const folder = new URL('../../src/etw/builtin/tables/', import.meta.url);
    const sizes = readdirSync(folder).map((name) => readFileSync(new URL(name, folder)).length);
    expect(sizes.length).toBeGreaterThan(50);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
  });

  test('number drop reasons as the build of the trace does', () => {
    // The two numberings of PktMon: 201 is NetVsc's in 1809 and NDIS's today.
    expect(dropReasonText(201, 17763)).toBe('MicroportError');
    expect(dropReasonText(101, 18363)).toBe('Pause');
    expect(dropReasonText(201, 20348)).toBe('Pause');
    expect(dropReasonText(401, 26100)).toBe('MicroportError');
    expect(dropReasonText(401, 17763)).toBeUndefined();
    expect(dropReasonText(601, 17763)).toBeUndefined();
    // The 13 texts that pktmon.sys 10.0.18362.1 has and 10.0.17763.1 has not, first and last.
    expect(dropReasonText(601, 18362)).toBe('FL_LoopbackPacket');
    expect(dropReasonText(613, 18363)).toBe('FL_NoClientInterface');
    expect(dropReasonText(614, 18363)).toBeUndefined();
    expect(dropReasonText(9, 17763)).toBe('FilteredVLAN');
    expect(dropReasonText(9, 26100)).toBe('FilteredVLAN');
    expect(dropReasonText(0x8000_0001)).toBeUndefined();
  });

  test('name drop locations by component group', () => {
    expect(dropLocationName(0xe000_1001)).toBe('NDIS_FAKE_FILTER_SEND');
    expect(dropLocationName(0xe000_2001)).toBe('VMS_EXT_FILTER_DEST_PROC1');
    expect(dropLocationName(1)).toBeUndefined();
  });
});

interface ReferenceField {
  readonly name: string;
  readonly inType: string;
  readonly outType?: string;
  readonly length?: string | number;
  readonly count?: string | number;
  readonly map?: string;
  readonly note?: string;
  readonly struct?: readonly ReferenceField[];
}
interface ReferenceEvent {
  readonly id: number;
  readonly version: number;
  readonly builds: readonly string[];
  readonly fields: readonly ReferenceField[];
}
interface ReferenceProvider {
  readonly provider: string;
  readonly guid: string;
  readonly events: readonly ReferenceEvent[];
  readonly maps: Record<string, { readonly values?: Record<string, string | null> }>;
}

/** The types of the schemas; the ones that only differ in how a number is shown are one. */
const IN_TYPES: ReadonlyMap<string, readonly number[]> = new Map([
  ['UInt8', [InType.uint8]],
  ['UInt16', [InType.uint16]],
  ['UInt32', [InType.uint32, InType.hexInt32]],
  ['UInt64', [InType.uint64]],
  ['Int16', [InType.int16]],
  ['Int32', [InType.int32]],
  ['Int64', [InType.int64]],
  ['HexInt32', [InType.uint32, InType.hexInt32]],
  ['HexInt64', [InType.hexInt64]],
  ['GUID', [InType.guid]],
  ['SID', [InType.sid]],
  ['FILETIME', [InType.fileTime]],
  ['SYSTEMTIME', [InType.systemTime]],
  ['Boolean', [InType.boolean]],
  ['Pointer', [InType.pointer]],
  ['UnicodeString', [InType.unicodeString]],
  ['AnsiString', [InType.ansiString]],
  ['CountedUtf16String', [InType.manifestCountedString]],
  ['Binary', [InType.binary]],
]);
const OUT_TYPES: ReadonlyMap<string, number> = new Map([
  ['SocketAddress', OutType.socketAddress],
  ['IPv4', OutType.ipv4],
  ['IPv6', OutType.ipv6],
  ['Port', OutType.port],
  ['NTSTATUS', OutType.ntStatus],
  ['Win32Error', OutType.win32Error],
  ['ErrorCode', OutType.errorCode],
  ['HResult', OutType.hresult],
  ['HexInt8', OutType.hexInt8],
  ['HexInt16', OutType.hexInt16],
  ['HexInt32', OutType.hexInt32],
  ['HexInt64', OutType.hexInt64],
  ['PID', OutType.pid],
  ['TID', OutType.tid],
]);

/** The sources' names for the builds of two old manifests, and the numbers of builds of that time. */
const OLD_BUILDS: ReadonlyMap<string, number> = new Map([
  ['2013-09', 9600],
  ['2015-04', 10_074],
]);
const buildOf = (text: string): number => OLD_BUILDS.get(text) ?? Number(/\d{4,5}/.exec(text)?.[0]);

/** The difference between a reference field and a table's; undefined if they agree. */
function difference(
  field: ReferenceField,
  own: FieldSchema,
  list: readonly FieldSchema[],
  maps: ReferenceProvider['maps'],
): string | undefined {
  if (field.name !== own.name) return `name ${own.name}`;
  if (field.struct) {
    const names = own.members?.map(({ name }) => name).join();
    return names === field.struct.map(({ name }) => name).join() ? undefined : `members ${names}`;
  }
  const [base = ''] = field.inType.split(' ');
  if (!IN_TYPES.get(base)?.includes(own.inType)) return `type ${own.inType}`;
  const noted = field.outType ?? /\((NTSTATUS|IPv4|IPv6)/.exec(field.inType)?.[1] ?? '';
  const outType = OUT_TYPES.get(noted.split(' ')[0] ?? '');
  if (outType !== undefined && outType !== own.outType) return `out-type ${own.outType}`;
  for (const [expected, extent] of [
    [field.length, own.length],
    [field.count, own.count],
  ] as const) {
    if (expected === undefined) continue;
    // An IPv6 address without a length has 16 bytes.
    if (own.outType === OutType.ipv6 && Number(expected) === 16 && extent === undefined) continue;
    const found =
      extent?.kind === 'field' ? list[extent.index]?.name : extent?.kind === 'fixed' && extent.value;
    if (String(found) !== String(expected)) return `extent ${JSON.stringify(extent)}`;
  }
  const values = field.map === undefined ? undefined : maps[field.map]?.values;
  for (const [value, label] of Object.entries(values ?? {})) {
    const text = own.map?.entries.get(Number(value));
    if (label && text !== label.trim()) return `label of ${value}: ${text}`;
  }
  return undefined;
}

/** Whether a table is right to end before this field: its end is unknown. */
const isUnlocated = (field: ReferenceField, before: readonly ReferenceField[]): boolean =>
  /^\d+$/.test(field.inType) ||
  field.note?.includes('is not reliable') === true ||
  (field.inType === 'Binary' && field.length === undefined) ||
  [field.length, field.count].some(
    (extent) => typeof extent === 'string' && !before.some(({ name }) => name === extent),
  );

describeWithSchemaDumps('the built-in tables, compared with their source', () => {
  const files = existsSync(SCHEMAS)
    ? readdirSync(SCHEMAS).filter((name) => /^(Microsoft-|Schannel)/.test(name) && !/Auditing/.test(name))
    : [];

  test('cover every provider of the source that traces can have', () => {
    expect(files.length).toBeGreaterThanOrEqual(54);
  });

  test.each(files)('%s: each layout of each build has its fields, types, lengths and maps', (file) => {
    const text = readFileSync(join(SCHEMAS, file), 'utf8');
    const { guid, provider, events, maps }: ReferenceProvider = JSON.parse(text);
    const problems: string[] = [];
    let compared = 0;
    for (const { id, version, builds, fields } of events) {
      // One event is known from the event log only, without types.
      if (fields.some(({ inType }) => inType === '?')) continue;
      for (const build of builds) {
        const ofBuild = new SchemaStore();
        ofBuild.setBuild(buildOf(build));
        const own = ofBuild.locateById(guid, id, version)?.fields;
        if (own === undefined) {
          problems.push(`${id}v${version}: no layout`);
          continue;
        }
        for (const [n, field] of fields.entries()) {
          const found = own[n];
          compared += 1;
          if (found === undefined && isUnlocated(field, fields.slice(0, n))) break;
          const problem = found === undefined ? 'absent' : difference(field, found, own, maps);
          if (problem !== undefined) problems.push(`${id}v${version} ${build} ${field.name}: ${problem}`);
        }
      }
    }
    expect(store.providerName(guid)).toBe(provider);
    expect(compared).toBeGreaterThan(5);
    expect(problems.slice(0, 20)).toEqual([]);
  });
});
