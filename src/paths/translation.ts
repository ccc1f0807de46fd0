import { FrameLayout, IpProtocol, parseFrame, readUint16 } from '../net/index.js';
import type { Packet } from '../packets/index.js';

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

  readonly #layout = new FrameLayout();

  /** Hot path. Of frames with VLAN tags too: a switch port may add or remove them where the address is translated. */
  take({ bytes, length, place, start }: Packet): void {
    this.toDestination = 0;
    this.fromSource = 0;
    const layout = this.#layout;
    parseFrame(bytes, start, length, place.linkType, layout);
    const { destinationAddress, payloadEnd, protocol, sourceAddress, transportStart } = layout;
    if (layout.network !== 'ipv4' || layout.transportHeaderLength === 0 || !isTranslated(protocol)) return;
    let hash = mix(protocol, transportLength(layout));
    // TCP: sequence and acknowledgement number, flags. ICMP: type, code, identifier, sequence.
    if (protocol === IpProtocol.tcp) hash = hashBytes(bytes, transportStart + 4, transportStart + 14, hash);
    if (protocol === IpProtocol.icmp) {
      const typeAndCode = mix(hash, readUint16(bytes, transportStart));
      hash = hashBytes(bytes, transportStart + 4, transportStart + 8, typeAndCode);
    }
    const payload = transportStart + layout.transportHeaderLength;
    hash = hashBytes(bytes, payload, Math.min(payloadEnd, payload + COMPARED), hash);
    const ports = protocol === IpProtocol.icmp ? 0 : 2;
    const source = hashBytes(
      bytes,
      transportStart,
      transportStart + ports,
      hashBytes(bytes, sourceAddress, sourceAddress + 4, hash),
    );
    const destination = hashBytes(
      bytes,
      transportStart + ports,
      transportStart + 2 * ports,
      hashBytes(bytes, destinationAddress, destinationAddress + 4, hash),
    );
    this.fromSource = mix(source, 1) >>> 1;
    this.toDestination = mix(destination, 2) >>> 1;
  }
}

const isTranslated = (protocol: number): boolean =>
  protocol === IpProtocol.tcp || protocol === IpProtocol.udp || protocol === IpProtocol.icmp;

/**
 * The length that the IP header states: where the capture cuts frames, a VLAN tag makes the captured part of the
 * payload shorter. With segmentation offload the header states 0, and the captured length counts.
 */
const transportLength = ({ networkStart, payloadEnd, totalLength, transportStart }: FrameLayout): number =>
  (totalLength === 0 ? payloadEnd : networkStart + totalLength) - transportStart;

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
