import { ByteWriter } from '../encoder/index.js';

export const NDIS_PACKET_CAPTURE = '2ed6006e-4729-4609-b423-3ee7bcd678ef';

/** Keywords of the events' headers (NDIS-PacketCapture manifest). */
export const NdisKeyword = {
  ethernet: 0x1n,
  wirelessWan: 0x200n,
  tunnel: 0x8000n,
  native80211: 0x1_0000n,
  vmSwitch: 0x100_0000n,
  truncated: 0x200_0000n,
  packetStart: 0x4000_0000n,
  packetEnd: 0x8000_0000n,
  send: 0x1_0000_0000n,
  receive: 0x2_0000_0000n,
  dropped: 0x100_0000_0000n,
  packet: 0x400_0000_0000n,
} as const;

/** Slots of NET_BUFFER_LIST.NetBufferListInfo on 64-bit Windows (nblinfo.h), and how many NDIS 6.80 has. */
export const NblInfoSlot = {
  tcpIpChecksum: 0,
  tcpLargeSend: 2,
  ieee8021q: 4,
  hashValue: 8,
  hashInfo: 9,
  switchForwardingDetail: 19,
  virtualSubnetInfo: 20,
  tcpRecvSegCoalesceInfo: 22,
  gftFlowEntryId: 25,
} as const;
const NBL_INFO_SLOTS = 27;
/** NDIS 6.30 on 32-bit Windows: slots 18 to 20 and those of GFT are missing. */
const NBL_INFO_SLOTS_32 = 21;

/** NetBufferListHashInfo: NdisHashFunctionToeplitz | NDIS_HASH_IPV4 (ndis.h). */
const TOEPLITZ_IPV4 = 0x101n;

export interface NdisInterfaceIds {
  readonly miniportIfIndex: number;
  readonly lowerIfIndex: number;
}

/** 1001: a packet or a fragment of one. It has GFT fields since build 17763. */
export function packetFragment(
  ids: NdisInterfaceIds,
  fragment: Uint8Array,
  gft?: { readonly flowEntryId: bigint; readonly offloadInformation: bigint },
): Uint8Array {
  const writer = new ByteWriter(fragment.length + 32)
    .u32(ids.miniportIfIndex)
    .u32(ids.lowerIfIndex)
    .u32(fragment.length)
    .bytes(fragment);
  if (gft !== undefined) writer.u64(gft.flowEntryId).u64(gft.offloadInformation);
  return writer.take();
}

/** 1002: the driver's metadata of the 802.11 frame that follows. */
export function packetMetadata(ids: NdisInterfaceIds, metadata: Uint8Array): Uint8Array {
  return new ByteWriter()
    .u32(ids.miniportIfIndex)
    .u32(ids.lowerIfIndex)
    .u32(metadata.length)
    .bytes(metadata)
    .take();
}

export interface WifiReceiveContext {
  readonly receiveFlags: number;
  /** Position in the adapter's table of PHY types. */
  readonly phyId: number;
  /** MHz. */
  readonly centerFrequency: number;
  readonly mpdusReceived: number;
  /** dBm. */
  readonly rssi: number;
  /** Units of 500 kbit/s. */
  readonly dataRate: number;
}

/** DOT11_EXTSTA_RECV_CONTEXT (windot11.h) of 64-bit Windows, 48 bytes. */
export function wifiReceiveContext(context: WifiReceiveContext): Uint8Array {
  return new ByteWriter()
    .u8(0x80) // NDIS_OBJECT_TYPE_DEFAULT
    .u8(1)
    .u16(48)
    .u32(context.receiveFlags)
    .u32(context.phyId)
    .u32(context.centerFrequency)
    .u16(context.mpdusReceived)
    .align(4)
    .u32(context.rssi)
    .u8(context.dataRate)
    .align(4)
    .u32(0)
    .u64(0n)
    .u64(0n)
    .take();
}

export interface SwitchPort {
  readonly portId: number;
  readonly portName: string;
  readonly nicName: string;
  /** External, Internal, Synthetic, Emulated. */
  readonly nicType: string;
}

/** The out-of-band data of the NBL. */
export interface OutOfBand {
  readonly vlanId?: number;
  /** 802.1p priority, 0 to 7. */
  readonly priority?: number;
  readonly hashValue?: number;
  readonly vsid?: number;
  readonly sourcePortId?: number;
  readonly gftFlowEntryId?: bigint;
  /** NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO. */
  readonly checksum?: number;
  /** NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO. */
  readonly largeSend?: number;
  /** NDIS_RSC_NBL_INFO on receive, NDIS_UDP_SEGMENTATION_OFFLOAD_NET_BUFFER_LIST_INFO on transmit. */
  readonly coalescing?: number;
  /** SourceNicIndex of the forwarding detail, if there is a source port. */
  readonly sourceNicIndex?: number;
}

/** NetBufferListInfo as raw slots of pointer size. */
export function nblInfo(outOfBand: OutOfBand, pointerSize: 4 | 8 = 8): Uint8Array {
  const slots = new Map<number, bigint>();
  const { vlanId, priority, hashValue, vsid, sourcePortId, gftFlowEntryId } = outOfBand;
  if (vlanId !== undefined || priority !== undefined) {
    slots.set(NblInfoSlot.ieee8021q, BigInt(((vlanId ?? 0) << 4) | (priority ?? 0)));
  }
  if (hashValue !== undefined) {
    slots.set(NblInfoSlot.hashValue, BigInt(hashValue));
    slots.set(NblInfoSlot.hashInfo, TOEPLITZ_IPV4);
  }
  const { checksum, coalescing, largeSend, sourceNicIndex = 0 } = outOfBand;
  if (checksum !== undefined) slots.set(NblInfoSlot.tcpIpChecksum, BigInt(checksum));
  if (largeSend !== undefined) slots.set(NblInfoSlot.tcpLargeSend, BigInt(largeSend));
  if (pointerSize === 8) {
    if (coalescing !== undefined) slots.set(NblInfoSlot.tcpRecvSegCoalesceInfo, BigInt(coalescing));
    if (vsid !== undefined) slots.set(NblInfoSlot.virtualSubnetInfo, BigInt(vsid));
    if (sourcePortId !== undefined) {
      // One destination available, packet data safe.
      const detail = 1n | (BigInt(sourcePortId) << 16n) | (BigInt(sourceNicIndex) << 32n) | (1n << 42n);
      slots.set(NblInfoSlot.switchForwardingDetail, detail);
    }
    if (gftFlowEntryId !== undefined) slots.set(NblInfoSlot.gftFlowEntryId, gftFlowEntryId);
  }
  const writer = new ByteWriter();
  const count = pointerSize === 8 ? NBL_INFO_SLOTS : NBL_INFO_SLOTS_32;
  for (let slot = 0; slot < count; slot++) writer.pointer(slots.get(slot) ?? 0n, pointerSize);
  return writer.take();
}

/** 1003: a packet at the vSwitch. */
export function switchPacketFragment(
  ids: NdisInterfaceIds,
  source: SwitchPort,
  destinations: readonly SwitchPort[],
  fragment: Uint8Array,
  outOfBand: Uint8Array,
): Uint8Array {
  const writer = new ByteWriter(fragment.length + 1024)
    .u32(ids.miniportIfIndex)
    .u32(ids.lowerIfIndex)
    .u32(source.portId)
    .utf16z(source.portName)
    .utf16z(source.nicName)
    .utf16z(source.nicType)
    .u32(destinations.length);
  for (const port of destinations) {
    writer.u32(port.portId).utf16z(port.portName).utf16z(port.nicName).utf16z(port.nicType);
  }
  return writer.u32(fragment.length).bytes(fragment).u32(outOfBand.length).bytes(outOfBand).take();
}

/** 5101: the layers above an interface; source 1 NDIS, 2 VM-Switch. */
export function packetSourceInfo(
  sourceId: number,
  sourceName: string,
  ifIndex: number,
  layers: readonly { readonly id: number; readonly name: string }[],
): Uint8Array {
  const writer = new ByteWriter().u8(sourceId).utf16z(sourceName).u32(ifIndex).u16(layers.length);
  for (const layer of layers) writer.u32(layer.id).utf16z(layer.name);
  return writer.take();
}
