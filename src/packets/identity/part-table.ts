import type { ContentKey } from './content-key.js';
import { Protocol } from './content-key.js';

const FLOWS = 1024;
/** Packets of one flow that are remembered; 64 segments of 1,460 bytes are more than one large receive. */
const PER_FLOW = 64;
/** A whole and its parts are this close; ticks of 100 ns. */
const WINDOW = 50_000;
/** No network carries larger datagrams in one piece, except with jumbo frames. */
const LARGEST_DATAGRAM = 1472;
/** Smaller packets are not cut into fragments (RFC 8200, 5). */
const SMALLEST_FRAGMENTED = 1280;

const Kind = { tcp: 1, udp: 2, datagram: 3 } as const;

/** Which of a packet's neighbours may be its whole or its parts. */
export interface Neighbours {
  /**
   * Whether a packet has already been recorded at the new one's location: then the new one is another packet of the
   * same kind.
   */
  wasHere(packet: number): boolean;
}

/**
 * Recognizes large sends that were split (LSO, USO), received segments that were joined (RSC, URO), and IP fragments:
 * for each flow, the positions of its last packets.
 *
 * TCP segments have a position: a new packet inside the interval of a larger one is a part, a new packet around smaller
 * ones is a whole. So have fragments of one datagram. UDP datagrams do not: only flow, order and length count. The
 * caller passes only packets with new bytes: a retransmitted segment begins at the location where the whole began.
 */
export class PartTable {
  readonly #tags = new Int32Array(FLOWS);
  readonly #newest = new Uint32Array(FLOWS);
  /** Number of the newest packets with the same length. */
  readonly #equal = new Uint8Array(FLOWS);
  readonly #position = new Uint32Array(FLOWS * PER_FLOW);
  readonly #length = new Uint32Array(FLOWS * PER_FLOW);
  /** UDP: bytes of a whole whose parts have not appeared. */
  readonly #rest = new Uint32Array(FLOWS * PER_FLOW);
  readonly #time = new Float64Array(FLOWS * PER_FLOW);
  readonly #packet = new Float64Array(FLOWS * PER_FLOW);
  /** Of the packet that was found last: its whole; 0 none. */
  parent = 0;

  /**
   * Hot path: finds the whole or the parts of a new packet, and stores it.
   *
   * @param parts receives the packets that were joined into the new one, ascending; unchanged if there are none
   */
  add(
    key: ContentKey,
    bytes: Uint8Array,
    time: number,
    packet: number,
    neighbours: Neighbours,
    parts: number[],
  ): void {
    this.parent = 0;
    if (key.protocol === Protocol.tcp && !key.isFragment) {
      const header = ((bytes[key.transportAt + 12] ?? 0) >> 4) * 4;
      const length = key.payloadLength - header;
      if (length <= 0 || header < 20) return;
      const flow = this.#flow(key, bytes, Kind.tcp);
      this.#match(flow, Kind.tcp, wordAt(bytes, key.transportAt + 4), length, time, neighbours, parts);
      this.#remember(flow, wordAt(bytes, key.transportAt + 4), length, time, packet);
      return;
    }
    if (key.protocol === Protocol.udp && !key.isFragment) {
      const length = key.payloadLength - 8;
      if (length <= 0) return;
      const flow = this.#flow(key, bytes, Kind.udp);
      this.#match(flow, Kind.udp, 0, length, time, neighbours, parts);
      this.#remember(flow, 0, length, time, packet);
    }
    if (!key.isIpv4 || (!key.isFragment && key.payloadLength < SMALLEST_FRAGMENTED)) return;
    const flow = this.#flow(key, bytes, Kind.datagram);
    const { fragmentOffset, payloadLength } = key;
    if (this.parent === 0 && parts.length === 0) {
      this.#match(flow, Kind.datagram, fragmentOffset, payloadLength, time, neighbours, parts);
    }
    this.#remember(flow, fragmentOffset, payloadLength, time, packet);
  }

  /** The entries of a flow; another flow's are forgotten. */
  #flow(key: ContentKey, bytes: Uint8Array, kind: number): number {
    const { ipAt, transportAt } = key;
    let hash = kind;
    const from = ipAt + (key.isIpv4 ? 12 : 8);
    const to = ipAt + (key.isIpv4 ? 20 : 40);
    for (let at = from; at < to; at += 4) hash = mix(hash, wordAt(bytes, at));
    hash = mix(
      hash,
      kind === Kind.datagram ? key.identification ^ (key.protocol << 16) : wordAt(bytes, transportAt),
    );
    const flow = (hash >>> 8) & (FLOWS - 1);
    if (this.#tags[flow] !== hash) {
      this.#tags[flow] = hash;
      this.#newest[flow] = 0;
      this.#equal[flow] = 0;
    }
    return flow;
  }

  #remember(flow: number, position: number, length: number, time: number, packet: number): void {
    const count = this.#newest[flow] ?? 0;
    this.#newest[flow] = count + 1;
    const isEqual = this.#length[flow * PER_FLOW + ((count - 1) % PER_FLOW)] === length;
    this.#equal[flow] = isEqual && count > 0 ? Math.min(PER_FLOW, (this.#equal[flow] ?? 0) + 1) : 1;
    const at = flow * PER_FLOW + (count % PER_FLOW);
    this.#position[at] = position;
    this.#length[at] = length;
    this.#rest[at] = length;
    this.#time[at] = time;
    this.#packet[at] = packet;
  }

  #match(
    flow: number,
    kind: number,
    position: number,
    length: number,
    time: number,
    neighbours: Neighbours,
    parts: number[],
  ): void {
    const count = this.#newest[flow] ?? 0;
    if (count === 0) return;
    let joined = 0;
    // Packets of the same length are neither parts nor wholes of each other: in a bulk transfer, most are.
    const isEqual = this.#length[flow * PER_FLOW + ((count - 1) % PER_FLOW)] === length;
    for (let n = isEqual ? (this.#equal[flow] ?? 0) + 1 : 1; n <= Math.min(count, PER_FLOW); n++) {
      const at = flow * PER_FLOW + ((count - n) % PER_FLOW);
      if (time - (this.#time[at] ?? 0) > WINDOW) break;
      const other = this.#length[at] ?? 0;
      if (other === length || neighbours.wasHere(this.#packet[at] ?? 0)) continue;
      if (other > length) {
        if (joined === 0 && this.#isPart(at, kind, position, length, other)) {
          this.#rest[at] = Math.max(0, (this.#rest[at] ?? 0) - length);
          this.parent = this.#packet[at] ?? 0;
          return;
        }
      } else if (this.#isWhole(at, kind, position, length, other, joined)) {
        joined += other;
        parts.push(this.#packet[at] ?? 0);
      }
    }
    // A single segment is not coalescing; the lengths of datagrams must add up.
    if (parts.length === 0) return;
    if (parts.length < 2 || (kind === Kind.udp && joined !== length)) parts.length = 0;
    else parts.reverse();
  }

  #isPart(at: number, kind: number, position: number, length: number, whole: number): boolean {
    if (kind === Kind.udp) return whole > LARGEST_DATAGRAM && (this.#rest[at] ?? 0) >= length;
    return ((position - (this.#position[at] ?? 0)) >>> 0) + length <= whole;
  }

  #isWhole(
    at: number,
    kind: number,
    position: number,
    length: number,
    part: number,
    joined: number,
  ): boolean {
    if (kind === Kind.udp) return length > LARGEST_DATAGRAM && joined + part <= length;
    return (((this.#position[at] ?? 0) - position) >>> 0) + part <= length;
  }
}

const wordAt = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)) >>>
  0;

const mix = (hash: number, value: number): number => {
  const mixed = Math.imul(hash ^ value, 0x9e37_79b1);
  return mixed ^ (mixed >>> 15);
};
