import type { EventRecord, RecordCopy } from '../../etl/index.js';
import type { CaptureLocation } from '../../host/index.js';
import { LinkType } from '../../net/index.js';
import { originalLength } from '../original-length.js';
import type { Packet, WifiMetadata } from '../packet.js';
import { ProtectedBitClearer } from '../wifi.js';
import { FragmentAssembler } from './fragments.js';
import {
  applyPathKeywords,
  hasMedium,
  isEnd,
  isReceive,
  isSend,
  isStart,
  isTruncated,
  isWholeEthernet,
  isWifi,
  linkTypeOf,
} from './ndis-keywords.js';
import {
  beginPacket,
  type Outcome,
  type PacketDecoder,
  type PacketSource,
  type SourceContext,
} from './source.js';

const PACKET_FRAGMENT = 1001;
const PACKET_METADATA = 1002;

/** Both events: MiniportIfIndex u32, LowerIfIndex u32, size u32, then that many bytes. */
const HEADER = 12;

/** The size of DOT11_EXTSTA_RECV_CONTEXT (windot11.h), the same on 32-bit and 64-bit Windows. */
const RECEIVE_CONTEXT = 48;

/** The layer below a capture driver instance, and its locations by link type. */
interface NdisInterface {
  readonly miniportIfIndex: number;
  readonly lowerIfIndex: number;
  /** Counts interfaces, for keys. */
  readonly index: number;
  readonly captureLocations: Map<number, CaptureLocation>;
  /** The last location. */
  captureLocation: CaptureLocation | undefined;
}

/**
 * Microsoft-Windows-NDIS-PacketCapture, events 1001 and 1002: frames at each layer of an NDIS stack.
 *
 * A packet of several events (Windows 7 and 8) becomes one packet with the header of its last event: only then is it
 * whole, so time, process and thread are that event's, as in etl2pcapng.
 */
export const ndisSource: PacketSource = {
  name: 'ndis',
  providerId: '2ed6006e-4729-4609-b423-3ee7bcd678ef',
  eventIds: [PACKET_FRAGMENT, PACKET_METADATA],
  createDecoder: (context) => new NdisDecoder(context),
};

/** Metadata whose packet has not been read yet, with its record in case there is none. */
interface KeptMetadata {
  readonly metadata: WifiMetadata;
  readonly copy: RecordCopy | undefined;
}

class NdisDecoder implements PacketDecoder {
  readonly #context: SourceContext;
  readonly #interfaces = new Map<number, Map<number, NdisInterface>>();
  #interfaceCount = 0;
  #last: NdisInterface | undefined;
  readonly #fragments: FragmentAssembler;
  readonly #metadata = new Map<number, KeptMetadata>();
  readonly #clearer = new ProtectedBitClearer();

  constructor(context: SourceContext) {
    this.#context = context;
    this.#fragments = new FragmentAssembler(context);
  }

  /** Hot path: a whole Ethernet packet is decoded without allocating. */
  decode(record: EventRecord, id: number, packet: Packet): Outcome {
    const { view, payloadOffset, payloadLength } = record;
    if (payloadLength < HEADER) return this.#context.damaged('shorter than its fixed fields');
    const size = view.getUint32(payloadOffset + 8, true);
    if (size > payloadLength - HEADER) return this.#context.damaged('its data is longer than the event');
    const nic = this.#interface(view.getUint32(payloadOffset, true), view.getUint32(payloadOffset + 4, true));
    const start = payloadOffset + HEADER;
    if (id === PACKET_METADATA) return this.#keepMetadata(record, nic, start, size);

    const { keywordLow } = record;
    packet.point(record.bytes, view, start, size);
    let wholeLength = size;
    if (!isStart(keywordLow) || !isEnd(keywordLow) || !this.#fragments.isEmpty) {
      const key = waitingKey(nic, record.processor) * 2 + (isSend(record.keywordHigh) ? 1 : 0);
      const outcome = this.#fragments.assemble(key, keywordLow, packet, record);
      if (outcome !== 'packet') return outcome;
      wholeLength = this.#fragments.wholeLength;
    }
    // Nothing was captured: an event without packet.
    if (packet.length === 0) return 'event';
    beginPacket(record, packet);
    applyPathKeywords(record, packet);
    const linkType = linkTypeOf(keywordLow, packet.bytes, packet.start, packet.length);
    packet.captureLocation =
      nic.captureLocation?.linkType === linkType ? nic.captureLocation : this.#captureLocation(nic, linkType);
    const inferred = originalLength(linkType, packet.bytes, packet.start, packet.length);
    packet.originalLength = Math.max(wholeLength, inferred);
    packet.lengthUnknown = isTruncated(keywordLow) && packet.originalLength === packet.length;
    if (payloadLength - HEADER - size >= 8) {
      packet.gftFlowLow = view.getUint32(start + size, true);
      packet.gftFlowHigh = view.getUint32(start + size + 4, true);
    }
    if (linkType === LinkType.ieee80211) this.#finishWifi(record, nic, packet);
    return 'packet';
  }

  /** Hot path: a whole Ethernet packet of an interface that another one was of. */
  repeats(record: EventRecord, id: number): boolean {
    const { view, payloadOffset, payloadLength } = record;
    if (id !== PACKET_FRAGMENT || payloadLength <= HEADER) return false;
    if (!isWholeEthernet(record.keywordLow) || !this.#fragments.isEmpty) return false;
    const size = view.getUint32(payloadOffset + 8, true);
    if (size === 0 || size > payloadLength - HEADER) return false;
    const nic = this.#find(view.getUint32(payloadOffset, true), view.getUint32(payloadOffset + 4, true));
    return nic?.captureLocations.has(LinkType.ethernet) ?? false;
  }

  finish(): void {
    this.#fragments.finish();
    for (const key of [...this.#metadata.keys()]) this.#orphanMetadata(key);
  }

  #interface(miniportIfIndex: number, lowerIfIndex: number): NdisInterface {
    const known = this.#find(miniportIfIndex, lowerIfIndex);
    if (known !== undefined) return known;
    let byLower = this.#interfaces.get(miniportIfIndex);
    if (byLower === undefined) {
      byLower = new Map();
      this.#interfaces.set(miniportIfIndex, byLower);
    }
    const nic = {
      miniportIfIndex,
      lowerIfIndex,
      index: this.#interfaceCount++,
      captureLocations: new Map<number, CaptureLocation>(),
      captureLocation: undefined,
    };
    byLower.set(lowerIfIndex, nic);
    this.#last = nic;
    return nic;
  }

  #find(miniportIfIndex: number, lowerIfIndex: number): NdisInterface | undefined {
    const last = this.#last;
    if (last?.miniportIfIndex === miniportIfIndex && last.lowerIfIndex === lowerIfIndex) return last;
    const nic = this.#interfaces.get(miniportIfIndex)?.get(lowerIfIndex);
    if (nic !== undefined) this.#last = nic;
    return nic;
  }

  #captureLocation(nic: NdisInterface, linkType: number): CaptureLocation {
    const { miniportIfIndex, lowerIfIndex } = nic;
    let captureLocation = nic.captureLocations.get(linkType);
    if (captureLocation === undefined) {
      const key = `ndis:${linkType}:${miniportIfIndex}:${lowerIfIndex}`;
      captureLocation = this.#context.registry.intern({
        source: 'ndis',
        linkType,
        key,
        miniportIfIndex,
        lowerIfIndex,
      });
      nic.captureLocations.set(linkType, captureLocation);
    }
    nic.captureLocation = captureLocation;
    return captureLocation;
  }

  #keepMetadata(record: EventRecord, nic: NdisInterface, at: number, size: number): Outcome {
    const { keywordHigh, keywordLow, view } = record;
    // On send the driver logs another structure, DOT11_EXTSTA_SEND_CONTEXT.
    if (size !== RECEIVE_CONTEXT || !isReceive(keywordHigh)) return 'event';
    if (hasMedium(keywordLow) && !isWifi(keywordLow)) return 'event';
    const key = waitingKey(nic, record.processor);
    this.#orphanMetadata(key);
    // DOT11_EXTSTA_RECV_CONTEXT: NDIS_OBJECT_HEADER, uReceiveFlags 4, uPhyId 8, uChCenterFrequency 12,
    // usNumberOfMPDUsReceived 16, lRSSI 20, ucDataRate 24.
    this.#metadata.set(key, {
      metadata: {
        receiveFlags: view.getUint32(at + 4, true),
        phyId: view.getUint32(at + 8, true),
        centerChannel: view.getUint32(at + 12, true),
        mpdusReceived: view.getUint16(at + 16, true),
        rssi: view.getInt32(at + 20, true),
        dataRate: view.getUint8(at + 24),
      },
      copy: this.#context.wantsOrphans() ? record.copy() : undefined,
    });
    return 'merged';
  }

  /** Metadata followed by other metadata or the trace's end: it has no packet. */
  #orphanMetadata(key: number): void {
    const kept = this.#metadata.get(key);
    if (kept === undefined) return;
    this.#metadata.delete(key);
    this.#context.losses.metadataWithoutPacket++;
    if (kept.copy !== undefined) this.#context.orphaned(kept.copy, 'no packet follows the 802.11 metadata');
  }

  #finishWifi(record: EventRecord, nic: NdisInterface, packet: Packet): void {
    this.#clearer.clear(packet);
    if (!isReceive(record.keywordHigh)) return;
    const key = waitingKey(nic, record.processor);
    packet.wifi = this.#metadata.get(key)?.metadata;
    this.#metadata.delete(key);
  }
}

/** Parts belong together on one interface and one processor. */
const waitingKey = (nic: NdisInterface, processor: number): number => nic.index * 0x1_0000 + processor;
