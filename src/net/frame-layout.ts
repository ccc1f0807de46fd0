/** A field or header that the frame does not have, or that was not captured. */
export const ABSENT = -1;

/** The network header of a frame. */
export type NetworkHeader = 'none' | 'arp' | 'ipv4' | 'ipv6';

/** The tunnel whose payload is a frame or an IP packet. */
export type Tunnel = 'none' | 'gre' | 'ip' | 'nvgre' | 'vxlan';

/**
 * Why parsing ended at {@link FrameLayout.payloadStart}.
 *
 * - `complete`: the last header that can follow was read.
 * - `truncated`: the captured bytes, or the length in an outer header, end inside a header.
 * - `fragment`: a fragment that is not the first one; its payload has no header.
 * - `encrypted`: ESP, or an 802.11 frame body that is protected and not evidently plain text.
 * - `unknown`: a protocol that has no parser here.
 * - `malformed`: a header contradicts its own layout (version, header length, total length).
 */
export type ParseEnd = 'complete' | 'truncated' | 'fragment' | 'encrypted' | 'unknown' | 'malformed';

/**
 * The headers of one frame, up to the transport header or the start of a tunnel's payload. `parseFrame` fills one
 * object repeatedly, so that no object is allocated per frame.
 *
 * Offsets count from the start of the array that was parsed, not from the start of the frame. An absent field is {@link
 * ABSENT}. Lengths are in bytes.
 */
export class FrameLayout {
  end: ParseEnd = 'unknown';
  /** Offset after the last header that was read completely. */
  payloadStart = 0;
  /**
   * End of the payload of the innermost header: the end of the captured bytes, or less where a length field of 802.3,
   * IP or UDP excludes padding.
   */
  payloadEnd = 0;

  /** Offset of the receiver's MAC address, 6 bytes. 802.11: the final destination (DA). */
  destinationMac = ABSENT;
  /** Offset of the sender's MAC address, 6 bytes. 802.11: the original source (SA). */
  sourceMac = ABSENT;
  /** Frame control field of 802.11, little-endian as in IEEE 802.11-2020, 9.2.4.1. */
  frameControl = ABSENT;
  /** Length of the 802.11 MAC header, with QoS and HT control field; of an A-MSDU without the subframe header. */
  wifiHeaderLength = 0;
  /** 802.11: the body is a sequence of A-MSDU subframes. The layout is that of the first one. */
  isAmsdu = false;
  /** Offset of the LLC header, 802.3 and 802.11. */
  llc = ABSENT;
  /** Number of VLAN tags. */
  vlanTags = 0;
  /** VLAN identifier of the outermost tag, 0 to 4095; 0: the tag has a priority only. */
  vlanId = ABSENT;
  /** Priority code point of the outermost tag, 0 to 7. */
  vlanPriority = ABSENT;
  /** VLAN identifier of the innermost tag if there are two or more. */
  innerVlanId = ABSENT;
  /** After all VLAN tags, or of the SNAP header; absent in 802.3 frames without SNAP. */
  etherType = ABSENT;

  /** `none` until the header without options was captured completely. */
  network: NetworkHeader = 'none';
  /** Offset of the network header; also of an IP header that was cut after its length field. */
  networkStart = ABSENT;
  /** Length of the network header with IPv4 options or IPv6 extension headers as far as read. */
  networkHeaderLength = 0;
  /**
   * Length of the IP packet as its header, complete or cut, states it; 0 if it states 0 (segmentation offload,
   * jumbogram).
   */
  totalLength = 0;
  /** Offset of the source address; ARP: sender protocol address. */
  sourceAddress = ABSENT;
  /** Offset of the destination address; ARP: target protocol address. */
  destinationAddress = ABSENT;
  /** 4 or 16; 0 without addresses. */
  addressLength = 0;
  /** Type of service, or traffic class, 0 to 255. */
  trafficClass = ABSENT;
  /** Time to live, or hop limit, 0 to 255. */
  ttl = ABSENT;
  /** Protocol after all extension headers, 0 to 255. */
  protocol = ABSENT;
  /** IPv4: 16 bits. IPv6: 32 bits of the fragment header. */
  identification = ABSENT;
  /** Offset of a fragment's payload in the payload of the whole packet, a multiple of 8; 0 if not fragmented. */
  fragmentOffset = 0;
  moreFragments = false;
  /** IPv6: a routing header with segments left, so the destination address is not the final one. */
  isSourceRouted = false;
  /** ARP: 1 request, 2 reply. */
  arpOperation = ABSENT;

  /** Offset of the transport header (TCP, UDP, SCTP, ICMP, ICMPv6, GRE). Its fields below may be captured in part. */
  transportStart = ABSENT;
  /** Length of the transport header; 0 if it was not captured completely. */
  transportHeaderLength = 0;
  sourcePort = ABSENT;
  destinationPort = ABSENT;
  /** Byte 13 of the TCP header (RFC 9293): CWR, ECE, URG, ACK, PSH, RST, SYN, FIN from the highest bit. */
  tcpFlags = ABSENT;
  /** ICMP and ICMPv6. */
  icmpType = ABSENT;
  icmpCode = ABSENT;

  tunnel: Tunnel = 'none';
  /** Link type of the frame at {@link payloadStart}; absent if {@link tunnel} is `none`. */
  innerLinkType = ABSENT;
  /** VXLAN: VNI, 24 bits. NVGRE: VSID, 24 bits. GRE: key, 32 bits. */
  tunnelId = ABSENT;

  /** Hot path. Resets all fields to those of a frame without any header. */
  reset(start: number, end: number): void {
    this.end = 'unknown';
    this.payloadStart = start;
    this.payloadEnd = end;
    this.destinationMac = ABSENT;
    this.sourceMac = ABSENT;
    this.frameControl = ABSENT;
    this.wifiHeaderLength = 0;
    this.isAmsdu = false;
    this.llc = ABSENT;
    this.vlanTags = 0;
    this.vlanId = ABSENT;
    this.vlanPriority = ABSENT;
    this.innerVlanId = ABSENT;
    this.etherType = ABSENT;
    this.network = 'none';
    this.networkStart = ABSENT;
    this.networkHeaderLength = 0;
    this.totalLength = 0;
    this.sourceAddress = ABSENT;
    this.destinationAddress = ABSENT;
    this.addressLength = 0;
    this.trafficClass = ABSENT;
    this.ttl = ABSENT;
    this.protocol = ABSENT;
    this.identification = ABSENT;
    this.fragmentOffset = 0;
    this.moreFragments = false;
    this.isSourceRouted = false;
    this.arpOperation = ABSENT;
    this.transportStart = ABSENT;
    this.transportHeaderLength = 0;
    this.sourcePort = ABSENT;
    this.destinationPort = ABSENT;
    this.tcpFlags = ABSENT;
    this.icmpType = ABSENT;
    this.icmpCode = ABSENT;
    this.tunnel = 'none';
    this.innerLinkType = ABSENT;
    this.tunnelId = ABSENT;
  }
}
