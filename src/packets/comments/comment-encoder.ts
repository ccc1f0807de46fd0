import type { CaptureLocation } from '../../host/index.js';
import { type FlowOwner, joinTokens, token } from '../../host/index.js';
import type { CommentWriter } from '../../pcap-writer/index.js';
import type { MatchKind, Sighting } from '../identity/appearance.js';
import { MATCH_KINDS } from '../identity/appearance.js';
import { type Destination, type Packet, UNKNOWN } from '../packet.js';
import {
  type CommentMode,
  commentPrefix,
  destinationTokens,
  type NameLookup,
  offloadToken,
  ownerToken,
  packetComment,
  processToken,
  teamMemberToken,
} from './packet-comment.js';

/** Bytes that are copied at a time. */
const STRIDE = 16;
/** The longest option of pcapng (Option Length has 16 bits). */
const MAX_COMMENT = 0xffff;
/** Upper limit of all keys that are written digit by digit, each with its longest number. */
const NUMBERS_ROOM = 512;

const DIGIT_0 = 0x30;
const LOWER_A = 0x61;
/** The digits of 0 to 99, two each. */
const PAIRS = Uint16Array.from(
  { length: 100 },
  (_, value) => ((DIGIT_0 + Math.floor(value / 10)) << 8) + DIGIT_0 + (value % 10),
);

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

/** Tokens after a space: they never start a comment. */
const tokenPart = (tokens: string): Part => partOf(encoder.encode(tokens === '' ? '' : ` ${tokens}`));

const PACKET = tokenPart('Packet=');
const HOP = tokenPart('Hop=');
/** Hops that are encoded once. */
const FEW_HOPS = 64;
/** `Hop=` and `Match=` by how the appearance was recognized, and the first {@link FEW_HOPS} hops. */
const FIRST_MATCHES = hopParts(undefined);
const MATCHES = new Map<MatchKind, HopParts>(MATCH_KINDS.map((kind) => [kind, hopParts(kind)]));
const PARENT = tokenPart('Parent=');
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

interface HopParts {
  readonly match: Part;
  /** With `Hop=`, by hop. */
  readonly few: readonly Part[];
}

function hopParts(kind: MatchKind | undefined): HopParts {
  const match = token('Match', kind);
  return {
    match: tokenPart(match),
    few: Array.from({ length: FEW_HOPS }, (_, hop) => tokenPart(joinTokens([token('Hop', hop), match]))),
  };
}

/** The part of a comment that is the same for all packets of a location. */
interface CaptureLocationTokens {
  /** Component and ComponentId. */
  readonly component: Part;
  /** SrcNicType, SrcNicName, SrcPortName. */
  readonly source: Part;
  /** VlanId to SrcPortName of a packet whose values equal its location's: {@link saysTheUsual}. */
  readonly usual: Part;
  readonly host: Part;
  readonly vlanId: number;
  readonly vsid: number;
  readonly portId: number;
  readonly compartmentId: number;
  readonly hasMore: boolean;
}

const NO_PART: Part = partOf(new Uint8Array(0));

const NO_TOKENS: CaptureLocationTokens = {
  component: NO_PART,
  source: NO_PART,
  usual: NO_PART,
  host: NO_PART,
  vlanId: UNKNOWN,
  vsid: UNKNOWN,
  portId: UNKNOWN,
  compartmentId: UNKNOWN,
  hasMore: false,
};

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

/** Drop reasons whose texts are remembered, and process names, owners and team members. */
const MAX_DROP_TEXTS = 1000;
const MAX_FACTS = 4096;

/** Tokens that many packets share, encoded once for each value. */
class SharedTokens<T> {
  readonly #parts = new Map<T, Part>();
  readonly #tokenOf: (value: T) => string;
  #value: T | undefined;
  #part = NO_PART;

  constructor(tokenOf: (value: T) => string) {
    this.#tokenOf = tokenOf;
  }

  /** Hot path. */
  of(value: T): Part {
    if (value === this.#value) return this.#part;
    let part = this.#parts.get(value);
    if (part === undefined) {
      part = tokenPart(this.#tokenOf(value));
      if (this.#parts.size < MAX_FACTS) this.#parts.set(value, part);
    }
    this.#value = value;
    this.#part = part;
    return part;
  }
}

const NO_BYTES = new Uint8Array(0);

/**
 * Hot path: writes packets' comments as UTF-8. Text that depends on the location only is encoded once, numbers are
 * written digit by digit, and packets with rare keys use {@link packetComment}.
 *
 * A property test compares this with {@link packetComment}.
 */
export class CommentEncoder implements CommentWriter {
  /** The comment of the prepared packet if {@link packetComment} made it: then {@link write} is not used. */
  plain: Uint8Array | undefined;
  room = 0;
  readonly #isFull: boolean;
  readonly #mode: CommentMode;
  readonly #captureLocations = new Map<CaptureLocation, CaptureLocationTokens>();
  readonly #tokensOfDestinations = new WeakMap<readonly Destination[], Part>();
  readonly #prefixes: (Prefix | undefined)[] = new Array(PREFIXES).fill(undefined);
  /** Texts of drop reasons, from the last `names`. */
  readonly #dropTexts = new Map<number, Part>();
  #lastNames: NameLookup | undefined;
  // The prepared packet, and its longer parts; location and destinations often equal those of the previous one.
  #packet: Packet | undefined;
  #prefix: Part = NO_PART;
  #captureLocation: CaptureLocation | undefined;
  #tokens: CaptureLocationTokens = NO_TOKENS;
  #destinations: readonly Destination[] | undefined;
  #destinationTokens: Part = NO_PART;
  #drop: Part = NO_PART;
  readonly #processes = new SharedTokens<string>(processToken);
  readonly #owners = new SharedTokens<FlowOwner>(ownerToken);
  readonly #teamMembers = new SharedTokens<string>(teamMemberToken);
  readonly #offloads = new SharedTokens<number>(offloadToken);
  #process: Part = NO_PART;
  #owner: Part = NO_PART;
  #teamMember: Part = NO_PART;
  #offload: Part = NO_PART;
  #lastMatch: MatchKind | undefined;
  #hopParts = FIRST_MATCHES;
  // Destination of the comment.
  #bytes: Uint8Array = NO_BYTES;
  #view: DataView = new DataView(NO_BYTES.buffer);
  #at = 0;

  constructor(mode: 'full' | 'brief') {
    this.#mode = mode;
    this.#isFull = mode === 'full';
  }

  /**
   * Hot path. Prepares the comment of a packet, which {@link write} reads again.
   *
   * @param names the same for all packets of a location
   */
  prepare(packet: Packet, names: NameLookup): void {
    const { destinations, captureLocation } = packet;
    if (packet !== this.#packet) this.#packet = packet;
    if (captureLocation !== this.#captureLocation) this.#setCaptureLocation(captureLocation, names);
    const tokens = this.#tokens;
    this.#prefix = this.#prefixOf(packet);
    this.#drop = packet.dropped ? this.#dropText(packet.dropReason, names) : NO_PART;
    if (destinations !== this.#destinations) this.#setDestinations(destinations);
    const { offload, owner, process, teamMember } = packet;
    this.#process = process === undefined ? NO_PART : this.#processes.of(process);
    this.#owner = owner === undefined ? NO_PART : this.#owners.of(owner);
    this.#teamMember = teamMember === undefined ? NO_PART : this.#teamMembers.of(teamMember);
    this.#offload = offload === 0 ? NO_PART : this.#offloads.of(offload);
    this.room =
      NUMBERS_ROOM +
      this.#prefix.length +
      tokens.component.length +
      tokens.source.length +
      tokens.host.length +
      this.#destinationTokens.length +
      this.#drop.length +
      this.#process.length +
      this.#owner.length +
      this.#teamMember.length +
      this.#offload.length;
    const isPlain = tokens.hasMore || hasRareKeys(packet) || this.room > MAX_COMMENT;
    this.plain = isPlain ? encoder.encode(packetComment(packet, names, this.#mode)) : undefined;
  }

  /** The comment of the packet that was prepared last. */
  write(bytes: Uint8Array, view: DataView, at: number): number {
    const packet = this.#packet;
    if (packet === undefined) return 0;
    const tokens = this.#tokens;
    // References cost more to store than to compare.
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = view;
    }
    this.#at = at;
    this.#append(this.#prefix);
    if (packet.sighting !== undefined) this.#identity(packet.sighting);
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
    if (saysTheUsual(packet, tokens)) this.#append(tokens.usual);
    else this.#unusual(packet, tokens);
    this.#append(this.#destinationTokens);
    if (packet.hashValue !== UNKNOWN) {
      this.#append(HASH_VALUE);
      this.#hexDigits(packet.hashValue, 8);
    }
    if (packet.dropped && packet.dropReason !== UNKNOWN) {
      this.#append(this.#drop);
      this.#decimal(DROP_REASON, packet.dropReason);
      if (packet.dropLocation !== UNKNOWN) {
        this.#append(DROP_LOCATION);
        this.#hexDigits(packet.dropLocation, digitsOf(packet.dropLocation));
      }
    }
    this.#append(this.#process);
    this.#append(this.#owner);
    this.#append(this.#teamMember);
    this.#append(this.#offload);
    this.#append(tokens.host);
    return this.#at - at;
  }

  /** Packet to Parent. */
  #identity({ hop, match, packet, parent }: Sighting): void {
    this.#number(PACKET, packet);
    if (match !== this.#lastMatch) {
      this.#lastMatch = match;
      this.#hopParts = match === undefined ? FIRST_MATCHES : (MATCHES.get(match) ?? FIRST_MATCHES);
    }
    const few = this.#hopParts.few[hop];
    if (few === undefined) {
      this.#decimal(HOP, hop);
      this.#append(this.#hopParts.match);
    } else {
      this.#append(few);
    }
    if (parent !== 0) this.#number(PARENT, parent);
  }

  /** @param value up to 2^53; numbers above 32 bits are rare */
  #number(key: Part, value: number): void {
    if (value <= 0xffff_ffff) {
      this.#decimal(key, value);
      return;
    }
    this.#append(key);
    this.#append(partOf(encoder.encode(String(value))));
  }

  /** VlanId to SrcPortName. */
  #unusual(packet: Packet, tokens: CaptureLocationTokens): void {
    if (this.#isFull || tokens.vlanId === UNKNOWN) this.#decimal(VLAN_ID, packet.vlanId);
    this.#decimal(PRIORITY, packet.priority);
    if (this.#isFull || tokens.vsid === UNKNOWN) this.#decimal(VSID, packet.vsid);
    if (packet.compartmentId === UNKNOWN) {
      if (this.#isFull) this.#decimal(COMPARTMENT, tokens.compartmentId);
    } else if (this.#isFull || packet.compartmentId !== tokens.compartmentId) {
      this.#decimal(COMPARTMENT, packet.compartmentId);
    }
    this.#decimal(SRC_PORT_ID, tokens.portId === UNKNOWN ? packet.sourcePortId : tokens.portId);
    this.#append(tokens.source);
  }

  #setCaptureLocation(captureLocation: CaptureLocation, names: NameLookup): void {
    let tokens = this.#captureLocations.get(captureLocation);
    if (tokens === undefined) {
      tokens = captureLocationTokens(captureLocation, names, this.#isFull);
      this.#captureLocations.set(captureLocation, tokens);
    }
    this.#captureLocation = captureLocation;
    this.#tokens = tokens;
  }

  /** PID, TID, CPU, Dir: often equal to those of an earlier packet. */
  #prefixOf(packet: Packet): Part {
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
      return known.part;
    }
    const part = partOf(encoder.encode(commentPrefix(packet)));
    this.#prefixes[slot] = { processId, threadId, processor, direction: directionText, part };
    return part;
  }

  /** DstNicCount and DstPorts; decoders return the same array for the same destinations. */
  #setDestinations(destinations: readonly Destination[]): void {
    let tokens = this.#tokensOfDestinations.get(destinations);
    if (tokens === undefined) {
      tokens = tokenPart(joinTokens(destinationTokens(destinations)));
      this.#tokensOfDestinations.set(destinations, tokens);
    }
    this.#destinations = destinations;
    this.#destinationTokens = tokens;
  }

  #dropText(reason: number, names: NameLookup): Part {
    if (reason === UNKNOWN) return NO_PART;
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

  /**
   * Copies two doubles at a time: later output overwrites the excess. Doubles keep all bits except NaNs, and UTF-8
   * contains none: that would need a byte of 0xF0 or more before 0x7F or 0xFF.
   */
  #append({ length, words }: Part): void {
    const at = this.#at;
    this.#at = at + length;
    const view = this.#view;
    for (let n = 0; n < length; n += STRIDE) {
      view.setFloat64(at + n, words.getFloat64(n, true), true);
      view.setFloat64(at + n + 8, words.getFloat64(n + 8, true), true);
    }
  }

  /**
   * Writes nothing for {@link UNKNOWN}.
   *
   * @param value 32 bits unsigned
   */
  #decimal(key: Part, value: number): void {
    if (value === UNKNOWN) return;
    this.#append(key);
    if (value < 10) {
      this.#bytes[this.#at] = DIGIT_0 + value;
      this.#at += 1;
      return;
    }
    let digits = 2;
    for (let limit = 100; value >= limit; limit *= 10) digits += 1;
    const end = this.#at + digits;
    const view = this.#view;
    let at = end;
    let rest = value;
    for (; rest >= 100; at -= 2) {
      const next = (rest / 100) >>> 0;
      view.setUint16(at - 2, PAIRS[rest - next * 100] ?? 0);
      rest = next;
    }
    if (rest >= 10) view.setUint16(at - 2, PAIRS[rest] ?? 0);
    else this.#bytes[at - 1] = DIGIT_0 + rest;
    this.#at = end;
  }

  #hexDigits(value: number, digits: number): void {
    const bytes = this.#bytes;
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

function captureLocationTokens(
  captureLocation: CaptureLocation,
  names: NameLookup,
  isFull: boolean,
): CaptureLocationTokens {
  const { componentId, portId, vlanId, vsid } = captureLocation;
  const compartmentId = names.compartmentId(captureLocation);
  const component = componentId === undefined ? undefined : names.componentName(componentId);
  const source = [
    token('SrcNicType', captureLocation.nicType),
    token('SrcNicName', captureLocation.nicName),
    token('SrcPortName', captureLocation.portName),
  ];
  /** Tokens that the packet's interface has already. */
  const inFull = (...tokens: readonly string[]): Part => tokenPart(isFull ? joinTokens(tokens) : '');
  return {
    component: inFull(token('Component', component), token('ComponentId', componentId)),
    source: inFull(...source),
    host: inFull(token('Host', names.host)),
    usual: inFull(
      token('VlanId', vlanId),
      token('VSID', vsid),
      token('Compartment', compartmentId),
      token('SrcPortId', portId),
      ...source,
    ),
    vlanId: vlanId ?? UNKNOWN,
    vsid: vsid ?? UNKNOWN,
    portId: isFull ? (portId ?? UNKNOWN) : UNKNOWN,
    compartmentId: compartmentId ?? UNKNOWN,
    hasMore:
      isFull && (captureLocation.routingDomainId !== undefined || captureLocation.userName !== undefined),
  };
}

/** Hot path. Whether a packet's values from VlanId to SrcPortName equal its location's. */
const saysTheUsual = (packet: Packet, { portId, vlanId, vsid }: CaptureLocationTokens): boolean =>
  packet.vlanId === vlanId &&
  packet.vsid === vsid &&
  packet.priority === UNKNOWN &&
  packet.compartmentId === UNKNOWN &&
  (packet.sourcePortId === UNKNOWN || portId !== UNKNOWN);

/** Keys that few packets have. */
const hasRareKeys = (packet: Packet): boolean =>
  packet.gftFlowLow !== 0 ||
  packet.gftFlowHigh !== 0 ||
  packet.packetType !== undefined ||
  packet.lengthUnknown ||
  packet.wifi !== undefined ||
  (packet.sighting !== undefined && packet.sighting.parts.length > 0) ||
  (packet.dropped && (packet.dropReason === UNKNOWN || packet.dropLocation === UNKNOWN));
