import { formatGuid } from '../etl/index.js';

/** Size of MIB_IF_ROW2 (netioapi.h), the same on 32-bit and 64-bit Windows. */
export const MIB_IF_ROW2_SIZE = 1352;

// Offsets in MIB_IF_ROW2 (netioapi.h; docs/format/trace-metadata.md, "System configuration").
const ALIAS_AT = 28;
const DESCRIPTION_AT = 542;
/** IF_MAX_STRING_SIZE + 1 UTF-16 units. */
const STRING_BYTES = 514;
const ADDRESS_LENGTH_AT = 1056;
const ADDRESS_AT = 1060;
const PERMANENT_ADDRESS_AT = 1092;
/** IF_MAX_PHYS_ADDRESS_LENGTH. */
const MAX_ADDRESS_LENGTH = 32;
const COUNTERS_AT = 1208;

/** Unknown link speeds are all ones. */
const UNKNOWN_SPEED = 0xffff_ffff_ffff_ffffn;

/** Counters of an interface since it came up, as MIB_IF_ROW2 has them. */
export interface InterfaceCounters {
  readonly inOctets: bigint;
  readonly inUnicastPackets: bigint;
  readonly inNonUnicastPackets: bigint;
  readonly inDiscards: bigint;
  readonly inErrors: bigint;
  readonly inUnknownProtocols: bigint;
  readonly inUnicastOctets: bigint;
  readonly inMulticastOctets: bigint;
  readonly inBroadcastOctets: bigint;
  readonly outOctets: bigint;
  readonly outUnicastPackets: bigint;
  readonly outNonUnicastPackets: bigint;
  readonly outDiscards: bigint;
  readonly outErrors: bigint;
  readonly outUnicastOctets: bigint;
  readonly outMulticastOctets: bigint;
  readonly outBroadcastOctets: bigint;
  readonly outQueueLength: bigint;
}

/** One network interface when the trace was stopped: MIB_IF_ROW2. */
export interface InterfaceRow {
  /** NET_LUID: unique on this host, stable over reboots. */
  readonly luid: bigint;
  /** Unique on this host until the next reboot. */
  readonly ifIndex: number;
  /** Lower case, no braces. */
  readonly guid: string;
  /** The name that people see and may change: `Wi-Fi 2`, `vEthernet (nat)`. */
  readonly alias: string;
  readonly description: string;
  /** 0 to 32 bytes. */
  readonly physicalAddress: Uint8Array;
  readonly permanentPhysicalAddress: Uint8Array;
  /** Bytes. */
  readonly mtu: number;
  /** IANA ifType: 6 Ethernet, 24 loopback, 71 802.11, 131 tunnel, 243 and 244 mobile broadband. */
  readonly type: number;
  /** TUNNEL_TYPE; 0: no tunnel. */
  readonly tunnelType: number;
  /** NDIS_MEDIUM: 0 Ethernet, 16 802.11, 19 IP. */
  readonly mediaType: number;
  /** NDIS_PHYSICAL_MEDIUM. */
  readonly physicalMediumType: number;
  readonly accessType: number;
  readonly directionType: number;
  /** Bits: 1 hardware, 2 filter, 4 connector, 8 not authenticated, 16 not connected, 32 paused, 64 low power, 128 endpoint. */
  readonly flags: number;
  /** IF_OPER_STATUS: 1 up, 2 down, 6 not present, 7 lower layer down. */
  readonly operStatus: number;
  /** 1 up, 2 down. */
  readonly adminStatus: number;
  /** 0 unknown, 1 connected, 2 disconnected. */
  readonly mediaConnectState: number;
  readonly networkGuid: string;
  /** 1 dedicated, 2 passive, 3 demand. */
  readonly connectionType: number;
  /** Bits per second; absent if unknown. */
  readonly transmitLinkSpeed?: bigint;
  readonly receiveLinkSpeed?: bigint;
  readonly counters: InterfaceCounters;
}

const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });

/** UTF-16 in an array of fixed size: up to the first NUL. */
export function fixedString(bytes: Uint8Array, at: number, size: number): string {
  const text = utf16.decode(bytes.subarray(at, at + size));
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}

/** @returns undefined if the payload is shorter than the structure. */
export function readInterfaceRow(payload: Uint8Array): InterfaceRow | undefined {
  if (payload.length < MIB_IF_ROW2_SIZE) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, MIB_IF_ROW2_SIZE);
  const u32 = (at: number): number => view.getUint32(at, true);
  const u64 = (at: number): bigint => view.getBigUint64(at, true);
  const counter = (n: number): bigint => u64(COUNTERS_AT + 8 * n);
  const addressLength = Math.min(u32(ADDRESS_LENGTH_AT), MAX_ADDRESS_LENGTH);
  const transmitLinkSpeed = u64(1192);
  const receiveLinkSpeed = u64(1200);
  return {
    luid: u64(0),
    ifIndex: u32(8),
    guid: formatGuid(payload, 12),
    alias: fixedString(payload, ALIAS_AT, STRING_BYTES),
    description: fixedString(payload, DESCRIPTION_AT, STRING_BYTES),
    physicalAddress: payload.slice(ADDRESS_AT, ADDRESS_AT + addressLength),
    permanentPhysicalAddress: payload.slice(PERMANENT_ADDRESS_AT, PERMANENT_ADDRESS_AT + addressLength),
    mtu: u32(1124),
    type: u32(1128),
    tunnelType: u32(1132),
    mediaType: u32(1136),
    physicalMediumType: u32(1140),
    accessType: u32(1144),
    directionType: u32(1148),
    flags: view.getUint8(1152),
    operStatus: u32(1156),
    adminStatus: u32(1160),
    mediaConnectState: u32(1164),
    networkGuid: formatGuid(payload, 1168),
    connectionType: u32(1184),
    ...(transmitLinkSpeed === UNKNOWN_SPEED ? {} : { transmitLinkSpeed }),
    ...(receiveLinkSpeed === UNKNOWN_SPEED ? {} : { receiveLinkSpeed }),
    counters: {
      inOctets: counter(0),
      inUnicastPackets: counter(1),
      inNonUnicastPackets: counter(2),
      inDiscards: counter(3),
      inErrors: counter(4),
      inUnknownProtocols: counter(5),
      inUnicastOctets: counter(6),
      inMulticastOctets: counter(7),
      inBroadcastOctets: counter(8),
      outOctets: counter(9),
      outUnicastPackets: counter(10),
      outNonUnicastPackets: counter(11),
      outDiscards: counter(12),
      outErrors: counter(13),
      outUnicastOctets: counter(14),
      outMulticastOctets: counter(15),
      outBroadcastOctets: counter(16),
      outQueueLength: counter(17),
    },
  };
}

/** Names of IF_OPER_STATUS (ifdef.h). */
export const OPER_STATUS: ReadonlyMap<number, string> = new Map([
  [1, 'up'],
  [2, 'down'],
  [3, 'testing'],
  [4, 'unknown'],
  [5, 'dormant'],
  [6, 'not present'],
  [7, 'lower layer down'],
]);
