import { applyOffloads } from '../offload.js';
import { type Packet, UNKNOWN } from '../packet.js';

/**
 * Slots of NET_BUFFER_LIST.NetBufferListInfo[] (public ndis/nblinfo.h, NDIS_NET_BUFFER_LIST_INFO). A slot is as large as
 * a pointer.
 */
const SLOT_CHECKSUM = 0;
const SLOT_LARGE_SEND = 2;
const SLOT_8021Q = 4;
const SLOT_HASH_VALUE = 8;
const SLOT_HASH_INFO = 9;
/** 64-bit, NDIS 6.30 and later. */
const SLOT64_FORWARDING_DETAIL = 19;
const SLOT64_VIRTUAL_SUBNET = 20;
/** NDIS 6.30 and later. */
const SLOT64_COALESCING = 22;
const SLOT32_COALESCING = 19;
/** 64-bit, NDIS 6.50 and later. */
const SLOT64_GFT_FLOW_ENTRY = 25;
/** 32-bit, NDIS 6.82 and later, which append the switch's slots after the others: 27 slots in all. */
const SLOT32_FORWARDING_DETAIL_LOW = 24;
const SLOT32_FORWARDING_DETAIL_HIGH = 25;
const SLOT32_VIRTUAL_SUBNET = 26;

/**
 * Hot path. Sets offloads, VLAN, priority, RSS hash, VSID, team member and GFT flow from a packet's out-of-band data
 * (event 1003, OOBData).
 *
 * @param portId the port in the event itself. The forwarding detail repeats it: if it differs, the slots are not the
 *   documented ones, and VSID, team member and GFT flow are not set
 */
export function readNblInfo(
  view: DataView,
  at: number,
  length: number,
  pointerSize: 4 | 8,
  portId: number,
  packet: Packet,
): void {
  const slots = Math.floor(length / pointerSize);
  const coalescingSlot = pointerSize === 8 ? SLOT64_COALESCING : SLOT32_COALESCING;
  if (slots > SLOT_LARGE_SEND) {
    applyOffloads(
      view.getUint32(at + SLOT_CHECKSUM * pointerSize, true),
      view.getUint32(at + SLOT_LARGE_SEND * pointerSize, true),
      slots > coalescingSlot ? view.getUint32(at + coalescingSlot * pointerSize, true) : 0,
      packet,
    );
  }
  if (slots > SLOT_8021Q) applyVlan(view.getUint32(at + SLOT_8021Q * pointerSize, true), packet);
  if (slots > SLOT_HASH_INFO) {
    applyHash(
      view.getUint32(at + SLOT_HASH_VALUE * pointerSize, true),
      view.getUint32(at + SLOT_HASH_INFO * pointerSize, true),
      packet,
    );
  }
  if (pointerSize === 8) {
    if (slots <= SLOT64_VIRTUAL_SUBNET) return;
    const detail = view.getUint32(at + SLOT64_FORWARDING_DETAIL * 8, true);
    if (!namesPort(detail, portId)) return;
    applyTeamMember(view.getUint32(at + SLOT64_FORWARDING_DETAIL * 8 + 4, true), packet);
    applyVirtualSubnet(view.getUint32(at + SLOT64_VIRTUAL_SUBNET * 8, true), packet);
    if (slots > SLOT64_GFT_FLOW_ENTRY) {
      packet.gftFlowLow = view.getUint32(at + SLOT64_GFT_FLOW_ENTRY * 8, true);
      packet.gftFlowHigh = view.getUint32(at + SLOT64_GFT_FLOW_ENTRY * 8 + 4, true);
    }
    return;
  }
  if (slots <= SLOT32_VIRTUAL_SUBNET) return;
  const detail = view.getUint32(at + SLOT32_FORWARDING_DETAIL_LOW * 4, true);
  if (!namesPort(detail, portId)) return;
  applyTeamMember(view.getUint32(at + SLOT32_FORWARDING_DETAIL_HIGH * 4, true), packet);
  applyVirtualSubnet(view.getUint32(at + SLOT32_VIRTUAL_SUBNET * 4, true), packet);
}

/** NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO, bits 16 to 31; 0 if unset. */
export const sourcePortOf = (forwardingDetailLow: number): number => forwardingDetailLow >>> 16;

/** Members of a team have NIC indexes from 1 on; 0 is the only NIC of a port, or none. */
const MAX_NIC_INDEX = 32;

/** NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO, bits 32 to 39: SourceNicIndex. */
export function applyTeamMember(forwardingDetailHigh: number, packet: Packet): void {
  const index = forwardingDetailHigh & 0xff;
  if (index !== 0 && index <= MAX_NIC_INDEX) packet.nicIndex = index;
}

function namesPort(forwardingDetailLow: number, portId: number): boolean {
  const named = sourcePortOf(forwardingDetailLow);
  return named === 0 || named === (portId & 0xffff);
}

/** NDIS_NET_BUFFER_LIST_8021Q_INFO: bits 0-2 priority, 3 canonical format, 4-15 VLAN id. 0 and 4095 are no VLAN. */
export function applyVlan(info: number, packet: Packet): void {
  const vlan = (info >>> 4) & 0xfff;
  if (vlan !== 0 && vlan !== 0xfff) packet.vlanId = vlan;
  const priority = info & 7;
  if (priority !== 0) packet.priority = priority;
}

/** A hash of 0 is valid only if its type and function (NetBufferListHashInfo) are set. */
export function applyHash(value: number, info: number, packet: Packet): void {
  packet.hashValue = value === 0 && info === 0 ? UNKNOWN : value;
}

/** NDIS_NET_BUFFER_LIST_VIRTUAL_SUBNET_INFO: bits 0-23. */
export function applyVirtualSubnet(info: number, packet: Packet): void {
  const vsid = info & 0xff_ffff;
  if (vsid !== 0) packet.vsid = vsid;
}
