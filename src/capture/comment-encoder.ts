import { type CommentMode, destinationTokens, type NameLookup, packetComment } from './comment.js';
import { type Destination, type Packet, UNKNOWN } from './packet.js';
import type { Place } from './place.js';
import { joinTokens, token } from './tokens.js';

const INITIAL_BYTES = 4096;
/** No token that is written digit by digit is longer than its key, `=0x`, 16 digits and the space. */
const LONGEST_TOKEN = 48;

/** Up to this length a loop is faster than `set` (Node 20). */
const SHORT = 48;

const SPACE = 0x20;
const DIGIT_0 = 0x30;
const LOWER_A = 0x61;

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);

const PID = bytesOf('PID=');
const TID = bytesOf('TID=');
const CPU = bytesOf('CPU=');
const DIR = bytesOf('Dir=');
const NBL = bytesOf('NBL=0x');
const PKT_NUMBER = bytesOf('PktNumber=');
const APPEARANCE = bytesOf('Appearance=');
const EDGE = bytesOf('Edge=');
const FILTER = bytesOf('Filter=');
const VLAN_ID = bytesOf('VlanId=');
const PRIORITY = bytesOf('Priority=');
const VSID = bytesOf('VSID=');
const COMPARTMENT = bytesOf('Compartment=');
const SRC_PORT_ID = bytesOf('SrcPortId=');
const HASH_VALUE = bytesOf('HashValue=');
const DROP_REASON = bytesOf('DropReason=');
const DROP_LOCATION = bytesOf('DropLocation=0x');

/** What of a comment is the same for every packet of a place. */
interface PlaceTokens {
  /** Component and ComponentId. */
  readonly component: Uint8Array;
  /** SrcNicType, SrcNicName, SrcPortName. */
  readonly source: Uint8Array;
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
  readonly length: number;
  /** Its bytes, and zeros up to a multiple of four. */
  readonly words: Int32Array;
}

/** Prefixes that are remembered, a power of two: busy traces alternate between some dozen. */
const PREFIXES = 256;

const prefixSlot = ({ processId, threadId, processor, direction }: Packet): number =>
  (Math.imul(threadId, 0x9e3b) ^ Math.imul(processId, 31) ^ (processor << 2) ^ direction) & (PREFIXES - 1);

/**
 * Hot path: writes a packet's comment as UTF-8 into one array, again and again. What a place always says is encoded
 * once, numbers are written digit by digit, and packets with rare keys go the plain way.
 *
 * The plain twin is {@link packetComment}; a property test compares the two.
 */
export class CommentEncoder {
  /** The comment is `bytes[0 … n)`, n as {@link encode} returned it; valid until its next call. */
  bytes: Uint8Array = new Uint8Array(INITIAL_BYTES);
  /** Over {@link bytes}, which start their buffer and have a multiple of four. */
  #words: Int32Array = new Int32Array(this.bytes.buffer);
  readonly #isFull: boolean;
  readonly #mode: CommentMode;
  readonly #places = new Map<Place, PlaceTokens>();
  readonly #destinations = new WeakMap<readonly Destination[], Uint8Array>();
  readonly #texts = new Map<string, Uint8Array>();
  readonly #prefixes: (Prefix | undefined)[] = new Array(PREFIXES).fill(undefined);
  /** The prefix that {@link bytes} begin with. */
  #lastPrefix: Prefix | undefined;
  #lastPlace: Place | undefined;
  #lastTokens: PlaceTokens | undefined;
  #at = 0;

  constructor(mode: 'full' | 'brief') {
    this.#mode = mode;
    this.#isFull = mode === 'full';
  }

  /** @returns the comment's length in bytes; names must be the same for all packets of a place. */
  encode(packet: Packet, names: NameLookup): number {
    const tokens = this.#tokensOf(packet.place, names);
    if (tokens.hasMore || hasRareKeys(packet)) return this.#encodePlainly(packet, names);
    this.#prefix(packet);
    if (packet.hasNbl) {
      this.#start(NBL);
      if (packet.nblHigh !== 0) {
        this.#hexDigits(packet.nblHigh, digitsOf(packet.nblHigh));
        this.#hexDigits(packet.nblLow, 8);
      } else {
        this.#hexDigits(packet.nblLow, digitsOf(packet.nblLow));
      }
    }
    this.#decimal(PKT_NUMBER, packet.packetNumber);
    this.#decimal(APPEARANCE, packet.appearance);
    this.#segment(tokens.component);
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
    this.#segment(tokens.source);
    if (packet.destinations.length > 0) this.#segment(this.#destinationTokens(packet.destinations));
    if (packet.hashValue !== UNKNOWN) {
      this.#start(HASH_VALUE);
      this.#hexDigits(packet.hashValue, 8);
    }
    if (packet.dropped && packet.dropReason !== UNKNOWN) {
      const text = names.dropReasonText(packet.dropReason);
      if (text !== undefined) this.#segment(this.#text(token('Drop', text)));
      this.#decimal(DROP_REASON, packet.dropReason);
      if (packet.dropLocation !== UNKNOWN) {
        this.#start(DROP_LOCATION);
        this.#hexDigits(packet.dropLocation, digitsOf(packet.dropLocation));
      }
    }
    return this.#at;
  }

  #encodePlainly(packet: Packet, names: NameLookup): number {
    const comment = packetComment(packet, names, this.#mode);
    this.#lastPrefix = undefined;
    if (this.bytes.length < comment.length * 3) this.#setBytes(new Uint8Array(4 * comment.length));
    return encoder.encodeInto(comment, this.bytes).written;
  }

  #tokensOf(place: Place, names: NameLookup): PlaceTokens {
    if (place === this.#lastPlace && this.#lastTokens !== undefined) return this.#lastTokens;
    let tokens = this.#places.get(place);
    if (tokens === undefined) {
      tokens = placeTokens(place, names, this.#isFull);
      this.#places.set(place, tokens);
      const needed = tokens.component.length + tokens.source.length + INITIAL_BYTES;
      if (this.bytes.length < needed) this.#setBytes(new Uint8Array(4 * needed));
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
      if (known !== this.#lastPrefix) this.#putPrefix(known);
      this.#at = known.length;
      return;
    }
    this.#at = 0;
    this.#decimal(PID, processId);
    this.#decimal(TID, threadId);
    this.#decimal(CPU, processor);
    if (directionText !== undefined) {
      this.#start(DIR);
      this.#append(this.#text(directionText));
    }
    const length = this.#at;
    const words = new Int32Array((length + 3) >> 2);
    new Uint8Array(words.buffer).set(this.bytes.subarray(0, length));
    this.#lastPrefix = { processId, threadId, processor, direction: directionText, length, words };
    this.#prefixes[slot] = this.#lastPrefix;
  }

  /** Writes it a word at a time; what follows writes over the zeros behind it. */
  #putPrefix(prefix: Prefix): void {
    const from = prefix.words;
    const to = this.#words;
    for (let at = 0; at < from.length; at++) to[at] = from[at] ?? 0;
    this.#lastPrefix = prefix;
  }

  /** DstNicCount and DstPorts; decoders give the same array for the same destinations. */
  #destinationTokens(destinations: readonly Destination[]): Uint8Array {
    let tokens = this.#destinations.get(destinations);
    if (tokens === undefined) {
      tokens = bytesOf(joinTokens(destinationTokens(destinations)));
      this.#destinations.set(destinations, tokens);
    }
    return tokens;
  }

  /** Short texts that repeat: directions, drop reasons. */
  #text(text: string): Uint8Array {
    let bytes = this.#texts.get(text);
    if (bytes === undefined) {
      bytes = bytesOf(text);
      if (this.#texts.size < 1000) this.#texts.set(text, bytes);
    }
    return bytes;
  }

  #start(key: Uint8Array): void {
    if (this.#at + LONGEST_TOKEN > this.bytes.length) this.#grow(LONGEST_TOKEN);
    if (this.#at > 0) this.bytes[this.#at++] = SPACE;
    this.#append(key);
  }

  #segment(tokens: Uint8Array): void {
    if (tokens.length === 0) return;
    if (this.#at > 0) this.#append(ONE_SPACE);
    this.#append(tokens);
  }

  #append(part: Uint8Array): void {
    const { length } = part;
    if (this.#at + length > this.bytes.length) this.#grow(length);
    const { bytes } = this;
    let at = this.#at;
    this.#at = at + length;
    if (length > SHORT) bytes.set(part, at);
    else for (let n = 0; n < length; n++) bytes[at++] = part[n] ?? 0;
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(4 * (this.bytes.length + needed));
    larger.set(this.bytes);
    this.#setBytes(larger);
  }

  #setBytes(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.#words = new Int32Array(bytes.buffer);
    this.#lastPrefix = undefined;
  }

  /** Nothing for {@link UNKNOWN}. @param value 32 bits unsigned */
  #decimal(key: Uint8Array, value: number): void {
    if (value === UNKNOWN) return;
    this.#start(key);
    let digits = 1;
    for (let limit = 10; value >= limit; limit *= 10) digits += 1;
    const { bytes } = this;
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
    const { bytes } = this;
    let rest = value;
    for (let at = this.#at + digits - 1; at >= this.#at; at--) {
      const digit = rest & 15;
      bytes[at] = digit < 10 ? DIGIT_0 + digit : LOWER_A + digit - 10;
      rest >>>= 4;
    }
    this.#at += digits;
  }
}

const ONE_SPACE = Uint8Array.of(SPACE);

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
    component: bytesOf(joinTokens(component)),
    source: bytesOf(joinTokens(source)),
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
