import { FlowKey } from '../../net/index.js';
import type { NatCounterpart, NatSessions } from '../changes/nat-sessions.js';
import { Direction, UNKNOWN } from '../packet.js';
import { type Appearance, type CorrelationCounts, MATCH_KINDS, Sighting } from './appearance.js';
import { ContentKey, type KeyPair } from './content-key.js';
import { findByOrder } from './esp-order.js';
import { HopTimes } from './hop-times.js';
import { JourneyFlag, JourneyStore, KeyKind, MAX_HOP_LOCATIONS } from './journey-store.js';
import type { Location } from './location.js';
import { type Neighbours, PartTable } from './part-table.js';

/** Times in ticks of 100 ns. */
const MICROSECOND = 10;
const MILLISECOND = 1000 * MICROSECOND;

/** Appearances with the same number: as long as a packet may wait for a neighbour's address. */
const NUMBER_WINDOW = 1000 * MILLISECOND;
/** Appearances with the same content. Journeys in real traces take 20 to 230 µs, and up to 2.4 ms with drops. */
const CONTENT_WINDOW = 100 * MILLISECOND;
/** Between a packet and its rewritten form (NAT, tunnel). */
const REWRITE_WINDOW = 5 * MILLISECOND;
/** Between a drop record and the record before it, if no times were learned. */
const DROP_WINDOW = 5 * MILLISECOND;
/**
 * Packets with equal bytes this far apart do not wait at the same time, if no times were learned: half the interval of
 * packets sent 10,000 times a second.
 */
const UNKNOWN_FAR = 50 * MICROSECOND;
/** The same for drop records, which may be of a few packets only. */
const UNKNOWN_FAR_DROP = 20 * MICROSECOND;
/** Clocks of processors differ by this much. */
const SKEW = 12 * MICROSECOND;
/** And by this much where no other packet with these bytes is open, so that nothing can be mixed. */
const WIDE_SKEW = 100 * MICROSECOND;
/**
 * After this time, a drop record that repeats the one a journey began with is another packet. A multicast is dropped
 * once for each listener that it does not have: real traces have up to 141 µs between two such records.
 */
const REPEATED_DROP = 50 * MICROSECOND;
const REPEATED_GROUP_DROP = 300 * MICROSECOND;
/** Open packets with equal bytes that are compared for one record: of the record's processor, and of others. */
const MAX_STEPS = 512;
const MAX_OTHER_STEPS = 64;

export interface CorrelatorOptions {
  /**
   * Whether drop records with a header that the stack made up again (IPv4: identification, TTL and checksum are lost) join
   * the packet whose addresses, lengths and payload they repeat. Default true.
   */
  readonly joinRebuiltHeaders?: boolean;
  /** Open packets at a time; for tests. */
  readonly maxOpen?: number;
}

/** Facts about the capture locations of all packets of a host. */
export interface HostFacts {
  /** All are in the stack of one adapter: no packet appears before and after a NAT. */
  readonly isOneAdapter: boolean;
  /** Some are at or above IP: drop records may have headers that the stack made up. */
  readonly mayRebuild: boolean;
}

/** Translations by host, from the first; undefined: no event has any. */
type Translations = (NatSessions | undefined)[];

/** No journey. */
const NONE = -1;

/** Indexes of {@link MATCH_KINDS}. */
const Match = { number: 0, content: 1, translated: 2, split: 3, joined: 4, encapsulated: 5 } as const;
type MatchCode = (typeof Match)[keyof typeof Match];
/** A first appearance. */
const FIRST = -1;

/** Mixes three numbers into 32 bits (multiplication by odd constants as in MurmurHash3). */
function mixOf(seed: number, a: number, b: number, c: number): number {
  let hash = Math.imul(a ^ seed, 0x9e37_79b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}

/** The packet with pktmon's numbers that a processor saw last. */
interface Latest {
  nblHigh: number;
  nblLow: number;
  packetNumber: number;
  host: number;
  packet: number;
}

/**
 * Identifies the packet of each appearance, in one pass and in bounded memory, for all packet sources.
 *
 * For each appearance, in time order, `see` decides at once: the packet's number (from 1 in order of first appearance),
 * the position in its journey, and how it was recognized. Appearances are not delayed, so it is unknown at the first
 * one whether others follow. All results that depend on identity (journeys, drops, one copy per packet, frame links)
 * use these numbers.
 *
 * Appearances that Windows numbers are joined by number: pktmon's PktGroupId and PktNumber if AppearanceCount is above
 * 0, and NBL pointers of the virtual switch until the pointer is reused for other bytes. All others are joined by
 * content: equal bytes except those that the stack may change (see ContentKey), the same host, a possible path between
 * the locations (see `#isOnWay`: direction, order in the stack, TTL and MAC addresses that change together), a location
 * not visited yet, and a time limit. NAT and tunnels continue a journey under a second key, NAT by the sessions and
 * translations that WinNat logged, if it did (see NatSessions); parts and wholes of large sends, of received segments
 * and of fragments are separate packets that refer to each other (see PartTable).
 *
 * Assumptions about real traces, and the consequences if they do not hold:
 *
 * - Packets with equal bytes keep their order on each processor: first in, first out at each location. If one overtakes
 *   another on one processor, it gets the other's record: both journeys are mixed.
 * - A packet mostly stays on its processor. If it moves while others with equal bytes are open elsewhere, the oldest is
 *   chosen and the appearance is marked as ambiguous.
 * - A packet that ends without a record (lost, or dropped silently) must not get the records of its successors: one
 *   that waits longer than the learned time between these two locations is excluded. In a queue that always holds
 *   several equal packets no short time can be learned; if records are missing in a list of equal NBLs, or at 200,000
 *   equal packets a second, the records after the gap are shifted, because it is unknown which packet's record is
 *   missing.
 * - The counter in PktGroupId is not used: in lists of NBLs that are logged location by location, the neighbouring
 *   number belongs to another packet.
 * - Clocks of processors agree within 12 µs, within 100 µs if no other packet with the same bytes is open. Larger
 *   differences can split a journey in two, never mix two packets.
 * - Components and interfaces are known before the first packet (the survey reads them). Without them the order of
 *   locations and the adapters are not checked: copies of a broadcast that two adapters received become one packet.
 * - Drop records of the IP interface may have a header that the stack reconstructed (identification and flow label 0,
 *   TTL 1): they are matched without these fields.
 * - Drop records of equal packets precede the last appearance of the next of these packets. Later ones are assigned to
 *   a wrong packet, and do not become a separate packet.
 * - Undecidable cases are marked as ambiguous and counted: which of two equal packets of one list was dropped, equal
 *   datagrams of two containers behind one NAT on one processor without events of WinNat.
 *
 * Costs: one hash of at most 76 bytes and one look-up per appearance without a number, none for most with one. Packets
 * with equal bytes are compared from the newest back; this stops at the first that already has an appearance here,
 * usually the second, and at 512 in any case, so that floods need linear time. Memory is two rings of typed arrays that
 * double on demand: 262,144 open packets (34 MiB) with 1,048,576 keys (27 MiB), and 2 MiB for flows. Packets are open
 * for 100 ms after their last appearance, numbered ones for a second if memory allows it. If more are open, the oldest
 * is closed early and counted: a later appearance of it would begin a new packet.
 */
export class PacketCorrelator {
  readonly #store: JourneyStore;
  readonly #joinRebuiltHeaders: boolean;
  readonly #hopTimes = new HopTimes();
  readonly #parts = new PartTable();
  readonly #key = new ContentKey();
  readonly #inner = new ContentKey();
  readonly #pair: KeyPair = { a: 0, b: 0 };
  readonly #sighting = new Sighting();
  readonly #neighbours: Neighbours = { wasHere: (packet) => this.#wasHere(packet) };
  readonly #translations: Translations = [];
  readonly #hosts: (HostFacts | undefined)[] = [];
  readonly #flow = new FlowKey();
  /** By index. */
  readonly #locations: Location[] = [];
  /** By processor. */
  readonly #latest: Latest[] = [];
  /** Headers that the stack made up are among the records. */
  #hasRebuilt = false;
  #hasBegun = false;
  #baseHigh = 0;
  #baseLow = 0;
  #appearances = 0;
  #ambiguous = 0;
  #dropRecords = 0;
  #droppedPackets = 0;
  #inferredDrops = 0;
  /** Appearances by {@link Match}. */
  readonly #matches = new Float64Array(MATCH_KINDS.length);
  /** Of the current appearance. */
  #time = 0;
  #hopLocation = 0;
  #step = 0;
  #processor = 0;
  #isRebuilt = false;
  #location: Location | undefined;
  /** Of the journey that was found last: how. */
  #match: MatchCode = Match.content;
  #isAmbiguous = false;
  /** The journey that was looked at last fits, except that the clocks of two processors would have to differ by more. */
  #isSkewed = false;
  /** The last search met no equal key, and so did that for the whole content at hand. */
  #isSole = false;
  #isSoleContent = false;
  /** The step of the newest journey that may be it; ticks below 0: none. */
  #stepFrom = 0;
  #stepTicks = -1;
  /** When the last numbered packet began with a count above 1. */
  #lastHeadless = Number.NEGATIVE_INFINITY;
  /** When an ESP packet began last. */
  #lastEsp = Number.NEGATIVE_INFINITY;

  constructor(options: CorrelatorOptions = {}) {
    this.#store = new JourneyStore(options.maxOpen);
    this.#joinRebuiltHeaders = options.joinRebuiltHeaders ?? true;
  }

  get counts(): CorrelationCounts {
    return {
      packets: this.#store.packets,
      appearances: this.#appearances,
      ambiguous: this.#ambiguous,
      closedEarly: this.#store.closedEarly,
      dropRecords: this.#dropRecords,
      droppedPackets: this.#droppedPackets,
      inferredDrops: this.#inferredDrops,
      matches: {
        number: this.#matches[Match.number] ?? 0,
        content: this.#matches[Match.content] ?? 0,
        translated: this.#matches[Match.translated] ?? 0,
        split: this.#matches[Match.split] ?? 0,
        joined: this.#matches[Match.joined] ?? 0,
        encapsulated: this.#matches[Match.encapsulated] ?? 0,
      },
    };
  }

  /**
   * Adds a host. Must be called before its first packet.
   *
   * @param translations from events
   * @param facts about all its capture locations
   */
  addHost(host: number, translations: NatSessions | undefined, facts?: HostFacts): void {
    if (translations?.isEmpty === false) this.#translations[host] = translations;
    this.#hosts[host] = facts;
  }

  /**
   * Hot path, without allocation: identifies the packet of an appearance. Must be called in time order.
   *
   * @returns the identity, valid until the next call
   */
  see(appearance: Appearance, location: Location): Sighting {
    this.#begin(appearance, location);
    if (location.numbers === 'counted' && isCounted(appearance)) this.#seeCounted(appearance, location);
    else if (appearance.length === 0) this.#addNew(appearance, location);
    else this.#seeContent(appearance, location);
    return this.#sighting;
  }

  #begin(appearance: Appearance, location: Location): void {
    const { direction, dropped, timeHigh, timeLow } = appearance;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.#baseHigh = timeHigh;
      this.#baseLow = timeLow;
    }
    // Times of 100 ns since the first appearance: exact in a double for 28 years.
    this.#time = (timeHigh - this.#baseHigh) * 2 ** 32 + (timeLow - this.#baseLow);
    this.#hopLocation = location.index * 3 + direction;
    this.#step = this.#hopLocation * 2 + (dropped ? 1 : 0);
    this.#location = location;
    this.#processor = appearance.processor;
    if (this.#locations[location.index] === undefined) this.#locations[location.index] = location;
    this.#appearances += 1;
    this.#isAmbiguous = false;
    this.#stepTicks = -1;
    const sighting = this.#sighting;
    sighting.location = location;
    sighting.match = undefined;
    sighting.parent = 0;
    if (sighting.parts.length > 0) sighting.parts.length = 0;
    sighting.firstDrop = false;
  }

  /**
   * Hot path. pktmon before Windows 11 24H2: PktGroupId and PktNumber join appearances, AppearanceCount counts them. Most
   * appearances follow another one of their packet on the same processor, which needs no search.
   */
  #seeCounted(appearance: Appearance, location: Location): void {
    const { appearance: count, nblHigh, nblLow, packetNumber, processor } = appearance;
    const latest = this.#latest[processor] ?? this.#addProcessor(processor);
    if (
      latest.nblLow !== nblLow ||
      latest.nblHigh !== nblHigh ||
      latest.packetNumber !== packetNumber ||
      latest.host !== location.host
    ) {
      // A count of 1 begins a packet, unless clocks differ and a later count was logged just before.
      const isFirst = count === 1 && this.#time - this.#lastHeadless > SKEW;
      latest.packet = isFirst ? 0 : this.#findCounted(appearance, location);
      latest.nblLow = nblLow;
      latest.nblHigh = nblHigh;
      latest.packetNumber = packetNumber;
      latest.host = location.host;
    }
    const store = this.#store;
    let slot = store.slotOf(latest.packet);
    if (slot !== NONE && this.#isNextCount(slot, count, processor)) {
      if (count > (store.count[slot] ?? 0)) store.count[slot] = count;
      this.#extendCounted(slot, appearance);
      return;
    }
    slot = store.addJourney(this.#time - CONTENT_WINDOW, this.#time - NUMBER_WINDOW);
    store.first[slot] = this.#time;
    store.firstProcessor[slot] = processor;
    store.location[slot] = location.index;
    store.step[slot] = this.#step;
    store.count[slot] = count;
    if (count > 1) this.#lastHeadless = this.#time;
    latest.packet = store.packet[slot] ?? 0;
    const { host } = location;
    const openSince = this.#time - NUMBER_WINDOW;
    store.addKey(slot, countedA(appearance, host), countedB(appearance, host), KeyKind.number, 0, openSince);
    this.#addHop(slot, appearance);
  }

  #addProcessor(processor: number): Latest {
    const latest = { nblHigh: -1, nblLow: -1, packetNumber: -1, host: -1, packet: 0 };
    this.#latest[processor] = latest;
    return latest;
  }

  /** @returns the newest packet with the appearance's numbers; 0: none */
  #findCounted(appearance: Appearance, { host }: Location): number {
    const store = this.#store;
    const a = countedA(appearance, host);
    const b = countedB(appearance, host);
    for (let key = store.newestKey(a); key !== NONE; key = store.olderKey(key)) {
      if (store.keyA[key] !== a || store.keyB[key] !== b) continue;
      const slot = store.journeyOf(key);
      return slot === NONE ? 0 : (store.packet[slot] ?? 0);
    }
    return 0;
  }

  /** A count that does not go up belongs to the next packet of that number, unless two clocks differ. */
  #isNextCount(slot: number, count: number, processor: number): boolean {
    const store = this.#store;
    const age = this.#time - (store.last[slot] ?? 0);
    if (age > NUMBER_WINDOW) return false;
    const known = store.count[slot] ?? 0;
    return count > known || (count < known && age <= SKEW && store.processor[slot] !== processor);
  }

  #extendCounted(slot: number, appearance: Appearance): void {
    this.#addHop(slot, appearance);
    this.#sighting.match = 'number';
    this.#matches[Match.number] = (this.#matches[Match.number] ?? 0) + 1;
  }

  /** An appearance that a number joins: nothing is compared with its location. */
  #addHop(slot: number, appearance: Appearance): void {
    const store = this.#store;
    const hop = (store.hops[slot] ?? 0) + 1;
    store.hops[slot] = hop;
    store.last[slot] = this.#time;
    store.processor[slot] = appearance.processor;
    if (appearance.dropped) this.#noteDrop(slot, appearance);
    const sighting = this.#sighting;
    sighting.packet = store.packet[slot] ?? 0;
    sighting.hop = hop;
    sighting.ambiguous = false;
  }

  #seeContent(appearance: Appearance, location: Location): void {
    const { bytes, dropped, length, originalLength, start } = appearance;
    const key = this.#key;
    const { linkType } = appearance.captureLocation;
    key.take(bytes, start, length, originalLength, linkType, appearance.view);
    // Above the link layer the stack has not filled in every field, and drop records have reconstructed headers.
    const isBlank = dropped || (key.isIpv4 && key.identification === 0);
    const isMadeUp = location.role === 'transport' || (location.role === 'ip' && isBlank);
    this.#isRebuilt = isMadeUp;
    if (isMadeUp) this.#hasRebuilt = true;
    const slot = this.#find(appearance, location);
    if (slot === NONE) this.#addContent(appearance, location);
    else this.#continue(slot, appearance, location);
  }

  /** @returns the journey that an appearance without a count belongs to; sets `#match` */
  #find(appearance: Appearance, location: Location): number {
    const key = this.#key;
    this.#isSoleContent = false;
    const hasPointer = location.numbers === 'pointer' && appearance.hasNbl;
    if (hasPointer) {
      const slot = this.#findPointer(appearance, location);
      if (slot !== NONE) return slot;
    }
    this.#match = Match.content;
    const isLoose = key.isIpv4 && this.#joinRebuiltHeaders;
    // An identification of 0 that the stack made up says nothing: packets that have it do not come first.
    const isBlank = isLoose && this.#isRebuilt && key.identification === 0;
    let slot = isBlank ? this.#findEqual(key.looseA, key.looseB, appearance) : NONE;
    if (slot === NONE) slot = this.#findEqual(key.a, key.b, appearance);
    this.#isSoleContent = this.#isSole;
    if (slot !== NONE || !key.isIp) return slot;
    if (isLoose && !isBlank) {
      if (this.#isRebuilt) slot = this.#findEqual(key.looseA, key.looseB, appearance);
      else if (this.#hasRebuilt) slot = this.#findEqual(~key.looseA, key.looseB, appearance);
      if (slot !== NONE) return slot;
    }
    if (appearance.dropped && location.role === 'ip') return NONE;
    slot = this.#findInner(appearance);
    if (slot !== NONE) return slot;
    const translations = this.#translations[location.host];
    const stated = translations && this.#counterpartOf(appearance, translations);
    slot = stated ? this.#findStated(stated.flow, appearance) : this.#findTranslated(appearance);
    return slot === NONE ? this.#findEncrypted(appearance) : slot;
  }

  /**
   * vSwitch: the newest journey of an NBL, if this is a further hop of it. Extensions of the switch may change its
   * bytes; the pointer is reused for a later packet, which enters with other bytes or at the location where the last
   * one entered.
   */
  #findPointer(appearance: Appearance, location: Location): number {
    const store = this.#store;
    const a = pointerKey(appearance, location, 0);
    const b = pointerKey(appearance, location, 1);
    for (let key = store.newestKey(a); key !== NONE; key = store.olderKey(key)) {
      if (store.keyA[key] !== a || store.keyB[key] !== b) continue;
      const slot = store.journeyOf(key);
      if (slot === NONE || this.#time - (store.last[slot] ?? 0) > NUMBER_WINDOW) return NONE;
      const isSame = store.content[slot] === this.#key.a;
      const isIngress = location.isIngress && !appearance.dropped;
      if (store.hasVisited(slot, this.#hopLocation) || (isIngress && !isSame)) return NONE;
      this.#match = Match.number;
      return slot;
    }
    return NONE;
  }

  /** @returns a journey with an equal key that the appearance can be a further step of */
  #findEqual(a: number, b: number, appearance: Appearance): number {
    this.#isSole = false;
    return appearance.dropped ? this.#findDropped(a, b, appearance) : this.#findNext(a, b, appearance);
  }

  /**
   * Hot path. Packets with equal bytes are first in, first out at each hop location, on each processor: searches from
   * the newest back to the first that this processor has already recorded here; the result is the oldest after that
   * one.
   */
  #findNext(a: number, b: number, { processor }: Appearance): number {
    const store = this.#store;
    this.#isSole = true;
    let best = NONE;
    let isBestInner = false;
    let bestAge = 0;
    let other = NONE;
    let isOtherInner = false;
    let others = 0;
    let skewed = NONE;
    let steps = 0;
    let otherSteps = 0;
    // Keys of one bucket are far apart in memory: the walk ends at a key that had no equal.
    let isSole = false;
    for (let key = store.newestKey(a); key !== NONE; key = isSole ? NONE : store.olderKey(key)) {
      if (store.keyA[key] !== a || store.keyB[key] !== b) continue;
      this.#isSole = false;
      isSole = store.keySole[key] === 1;
      const slot = store.journeyOf(key);
      if (slot === NONE) break;
      const age = this.#time - (store.last[slot] ?? 0);
      if (age > CONTENT_WINDOW) break;
      const isOwn = store.processor[slot] === processor;
      if (isOwn ? ++steps > MAX_STEPS : ++otherSteps > MAX_OTHER_STEPS) break;
      const isInner = store.keyKind[key] === KeyKind.inner;
      if (!isInner && store.hasVisited(slot, this.#hopLocation)) {
        if (!this.#hasHeaders(slot, this.#ttlChange(slot))) continue;
        if (isOwn || store.firstProcessor[slot] === processor) break;
        continue;
      }
      if (slot === best || slot === other) continue;
      if (!this.#fits(slot, isInner, age)) {
        if (this.#isSkewed) skewed = slot;
        continue;
      }
      if (isOwn) {
        if (best === NONE) this.#noteStep(slot, age);
        else if (this.#isLeftBehind(slot, best)) break;
        best = slot;
        isBestInner = isInner;
        bestAge = age;
      } else if (other === NONE || !this.#isLeftBehind(slot, other)) {
        if (best === NONE && other === NONE) this.#noteStep(slot, age);
        other = slot;
        isOtherInner = isInner;
        others += 1;
      }
    }
    if (skewed !== NONE && steps + otherSteps === 1) return skewed;
    const isForeign = best === NONE || (other !== NONE && this.#isLate(best, bestAge));
    if (isForeign && others > 1) this.#isAmbiguous = true;
    if (isForeign ? isOtherInner : isBestInner) this.#match = Match.encapsulated;
    return isForeign ? other : best;
  }

  #isLate(slot: number, age: number): boolean {
    const limit = this.#hopTimes.farLimit(this.#store.step[slot] ?? 0, this.#step);
    return limit !== UNKNOWN && age > limit;
  }

  /** For {@link HopTimes}: the newest journey for which the current step is possible. */
  #noteStep(slot: number, age: number): void {
    this.#stepFrom = this.#store.step[slot] ?? 0;
    this.#stepTicks = age;
  }

  /**
   * Whether a journey ended without a record: a newer one with the same bytes arrived long after it, or began after it
   * stopped and passed several hop locations up to here.
   */
  #isLeftBehind(slot: number, newer: number): boolean {
    const store = this.#store;
    const times = this.#hopTimes;
    const from = store.step[slot] ?? 0;
    const newerFrom = store.step[newer] ?? 0;
    const last = store.last[slot] ?? 0;
    const distance = (store.last[newer] ?? 0) - last;
    const far = Math.max(times.farLimit(from, this.#step), times.farLimit(newerFrom, this.#step));
    const unknownFar = (this.#step & 1) === 0 ? UNKNOWN_FAR : UNKNOWN_FAR_DROP;
    if (distance > (far === UNKNOWN ? unknownFar + 10 * this.#stepTicks : far)) return true;
    const cameThrough = (store.hopLocationsTo[newer] ?? 0) - (store.hopLocationsFrom[newer] ?? 0) > 1;
    if (!cameThrough || (store.first[newer] ?? 0) <= last) return false;
    const near = Math.max(times.nearLimit(from, this.#step), times.nearLimit(newerFrom, this.#step));
    return near !== UNKNOWN && distance > near;
  }

  /**
   * A drop record: of packets with equal bytes the one with the fewest drop records, of those the oldest; only packets
   * recent enough for the drop.
   */
  #findDropped(a: number, b: number, appearance: Appearance): number {
    const store = this.#store;
    const { processor } = appearance;
    let best = NONE;
    let newest = NONE;
    let isBestOwn = false;
    let bestProgress = 0;
    let rivals = 0;
    let steps = 0;
    for (let key = store.newestKey(a); key !== NONE; key = store.olderKey(key)) {
      if (store.keyA[key] !== a || store.keyB[key] !== b) continue;
      const slot = store.journeyOf(key);
      if (slot === NONE) break;
      const age = this.#time - (store.last[slot] ?? 0);
      if (age > DROP_WINDOW || ++steps > MAX_OTHER_STEPS) break;
      if (slot === best || store.keyKind[key] === KeyKind.inner || !this.#fits(slot, false, age)) continue;
      if (this.#isRepeatedDrop(slot, appearance, age)) continue;
      const isOwn = store.processor[slot] === processor;
      const progress = this.#progressOf(slot);
      if (best !== NONE && (isBestOwn === isOwn ? progress < bestProgress : isBestOwn)) continue;
      if (best !== NONE && isBestOwn === isOwn && progress === bestProgress) {
        if (this.#isLeftBehind(slot, newest)) break;
        newest = slot;
        if ((store.drops[slot] ?? 0) > (store.drops[best] ?? 0)) continue;
        rivals = store.drops[slot] === store.drops[best] ? rivals + 1 : 0;
      } else {
        this.#noteStep(slot, age);
        rivals = 0;
        newest = slot;
      }
      best = slot;
      isBestOwn = isOwn;
      bestProgress = progress;
    }
    if (rivals > 0) this.#isAmbiguous = true;
    return best;
  }

  /** How far a packet got in the stack: a drop record belongs to a packet that got near it, not to one that is still far away. */
  #progressOf(slot: number): number {
    const store = this.#store;
    const height = this.#locations[store.location[slot] ?? 0]?.height ?? UNKNOWN;
    if (height === UNKNOWN) return 0;
    return store.direction[slot] === Direction.outbound ? -height : height;
  }

  /** A packet whose first record is its drop, and the same drop again: the next packet with the same bytes. */
  #isRepeatedDrop(slot: number, appearance: Appearance, age: number): boolean {
    const store = this.#store;
    if (store.hopLocationsTo[slot] !== 0 || !this.#isFirstDrop(slot, appearance)) return false;
    if (store.processor[slot] !== appearance.processor) return true;
    const flags = store.flags[slot] ?? 0;
    if ((flags & JourneyFlag.group) !== 0) return age > REPEATED_GROUP_DROP;
    return (flags & JourneyFlag.variousDrops) !== 0 || age > REPEATED_DROP;
  }

  #isFirstDrop(slot: number, { dropLocation, dropReason }: Appearance): boolean {
    const store = this.#store;
    return store.dropReason[slot] === (dropReason | 0) && store.dropLocation[slot] === (dropLocation | 0);
  }

  /** Whether the current appearance can be a further hop of a journey. */
  #fits(slot: number, isInner: boolean, age: number): boolean {
    const store = this.#store;
    const location = this.#location;
    const last = this.#locations[store.location[slot] ?? 0];
    this.#isSkewed = false;
    if (location === undefined || last === undefined || last.host !== location.host) return false;
    const flags = store.flags[slot] ?? 0;
    const isDrop = (this.#step & 1) !== 0;
    // A drop ends a journey, except that other branches of a multicast go on, and that clocks differ.
    if (!isDrop && (store.drops[slot] ?? 0) > 0 && (flags & JourneyFlag.group) === 0 && age > SKEW)
      return false;
    if (!isDrop && store.hopLocationsTo[slot] === MAX_HOP_LOCATIONS) return false;
    if (isInner) return (flags & JourneyFlag.tunnelled) === 0 && age <= REWRITE_WINDOW;
    const ttl = this.#ttlChange(slot);
    return this.#hasHeaders(slot, ttl) && this.#isOnWay(slot, last, location, ttl < 0, age);
  }

  /** Increase of TTL or hop limit; 0 if there is none or if one is reconstructed. */
  #ttlChange(slot: number): number {
    const store = this.#store;
    const { ttl } = this.#key;
    const known = store.ttl[slot] ?? 0;
    const isMadeUp = this.#isRebuilt || ((store.flags[slot] ?? 0) & JourneyFlag.rebuilt) !== 0;
    return isMadeUp || ttl === 0 || known === 0 ? 0 : ttl - known;
  }

  /** Only routing changes TTL and MAC addresses, and it changes both. */
  #hasHeaders(slot: number, ttlChange: number): boolean {
    const { mac } = this.#key;
    const known = this.#store.mac[slot] ?? 0;
    if (ttlChange > 0) return false;
    return mac === 0 || known === 0 || (mac === known) === (ttlChange === 0);
  }

  /** Whether a packet last recorded at `last` can appear at `location` next. */
  #isOnWay(slot: number, last: Location, location: Location, isForwarded: boolean, age: number): boolean {
    const store = this.#store;
    const from = store.direction[slot] ?? 0;
    const to = this.#hopLocation % 3;
    if (location.isPort || last.isPort || location.role === 'switch' || last.role === 'switch') {
      const comesIn = location.isPort && isIngress(location, to);
      if (!comesIn || location === last) return true;
      const flags = store.flags[slot] ?? 0;
      if ((flags & JourneyFlag.inSwitch) !== 0) return false;
      // A packet that left the switch does not enter it again unchanged.
      return (flags & JourneyFlag.leftSwitch) === 0 || isForwarded || this.#mayBeSkewed(slot, age);
    }
    const isTurned = from !== to && from !== Direction.unknown && to !== Direction.unknown;
    const isStraight = from === to && from !== Direction.unknown;
    const isSentOn = ((store.flags[slot] ?? 0) & JourneyFlag.toAccessPoint) !== 0;
    const mayRoute = (isForwarded || isSentOn) && from === Direction.inbound;
    const isOneAdapter = location.adapter === last.adapter;
    if (location.adapter === -1 || last.adapter === -1 || isOneAdapter) {
      if (isTurned) return mayRoute || (!isOneAdapter && (location.isVirtual || last.isVirtual));
      if (!isOneAdapter || !isStraight || location.height === -1 || last.height === -1) return true;
      // Several components report one drop, also some that the packet had passed.
      if ((this.#step & 1) !== 0 && (store.drops[slot] ?? 0) > 0) return true;
      const climbs = location.height - last.height;
      return (to === Direction.inbound ? climbs >= 0 : climbs <= 0) || this.#mayBeSkewed(slot, age);
    }
    if (location.isVirtual || last.isVirtual) return true;
    if (location.stack !== -1 && location.stack === last.stack) return !isTurned || mayRoute;
    if (isTurned) return mayRoute;
    if (!isStraight) return true;
    if (location.isUpper !== last.isUpper) return location.isUpper === (to === Direction.inbound);
    // Outbound through one adapter and then another with the same addresses: one is above the other. Inbound it may
    // also be a broadcast that both received.
    return to === Direction.outbound && !isForwarded && this.#key.mac !== 0;
  }

  #mayBeSkewed(slot: number, age: number): boolean {
    if (age > WIDE_SKEW || this.#store.processor[slot] === this.#processor) return false;
    this.#isSkewed = age > SKEW;
    return !this.#isSkewed;
  }

  /** Encapsulation: the inner frame appears before the outer one. */
  #findInner(appearance: Appearance): number {
    // A received packet was not encapsulated here.
    if (appearance.direction === Direction.inbound && this.#location?.role !== 'switch') return NONE;
    if (!this.#takeInner(appearance)) return NONE;
    const { a, b } = this.#inner;
    return this.#findRewritten(a, b, KeyKind.content, 0, appearance, Match.encapsulated);
  }

  /** @returns whether the current key is a tunnel's; then `#inner` is the frame inside */
  #takeInner({ bytes, originalLength, start, view }: Appearance): boolean {
    const key = this.#key;
    const linkType = key.innerLinkType(bytes);
    if (linkType === 0) return false;
    const skipped = key.innerStart - start;
    const length = key.end - key.innerStart;
    this.#inner.take(bytes, key.innerStart, length, originalLength - skipped, linkType, view);
    return true;
  }

  /** IPsec: which packet is inside is a guess, by order and length. */
  #findEncrypted({ bytes, direction, processor }: Appearance): number {
    const key = this.#key;
    const isEsp = key.isEsp(bytes);
    if (isEsp) this.#lastEsp = this.#time;
    // Sent packets are encrypted, received ones decrypted.
    const canBe = isEsp
      ? direction === Direction.outbound
      : direction === Direction.inbound && this.#time - this.#lastEsp <= REWRITE_WINDOW;
    if (!canBe) return NONE;
    const { payloadLength } = key;
    const slot = findByOrder(this.#store, {
      time: this.#time,
      processor,
      hopLocation: this.#hopLocation,
      direction,
      payloadLength,
      isEsp,
    });
    if (slot === NONE) return NONE;
    this.#match = Match.encapsulated;
    this.#isAmbiguous = true;
    return slot;
  }

  /** The flow of the packet on the other side of a NAT, if an event states it. */
  #counterpartOf(appearance: Appearance, translations: NatSessions): NatCounterpart | undefined {
    const key = this.#key;
    if (!key.hasFlow) return undefined;
    key.setFlow(appearance.bytes, this.#flow);
    return translations.counterpartOfFlow(this.#flow, appearance);
  }

  /** Address translation that an event states: the same packet with the addresses and ports of a flow. */
  #findStated(flow: Uint8Array, appearance: Appearance): number {
    const pair = this.#pair;
    this.#flow.bytes.set(flow);
    this.#key.takeFlow(this.#flow.hash(), pair);
    return this.#findRewritten(pair.a, pair.b, KeyKind.flow, 0, appearance, Match.translated);
  }

  #addFlowKey(slot: number, { bytes }: Appearance): void {
    const key = this.#key;
    if (!key.hasFlow) return;
    const pair = this.#pair;
    key.setFlow(bytes, this.#flow);
    key.takeFlow(this.#flow.hash(), pair);
    this.#store.addKey(slot, pair.a, pair.b, KeyKind.flow, 0, this.#time - CONTENT_WINDOW);
  }

  /** Address translation: the same packet, except one side's address and port. */
  #findTranslated(appearance: Appearance): number {
    const key = this.#key;
    const location = this.#location;
    const goesOut =
      location?.role === 'switch'
        ? location.isHostPort && isIngress(location, appearance.direction)
        : appearance.direction === Direction.outbound;
    if (
      !goesOut ||
      key.isGroup ||
      appearance.dropped ||
      this.#hosts[location?.host ?? 0]?.isOneAdapter === true
    ) {
      return NONE;
    }
    const pair = this.#pair;
    if (!key.takeTranslation('destination', pair)) return NONE;
    let port = key.translatedPort('destination');
    const slot = this.#findRewritten(
      pair.a,
      pair.b,
      KeyKind.toDestination,
      port,
      appearance,
      Match.translated,
    );
    if (slot !== NONE) return slot;
    key.takeTranslation('source', pair);
    port = key.translatedPort('source');
    return this.#findRewritten(pair.a, pair.b, KeyKind.fromSource, port, appearance, Match.translated);
  }

  /** The oldest journey that a rewritten packet can be; of this processor first, then with the same port. */
  #findRewritten(
    a: number,
    b: number,
    kind: number,
    port: number,
    { processor }: Appearance,
    match: MatchCode,
  ): number {
    const store = this.#store;
    let best = NONE;
    let newest = NONE;
    let newestOwn = NONE;
    let bestRank = -1;
    let rivals = 0;
    let steps = 0;
    for (let key = store.newestKey(a); key !== NONE; key = store.olderKey(key)) {
      if (store.keyA[key] !== a || store.keyB[key] !== b || store.keyKind[key] !== kind) continue;
      const slot = store.journeyOf(key);
      if (slot === NONE) break;
      const age = this.#time - (store.last[slot] ?? 0);
      if (age > REWRITE_WINDOW || ++steps > MAX_OTHER_STEPS) break;
      if (slot === best || !this.#canBeRewritten(slot, match, kind === KeyKind.flow)) continue;
      const isOwn = store.processor[slot] === processor;
      if (newest === NONE) this.#noteStep(slot, age);
      if (isOwn && newestOwn !== NONE && this.#isLeftBehind(slot, newestOwn)) break;
      if (!isOwn && newest !== NONE && this.#isLeftBehind(slot, newest)) continue;
      newest = slot;
      if (isOwn) newestOwn = slot;
      const isOut = ((store.flags[slot] ?? 0) & JourneyFlag.inSwitch) === 0;
      const rank = (isOwn ? 4 : 0) + (store.keyPort[key] === port ? 2 : 0) + (isOut ? 1 : 0);
      if (rank < bestRank) continue;
      rivals = rank === bestRank ? rivals + 1 : 0;
      best = slot;
      bestRank = rank;
    }
    if (best === NONE) return NONE;
    const isGuess = match === Match.translated && kind !== KeyKind.flow;
    if (rivals > 0 && isGuess) this.#isAmbiguous = true;
    this.#match = match;
    return best;
  }

  /** @param isStated an event states the rewrite */
  #canBeRewritten(slot: number, match: MatchCode, isStated: boolean): boolean {
    const store = this.#store;
    const location = this.#location;
    const last = this.#locations[store.location[slot] ?? 0];
    if (location === undefined || last === undefined || last.host !== location.host) return false;
    if ((store.drops[slot] ?? 0) > 0 || store.hasVisited(slot, this.#hopLocation)) return false;
    if (match === Match.encapsulated) return ((store.flags[slot] ?? 0) & JourneyFlag.tunnelled) === 0;
    // Routing lowers the TTL, but not before every location that sees the new addresses.
    if (this.#key.ttl > (store.ttl[slot] ?? 0)) return false;
    if (isStated) return true;
    if (this.#key.mac !== 0 && this.#key.mac === store.mac[slot]) return false;
    if (location.adapter !== -1 && location.adapter === last.adapter && !location.isVirtual) return false;
    // A switch hands packets to the host's stack, which translates; it does not translate itself.
    if (last.role === 'switch') return location.role !== 'switch';
    return store.direction[slot] === Direction.inbound;
  }

  /** Continues a journey with an appearance without a count. */
  #continue(slot: number, appearance: Appearance, location: Location): void {
    const store = this.#store;
    const key = this.#key;
    const match = this.#match;
    const isRewritten = match === Match.translated || match === Match.encapsulated;
    const isNewContent = store.content[slot] !== key.a;
    if (match === Match.encapsulated) {
      store.forgetHopLocations(slot);
      store.flags[slot] = (store.flags[slot] ?? 0) | JourneyFlag.tunnelled;
    } else if (isRewritten || (!this.#isRebuilt && key.ttl !== 0 && key.ttl < (store.ttl[slot] ?? 0))) {
      store.forgetHopLocations(slot);
    }
    this.#extend(slot, appearance, location, match);
    if (isNewContent && (isRewritten || !this.#isRebuilt)) this.#addContentKeys(slot, appearance, location);
    this.#learnPacket(slot, appearance, location, isRewritten);
  }

  /** Stores the properties of a journey's packet from the current bytes, and its number. */
  #learnPacket(slot: number, appearance: Appearance, location: Location, isRewritten: boolean): void {
    const store = this.#store;
    const key = this.#key;
    let flags = store.flags[slot] ?? 0;
    if (!this.#isRebuilt) {
      store.content[slot] = key.a;
      store.payloadLength[slot] = key.isIp ? key.payloadLength : 0;
      store.ttl[slot] = key.ttl;
      if (key.mac !== 0 || isRewritten) store.mac[slot] = key.mac;
      flags &= ~JourneyFlag.rebuilt;
    }
    if (key.isGroup) flags |= JourneyFlag.group;
    if (key.isToAccessPoint && appearance.direction === Direction.inbound) flags |= JourneyFlag.toAccessPoint;
    if (location.numbers === 'pointer' && appearance.hasNbl && (flags & JourneyFlag.pointer) === 0) {
      flags |= JourneyFlag.pointer;
      const a = pointerKey(appearance, location, 0);
      const b = pointerKey(appearance, location, 1);
      store.addKey(slot, a, b, KeyKind.number, 0, this.#time - NUMBER_WINDOW);
    }
    const comesUp = appearance.direction === Direction.inbound || location.role === 'switch';
    if (comesUp && (flags & JourneyFlag.translatable) === 0 && this.#addTranslationKeys(slot, location)) {
      flags |= JourneyFlag.translatable;
    }
    store.flags[slot] = flags;
  }

  #addTranslationKeys(slot: number, { host }: Location): boolean {
    const key = this.#key;
    const pair = this.#pair;
    if (this.#hosts[host]?.isOneAdapter === true || key.isGroup || !key.takeTranslation('destination', pair))
      return false;
    const openSince = this.#time - CONTENT_WINDOW;
    let port = key.translatedPort('destination');
    this.#store.addKey(slot, pair.a, pair.b, KeyKind.toDestination, port, openSince);
    key.takeTranslation('source', pair);
    port = key.translatedPort('source');
    this.#store.addKey(slot, pair.a, pair.b, KeyKind.fromSource, port, openSince);
    return true;
  }

  #addContentKeys(slot: number, appearance: Appearance, location: Location): void {
    const store = this.#store;
    const key = this.#key;
    const openSince = this.#time - CONTENT_WINDOW;
    store.addKey(slot, key.a, key.b, KeyKind.content, 0, openSince, this.#isSoleContent);
    if (this.#translations[location.host] !== undefined) this.#addFlowKey(slot, appearance);
    if (!key.isIpv4) return;
    if (this.#isRebuilt) store.addKey(slot, ~key.looseA, key.looseB, KeyKind.rebuilt, 0, openSince);
    else if (
      this.#hasRebuilt ||
      (location.numbers === 'counted' && this.#hosts[location.host]?.mayRebuild !== false)
    ) {
      store.addKey(slot, key.looseA, key.looseB, KeyKind.loose, 0, openSince);
    }
  }

  /** The first appearance of a packet that is known by its content. */
  #addContent(appearance: Appearance, location: Location): void {
    const store = this.#store;
    const slot = this.#addNew(appearance, location);
    store.flags[slot] = (store.flags[slot] ?? 0) | (this.#isRebuilt ? JourneyFlag.rebuilt : 0);
    this.#addContentKeys(slot, appearance, location);
    this.#learnPacket(slot, appearance, location, false);
    if (this.#isRebuilt) {
      store.content[slot] = this.#key.a;
      return;
    }
    if (!this.#key.isIp) return;
    if (this.#key.isEsp(appearance.bytes)) store.flags[slot] = (store.flags[slot] ?? 0) | JourneyFlag.esp;
    if (this.#takeInner(appearance)) {
      const { a, b } = this.#inner;
      store.addKey(slot, a, b, KeyKind.inner, 0, this.#time - CONTENT_WINDOW);
    }
    if (!appearance.dropped) this.#linkParts(appearance);
  }

  #linkParts({ bytes }: Appearance): void {
    const sighting = this.#sighting;
    const parts = this.#parts;
    parts.add(this.#key, bytes, this.#time, sighting.packet, this.#neighbours, sighting.parts);
    sighting.parent = parts.parent;
    const isSplit = sighting.parent !== 0;
    if (!isSplit && sighting.parts.length === 0) return;
    const match = isSplit ? Match.split : Match.joined;
    sighting.match = MATCH_KINDS[match];
    this.#matches[match] = (this.#matches[match] ?? 0) + 1;
  }

  #wasHere(packet: number): boolean {
    const slot = this.#store.slotOf(packet);
    return slot === NONE || this.#store.hasVisited(slot, this.#hopLocation);
  }

  #addNew(appearance: Appearance, location: Location): number {
    const store = this.#store;
    const isNumbered = location.numbers === 'pointer' ? appearance.hasNbl : isCounted(appearance);
    const keptFor = isNumbered ? NUMBER_WINDOW : CONTENT_WINDOW;
    const slot = store.addJourney(this.#time - CONTENT_WINDOW, this.#time - keptFor);
    store.first[slot] = this.#time;
    store.firstProcessor[slot] = appearance.processor;
    store.step[slot] = this.#step;
    store.last[slot] = this.#time;
    this.#isAmbiguous = false;
    this.#stepTicks = -1;
    this.#extend(slot, appearance, location, FIRST);
    return slot;
  }

  #extend(slot: number, appearance: Appearance, location: Location, match: MatchCode | typeof FIRST): void {
    const store = this.#store;
    const { direction, dropped, processor } = appearance;
    if (this.#stepTicks >= 0 && this.#stepFrom === store.step[slot]) {
      this.#hopTimes.learn(this.#stepFrom, this.#step, this.#stepTicks);
    }
    const hop = (store.hops[slot] ?? 0) + 1;
    store.hops[slot] = hop;
    store.last[slot] = this.#time;
    store.step[slot] = this.#step;
    // Where and on which processor a drop is reported does not say where the packet was.
    if (!dropped || match === FIRST) {
      store.location[slot] = location.index;
      store.processor[slot] = processor;
    }
    if (direction !== Direction.unknown) store.direction[slot] = direction;
    if (location.isPort && !dropped) {
      const flags = store.flags[slot] ?? 0;
      store.flags[slot] = isIngress(location, direction)
        ? flags | JourneyFlag.inSwitch
        : (flags & ~JourneyFlag.inSwitch) | JourneyFlag.leftSwitch;
    }
    const sighting = this.#sighting;
    if (dropped) this.#noteDrop(slot, appearance);
    else store.visit(slot, this.#hopLocation);
    sighting.packet = store.packet[slot] ?? 0;
    sighting.hop = hop;
    if (match !== FIRST) {
      sighting.match = MATCH_KINDS[match];
      this.#matches[match] = (this.#matches[match] ?? 0) + 1;
    }
    sighting.ambiguous = this.#isAmbiguous;
    if (this.#isAmbiguous) this.#ambiguous += 1;
  }

  #noteDrop(slot: number, appearance: Appearance): void {
    const store = this.#store;
    const drops = store.drops[slot] ?? 0;
    store.drops[slot] = Math.min(0xffff, drops + 1);
    this.#dropRecords += 1;
    if (drops > 0) {
      if (!this.#isFirstDrop(slot, appearance)) {
        store.flags[slot] = (store.flags[slot] ?? 0) | JourneyFlag.variousDrops;
      }
      return;
    }
    store.dropReason[slot] = appearance.dropReason;
    store.dropLocation[slot] = appearance.dropLocation;
    this.#droppedPackets += 1;
    if (appearance.dropReason === UNKNOWN) this.#inferredDrops += 1;
    this.#sighting.firstDrop = true;
  }
}

/** A group number of 0 is not a number, and a count of 0 joins no appearances (Windows 11 24H2 and later). */
const isCounted = ({ appearance, nblHigh, nblLow }: Appearance): boolean =>
  appearance > 0 && (nblHigh !== 0 || nblLow !== 0);

const countedA = ({ nblHigh, nblLow, packetNumber }: Appearance, host: number): number =>
  mixOf(host, nblLow, nblHigh, packetNumber);

const countedB = ({ nblHigh, nblLow, packetNumber }: Appearance, host: number): number =>
  mixOf(~packetNumber, nblHigh, nblLow, host);

const isIngress = (location: Location, direction: number): boolean =>
  location.numbers === 'pointer' ? location.isIngress : direction === Direction.inbound;

const pointerKey = ({ nblHigh, nblLow }: Appearance, { host }: Location, part: number): number =>
  mixOf(0x3243_f6a8 + part, nblLow, nblHigh, host + part);
