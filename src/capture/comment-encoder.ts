import { type CommentMode, destinationTokens, type NameLookup, packetComment } from './comment.js';
import { type Destination, type Packet, UNKNOWN } from './packet.js';
import type { Place } from './place.js';
import { joinTokens, token } from './tokens.js';

const INITIAL_BYTES = 4096;
/** Bytes that are copied at a time. */
const STRIDE = 16;
/** What is free behind every part: a number of 16 digits, and what a part is rounded up to. */
const ROOM_BEHIND = 2 * STRIDE;

const DIGIT_0 = 0x30;
const LOWER_A = 0x61;

const encoder = new TextEncoder();

/** A piece of a comment. */
interface Part {
  /** Bytes of it. */
  readonly length: number;
  /** The bytes, and zeros up to a multiple of {@link STRIDE}. */
  readonly words: DataView;
}

const partOf = (bytes: Uint8Array): Part => {
  const words = new Uint8Array(Math.ceil(bytes.length / STRIDE) * STRIDE);
  words.set(bytes);
  return { length: bytes.length, words: new DataView(words.buffer) };
};

/** Tokens with a space before each; the space before a comment's first is not part of it. */
const tokenPart = (tokens: string): Part => partOf(encoder.encode(tokens === '' ? '' : ` ${tokens}`));

const PID = tokenPart('PID=');
const TID = tokenPart('TID=');
const CPU = tokenPart('CPU=');
const NBL = tokenPart('NBL=0x');
const PKT_NUMBER = tokenPart('PktNumber=');
const APPEARANCE = tokenPart('Appearance=');
const EDGE = tokenPart('Edge=');
const FILTER = tokenPart('Filter=');
const VLAN_ID = tokenPart('VlanId=');
const PRIORITY = tokenPart('Priority=');
const VSID = tokenPart('VSID=');
const COMPARTMENT = tokenPart('Compartment=');
const SRC_PORT_ID = tokenPart('SrcPortId=');
const HASH_VALUE = tokenPart('HashValue=');
const DROP_REASON = tokenPart('DropReason=');
const DROP_LOCATION = tokenPart('DropLocation=0x');

/** What of a comment is the same for every packet of a place. */
interface PlaceTokens {
  /** Component and ComponentId. */
  readonly component: Part;
  /** SrcNicType, SrcNicName, SrcPortName. */
  readonly source: Part;
  readonly portId: number;
  readonly hidesVlan: boolean;
  readonly hidesVsid: boolean;
  readonly compartmentId: number;
  readonly hasMore: boolean;
}

/** PID, TID, CPU and Dir, which many packets share. */
interface Prefix {
  readonly processId: number;
  readonly threadId: number;
  readonly processor: number;
  readonly direction: string | undefined;
  readonly part: Part;
}

/** Prefixes that are remembered, a power of two: busy traces alternate between some dozen. */
const PREFIXES = 256;

const prefixSlot = ({ processId, threadId, processor, direction }: Packet): number =>
  (Math.imul(threadId, 0x9e3b) ^ Math.imul(processId, 31) ^ (processor << 2) ^ direction) & (PREFIXES - 1);

/** Drop reasons whose texts are remembered. */
const MAX_DROP_TEXTS = 1000;

/**
 * Hot path: writes a packet's comment as UTF-8 into one array, again and again. What a place always says is encoded
 * once, numbers are written digit by digit, and packets with rare keys go the plain way.
 *
 * The plain twin is {@link packetComment}; a property test compares the two.
 */
export class CommentEncoder {
  /** The comment is `bytes[0 … n)`, n as {@link encode} returned it; valid until its next call. */
  bytes: Uint8Array = new Uint8Array(0);
  /** All of the memory: {@link bytes}, and before them the space that stands before the first token. */
  #all: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#all.buffer);
  readonly #isFull: boolean;
  readonly #mode: CommentMode;
  readonly #places = new Map<Place, PlaceTokens>();
  readonly #destinations = new WeakMap<readonly Destination[], Part>();
  readonly #prefixes: (Prefix | undefined)[] = new Array(PREFIXES).fill(undefined);
  /** The prefix that {@link bytes} begin with. */
  #lastPrefix: Prefix | undefined;
  #lastPlace: Place | undefined;
  #lastTokens: PlaceTokens | undefined;
  #lastDestinations: readonly Destination[] | undefined;
  #lastDestinationTokens: Part | undefined;
  /** Texts of drop reasons, in the names that were given last. */
  readonly #dropTexts = new Map<number, Part>();
  #lastNames: NameLookup | undefined;
  /** Bytes written, the space included. */
  #at = 0;

  constructor(mode: 'full' | 'brief') {
    this.#mode = mode;
    this.#isFull = mode === 'full';
    this.#reserve(INITIAL_BYTES);
  }

  /** @returns the comment's length in bytes; names must be the same for all packets of a place. */
  encode(packet: Packet, names: NameLookup): number {
    const tokens = this.#tokensOf(packet.place, names);
    if (tokens.hasMore || hasRareKeys(packet)) return this.#encodePlainly(packet, names);
    this.#prefix(packet);
    if (packet.hasNbl) {
      this.#append(NBL);
      if (packet.nblHigh !== 0) {
        this.#hexDigits(packet.nblHigh, digitsOf(packet.nblHigh));
        this.#hexDigits(packet.nblLow, 8);
      } else {
        this.#hexDigits(packet.nblLow, digitsOf(packet.nblLow));
      }
    }
    this.#decimal(PKT_NUMBER, packet.packetNumber);
    this.#decimal(APPEARANCE, packet.appearance);
    this.#append(tokens.component);
    this.#decimal(EDGE, packet.edgeId);
    if (packet.filterId !== 0) this.#decimal(FILTER, packet.filterId);
    if (!tokens.hidesVlan) this.#decimal(VLAN_ID, packet.vlanId);
    this.#decimal(PRIORITY, packet.priority);
    if (!tokens.hidesVsid) this.#decimal(VSID, packet.vsid);
    if (packet.compartmentId === UNKNOWN) {
      if (this.#isFull) this.#decimal(COMPARTMENT, tokens.compartmentId);
    } else if (this.#isFull || packet.compartmentId !== tokens.compartmentId) {
      this.#decimal(COMPARTMENT, packet.compartmentId);
    }
    this.#decimal(SRC_PORT_ID, tokens.portId === UNKNOWN ? packet.sourcePortId : tokens.portId);
    this.#append(tokens.source);
    if (packet.destinations.length > 0) this.#append(this.#destinationTokens(packet.destinations));
    if (packet.hashValue !== UNKNOWN) {
      this.#append(HASH_VALUE);
      this.#hexDigits(packet.hashValue, 8);
    }
    if (packet.dropped && packet.dropReason !== UNKNOWN) {
      this.#append(this.#dropText(packet.dropReason, names));
      this.#decimal(DROP_REASON, packet.dropReason);
      if (packet.dropLocation !== UNKNOWN) {
        this.#append(DROP_LOCATION);
        this.#hexDigits(packet.dropLocation, digitsOf(packet.dropLocation));
      }
    }
    return this.#at - 1;
  }

  #encodePlainly(packet: Packet, names: NameLookup): number {
    const comment = packetComment(packet, names, this.#mode);
    this.#lastPrefix = undefined;
    this.#reserve(comment.length * 3);
    return encoder.encodeInto(comment, this.bytes).written;
  }

  #tokensOf(place: Place, names: NameLookup): PlaceTokens {
    if (place === this.#lastPlace && this.#lastTokens !== undefined) return this.#lastTokens;
    let tokens = this.#places.get(place);
    if (tokens === undefined) {
      tokens = placeTokens(place, names, this.#isFull);
      this.#places.set(place, tokens);
    }
    this.#lastPlace = place;
    this.#lastTokens = tokens;
    return tokens;
  }

  /** PID, TID, CPU, Dir: often those of the last comment, and then they stand there already. */
  #prefix(packet: Packet): void {
    const { processId, threadId, processor, directionText } = packet;
    const slot = prefixSlot(packet);
    const known = this.#prefixes[slot];
    if (
      known !== undefined &&
      known.processId === processId &&
      known.threadId === threadId &&
      known.processor === processor &&
      known.direction === directionText
    ) {
      if (known === this.#lastPrefix) {
        this.#at = known.part.length;
        return;
      }
      this.#at = 0;
      this.#append(known.part);
      this.#lastPrefix = known;
      return;
    }
    this.#at = 0;
    this.#decimal(PID, processId);
    this.#decimal(TID, threadId);
    this.#decimal(CPU, processor);
    if (directionText !== undefined) this.#append(tokenPart(`Dir=${directionText}`));
    const part = partOf(this.#all.subarray(0, this.#at));
    this.#lastPrefix = { processId, threadId, processor, direction: directionText, part };
    this.#prefixes[slot] = this.#lastPrefix;
  }

  /** DstNicCount and DstPorts; decoders give the same array for the same destinations. */
  #destinationTokens(destinations: readonly Destination[]): Part {
    if (destinations === this.#lastDestinations && this.#lastDestinationTokens !== undefined) {
      return this.#lastDestinationTokens;
    }
    let tokens = this.#destinations.get(destinations);
    if (tokens === undefined) {
      tokens = tokenPart(joinTokens(destinationTokens(destinations)));
      this.#destinations.set(destinations, tokens);
    }
    this.#lastDestinations = destinations;
    this.#lastDestinationTokens = tokens;
    return tokens;
  }

  #dropText(reason: number, names: NameLookup): Part {
    if (names !== this.#lastNames) {
      this.#lastNames = names;
      this.#dropTexts.clear();
    }
    let text = this.#dropTexts.get(reason);
    if (text === undefined) {
      text = tokenPart(token('Drop', names.dropReasonText(reason)));
      if (this.#dropTexts.size < MAX_DROP_TEXTS) this.#dropTexts.set(reason, text);
    }
    return text;
  }

  /** Four words at a time: what is rounded up is written over by what follows. */
  #append({ length, words }: Part): void {
    const at = this.#at;
    this.#at = at + length;
    if (this.#at + ROOM_BEHIND > this.#all.length) this.#reserve(this.#at);
    const view = this.#view;
    for (let n = 0; n < length; n += STRIDE) {
      view.setInt32(at + n, words.getInt32(n, true), true);
      view.setInt32(at + n + 4, words.getInt32(n + 4, true), true);
      view.setInt32(at + n + 8, words.getInt32(n + 8, true), true);
      view.setInt32(at + n + 12, words.getInt32(n + 12, true), true);
    }
  }

  /** Makes room for a comment of so many bytes; what is there stays. */
  #reserve(bytes: number): void {
    if (bytes + ROOM_BEHIND <= this.#all.length) return;
    const all = new Uint8Array(2 * (bytes + ROOM_BEHIND));
    all.set(this.#all);
    this.#all = all;
    this.#view = new DataView(all.buffer);
    this.bytes = all.subarray(1);
  }

  /** Nothing for {@link UNKNOWN}. @param value 32 bits unsigned */
  #decimal(key: Part, value: number): void {
    if (value === UNKNOWN) return;
    this.#append(key);
    let digits = 1;
    for (let limit = 10; value >= limit; limit *= 10) digits += 1;
    const bytes = this.#all;
    const end = this.#at + digits;
    let rest = value;
    for (let at = end - 1; at >= this.#at; at--) {
      const next = (rest / 10) >>> 0;
      bytes[at] = DIGIT_0 + (rest - next * 10);
      rest = next;
    }
    this.#at = end;
  }

  #hexDigits(value: number, digits: number): void {
    const bytes = this.#all;
    let rest = value;
    for (let at = this.#at + digits - 1; at >= this.#at; at--) {
      const digit = rest & 15;
      bytes[at] = digit < 10 ? DIGIT_0 + digit : LOWER_A + digit - 10;
      rest >>>= 4;
    }
    this.#at += digits;
  }
}

const digitsOf = (value: number): number => Math.max(1, Math.ceil((32 - Math.clz32(value)) / 4));

function placeTokens(place: Place, names: NameLookup, isFull: boolean): PlaceTokens {
  const { componentId } = place;
  const component =
    isFull && componentId !== undefined
      ? [token('Component', names.componentName(componentId)), token('ComponentId', componentId)]
      : [];
  const source = isFull
    ? [
        token('SrcNicType', place.nicType),
        token('SrcNicName', place.nicName),
        token('SrcPortName', place.portName),
      ]
    : [];
  return {
    component: tokenPart(joinTokens(component)),
    source: tokenPart(joinTokens(source)),
    portId: isFull ? (place.portId ?? UNKNOWN) : UNKNOWN,
    hidesVlan: !isFull && place.vlanId !== undefined,
    hidesVsid: !isFull && place.vsid !== undefined,
    compartmentId: names.compartmentId(place) ?? UNKNOWN,
    hasMore: isFull && (place.routingDomainId !== undefined || place.userName !== undefined),
  };
}

/** Keys that few packets have. */
const hasRareKeys = (packet: Packet): boolean =>
  packet.gftFlowLow !== 0 ||
  packet.gftFlowHigh !== 0 ||
  packet.packetType !== undefined ||
  packet.wifi !== undefined ||
  (packet.dropped && (packet.dropReason === UNKNOWN || packet.dropLocation === UNKNOWN));
