import { Direction, type Packet } from './packet.js';

/** Work that a packet's out-of-band data leave to the NIC, or report that the NIC did: bits of {@link Packet.offload}. */
export const Offload = {
  /** Transmit: the NIC computes a checksum of IP, TCP or UDP. */
  checksum: 1,
  /** Receive: the NIC verified a checksum. */
  checksumValid: 2,
  /** Receive: the NIC found a wrong checksum. */
  checksumFailed: 4,
  /** Transmit: the NIC splits a TCP packet (large send offload). */
  largeSend: 8,
  /** Transmit: the NIC splits a UDP packet (UDP segmentation offload). */
  udpSegmentation: 16,
  /** Receive: joined from several TCP segments (receive segment coalescing). */
  coalesced: 32,
} as const;

const NAMES: readonly (readonly [bit: number, name: string])[] = [
  [Offload.checksum, 'checksum'],
  [Offload.checksumValid, 'checksum-valid'],
  [Offload.checksumFailed, 'checksum-failed'],
  [Offload.largeSend, 'lso'],
  [Offload.udpSegmentation, 'uso'],
  [Offload.coalesced, 'rsc'],
];

/** `checksum,lso`; empty for no offload. */
export const offloadText = (bits: number): string =>
  NAMES.filter(([bit]) => (bits & bit) !== 0)
    .map(([, name]) => name)
    .join(',');

/** epb_flags (pcapng, Enhanced Packet Block Flags Word): bit 9 checksum not ready, 10 valid, 11 segmentation offloaded. */
const FLAG_CHECKSUM_NOT_READY = 1 << 9;
const FLAG_CHECKSUM_VALID = 1 << 10;
const FLAG_SEGMENTATION = 1 << 11;
const SEGMENTATION = Offload.largeSend | Offload.udpSegmentation | Offload.coalesced;

/** Hot path. The bits of epb_flags for offloads. */
export function offloadFlags(bits: number): number {
  if (bits === 0) return 0;
  const isValid = (bits & (Offload.checksumValid | Offload.checksumFailed)) === Offload.checksumValid;
  return (
    ((bits & Offload.checksum) !== 0 ? FLAG_CHECKSUM_NOT_READY : 0) |
    (isValid ? FLAG_CHECKSUM_VALID : 0) |
    ((bits & SEGMENTATION) !== 0 ? FLAG_SEGMENTATION : 0)
  );
}

/**
 * NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO (ndis/nblchecksum.h). Transmit: bit 0 IsIPv4, 1 IsIPv6, 2 TcpChecksum,
 * 3 UdpChecksum, 4 IpHeaderChecksum, 16-25 TcpHeaderOffset. Receive: bits 0-2 TCP, UDP, IP checksum failed, 3-5 succeeded,
 * 6 loopback, 7-8 value invalid.
 */
const TRANSMIT_IP_VERSION = 3;
const TRANSMIT_CHECKSUMS = 0x1c;
const HEADER_OFFSET_SHIFT = 16;
const RECEIVE_FAILED = 7;
const RECEIVE_SUCCEEDED = 0x38;
const RECEIVE_ONLY = 0x1e0;

/**
 * NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO and, in the slot of receive segment coalescing,
 * NDIS_UDP_SEGMENTATION_OFFLOAD_NET_BUFFER_LIST_INFO: bits 0-19 MSS, 20-29 offset of the TCP or UDP header. On receive the
 * first slot has another meaning, and the second one is NDIS_RSC_NBL_INFO: CoalescedSegCount u16, DupAckCount u16.
 */
const MSS = 0xf_ffff;
const SEGMENT_OFFSET_SHIFT = 20;
const SEGMENT_OFFSET = 0x3ff;

/**
 * Hot path. Sets a packet's offloads from the out-of-band data of its NBL. The same bits mean different work for sent
 * and received packets; at a switch port the direction does not say which, so the bits must.
 *
 * @param checksum lower 32 bits of TcpIpChecksumNetBufferListInfo
 * @param largeSend lower 32 bits of TcpLargeSendNetBufferListInfo
 * @param coalescing lower 32 bits of TcpRecvSegCoalesceInfo, or UdpSegmentationOffloadInfo
 */
export function applyOffloads(checksum: number, largeSend: number, coalescing: number, packet: Packet): void {
  if ((checksum | largeSend | coalescing) === 0) return;
  const isSend = isTransmit(checksum, largeSend, packet);
  let bits = 0;
  if (isSend) {
    if ((checksum & TRANSMIT_CHECKSUMS) !== 0) bits |= Offload.checksum;
    if (isSegmentation(largeSend)) bits |= Offload.largeSend;
    if (isSegmentation(coalescing)) bits |= Offload.udpSegmentation;
  } else {
    if ((checksum & RECEIVE_SUCCEEDED) !== 0) bits |= Offload.checksumValid;
    if ((checksum & RECEIVE_FAILED) !== 0) bits |= Offload.checksumFailed;
    if ((coalescing & 0xffff) > 1) bits |= Offload.coalesced;
  }
  packet.offload = bits;
}

/** Whether the data describe a packet that is sent. */
function isTransmit(checksum: number, largeSend: number, packet: Packet): boolean {
  const { directionText } = packet;
  const isAtSwitch = directionText === 'Ingress' || directionText === 'Egress';
  if (!isAtSwitch && packet.direction !== Direction.unknown) return packet.direction === Direction.outbound;
  if (checksum >>> HEADER_OFFSET_SHIFT !== 0) return true;
  const version = checksum & TRANSMIT_IP_VERSION;
  const hasOneVersion = version === 1 || version === 2;
  if (checksum !== 0) {
    return hasOneVersion && (checksum & TRANSMIT_CHECKSUMS) !== 0 && (checksum & RECEIVE_ONLY) === 0;
  }
  return isSegmentation(largeSend);
}

const isSegmentation = (info: number): boolean =>
  (info & MSS) !== 0 && ((info >>> SEGMENT_OFFSET_SHIFT) & SEGMENT_OFFSET) !== 0;
