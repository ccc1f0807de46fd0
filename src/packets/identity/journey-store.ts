/** Stations of one journey that are remembered. */
export const MAX_HOP_LOCATIONS = 32;
const FIRST_CAPACITY = 1024;
/** Journeys that are open at a time: 34 MiB. */
const MAX_JOURNEYS = 1 << 18;
/** Keys of open journeys: a journey has two to five. 27 MiB. */
const MAX_KEYS = 1 << 20;

/** Bits of {@link JourneyStore.flags}. */
export const JourneyFlag = {
  /** It has an NBL pointer. */
  pointer: 1,
  /** It is in a switch: it came in at a port and did not leave yet. */
  inSwitch: 2,
  /** Its destination is a group. */
  group: 4,
  /** Its keys for address translation are stored. */
  translatable: 8,
  /** Its first header was made up by the stack. */
  rebuilt: 16,
  /** It appeared both inside and outside a tunnel. */
  tunnelled: 32,
  /** Its drop records differ. */
  variousDrops: 64,
  /** It is encrypted (IPsec ESP). */
  esp: 128,
  /** It came out of a switch, and was not routed, translated or put into a tunnel since then. */
  leftSwitch: 256,
  /** It came in from an 802.11 station that sent it to this host as its access point. */
  toAccessPoint: 512,
} as const;

/** The kinds of keys of a journey. */
export const KeyKind = {
  content: 0,
  loose: 1,
  rebuilt: 2,
  inner: 3,
  fromSource: 4,
  toDestination: 5,
  number: 6,
  /** Everything but addresses and ports, and a flow: for translations that events state. */
  flow: 7,
} as const;

/**
 * Open journeys and their keys, in rings of typed arrays: the newest overwrites the oldest, nothing is removed, and
 * nothing is allocated per packet. Rings double, up to a fixed size, when they would overwrite open journeys.
 * References to a journey or a key keep its serial number and are stale if the ring's slot has another one.
 */
export class JourneyStore {
  journeyMask = FIRST_CAPACITY - 1;
  /** Packet numbers, from 1; the slot of a packet is its number, masked. */
  packet = new Float64Array(FIRST_CAPACITY);
  /** Ticks. */
  first = new Float64Array(FIRST_CAPACITY);
  last = new Float64Array(FIRST_CAPACITY);
  hops = new Uint32Array(FIRST_CAPACITY);
  mac = new Int32Array(FIRST_CAPACITY);
  /** Stations as bits by their number modulo 64: a clear bit was certainly not visited. */
  bitsLow = new Int32Array(FIRST_CAPACITY);
  bitsHigh = new Int32Array(FIRST_CAPACITY);
  /** The hop location of the last record, twice, and 1 if it was a drop. */
  step = new Uint32Array(FIRST_CAPACITY);
  /** Bytes after the IP header in the last appearance; 0 if it is not an IP packet. */
  payloadLength = new Uint16Array(FIRST_CAPACITY);
  /** The first hash of the content of the last appearance. */
  content = new Int32Array(FIRST_CAPACITY);
  location = new Uint16Array(FIRST_CAPACITY);
  processor = new Uint16Array(FIRST_CAPACITY);
  firstProcessor = new Uint16Array(FIRST_CAPACITY);
  /** Drop records. */
  drops = new Uint16Array(FIRST_CAPACITY);
  /** pktmon: the highest AppearanceCount. */
  count = new Uint16Array(FIRST_CAPACITY);
  ttl = new Uint8Array(FIRST_CAPACITY);
  flags = new Uint16Array(FIRST_CAPACITY);
  direction = new Uint8Array(FIRST_CAPACITY);
  /**
   * Hop locations of all journeys, {@link MAX_HOP_LOCATIONS} each; those from `hopLocationsFrom` to `hopLocationsTo` are valid.
   */
  hopLocations = new Uint16Array(FIRST_CAPACITY * MAX_HOP_LOCATIONS);
  hopLocationsFrom = new Uint8Array(FIRST_CAPACITY);
  hopLocationsTo = new Uint8Array(FIRST_CAPACITY);
  /** The reason and location of the first drop. */
  dropReason = new Int32Array(FIRST_CAPACITY);
  dropLocation = new Int32Array(FIRST_CAPACITY);

  keyMask = FIRST_CAPACITY - 1;
  keySerial = new Uint32Array(FIRST_CAPACITY);
  keyA = new Int32Array(FIRST_CAPACITY);
  keyB = new Int32Array(FIRST_CAPACITY);
  /** The serial number of the next older key in the same bucket; 0 none. */
  keyPrevious = new Uint32Array(FIRST_CAPACITY);
  /** Lower 32 bits of the packet number. */
  keyPacket = new Uint32Array(FIRST_CAPACITY);
  keyKind = new Uint8Array(FIRST_CAPACITY);
  /** 1: when it was stored, no open journey had an equal key. */
  keySole = new Uint8Array(FIRST_CAPACITY);
  /** See {@link KeyKind}: for translations the port that is not compared. */
  keyPort = new Uint16Array(FIRST_CAPACITY);
  /** The newest key of each bucket. */
  buckets = new Uint32Array(FIRST_CAPACITY);

  /** Journeys that were overwritten although they were open. */
  closedEarly = 0;
  packets = 0;
  #nextKey = 1;
  readonly #maxJourneys: number;
  readonly #maxKeys: number;

  constructor(maxJourneys = MAX_JOURNEYS) {
    this.#maxJourneys = Math.max(FIRST_CAPACITY, maxJourneys);
    this.#maxKeys = Math.min(MAX_KEYS, 4 * this.#maxJourneys);
  }

  /**
   * Hot path.
   *
   * @param openSince journeys whose last appearance is before this time have ended
   * @param keptSince those with an appearance since this time are kept as long as the rings have space
   * @returns the slot of a new journey
   */
  addJourney(openSince: number, keptSince: number): number {
    const packet = this.packets + 1;
    let slot = packet & this.journeyMask;
    while (this.packet[slot] !== 0 && (this.last[slot] ?? 0) >= keptSince) {
      if (this.journeyMask + 1 >= this.#maxJourneys) {
        if ((this.last[slot] ?? 0) >= openSince) this.closedEarly += 1;
        break;
      }
      this.#growJourneys();
      slot = packet & this.journeyMask;
    }
    this.packets = packet;
    this.packet[slot] = packet;
    this.hops[slot] = 0;
    this.mac[slot] = 0;
    this.bitsLow[slot] = 0;
    this.bitsHigh[slot] = 0;
    this.drops[slot] = 0;
    this.count[slot] = 0;
    this.ttl[slot] = 0;
    this.flags[slot] = 0;
    this.direction[slot] = 0;
    this.hopLocationsFrom[slot] = 0;
    this.hopLocationsTo[slot] = 0;
    return slot;
  }

  /** Hot path: stores a key of a journey. */
  addKey(
    slot: number,
    a: number,
    b: number,
    kind: number,
    port: number,
    openSince: number,
    isSole = false,
  ): void {
    const serial = this.#nextKey;
    let at = serial & this.keyMask;
    if (this.keySerial[at] !== 0 && this.keyMask + 1 < this.#maxKeys) {
      const holder = (this.keyPacket[at] ?? 0) & this.journeyMask;
      const isOpen =
        (this.packet[holder] ?? 0) >>> 0 === this.keyPacket[at] && (this.last[holder] ?? 0) >= openSince;
      if (isOpen) {
        this.#growKeys();
        at = serial & this.keyMask;
      }
    }
    this.#nextKey = serial === 0xffff_ffff ? 1 : serial + 1;
    const bucket = a & this.keyMask;
    this.keySerial[at] = serial;
    this.keyA[at] = a;
    this.keyB[at] = b;
    this.keyKind[at] = kind;
    this.keyPort[at] = port;
    this.keySole[at] = isSole ? 1 : 0;
    this.keyPacket[at] = (this.packet[slot] ?? 0) >>> 0;
    this.keyPrevious[at] = this.buckets[bucket] ?? 0;
    this.buckets[bucket] = serial;
  }

  /** Hot path: index of the newest key in the bucket of `a`; -1 none. */
  newestKey(a: number): number {
    return this.#resolve(this.buckets[a & this.keyMask] ?? 0);
  }

  /** Hot path: index of the next older key in the same bucket; -1 none. */
  olderKey(key: number): number {
    const previous = this.keyPrevious[key] ?? 0;
    // A slot that was used again holds a newer key.
    return previous < (this.keySerial[key] ?? 0) ? this.#resolve(previous) : -1;
  }

  /** Hot path: the slot of a key's journey; -1 if the journey is forgotten. */
  journeyOf(key: number): number {
    const packet = this.keyPacket[key] ?? 0;
    const slot = packet & this.journeyMask;
    return (this.packet[slot] ?? 0) >>> 0 === packet ? slot : -1;
  }

  /** The slot of a packet; -1 if its journey is forgotten. */
  slotOf(packet: number): number {
    const slot = packet & this.journeyMask;
    return packet > 0 && this.packet[slot] === packet ? slot : -1;
  }

  #resolve(serial: number): number {
    const at = serial & this.keyMask;
    return serial !== 0 && this.keySerial[at] === serial ? at : -1;
  }

  /** Hot path. */
  hasVisited(slot: number, hopLocation: number): boolean {
    const bits = (hopLocation & 32) === 0 ? this.bitsLow[slot] : this.bitsHigh[slot];
    if (((bits ?? 0) & (1 << (hopLocation & 31))) === 0) return false;
    const base = slot * MAX_HOP_LOCATIONS;
    const to = base + (this.hopLocationsTo[slot] ?? 0);
    for (let at = base + (this.hopLocationsFrom[slot] ?? 0); at < to; at++) {
      if (this.hopLocations[at] === hopLocation) return true;
    }
    return false;
  }

  /** Hot path. */
  visit(slot: number, hopLocation: number): void {
    const to = this.hopLocationsTo[slot] ?? 0;
    if (to >= MAX_HOP_LOCATIONS) return;
    this.hopLocations[slot * MAX_HOP_LOCATIONS + to] = hopLocation;
    this.hopLocationsTo[slot] = to + 1;
    if ((hopLocation & 32) === 0) this.bitsLow[slot] = (this.bitsLow[slot] ?? 0) | (1 << (hopLocation & 31));
    else this.bitsHigh[slot] = (this.bitsHigh[slot] ?? 0) | (1 << (hopLocation & 31));
  }

  /** After a rewrite only the hop locations since then count. */
  forgetHopLocations(slot: number): void {
    this.hopLocationsFrom[slot] = 0;
    this.hopLocationsTo[slot] = 0;
    this.bitsLow[slot] = 0;
    this.bitsHigh[slot] = 0;
    this.flags[slot] = (this.flags[slot] ?? 0) & ~JourneyFlag.leftSwitch;
  }

  #growJourneys(): void {
    const old = this.journeyMask + 1;
    const mask = 2 * old - 1;
    const isHigh = (slot: number): boolean => ((this.packet[slot] ?? 0) & mask) >= old;
    const upper: boolean[] = [];
    for (let slot = 0; slot < old; slot++) upper.push(isHigh(slot));
    // One array after the other: both sizes of all of them at a time would be half as much memory again.
    this.first = moved(new Float64Array(2 * old), this.first, upper, 1);
    this.last = moved(new Float64Array(2 * old), this.last, upper, 1);
    this.hops = moved(new Uint32Array(2 * old), this.hops, upper, 1);
    this.mac = moved(new Int32Array(2 * old), this.mac, upper, 1);
    this.bitsLow = moved(new Int32Array(2 * old), this.bitsLow, upper, 1);
    this.bitsHigh = moved(new Int32Array(2 * old), this.bitsHigh, upper, 1);
    this.step = moved(new Uint32Array(2 * old), this.step, upper, 1);
    this.payloadLength = moved(new Uint16Array(2 * old), this.payloadLength, upper, 1);
    this.content = moved(new Int32Array(2 * old), this.content, upper, 1);
    this.location = moved(new Uint16Array(2 * old), this.location, upper, 1);
    this.processor = moved(new Uint16Array(2 * old), this.processor, upper, 1);
    this.firstProcessor = moved(new Uint16Array(2 * old), this.firstProcessor, upper, 1);
    this.drops = moved(new Uint16Array(2 * old), this.drops, upper, 1);
    this.count = moved(new Uint16Array(2 * old), this.count, upper, 1);
    this.ttl = moved(new Uint8Array(2 * old), this.ttl, upper, 1);
    this.flags = moved(new Uint16Array(2 * old), this.flags, upper, 1);
    this.direction = moved(new Uint8Array(2 * old), this.direction, upper, 1);
    this.hopLocations = moved(
      new Uint16Array(2 * old * MAX_HOP_LOCATIONS),
      this.hopLocations,
      upper,
      MAX_HOP_LOCATIONS,
    );
    this.hopLocationsFrom = moved(new Uint8Array(2 * old), this.hopLocationsFrom, upper, 1);
    this.hopLocationsTo = moved(new Uint8Array(2 * old), this.hopLocationsTo, upper, 1);
    this.dropReason = moved(new Int32Array(2 * old), this.dropReason, upper, 1);
    this.dropLocation = moved(new Int32Array(2 * old), this.dropLocation, upper, 1);
    this.packet = moved(new Float64Array(2 * old), this.packet, upper, 1);
    this.journeyMask = mask;
  }

  #growKeys(): void {
    const old = this.keyMask + 1;
    const mask = 2 * old - 1;
    const upper: boolean[] = [];
    for (let at = 0; at < old; at++) upper.push(((this.keySerial[at] ?? 0) & mask) >= old);
    this.keyA = moved(new Int32Array(2 * old), this.keyA, upper, 1);
    this.keyB = moved(new Int32Array(2 * old), this.keyB, upper, 1);
    this.keyKind = moved(new Uint8Array(2 * old), this.keyKind, upper, 1);
    this.keyPort = moved(new Uint16Array(2 * old), this.keyPort, upper, 1);
    this.keySole = moved(new Uint8Array(2 * old), this.keySole, upper, 1);
    this.keyPacket = moved(new Uint32Array(2 * old), this.keyPacket, upper, 1);
    this.keyPrevious = moved(new Uint32Array(2 * old), this.keyPrevious, upper, 1);
    this.keySerial = moved(new Uint32Array(2 * old), this.keySerial, upper, 1);
    this.keyMask = mask;
    this.buckets = new Uint32Array(mask + 1);
    for (let serial = Math.max(1, this.#nextKey - old); serial < this.#nextKey; serial++) {
      const at = this.#resolve(serial);
      if (at === -1) continue;
      const bucket = (this.keyA[at] ?? 0) & mask;
      this.keyPrevious[at] = this.buckets[bucket] ?? 0;
      this.buckets[bucket] = serial;
    }
  }
}

type Numbers = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;

/**
 * Copies the elements of a ring to one of double size, each to the half that its serial number belongs to; neighbours that
 * go to the same half at once.
 */
function moved<T extends Numbers>(grown: T, ring: T, upper: readonly boolean[], width: number): T {
  const old = upper.length;
  let from = 0;
  while (from < old) {
    let to = from + 1;
    while (to < old && upper[to] === upper[from]) to += 1;
    const target = upper[from] === true ? from + old : from;
    grown.set(ring.subarray(from * width, to * width), target * width);
    from = to;
  }
  return grown;
}
