import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  dropLocationName,
  dropReasonText,
  eventData,
  type FieldSchema,
  fixedLayout,
  InType,
  SchemaStore,
} from '../../src/etw/index.js';
import { describeWithSchemaDumps, schemaDump } from '../support/shared.js';
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

  test('number drop reasons as the build of the trace does', () => {
    // The two numberings of PktMon: 201 is NetVsc's in 1809 and NDIS's today.
    expect(dropReasonText(201, 17763)).toBe('MicroportError');
    expect(dropReasonText(101, 18363)).toBe('Pause');
    expect(dropReasonText(201, 20348)).toBe('Pause');
    expect(dropReasonText(401, 26100)).toBe('MicroportError');
    expect(dropReasonText(401, 17763)).toBeUndefined();
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
  readonly length?: string;
  readonly map?: string;
  readonly struct?: readonly ReferenceField[];
}
interface ReferenceEvent {
  readonly id: number;
  readonly version: number;
  readonly fields: readonly ReferenceField[];
}
interface ReferenceProvider {
  readonly guid: string;
  readonly events: readonly ReferenceEvent[];
  readonly maps: Record<string, { readonly values?: Record<string, string | null> }>;
}

describeWithSchemaDumps('the built-in tables, compared with their source', () => {
  const SIZES: ReadonlyMap<string, readonly number[]> = new Map([
    ['UInt8', [InType.uint8]],
    ['UInt16', [InType.uint16]],
    ['UInt32', [InType.uint32, InType.hexInt32]],
    ['UInt64', [InType.uint64]],
    ['Int64', [InType.int64]],
    ['Int32', [InType.int32]],
    ['GUID', [InType.guid]],
    ['Boolean', [InType.boolean]],
    ['Pointer', [InType.pointer]],
    ['UnicodeString', [InType.unicodeString]],
    ['AnsiString', [InType.ansiString]],
    ['HexInt32', [InType.hexInt32]],
    ['Binary', [InType.binary]],
  ]);
  for (const name of [
    'NDIS-PacketCapture',
    'PktMon',
    'Ras-NdisWanPacketCapture',
    'Hyper-V-VmSwitch',
    'TCPIP.subset',
    'NDIS',
    'WinNat',
  ]) {
    test(`Microsoft-Windows-${name} has each event, field, type, length and map`, () => {
      const text = readFileSync(schemaDump(`Microsoft-Windows-${name}`), 'utf8');
      const { guid, events, maps }: ReferenceProvider = JSON.parse(text);
      let compared = 0;
      for (const { id, version, fields } of events) {
        // One event is known from the event log only, without types.
        if (fields.some(({ inType }) => inType === '?')) continue;
        const schema = store.locateById(guid, id, version);
        expect(schema, `${id} version ${version}`).toBeDefined();
        const own = schema?.fields ?? [];
        for (const field of fields) {
          const index = own.findIndex((candidate) => candidate.name === field.name);
          const found: FieldSchema | undefined = own[index];
          // Builds rename fields, and some have arrays whose members nobody published: the rest stays bytes there.
          if (found === undefined || found.length?.kind === 'rest') continue;
          compared += 1;
          const where = `${id}v${version} ${field.name}`;
          if (field.struct) {
            expect(
              found.members?.map((member) => member.name),
              where,
            ).toEqual(field.struct.map((member) => member.name));
            continue;
          }
          const allowed = SIZES.get(field.inType);
          if (allowed) expect(allowed, where).toContain(found.inType);
          if (field.length && !/^\d+$/.test(field.length)) {
            const extent = found.length;
            expect(extent?.kind === 'field' ? own[extent.index]?.name : extent, where).toBe(field.length);
          }
          const values = field.map === undefined ? undefined : maps[field.map]?.values;
          for (const [value, label] of Object.entries(values ?? {})) {
            if (label) expect(found.map?.entries.get(Number(value)), where).toBe(label.trim());
          }
        }
      }
      const total = events.reduce((sum, { fields }) => sum + fields.length, 0);
      expect(compared / total).toBeGreaterThan(0.97);
    });
  }
});
