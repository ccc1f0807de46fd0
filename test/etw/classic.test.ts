import { describe, expect, test } from 'vitest';
import { classicName, eventData, processEvent, SchemaStore } from '../../src/etw/index.js';
import { ByteWriter } from './bytes.js';
import { classicRecord, eventRecord, systemRecord } from './records.js';

const PROCESS = '3d6fa8d0-fe05-11d0-9dda-00c04fd7ba7c';
const SYSTEM_CONFIGURATION = '9b79ee91-b5fd-41c0-a243-4248e266e9d0';
const KERNEL_PROCESS = '22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716';

const store = new SchemaStore();
const data = (record: ReturnType<typeof classicRecord>): unknown =>
  JSON.parse(eventData(store.locate(record), record).json);
const process = (record: ReturnType<typeof classicRecord>): unknown =>
  processEvent(record, (event) => store.locate(event));

/** Local System, S-1-5-18. */
const SID = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0];

function processPayload(version: number, pointerSize: 4 | 8, hasSid = true): Uint8Array {
  const writer = new ByteWriter();
  const key = 0x1234_5670n;
  if (version === 0) writer.pointer(77n, pointerSize).pointer(4n, pointerSize);
  else writer.pointer(key, pointerSize).u32(77).u32(4).u32(1).u32(0);
  if (version >= 3) writer.pointer(0x1ad000n, pointerSize);
  if (version >= 4) writer.u32(0);
  if (hasSid) writer.pointer(0xb000_0000n, pointerSize).pointer(0n, pointerSize).bytes(SID);
  else writer.u32(0);
  writer.utf8Sz('notepad.exe');
  if (version >= 2) writer.wideSz('"C:\\notepad.exe" x');
  if (version >= 4) writer.wideSz('').wideSz('');
  return writer.done();
}

describe('a kernel process record', () => {
  for (const version of [0, 1, 2, 3, 4]) {
    for (const pointerSize of [4, 8] as const) {
      test(`of version ${version} names the process, with ${pointerSize}-byte pointers`, () => {
        const expected = { pid: 77, parentPid: 4, imageName: 'notepad.exe' };
        const payload = processPayload(version, pointerSize);
        expect(process(classicRecord(PROCESS, 1, payload, version, pointerSize))).toEqual({
          kind: 'start',
          ...expected,
        });
        expect(process(systemRecord(0x0302, payload, version, pointerSize))).toEqual({
          kind: 'end',
          ...expected,
        });
        const rundown = { kind: 'rundown', ...expected };
        expect(process(systemRecord(0x0303, payload, version, pointerSize))).toEqual(rundown);
        expect(process(systemRecord(0x0304, payload, version, pointerSize))).toEqual(rundown);
        expect(data(classicRecord(PROCESS, 1, payload, version, pointerSize))).toMatchObject({
          UserSID: 'S-1-5-18',
          ImageFileName: 'notepad.exe',
          ...(version >= 2 && { CommandLine: '"C:\\notepad.exe" x' }),
        });
      });
    }
  }

  test('without a user has four zero bytes in its place', () => {
    expect(process(systemRecord(0x0301, processPayload(4, 8, false), 4))).toMatchObject({
      imageName: 'notepad.exe',
    });
  });

  test('of a version newer than ours is read as far as we know it', () => {
    const payload = new ByteWriter().bytes(processPayload(4, 8)).u64(0n).done();
    expect(process(systemRecord(0x0301, payload, 9))).toMatchObject({ imageName: 'notepad.exe' });
  });

  test('that is cut short names nothing it does not hold', () => {
    expect(process(systemRecord(0x0301, new Uint8Array(9), 4))).toBeUndefined();
    expect(process(systemRecord(0x0301, processPayload(4, 8).subarray(0, 20), 4))).toEqual({
      kind: 'start',
      pid: 77,
      parentPid: 4,
    });
  });
});

test('a process that the kernel terminates is told by its id alone', () => {
  expect(process(systemRecord(0x030b, new ByteWriter().u32(2100).done(), 2))).toEqual({
    kind: 'end',
    pid: 2100,
  });
});

test('an image load stands in the group of processes, and is no process event', () => {
  const payload = new ByteWriter().u64(0x7561_0000n).u64(0x5e000n).u32(77).u32(1).u32(2).u8(12).u8(2).u16(0);
  payload.u64(0n).u64(0n).u64(0n).wideSz('\\Windows\\coml2.dll');
  const record = systemRecord(0x030a, payload.done(), 3);
  expect(classicName(record)).toMatchObject({ className: 'Image', opcodeName: 'Load' });
  expect(data(record)).toMatchObject({
    ImageBase: '0x75610000',
    ImageSize: '0x5e000',
    ProcessId: 77,
    SignatureLevel: 12,
    FileName: '\\Windows\\coml2.dll',
  });
  expect(process(record)).toBeUndefined();
});

test('Microsoft-Windows-Kernel-Process tells of processes too', () => {
  const payload = new ByteWriter().u32(77).u64(0n).u32(4).u32(1).u32(0);
  payload.wideSz('\\Device\\HarddiskVolume3\\Windows\\notepad.exe');
  const record = (id: number, version: number): ReturnType<typeof eventRecord> =>
    eventRecord({ providerId: KERNEL_PROCESS, id, version, payload: payload.done() });
  const expected = { pid: 77, parentPid: 4, imageName: 'notepad.exe' };
  expect(process(record(1, 1))).toEqual({ kind: 'start', ...expected });
  expect(process(record(15, 0))).toEqual({ kind: 'rundown', ...expected });
});

describe('the system configuration of a merged trace', () => {
  test('names build and product', () => {
    const payload = new ByteWriter().u64(0n).wideSz('20348.2461.amd64fre').wideSz('Windows Server 2022');
    expect(data(classicRecord(SYSTEM_CONFIGURATION, 32, payload.done()))).toMatchObject({
      BuildLab: '20348.2461.amd64fre',
      ProductName: 'Windows Server 2022',
    });
  });

  test('has a MIB_IF_ROW2 for each network interface', () => {
    const row = new Uint8Array(1352);
    const view = new DataView(row.buffer);
    const text = (at: number, value: string): void => row.set(new ByteWriter().wideSz(value).done(), at);
    // Offsets of netioapi.h, 64-bit alignment.
    view.setUint32(8, 8, true);
    text(28, 'vEthernet (nat)');
    text(542, 'Hyper-V Virtual Ethernet Adapter');
    view.setUint32(1056, 6, true);
    row.set([0, 0x15, 0x5d, 1, 2, 3], 1060);
    view.setUint32(1124, 1500, true);
    view.setUint32(1128, 6, true);
    view.setUint32(1156, 1, true);
    view.setBigUint64(1192, 10_000_000_000n, true);
    view.setBigUint64(1344, 3n, true);
    const record = classicRecord(SYSTEM_CONFIGURATION, 36, row);
    expect(data(record)).toMatchObject({
      InterfaceIndex: 8,
      Alias: 'vEthernet (nat)',
      Description: 'Hyper-V Virtual Ethernet Adapter',
      PhysicalAddressLength: 6,
      Mtu: 1500,
      Type: 6,
      OperStatus: 1,
      TransmitLinkSpeed: '10000000000',
      OutQLen: '3',
    });
    expect(eventData(store.locate(record), record).truncated).toBe(false);
  });
});

test('records of classes without a layout have their names and keep their bytes', () => {
  const record = systemRecord(0x0600 | 26, Uint8Array.of(1, 2), 2);
  expect(classicName(record)).toMatchObject({ className: 'TcpIp', opcodeName: 'SendIPv6' });
  expect(store.locate(record)).toBeUndefined();
  expect(data(record)).toEqual({ bytes: '0102' });
  expect(classicName(systemRecord(0x06ee, Uint8Array.of(1), 2))?.opcodeName).toBe('238');
  expect(classicName(systemRecord(0x3f01, Uint8Array.of(1), 2))).toBeUndefined();
});

describe('a kernel record about the trace', () => {
  test('names the partition that the events come from', () => {
    // ETW_PARTITION_INFORMATION_EVENT: u16, 2 bytes of padding, u32, i64, two GUIDs; 48 bytes in every real trace.
    const payload = new ByteWriter()
      .u16(1)
      .u16(0)
      .u32(2)
      .u64(-5n)
      .guid('11111111-2222-3333-4444-555555555555')
      .guid('66666666-7777-8888-9999-aaaaaaaaaaaa')
      .done();
    expect(payload).toHaveLength(48);
    expect(data(systemRecord(0x0050, payload, 2))).toEqual({
      EventVersion: 1,
      Reserved: 0,
      PartitionType: 2,
      QpcOffsetFromRoot: '-5',
      PartitionId: '11111111-2222-3333-4444-555555555555',
      ParentId: '66666666-7777-8888-9999-aaaaaaaaaaaa',
    });
  });

  test('has the text of a mark, with and without NUL (PERFINFO_LOG_TYPE_MARK, 0x0F22)', () => {
    const record = systemRecord(0x0f22, new ByteWriter().wideSz('test begins').done(), 0);
    expect(data(record)).toEqual({ Message: 'test begins' });
    expect(classicName(record)).toMatchObject({ className: 'PerfInfo', opcodeName: 'Mark' });
    expect(data(systemRecord(0x0f22, new ByteWriter().wide('end').done(), 0))).toEqual({ Message: 'end' });
  });
});

describe('a record that only serves to decode others', () => {
  const WINSAT = 'ed54dff8-c409-4cf6-bf83-05e1e61a09c4';

  test('is shown by length and hash, and with all its bytes on request', () => {
    const record = classicRecord(WINSAT, 37, new TextEncoder().encode('foobar'));
    // FNV-1a of "foobar", from the test vectors of its authors: 0xbf9cf968.
    expect(data(record)).toEqual({ length: 6, hash: 'fnv1a:bf9cf968' });
    expect(JSON.parse(eventData(undefined, record, 'full').json)).toEqual({ bytes: '666f6f626172' });
  });
});
