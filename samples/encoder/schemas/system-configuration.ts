import { ByteWriter } from '../byte-writer.js';
import { FILETIME_OF_UNIX_EPOCH } from '../clock.js';
import { classicRecord } from '../records.js';

/** Event class of the system configuration in merged files. */
const SYSTEM_CONFIGURATION = '9b79ee91-b5fd-41c0-a243-4248e266e9d0';
const Opcode = {
  build: 32,
  systemPaths: 33,
  volume: 34,
  pathMapping: 35,
  networkInterface: 36,
  versions: 37,
} as const;
/** sizeof(MIB_IF_ROW2) (netioapi.h). */
const INTERFACE_ROW_SIZE = 1352;
/** IF_MAX_STRING_SIZE + 1 (ifdef.h). */
const NAME_UNITS = 257;
/** IF_MAX_PHYS_ADDRESS_LENGTH (ifdef.h). */
const ADDRESS_SIZE = 32;

/** A row of the interface table (MIB_IF_ROW2). */
export interface InterfaceRow {
  readonly index: number;
  readonly guid: string;
  readonly alias: string;
  readonly description: string;
  readonly mac: Uint8Array;
  readonly mtu?: number;
  /** IANA ifType: 6 Ethernet, 71 802.11, 131 tunnel, 243/244 WWAN. */
  readonly type?: number;
  /** NDIS_MEDIUM: 0 802.3, 9 WirelessWan, 15 tunnel, 16 native 802.11. */
  readonly medium?: number;
  /** NDIS_PHYSICAL_MEDIUM. */
  readonly physicalMedium?: number;
  /** Bits a second; 0 for an interface that is down. */
  readonly speed?: bigint;
  /** InterfaceAndOperStatusFlags: 1 hardware, 2 filter … */
  readonly flags?: number;
}

export interface WindowsHost {
  /** As the registry's BuildLab writes it: `20348.2461.amd64fre.fe_release.210507-1500`. */
  readonly buildText: string;
  readonly productName: string;
  readonly build: number;
  /** Unix time of the installation. */
  readonly installed: bigint;
  readonly interfaces: readonly InterfaceRow[];
}

/** MIB_IF_ROW2 (netioapi.h), 1352 bytes. */
export function interfaceRow(row: InterfaceRow): Uint8Array {
  const type = row.type ?? 6;
  const speed = row.speed ?? 0n;
  const up = speed > 0n;
  const writer = new ByteWriter(INTERFACE_ROW_SIZE)
    // NET_LUID: 24 reserved bits, 24 bits of index, 16 bits of type.
    .u64((BigInt(type) << 48n) | (BigInt(0x8000 + row.index) << 24n))
    .u32(row.index)
    .guid(row.guid)
    .utf16Fixed(row.alias, NAME_UNITS)
    .utf16Fixed(row.description, NAME_UNITS)
    .u32(row.mac.length)
    .bytes(row.mac)
    .zeros(ADDRESS_SIZE - row.mac.length)
    .bytes(row.mac)
    .zeros(ADDRESS_SIZE - row.mac.length)
    .u32(row.mtu ?? 1500)
    .u32(type)
    .u32(0)
    .u32(row.medium ?? 0)
    .u32(row.physicalMedium ?? 0)
    .u32(2) // AccessType: broadcast
    .u32(0)
    .u8(row.flags ?? 1)
    .zeros(3)
    .u32(up ? 1 : 6)
    .u32(1)
    .u32(up ? 1 : 2)
    .guid('fde23e59-0f14-11ef-86bd-806e6f6e6963')
    .u32(1)
    .align(8)
    .u64(speed)
    .u64(speed);
  return writer.zeros(INTERFACE_ROW_SIZE - writer.length).take();
}

/** The system configuration records, with the order and the contents of `netsh trace stop`. */
export function systemConfigurationRecords(host: WindowsHost, time: bigint): Uint8Array[] {
  const record = (opcode: number, data: ByteWriter): Uint8Array =>
    classicRecord({ eventClass: SYSTEM_CONFIGURATION, opcode, time, data: data.take() });
  return [
    record(Opcode.systemPaths, new ByteWriter().utf16z('C:\\Windows\\system32').utf16z('C:\\Windows')),
    record(Opcode.volume, new ByteWriter().utf16z('\\Device\\HarddiskVolume4').utf16z('C:')),
    record(Opcode.pathMapping, new ByteWriter().utf16z('\\??\\').utf16z('')),
    record(Opcode.pathMapping, new ByteWriter().utf16z('\\SystemRoot\\').utf16z('C:\\Windows\\')),
    ...host.interfaces.map((row) =>
      record(Opcode.networkInterface, new ByteWriter().bytes(interfaceRow(row))),
    ),
    record(
      Opcode.build,
      new ByteWriter()
        .u64(host.installed + FILETIME_OF_UNIX_EPOCH)
        .utf16z(host.buildText)
        .utf16z(host.productName),
    ),
    record(Opcode.versions, new ByteWriter().u16(0x099d).u16(host.build).u16(0).u16(10).u16(9).u16(0).u32(0)),
  ];
}
