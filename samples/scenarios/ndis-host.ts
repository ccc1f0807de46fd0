import { type ClockOptions, TraceClock } from '../encoder/index.js';
import {
  NDIS_PACKET_CAPTURE,
  type NdisInterfaceIds,
  NdisKeyword,
  packetFragment,
  packetMetadata,
  type WifiReceiveContext,
  wifiReceiveContext,
} from './ndis-events.js';
import { type Moment, Recorder } from './recorder.js';
import type { TruthLinkType } from './truth.js';

export type NdisMedia = 'ethernet' | 'wirelessWan' | 'tunnel' | 'native80211';

/** A packet as one or more 1001 events. */
export interface NdisPacket {
  readonly ids: NdisInterfaceIds;
  readonly media: NdisMedia;
  readonly direction: 'send' | 'receive';
  readonly bytes: Uint8Array;
  /** The bytes that a conversion writes, if they differ from the events'. */
  readonly written?: Uint8Array;
  /** Number of captured bytes. */
  readonly capturedLength?: number;
  readonly linkType?: TruthLinkType;
  readonly gft?: { readonly flowEntryId: bigint; readonly offloadInformation: bigint };
  /** No header in the captured bytes has the packet's length. */
  readonly lengthUnknown?: boolean;
  /** 1002 right before. */
  readonly metadata?: WifiReceiveContext;
  readonly dropped?: boolean;
  readonly path?: string;
  /** Of the packet, for the truth. */
  readonly name?: string;
  readonly extraComment?: Readonly<Record<string, string>>;
}

const LINK_TYPES: Readonly<Record<NdisMedia, TruthLinkType>> = {
  ethernet: 1,
  wirelessWan: 101,
  tunnel: 101,
  native80211: 105,
};

function metadataComment(context: WifiReceiveContext): Record<string, string> {
  return {
    ReceiveFlags: `0x${context.receiveFlags.toString(16)}`,
    PhyId: `${context.phyId}`,
    CenterCh: `${context.centerFrequency}`,
    NumMPDUsReceived: `${context.mpdusReceived}`,
    RSSI: `${context.rssi}`,
    DataRate: `${context.dataRate}`,
  };
}

/** A part of a packet that one event carries. */
export interface FragmentMoment extends Moment {
  /** Bytes in this event; the last event has the rest. */
  readonly size?: number;
}

/** A host whose packets NDIS-PacketCapture sees. */
export class NdisHost {
  readonly recorder: Recorder;
  readonly #gft: boolean;

  /** @param gft whether the build's 1001 ends in the GFT fields (17763 and later) */
  constructor(clock: ClockOptions, options: { readonly gft: boolean; readonly pointerSize?: 4 | 8 }) {
    this.recorder = new Recorder(new TraceClock(clock), options.pointerSize);
    this.#gft = options.gft;
  }

  /** Writes a packet as a whole, or in as many fragments as there are moments. */
  packet(packet: NdisPacket, ...moments: readonly FragmentMoment[]): void {
    const { ids, media, direction, dropped, gft, metadata } = packet;
    const captured = packet.bytes.subarray(0, packet.capturedLength);
    const base =
      NdisKeyword[media] |
      NdisKeyword[direction] |
      NdisKeyword.packet |
      (captured.length < packet.bytes.length ? NdisKeyword.truncated : 0n) |
      (dropped === true ? NdisKeyword.dropped : 0n);
    const common = { provider: NDIS_PACKET_CAPTURE, channel: 16, level: 4 } as const;
    let from = 0;
    moments.forEach((moment, index) => {
      const first = index === 0;
      const last = index === moments.length - 1;
      const to = last ? captured.length : Math.min(captured.length, from + (moment.size ?? 0));
      if (first && metadata !== undefined) {
        const at = moment.at - 9n;
        const data = packetMetadata(ids, wifiReceiveContext(metadata));
        this.recorder.event({ ...moment, at }, { ...common, id: 1002, keyword: base, data });
      }
      const gftFields = this.#gft ? (gft ?? { flowEntryId: 0n, offloadInformation: 0n }) : undefined;
      const event = {
        ...common,
        id: 1001,
        keyword: base | (first ? NdisKeyword.packetStart : 0n) | (last ? NdisKeyword.packetEnd : 0n),
        data: packetFragment(ids, captured.subarray(from, to), gftFields),
      };
      from = to;
      if (!last) {
        this.recorder.event(moment, event);
        return;
      }
      this.recorder.event(moment, event, {
        bytes: (packet.written ?? packet.bytes).subarray(0, packet.capturedLength),
        originalLength: packet.lengthUnknown === true ? captured.length : packet.bytes.length,
        direction: direction === 'send' ? 'outbound' : 'inbound',
        linkType: packet.linkType ?? LINK_TYPES[media],
        captureLocation: { source: 'ndis', ...ids },
        ...(packet.name !== undefined && { packet: packet.name }),
        comment: {
          Dir: direction,
          ...(gft === undefined ? {} : { GftFlow: `0x${gft.flowEntryId.toString(16)}` }),
          ...(metadata === undefined ? {} : metadataComment(metadata)),
          ...(dropped === true ? { Drop: 'Dropped' } : {}),
          ...(packet.lengthUnknown === true ? { OriginalLength: 'unknown' } : {}),
          ...packet.extraComment,
        },
        ...(dropped === true ? { dropped: true } : {}),
        ...(moments.length > 1
          ? { fragmentTimes: moments.map(({ at }) => this.recorder.clock.asRead(at)) }
          : {}),
      });
    });
    if (packet.path !== undefined) {
      this.recorder.passed(packet.path, `NIC ${ids.lowerIfIndex} ${direction}`);
    }
  }
}
