import { type FlowKey, LinkType } from '../../net/index.js';

const EtherType = {
  ipv4: 0x0800,
  arp: 0x0806,
  vlan: 0x8100,
  providerVlan: 0x88a8,
  ipv6: 0x86dd,
} as const;

/** Protocol numbers (IANA). */
export const Protocol = {
  hopByHop: 0,
  icmp: 1,
  ipInIp: 4,
  tcp: 6,
  udp: 17,
  ipv6InIp: 41,
  routing: 43,
  gre: 47,
  esp: 50,
  icmpv6: 58,
  destinationOptions: 60,
} as const;

/** UDP destination ports of VXLAN (RFC 7348) and of its Linux predecessor, for which VFP can be configured. */
const VXLAN_PORTS: readonly number[] = [4789, 8472];
/** UDP port of ESP through NAT. */
const ESP_PORT = 4500;
/** Transparent Ethernet Bridging: the protocol of NVGRE (RFC 7637). */
const ETHERNET_IN_GRE = 0x6558;

/**
 * Bytes that are compared after the IP header. A packet inside VXLAN that is cut at pktmon's 128 bytes has 44 left, one
 * in 802.11 and IPv6 54.
 */
const COMPARED = 40;
/** Bytes that are compared of frames that hold neither IP nor ARP. */
const COMPARED_OTHER = 46;
const ARP_LENGTH = 28;
const ETHERNET_HEADER = 14;
/** Shorter payloads are padded to this length on the wire (IEEE 802.3, 4A.2.3.2.4). */
const SHORTEST_PAYLOAD = 46;

/** Values that keep keys of different kinds apart. */
const Kind = {
  ip: 0x1b87_3593,
  arp: 0x2545_f491,
  other: 0x6a09_e667,
  wifi: 0x3c6e_f372,
  loose: 0x510e_527f,
  flow: 0x9b05_688c,
} as const;

/** Big-endian, as on the wire; 0 after the end. */
const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

const u32 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 24) |
  ((bytes[at + 1] ?? 0) << 16) |
  ((bytes[at + 2] ?? 0) << 8) |
  (bytes[at + 3] ?? 0);

/**
 * Two independent hashes of the same words (multiplication by odd constants as in MurmurHash3). Loops keep them in local
 * variables: it is the hottest code of the correlator.
 */
class Hash {
  a = 0;
  b = 0;

  reset(seed: number): void {
    this.a = seed;
    this.b = ~seed;
  }

  word(value: number): void {
    const a = Math.imul(this.a ^ value, 0x9e37_79b1);
    this.a = a ^ (a >>> 15);
    this.b = Math.imul(((this.b << 13) | (this.b >>> 19)) ^ value, 0x85eb_ca6b);
  }

  /** Hot path: whole words of 4 bytes, all of them in the view. */
  wholeWords(view: DataView, from: number, to: number): void {
    let { a, b } = this;
    for (let at = from; at < to; at += 4) {
      const value = view.getInt32(at);
      a = Math.imul(a ^ value, 0x9e37_79b1);
      a ^= a >>> 15;
      b = Math.imul(((b << 13) | (b >>> 19)) ^ value, 0x85eb_ca6b);
    }
    this.a = a;
    this.b = b;
  }

  words(view: DataView, from: number, to: number): void {
    const whole = from + ((to - from) & ~3);
    this.wholeWords(view, from, whole);
    let rest = 0;
    for (let at = whole; at < to; at++) rest = (rest << 8) | view.getUint8(at);
    this.word(rest);
  }
}

/**
 * The content by which a frame is recognized at another location, without the fields that the stack may change:
 * checksums, TTL, MAC addresses, VLAN tags, framing, padding, truncation and the IPv6 flow label.
 *
 * Of an IP packet: addresses, protocol, identification, fragment offset, the payload length by the IP header (which
 * distinguishes a segment from the large send that begins with the same bytes), and the first 40 bytes of the payload
 * with the checksum masked. Of ARP its 28 bytes, because NICs receive it padded. Of other frames the addresses and the
 * first bytes without trailing zeros.
 */
export class ContentKey {
  /** Two independent hashes. */
  a = 0;
  b = 0;
  /** The same without the identification, for headers that the stack made up (IPv4 only). */
  looseA = 0;
  looseB = 0;
  isIp = false;
  isIpv4 = false;
  /** The destination is a group: multicast or broadcast. */
  isGroup = false;
  identification = 0;
  /** TTL or hop limit; 0 if there is none. */
  ttl = 0;
  /** A hash of destination and source address of the link layer; 0 if there are none. */
  mac = 0;
  protocol = 0;
  /** Offsets in the bytes. */
  ipAt = 0;
  transportAt = 0;
  end = 0;
  /** Bytes after the IP header and its extension headers, before truncation. */
  payloadLength = 0;
  /** Fragment offset in bytes; `isFragment` also for the first one. */
  fragmentOffset = 0;
  isFragment = false;
  /** 802.11: sent by a station to its access point, which sends it on. */
  isToAccessPoint = false;
  /** See {@link innerLinkType}. */
  innerStart = 0;
  readonly #hash = new Hash();
  /** Two hashes of an IP packet's payload without checksum and {@link #head}. */
  #payloadA = 0;
  #payloadB = 0;
  /** The word of the payload that address translation changes: both ports; of ICMP identifier and sequence number. */
  #head = 0;
  #hasHead = false;
  /** Over the bytes at hand. */
  #view: DataView = new DataView(new ArrayBuffer(0));
  #bytes: Uint8Array = new Uint8Array(0);

  /**
   * Hot path, without allocation if the caller has a view.
   *
   * @param originalLength bytes before truncation, for packets whose IP length is 0 (large sends)
   * @param view over the same memory as `bytes`
   */
  take(
    bytes: Uint8Array,
    start: number,
    length: number,
    originalLength: number,
    linkType: number,
    view?: DataView,
  ): void {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = view ?? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.isIp = false;
    this.isIpv4 = false;
    this.isGroup = false;
    this.isFragment = false;
    this.isToAccessPoint = false;
    this.#hasHead = false;
    this.identification = 0;
    this.ttl = 0;
    this.mac = 0;
    this.protocol = 0;
    const end = start + length;
    this.end = end;
    if (linkType === LinkType.ieee80211) this.#takeWifi(bytes, start, end, originalLength);
    else if (linkType === LinkType.ethernet) this.#takeEthernet(bytes, start, end, originalLength);
    else this.#takeIp(bytes, start, start, end, originalLength, (bytes[start] ?? 0) >> 4 === 6);
  }

  #takeEthernet(bytes: Uint8Array, start: number, end: number, originalLength: number): void {
    if (end - start < ETHERNET_HEADER) {
      this.#takeOther(bytes, start, start, end, originalLength);
      return;
    }
    this.isGroup = ((bytes[start] ?? 0) & 1) !== 0;
    this.mac = macHash(this.#view, start, start + 6);
    this.#takeEtherType(bytes, start, start + 12, end, originalLength);
  }

  /** `at`: of the EtherType. */
  #takeEtherType(bytes: Uint8Array, start: number, at: number, end: number, originalLength: number): void {
    let typeAt = at;
    let etherType = u16(bytes, typeAt);
    while ((etherType === EtherType.vlan || etherType === EtherType.providerVlan) && typeAt + 6 <= end) {
      typeAt += 4;
      etherType = u16(bytes, typeAt);
    }
    const next = typeAt + 2;
    if (etherType === EtherType.ipv4) this.#takeIp(bytes, start, next, end, originalLength, false);
    else if (etherType === EtherType.ipv6) this.#takeIp(bytes, start, next, end, originalLength, true);
    else if (etherType === EtherType.arp) {
      this.#hash.reset(Kind.arp);
      this.#hash.words(this.#view, next, Math.min(end, next + ARP_LENGTH));
      this.#set();
    } else {
      this.#takeOther(bytes, typeAt, next, end, originalLength - (next - start));
    }
  }

  /** 802.11 data with LLC and SNAP is treated like Ethernet; other 802.11 frames are compared by bytes. */
  #takeWifi(bytes: Uint8Array, start: number, end: number, originalLength: number): void {
    const control = bytes[start] ?? 0;
    const flags = bytes[start + 1] ?? 0;
    const isData = (control & 0x0c) === 0x08;
    if (isData && end - start >= 24) {
      const toDistribution = (flags & 1) !== 0;
      const fromDistribution = (flags & 2) !== 0;
      this.isToAccessPoint = toDistribution && !fromDistribution;
      let at = start + 24;
      let destinationAt = toDistribution ? start + 16 : start + 4;
      let sourceAt = fromDistribution ? start + 16 : start + 10;
      if (toDistribution && fromDistribution) {
        sourceAt = at;
        at += 6;
      }
      if ((control & 0x80) !== 0) {
        const isAggregate = ((bytes[at] ?? 0) & 0x80) !== 0;
        at += 2;
        if ((flags & 0x80) !== 0) at += 4;
        if (isAggregate) {
          destinationAt = at;
          sourceAt = at + 6;
          at += ETHERNET_HEADER;
        }
      }
      if (at + 8 <= end && u16(bytes, at) === 0xaaaa && bytes[at + 2] === 3) {
        this.isGroup = ((bytes[destinationAt] ?? 0) & 1) !== 0;
        this.mac = macHash(this.#view, destinationAt, sourceAt);
        this.#takeEtherType(bytes, start, at + 6, end, originalLength);
        return;
      }
    }
    this.#hash.reset(Kind.wifi);
    // Drivers clear the Protected bit at some locations, and set the duration.
    this.#hash.word((control << 8) | (flags & ~0x40));
    this.#hash.words(this.#view, start + 4, Math.min(end, start + 64));
    this.#hash.word(originalLength);
    this.#set();
  }

  /**
   * Short payloads may be padded with zeros: they count up to the last byte that is not zero. Of longer ones the length counts.
   *
   * @param payloadLength bytes from `next` on, before truncation
   */
  #takeOther(bytes: Uint8Array, typeAt: number, next: number, end: number, payloadLength: number): void {
    let last = Math.min(end, next + COMPARED_OTHER);
    const isPadded = payloadLength <= SHORTEST_PAYLOAD;
    while (isPadded && last > next && bytes[last - 1] === 0) last -= 1;
    this.#hash.reset(Kind.other);
    this.#hash.word(this.mac);
    this.#hash.word(isPadded ? 0 : payloadLength);
    this.#hash.words(this.#view, typeAt, last);
    this.#set();
  }

  #takeIp(
    bytes: Uint8Array,
    start: number,
    at: number,
    end: number,
    originalLength: number,
    isVersion6: boolean,
  ): void {
    const available = originalLength - (at - start);
    if (end - at < (isVersion6 ? 40 : 20)) {
      this.#takeOther(bytes, at, at, end, available);
      return;
    }
    const hash = this.#hash;
    const view = this.#view;
    this.isIp = true;
    this.ipAt = at;
    let transport: number;
    if (isVersion6) {
      const word = view.getInt32(at + 4);
      this.ttl = word & 0xff;
      this.protocol = (word >>> 8) & 0xff;
      this.payloadLength = word >>> 16 || Math.max(0, available - 40);
      this.isGroup ||= view.getUint8(at + 24) === 0xff;
      transport = this.#skipExtensions(bytes, at + 40, end);
    } else {
      const lengths = view.getInt32(at);
      const word = view.getInt32(at + 4);
      const live = view.getUint16(at + 8);
      this.isIpv4 = true;
      this.ttl = live >>> 8;
      this.protocol = live & 0xff;
      const header = ((lengths >>> 24) & 15) * 4;
      this.payloadLength = Math.max(0, (lengths & 0xffff || available) - header);
      this.identification = word >>> 16;
      this.fragmentOffset = (word & 0x1fff) * 8;
      this.isFragment = (word & 0x3fff) !== 0;
      this.isGroup ||= view.getUint8(at + 16) >= 224;
      transport = at + header;
    }
    this.transportAt = transport;
    this.#hashPayload(transport, end);
    hash.a = this.#payloadA;
    hash.b = this.#payloadB;
    if (isVersion6) {
      hash.wholeWords(view, at + 8, at + 40);
    } else {
      hash.word(this.fragmentOffset);
      hash.word(view.getInt32(at + 12));
      hash.word(view.getInt32(at + 16));
    }
    hash.word(this.#head);
    this.looseA = hash.a ^ Kind.loose;
    this.looseB = hash.b;
    hash.word(this.identification);
    this.a = hash.a;
    this.b = hash.b;
  }

  /** Options of IPv6 come before the transport header (RFC 8200, 4.1); a fragment header ends the search. */
  #skipExtensions(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    while (
      (this.protocol === Protocol.hopByHop ||
        this.protocol === Protocol.routing ||
        this.protocol === Protocol.destinationOptions) &&
      at + 8 <= end
    ) {
      this.protocol = bytes[at] ?? 0;
      const size = 8 * ((bytes[at + 1] ?? 0) + 1);
      this.payloadLength = Math.max(0, this.payloadLength - size);
      at += size;
    }
    return at;
  }

  /** Offset of the checksum in the transport header; after the compared bytes if there is none. */
  #checksumAt(): number {
    switch (this.protocol) {
      case Protocol.tcp:
        return 16;
      case Protocol.udp:
        return 6;
      case Protocol.icmp:
      case Protocol.icmpv6:
        return 2;
      default:
        return COMPARED;
    }
  }

  /** Hot path: hashes protocol, length and the payload's first bytes; the checksum counts as zero. */
  #hashPayload(transport: number, end: number): void {
    const hash = this.#hash;
    const view = this.#view;
    const { protocol } = this;
    hash.reset(Kind.ip);
    hash.word((protocol << 24) ^ this.payloadLength);
    const limit = Math.min(end - transport, this.payloadLength, COMPARED);
    const isTransport = protocol === Protocol.tcp || protocol === Protocol.udp;
    const headAt = isTransport ? 0 : 4;
    const isWhole = this.fragmentOffset === 0 || !this.isFragment;
    this.#hasHead = isWhole && (isTransport || protocol === Protocol.icmp) && limit >= headAt + 4;
    this.#head = this.#hasHead ? view.getInt32(transport + headAt) : 0;
    const checksum = isWhole ? this.#checksumAt() : COMPARED;
    const last = transport + limit;
    let at = transport;
    if (this.#hasHead && headAt === 0) at += 4;
    const checksumWord = transport + (checksum & ~3);
    if (checksumWord + 4 <= last) {
      hash.wholeWords(view, at, checksumWord);
      hash.word(view.getInt32(checksumWord) & ((checksum & 3) === 0 ? 0xffff : ~0xffff));
      at = checksumWord + 4;
      if (this.#hasHead && headAt === 4) at += 4;
      hash.words(view, at, last);
    } else if (at < last) {
      // The word with the checksum is cut, or there is none.
      hash.words(view, at, Math.min(last, transport + checksum));
      const afterChecksum = transport + checksum + 2;
      if (afterChecksum < last) hash.words(view, afterChecksum, last);
    }
    this.#payloadA = hash.a;
    this.#payloadB = hash.b;
  }

  /**
   * Sets `a` and `b` of `into` to the part of an IPv4 packet of TCP, UDP or ICMP that address translation (NAT) leaves
   * unchanged: the side that is not translated, identification, lengths, and the payload without checksum and the other
   * side's port.
   *
   * @param side the side that is not translated
   * @returns whether it is such a packet
   */
  takeTranslation(side: 'source' | 'destination', into: KeyPair): boolean {
    if (!this.isIpv4 || this.isFragment || !this.#hasHead) return false;
    const hash = this.#hash;
    hash.a = this.#payloadA ^ (side === 'source' ? 0x428a_2f98 : 0x7137_4491);
    hash.b = this.#payloadB;
    hash.word(this.identification);
    hash.word(this.#view.getInt32(this.ipAt + (side === 'source' ? 12 : 16)));
    // Without the port of the translated side; of ICMP without the identifier.
    const isLow = side === 'source' && this.protocol !== Protocol.icmp;
    hash.word(this.#head & (isLow ? ~0xffff : 0xffff));
    into.a = hash.a;
    into.b = hash.b;
    return true;
  }

  /** The port or ICMP identifier of the side that `takeTranslation` leaves out. */
  translatedPort(side: 'source' | 'destination'): number {
    return this.protocol === Protocol.icmp || side === 'destination'
      ? this.#head >>> 16
      : this.#head & 0xffff;
  }

  /** Whether it is a packet of TCP or UDP that {@link takeFlow} and {@link setFlow} can be called for. */
  get hasFlow(): boolean {
    return this.#hasHead && this.protocol !== Protocol.icmp && !this.isFragment;
  }

  /** Sets a flow key to the packet's addresses and ports. */
  setFlow(bytes: Uint8Array, into: FlowKey): void {
    const { ipAt, isIpv4, protocol, transportAt } = this;
    const length = isIpv4 ? 4 : 16;
    const at = ipAt + (isIpv4 ? 12 : 8);
    into.set(
      isIpv4 ? 4 : 6,
      protocol,
      { bytes, at, length, port: u16(bytes, transportAt) },
      { bytes, at: at + length, length, port: u16(bytes, transportAt + 2) },
    );
  }

  /**
   * Sets `a` and `b` of `into` to the packet as it would be with other addresses and ports.
   *
   * @param flow hash of these addresses and ports
   */
  takeFlow(flow: number, into: KeyPair): void {
    const hash = this.#hash;
    hash.a = this.#payloadA ^ Kind.flow;
    hash.b = this.#payloadB;
    hash.word(this.identification);
    hash.word(flow);
    into.a = hash.a;
    into.b = hash.b;
  }

  /**
   * Finds the frame inside a tunnel: VXLAN, NVGRE, GRE, IP in IP.
   *
   * @returns the inner frame's link type and, in `innerStart`, where it begins; 0 if this is no tunnel
   */
  innerLinkType(bytes: Uint8Array): number {
    const { end, protocol, transportAt } = this;
    if (!this.isIp || (this.isFragment && this.fragmentOffset !== 0)) return 0;
    if (protocol === Protocol.udp) {
      if (!VXLAN_PORTS.includes(u16(bytes, transportAt + 2)) || transportAt + 16 + ETHERNET_HEADER > end)
        return 0;
      // RFC 7348, 5: the I flag must be set.
      if (((bytes[transportAt + 8] ?? 0) & 8) === 0) return 0;
      this.innerStart = transportAt + 16;
      return LinkType.ethernet;
    }
    if (protocol === Protocol.gre) {
      // RFC 2890: checksum, key and sequence number are present where their flags are set.
      const flags = bytes[transportAt] ?? 0;
      const options = (flags & 0x80 ? 4 : 0) + (flags & 0x20 ? 4 : 0) + (flags & 0x10 ? 4 : 0);
      this.innerStart = transportAt + 4 + options;
      if (this.innerStart + 20 > end) return 0;
      const type = u16(bytes, transportAt + 2);
      if (type === ETHERNET_IN_GRE) return LinkType.ethernet;
      return type === EtherType.ipv4 || type === EtherType.ipv6 ? LinkType.raw : 0;
    }
    if (protocol === Protocol.ipInIp || protocol === Protocol.ipv6InIp) {
      this.innerStart = transportAt;
      return transportAt + 20 <= end ? LinkType.raw : 0;
    }
    return 0;
  }

  /** Whether the payload is encrypted: ESP, on its own or in UDP, where an SPI of 0 marks IKE (RFC 3948, 2.2). */
  isEsp(bytes: Uint8Array): boolean {
    const { protocol, transportAt } = this;
    if (!this.isIp || this.isFragment) return false;
    if (protocol === Protocol.esp) return true;
    const isNatTraversal = u16(bytes, transportAt) === ESP_PORT || u16(bytes, transportAt + 2) === ESP_PORT;
    return protocol === Protocol.udp && isNatTraversal && u32(bytes, transportAt + 8) !== 0;
  }

  #set(): void {
    this.a = this.#hash.a;
    this.b = this.#hash.b;
    this.looseA = this.a;
    this.looseB = this.b;
  }
}

/** Two independent hashes. */
export interface KeyPair {
  a: number;
  b: number;
}

/** Never 0, which means that there are no addresses. */
function macHash(view: DataView, destinationAt: number, sourceAt: number): number {
  let hash = Math.imul(view.getInt32(destinationAt) ^ 0x5bd1_e995, 0x9e37_79b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ view.getUint16(destinationAt + 4), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ view.getInt32(sourceAt), 0xc2b2_ae35);
  hash = Math.imul(hash ^ (hash >>> 16) ^ view.getUint16(sourceAt + 4), 0x27d4_eb2f);
  return hash ^ (hash >>> 15) || 1;
}
