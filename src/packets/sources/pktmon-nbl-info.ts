import { EventFlags, type EventRecord, HeaderType } from '../../etl/index.js';
import { applyOffloads } from '../offload.js';
import type { Packet } from '../packet.js';
import { applyHash, applyTeamMember, applyVirtualSubnet, applyVlan, sourcePortOf } from './nbl-info.js';
import { high, low, type PktmonLayout } from './pktmon-layout.js';

/** Layouts of the events by id and pointer size; undefined for other ids. */
export interface PktmonLayouts {
  payload(record: EventRecord, id: number): PktmonLayout | undefined;
  nblInfo(record: EventRecord, id: number): PktmonLayout | undefined;
}

/** Number of records that are read ahead for the other half of a packet. */
const PEEK_RECORDS = 16;

/** EVENT_HEADER (docs/format/etl-container.md, "Records"). */
const EVENT_HEADER_SIZE = 80;
const FLAGS_AT = 4;
const PROVIDER_AT = 24;
const EVENT_ID_AT = 40;

/** Names one appearance of an NBL; its packets differ in their numbers only. */
class NblKey {
  #groupHigh = 0;
  #groupLow = 0;
  #appearance = 0;
  #componentId = 0;
  #edgeId = 0;
  /** The packet's number; in NBL information the highest number it is for. */
  #number = 0;

  read(view: DataView, base: number, layout: PktmonLayout): void {
    this.#groupLow = low(view, base, layout.groupId);
    this.#groupHigh = high(view, base, layout.groupId);
    this.#appearance = low(view, base, layout.appearance);
    this.#componentId = low(view, base, layout.componentId);
    this.#edgeId = low(view, base, layout.edgeId);
    this.#number = low(view, base, layout.packetNumber);
  }

  isSameNbl(other: NblKey): boolean {
    return (
      this.#groupLow === other.#groupLow &&
      this.#groupHigh === other.#groupHigh &&
      this.#appearance === other.#appearance &&
      this.#componentId === other.#componentId &&
      this.#edgeId === other.#edgeId
    );
  }

  /**
   * The key of NBL information. Until Windows 10 1909 its field is PktNumber; later it is PktCount, the number of
   * packets in the NBL. In both cases it is at least the number of its packet.
   */
  covers(packet: NblKey): boolean {
    return this.isSameNbl(packet) && packet.#number <= this.#number;
  }
}

/** Out-of-band data of one NBL (nbl-info.ts has the meaning of the values). */
class NblInfo {
  readonly key = new NblKey();
  #bytes: Uint8Array | undefined;
  #offset = 0;
  #checksum = 0;
  #largeSend = 0;
  #coalescing = 0;
  #vlan = 0;
  #hashValue = 0;
  #hashInfo = 0;
  #virtualSubnet = 0;
  #forwardingDetailHigh = 0;
  #forwardingDetailLow = 0;
  #gftFlowHigh = 0;
  #gftFlowLow = 0;

  read(bytes: Uint8Array, view: DataView, offset: number, base: number, layout: PktmonLayout): void {
    this.#bytes = bytes;
    this.#offset = offset;
    this.key.read(view, base, layout);
    this.#checksum = low(view, base, layout.checksum);
    this.#largeSend = low(view, base, layout.largeSend);
    this.#coalescing = low(view, base, layout.coalescing);
    this.#vlan = low(view, base, layout.ieee8021q);
    this.#hashValue = low(view, base, layout.hashValue);
    this.#hashInfo = low(view, base, layout.hashInfo);
    this.#virtualSubnet = low(view, base, layout.virtualSubnet);
    this.#forwardingDetailHigh = high(view, base, layout.forwardingDetail);
    this.#forwardingDetailLow = low(view, base, layout.forwardingDetail);
    this.#gftFlowLow = low(view, base, layout.gftFlow);
    this.#gftFlowHigh = high(view, base, layout.gftFlow);
  }

  /** Whether it was read from this very record. */
  isFrom(record: EventRecord): boolean {
    return this.#bytes === record.bytes && this.#offset === record.offset;
  }

  apply(packet: Packet): void {
    applyOffloads(this.#checksum, this.#largeSend, this.#coalescing, packet);
    applyVlan(this.#vlan, packet);
    applyHash(this.#hashValue, this.#hashInfo, packet);
    applyVirtualSubnet(this.#virtualSubnet, packet);
    packet.gftFlowHigh = this.#gftFlowHigh;
    packet.gftFlowLow = this.#gftFlowLow;
    applyTeamMember(this.#forwardingDetailHigh, packet);
    const port = sourcePortOf(this.#forwardingDetailLow);
    if (port !== 0) packet.sourcePortId = port;
  }
}

/**
 * Joins NBL information (180, 190) and packets in either order: by the last one on the processor, and by reading ahead
 * in the same block of the buffer. Reading ahead ends at the next packet of another NBL.
 */
export class NblInfoMatcher {
  readonly #layouts: PktmonLayouts;
  readonly #infos = new Map<number, NblInfo>();
  readonly #key = new NblKey();
  readonly #peeked = new NblKey();

  constructor(layouts: PktmonLayouts) {
    this.#layouts = layouts;
  }

  /** Hot path. Sets the values of its NBL's information in a packet, if there is any. */
  complete(record: EventRecord, layout: PktmonLayout, packet: Packet): void {
    const before = this.#infos.get(record.processor);
    const isAlone = standsBeforeAnother(record, layout);
    if (before === undefined && isAlone) return;
    this.#key.read(record.view, record.payloadOffset, layout);
    if (before?.key.covers(this.#key)) before.apply(packet);
    else if (!isAlone) this.#findInfoBehind(record)?.apply(packet);
  }

  /**
   * NBL information came.
   *
   * @returns whether it went, or will go, into a packet.
   */
  offer(record: EventRecord, layout: PktmonLayout): boolean {
    const info = this.#infoOf(record.processor);
    if (info.isFrom(record)) return true;
    info.read(record.bytes, record.view, record.offset, record.payloadOffset, layout);
    return this.#findPacketBehind(record, info);
  }

  /** The information that came last on a processor. */
  #infoOf(processor: number): NblInfo {
    let info = this.#infos.get(processor);
    if (info === undefined) {
      info = new NblInfo();
      this.#infos.set(processor, info);
    }
    return info;
  }

  /** Searches for NBL information of {@link #key} after the record; it becomes the processor's last. */
  #findInfoBehind(record: EventRecord): NblInfo | undefined {
    const { bytes, view } = record;
    let at = nextEvent(record, record.offset);
    for (let n = 0; n < PEEK_RECORDS && at > 0; n++, at = nextEvent(record, at)) {
      const id = view.getUint16(at + EVENT_ID_AT, true);
      const base = at + EVENT_HEADER_SIZE;
      const end = at + view.getUint16(at, true);
      const packet = this.#layouts.payload(record, id);
      if (packet !== undefined) {
        if (base + packet.fixedSize > end) return undefined;
        this.#peeked.read(view, base, packet);
        if (!this.#peeked.isSameNbl(this.#key)) return undefined;
        continue;
      }
      const found = this.#layouts.nblInfo(record, id);
      if (found === undefined || base + found.fixedSize > end) continue;
      this.#peeked.read(view, base, found);
      if (this.#peeked.covers(this.#key)) {
        const info = this.#infoOf(record.processor);
        info.read(bytes, view, at, base, found);
        return info;
      }
    }
    return undefined;
  }

  #findPacketBehind(record: EventRecord, info: NblInfo): boolean {
    const { view } = record;
    let at = nextEvent(record, record.offset);
    for (let n = 0; n < PEEK_RECORDS && at > 0; n++, at = nextEvent(record, at)) {
      const packet = this.#layouts.payload(record, view.getUint16(at + EVENT_ID_AT, true));
      if (packet === undefined) continue;
      const base = at + EVENT_HEADER_SIZE;
      if (base + packet.fixedSize > at + view.getUint16(at, true)) return false;
      this.#peeked.read(view, base, packet);
      return info.key.covers(this.#peeked);
    }
    return false;
  }
}

/**
 * Hot path: the usual case, decided by two fields. Whether an event of the same kind and of another group follows: then
 * there is no information about this packet's NBL within reach.
 */
function standsBeforeAnother(record: EventRecord, layout: PktmonLayout): boolean {
  const { bytes, view, offset } = record;
  const at = offset + ((view.getUint16(offset, true) + 7) & ~7);
  const groupAt = layout.groupId.offset;
  if (at + EVENT_HEADER_SIZE + groupAt + 4 > bytes.length) return false;
  return (
    view.getUint16(at + EVENT_ID_AT, true) === view.getUint16(offset + EVENT_ID_AT, true) &&
    view.getUint32(at + EVENT_HEADER_SIZE + groupAt, true) !==
      view.getUint32(record.payloadOffset + groupAt, true)
  );
}

/**
 * Hot path. Offset of the next whole event of the same provider after the one at `offset`; 0 if another kind of record,
 * another provider's event or none follows, or an event with extended data (PktMon's have none).
 */
function nextEvent(record: EventRecord, offset: number): number {
  const { bytes, view } = record;
  const at = offset + ((view.getUint16(offset, true) + 7) & ~7);
  if (at + EVENT_HEADER_SIZE > bytes.length) return 0;
  const size = view.getUint16(at, true);
  const type = bytes[at + 2];
  if (
    (type !== HeaderType.event64 && type !== HeaderType.event32) ||
    size < EVENT_HEADER_SIZE ||
    at + size > bytes.length ||
    (view.getUint16(at + FLAGS_AT, true) & EventFlags.extendedInfo) !== 0
  ) {
    return 0;
  }
  for (let i = PROVIDER_AT; i < PROVIDER_AT + 16; i += 4) {
    if (view.getUint32(at + i, true) !== view.getUint32(record.offset + i, true)) return 0;
  }
  return at;
}
