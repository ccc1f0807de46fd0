import { LinkType, type Packet } from '../capture/index.js';

/** Protocol numbers (IANA). */
const ICMP = 1;
const TCP = 6;
const UDP = 17;
const IPV4 = 0x0800;
/** Bytes of the payload that are compared. */
const COMPARED = 64;

/**
 * What address translation (NAT) leaves as it is in an IPv4 packet, as hashes; 0 where it is no TCP, UDP or ICMP.
 *
 * Translation changes one end's address and port, TTL and checksums. The other end, TCP's sequence numbers and flags,
 * ICMP's identifier and sequence, and the payload stay. (Where a NAT changes the identifier too, nothing is found.)
 */
export class Translation {
  /** With the destination: the same before and after the source was translated. */
  toDestination = 0;
  /** With the source: the same before and after the destination was translated. */
  fromSource = 0;

  /** Hot path. */
  take({ bytes, length, place, start }: Packet): void {
    this.toDestination = 0;
    this.fromSource = 0;
    const ip = place.linkType === LinkType.raw ? start : start + 14;
    const end = start + length;
    if (place.linkType === LinkType.ethernet && u16(bytes, start + 12) !== IPV4) return;
    if (ip + 20 > end || (bytes[ip] ?? 0) >> 4 !== 4 || (u16(bytes, ip + 6) & 0x1fff) !== 0) return;
    const protocol = bytes[ip + 9] ?? 0;
    const transport = ip + ((bytes[ip] ?? 0) & 0xf) * 4;
    // Ethernet pads short packets.
    const until = Math.min(end, ip + (u16(bytes, ip + 2) || length));
    const headerSize = sizeOfHeader(bytes, transport, protocol);
    if (headerSize === 0 || transport + headerSize > until) return;
    let hash = mix(protocol, until - transport);
    // TCP: sequence and acknowledgement number, flags. ICMP: type, code, identifier, sequence.
    if (protocol === TCP) hash = hashBytes(bytes, transport + 4, transport + 14, hash);
    if (protocol === ICMP)
      hash = hashBytes(bytes, transport + 4, transport + 8, mix(hash, u16(bytes, transport)));
    const payload = transport + headerSize;
    hash = hashBytes(bytes, payload, Math.min(until, payload + COMPARED), hash);
    const ports = protocol === ICMP ? 0 : 2;
    const source = hashBytes(bytes, transport, transport + ports, hashBytes(bytes, ip + 12, ip + 16, hash));
    const destination = hashBytes(
      bytes,
      transport + ports,
      transport + 2 * ports,
      hashBytes(bytes, ip + 16, ip + 20, hash),
    );
    this.fromSource = mix(source, 1) >>> 1;
    this.toDestination = mix(destination, 2) >>> 1;
  }
}

/** 0 where the protocol is none that is looked at. */
function sizeOfHeader(bytes: Uint8Array, transport: number, protocol: number): number {
  if (protocol === TCP) return Math.max(20, ((bytes[transport + 12] ?? 0) >> 4) * 4);
  return protocol === UDP || protocol === ICMP ? 8 : 0;
}

/** Big-endian, as on the wire; 0 behind the end. */
const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), a word at a time. */
const mix = (hash: number, value: number): number => {
  const mixed = Math.imul(hash ^ value, 0x0100_0193);
  return mixed ^ (mixed >>> 15);
};

function hashBytes(bytes: Uint8Array, from: number, to: number, hash: number): number {
  let mixed = hash;
  for (let at = from; at < to; at++) mixed = Math.imul(mixed ^ (bytes[at] ?? 0), 0x0100_0193);
  return mixed ^ (mixed >>> 15);
}
