import { EventRecord, LimitLog } from '../etl/index.js';
import type { SchemaStore } from '../etw/index.js';
import type { LocationRegistry } from '../host/index.js';
import { LinkType } from '../net/index.js';
import { Packet } from './packet.js';
import { PACKET_SOURCES } from './sources/index.js';
import type { CaptureLosses, Outcome, PacketDecoder, SourceContext } from './sources/source.js';
import { VSwitchNblTracker } from './sources/vswitch-nbl-tracker.js';

/** EVENT_HEADER.ProviderId (docs/format/etl-container.md, "Records"). */
const PROVIDER_AT = 24;

/** Types that are counted apart; pktmon has eleven. */
const MAX_UNWRITABLE_TYPES = 100;

/** A GUID as the four words of a header, signed: V8 compares those without conversion. */
type GuidWords = readonly [number, number, number, number];

/** A provider's decoders by event id. */
interface ProviderDecoders {
  readonly words: GuidWords;
  readonly byEventId: Map<number, PacketDecoder>;
  /** The last event id, and its decoder. */
  lastId: number;
  last: PacketDecoder | undefined;
}

export interface CaptureDecoderOptions {
  /** Shared by both passes. */
  readonly registry: LocationRegistry;
  /** Shared by both passes: the first fills it. */
  readonly schemas: SchemaStore;
  /** Counts names that are truncated. */
  readonly limits?: LimitLog;
}

/**
 * Converts the records of a trace into packets. Each pass has one: the survey collects locations, the conversion the
 * packets themselves. Pass every record in time order; in the survey the order may be the file's, and records for which
 * {@link repeats} is true may be skipped.
 */
export class CaptureDecoder {
  /** Filled by {@link decode}; valid until its next call. Its location is undefined before the first packet. */
  readonly packet = new Packet({ source: 'ndis', linkType: LinkType.ethernet, key: '' });
  readonly losses: CaptureLosses = {
    fragmentsWithoutStart: 0,
    packetsWithoutEnd: 0,
    oversizedPackets: 0,
    truncatedPackets: 0,
    metadataWithoutPacket: 0,
  };
  /** Packet records that no link type describes, by the source's name for their type. They stay events. */
  readonly unwritable = new Map<string, number>();
  /** Why the record is not a packet, after `damaged`. */
  damage = '';
  /**
   * Receives records that were `merged` into a packet which was never completed, while {@link decode} or {@link finish}
   * runs; set it before the first record. The window is valid during the call.
   */
  onOrphan: ((record: EventRecord, reason: string) => void) | undefined;
  readonly #orphan = new EventRecord();
  readonly #decoders: PacketDecoder[] = [];
  readonly #byFirstWord = new Map<number, ProviderDecoders>();
  #lastProvider: ProviderDecoders | undefined;

  constructor({ limits = new LimitLog(), registry, schemas }: CaptureDecoderOptions) {
    const context: SourceContext = {
      registry,
      limits,
      schemas,
      losses: this.losses,
      nblTracker: new VSwitchNblTracker(),
      unwritable: (type) => {
        const isFull = this.unwritable.size >= MAX_UNWRITABLE_TYPES;
        const key = isFull && !this.unwritable.has(type) ? 'other types' : type;
        this.unwritable.set(key, (this.unwritable.get(key) ?? 0) + 1);
      },
      damaged: (reason) => {
        this.damage = reason;
        return 'damaged';
      },
      wantsOrphans: () => this.onOrphan !== undefined,
      orphaned: (copy, reason) => {
        this.#orphan.restore(copy);
        this.onOrphan?.(this.#orphan, reason);
      },
    };
    for (const source of PACKET_SOURCES) {
      const decoder = source.createDecoder(context);
      this.#decoders.push(decoder);
      const { byEventId } = this.#provider(source.providerId);
      for (const id of source.eventIds) byEventId.set(id, decoder);
    }
  }

  /** Hot path. */
  decode(record: EventRecord): Outcome {
    const decoder = this.#decoderOf(record);
    return decoder === undefined ? 'event' : decoder.decode(record, record.id, this.packet);
  }

  /**
   * Hot path of the survey. Whether the record is a whole packet at a location that {@link decode} has returned before;
   * if true, nothing else about it is known. False if only decoding can decide.
   */
  repeats(record: EventRecord): boolean {
    return this.#decoderOf(record)?.repeats?.(record, record.id) ?? false;
  }

  /** Hot path: an event of another provider costs one look-up of its GUID's first word. */
  #decoderOf(record: EventRecord): PacketDecoder | undefined {
    if (record.kind !== 'event') return undefined;
    const { view } = record;
    const at = record.offset + PROVIDER_AT;
    const first = view.getInt32(at, true);
    let provider = this.#lastProvider;
    if (provider?.words[0] !== first) {
      provider = this.#byFirstWord.get(first);
      if (provider === undefined) return undefined;
      this.#lastProvider = provider;
    }
    const { words } = provider;
    if (
      view.getInt32(at + 4, true) !== words[1] ||
      view.getInt32(at + 8, true) !== words[2] ||
      view.getInt32(at + 12, true) !== words[3]
    ) {
      return undefined;
    }
    const { id } = record;
    if (id !== provider.lastId) {
      provider.lastId = id;
      provider.last = provider.byEventId.get(id);
    }
    return provider.last;
  }

  /** The trace is at its end: {@link losses} is complete now. */
  finish(): void {
    for (const decoder of this.#decoders) decoder.finish?.();
  }

  #provider(providerId: string): ProviderDecoders {
    const words = guidWords(providerId);
    let provider = this.#byFirstWord.get(words[0]);
    if (provider === undefined) {
      provider = { words, byEventId: new Map(), lastId: -1, last: undefined };
      this.#byFirstWord.set(words[0], provider);
    }
    return provider;
  }
}

/** A GUID's text as four little-endian words of its bytes: Data1 to Data3 are little-endian, the rest are bytes in order. */
function guidWords(guid: string): GuidWords {
  const hex = guid.replaceAll('-', '');
  const word = (...at: number[]): number =>
    Number.parseInt(at.map((byte) => hex.slice(2 * byte, 2 * byte + 2)).join(''), 16) | 0;
  return [word(0, 1, 2, 3), word(6, 7, 4, 5), word(11, 10, 9, 8), word(15, 14, 13, 12)];
}
