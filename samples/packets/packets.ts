import { concat } from '../encoder/byte-writer.js';
import { internetChecksum } from './checksum.js';
import { BROADCAST, ipv4, ipv6, mac, WireWriter } from './wire.js';

export const EtherType = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd } as const;
const Protocol = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

/** TCP flag bits (RFC 9293). */
export const TcpFlag = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const;

const MINIMUM_FRAME = 60;
/** IPv4 flags and fragment offset (RFC 791): Don't Fragment. */
const DONT_FRAGMENT = 0x4000;

/** Two ends of a conversation. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

/** An Ethernet II frame, without padding and FCS: how NDIS hands frames over. */
export function ethernet(macs: Ends, etherType: number, payload: Uint8Array): Uint8Array {
  return new WireWriter().bytes(mac(macs.to)).bytes(mac(macs.from)).u16(etherType).bytes(payload).take();
}

/** The same with an 802.1Q header. */
export function ethernetVlan(macs: Ends, vlanId: number, etherType: number, payload: Uint8Array): Uint8Array {
  const tagged = new WireWriter().u16(vlanId).u16(etherType).bytes(payload).take();
  return ethernet(macs, EtherType.vlan, tagged);
}

/** Zeros up to Ethernet's minimum (60 bytes without FCS), as a received short frame has. */
export function padded(frame: Uint8Array): Uint8Array {
  return frame.length >= MINIMUM_FRAME
    ? frame
    : concat([frame, new Uint8Array(MINIMUM_FRAME - frame.length)]);
}

interface Transport {
  readonly protocol: number;
  /** The segment with its checksum field zero, and that field's offset. */
  readonly bytes: Uint8Array;
  readonly checksumAt: number;
  /** ICMP (v4) sums without a pseudo header. */
  readonly pseudoHeader: boolean;
}

const setU16 = (bytes: Uint8Array, at: number, value: number): void => {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value & 0xff;
};

export function udp(ports: readonly [from: number, to: number], payload: Uint8Array): Transport {
  const bytes = new WireWriter()
    .u16(ports[0])
    .u16(ports[1])
    .u16(8 + payload.length)
    .u16(0)
    .bytes(payload)
    .take();
  return { protocol: Protocol.udp, bytes, checksumAt: 6, pseudoHeader: true };
}

export interface TcpFields {
  readonly ports: readonly [from: number, to: number];
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  readonly payload?: Uint8Array;
}

/** A TCP segment; a SYN offers an MSS of 1460. */
export function tcp(fields: TcpFields): Transport {
  const options = fields.flags & TcpFlag.syn ? [2, 4, 1460 >> 8, 1460 & 0xff] : [];
  const bytes = new WireWriter()
    .u16(fields.ports[0])
    .u16(fields.ports[1])
    .u32(fields.sequence)
    .u32(fields.acknowledgement)
    .u8(((20 + options.length) / 4) << 4)
    .u8(fields.flags)
    .u16(64240)
    .u16(0)
    .u16(0)
    .bytes(options)
    .bytes(fields.payload ?? [])
    .take();
  return { protocol: Protocol.tcp, bytes, checksumAt: 16, pseudoHeader: true };
}

/** The 32 letters that Windows' ping sends. */
const PING_DATA = new TextEncoder().encode('abcdefghijklmnopqrstuvwabcdefghi');

export function ping(what: 'request' | 'reply', sequence: number, identifier = 1): Transport {
  const bytes = new WireWriter()
    .u8(what === 'request' ? 8 : 0)
    .u8(0)
    .u16(0)
    .u16(identifier)
    .u16(sequence)
    .bytes(PING_DATA)
    .take();
  return { protocol: Protocol.icmp, bytes, checksumAt: 2, pseudoHeader: false };
}

export function ping6(what: 'request' | 'reply', sequence: number, identifier = 1): Transport {
  const { bytes } = ping('request', sequence, identifier);
  bytes[0] = what === 'request' ? 128 : 129;
  return { protocol: Protocol.icmpv6, bytes, checksumAt: 2, pseudoHeader: true };
}

/** IPv4 (RFC 791) with checksums filled in; `fragment` is the flags and offset word, by default Don't Fragment. */
export function overIpv4(
  ips: Ends,
  transport: Transport,
  options: { readonly id?: number; readonly ttl?: number; readonly fragment?: number } = {},
): Uint8Array {
  const from = ipv4(ips.from);
  const to = ipv4(ips.to);
  const segment = transport.bytes.slice();
  const pseudo = new WireWriter().bytes(from).bytes(to).u16(transport.protocol).u16(segment.length).take();
  fillChecksum(segment, transport, pseudo);
  const header = new WireWriter()
    .u8(0x45)
    .u8(0)
    .u16(20 + segment.length)
    .u16(options.id ?? 0x1d2c)
    .u16(options.fragment ?? DONT_FRAGMENT)
    .u8(options.ttl ?? 128)
    .u8(transport.protocol)
    .u16(0)
    .bytes(from)
    .bytes(to)
    .take();
  setU16(header, 10, internetChecksum([header]));
  return concat([header, segment]);
}

/** IPv6 (RFC 8200) with the transport's checksum filled in. */
export function overIpv6(ips: Ends, transport: Transport, hopLimit = 128): Uint8Array {
  const from = ipv6(ips.from);
  const to = ipv6(ips.to);
  const segment = transport.bytes.slice();
  const pseudo = new WireWriter().bytes(from).bytes(to).u32(segment.length).u32(transport.protocol).take();
  fillChecksum(segment, transport, pseudo);
  return new WireWriter()
    .u32(0x6000_0000)
    .u16(segment.length)
    .u8(transport.protocol)
    .u8(hopLimit)
    .bytes(from)
    .bytes(to)
    .bytes(segment)
    .take();
}

function fillChecksum(segment: Uint8Array, transport: Transport, pseudo: Uint8Array): void {
  const pieces = transport.pseudoHeader ? [pseudo, segment] : [segment];
  const sum = internetChecksum(pieces);
  setU16(segment, transport.checksumAt, sum === 0 && transport.protocol === Protocol.udp ? 0xffff : sum);
}

/** ARP for IPv4 over Ethernet (RFC 826), in its frame; a request is a broadcast. */
export function arp(what: 'request' | 'reply', macs: Ends, ips: Ends): Uint8Array {
  const request = what === 'request';
  const payload = new WireWriter()
    .u16(1)
    .u16(EtherType.ipv4)
    .u8(6)
    .u8(4)
    .u16(request ? 1 : 2)
    .bytes(mac(macs.from))
    .bytes(ipv4(ips.from))
    .bytes(request ? new Uint8Array(6) : mac(macs.to))
    .bytes(ipv4(ips.to))
    .take();
  return new WireWriter()
    .bytes(request ? BROADCAST : mac(macs.to))
    .bytes(mac(macs.from))
    .u16(EtherType.arp)
    .bytes(payload)
    .take();
}

function dnsName(writer: WireWriter, name: string): WireWriter {
  for (const label of name.split('.')) writer.u8(label.length).ascii(label);
  return writer.u8(0);
}

/** A DNS question for an A record. */
export function dnsQuery(id: number, name: string): Uint8Array {
  const writer = new WireWriter().u16(id).u16(0x0100).u16(1).u16(0).u16(0).u16(0);
  return dnsName(writer, name).u16(1).u16(1).take();
}

/** The answer with one A record. */
export function dnsAnswer(id: number, name: string, address: string): Uint8Array {
  const writer = new WireWriter().u16(id).u16(0x8180).u16(1).u16(1).u16(0).u16(0);
  dnsName(writer, name).u16(1).u16(1);
  return writer.u16(0xc00c).u16(1).u16(1).u32(300).u16(4).bytes(ipv4(address)).take();
}

export const VXLAN_PORT = 4789;

/** VXLAN (RFC 7348) around an Ethernet frame: the UDP payload. */
export function vxlan(vni: number, frame: Uint8Array): Uint8Array {
  return new WireWriter()
    .u32(0x0800_0000)
    .u32(vni << 8)
    .bytes(frame)
    .take();
}

/** LLC and SNAP for an EtherType, RFC 1042. */
const SNAP = [0xaa, 0xaa, 0x03, 0, 0, 0];
/** IEEE 802.11 frame control bits. */
export const WifiControl = {
  data: 0x0008,
  toDistribution: 0x0100,
  fromDistribution: 0x0200,
  protected: 0x4000,
} as const;

/** An 802.11 data frame between a station and its access point (bssid), without FCS. */
export function wifiData(
  macs: Ends & { readonly bssid: string },
  direction: 'toAccessPoint' | 'fromAccessPoint',
  etherType: number,
  payload: Uint8Array,
  sequence: number,
  control = 0,
): Uint8Array {
  const up = direction === 'toAccessPoint';
  const frameControl =
    WifiControl.data | control | (up ? WifiControl.toDistribution : WifiControl.fromDistribution);
  return (
    new WireWriter()
      // Frame control and sequence control are little-endian.
      .u8(frameControl)
      .u8(frameControl >>> 8)
      .u16(0)
      .bytes(mac(up ? macs.bssid : macs.to))
      .bytes(mac(up ? macs.from : macs.bssid))
      .bytes(mac(up ? macs.to : macs.from))
      .u8((sequence << 4) & 0xff)
      .u8(sequence >>> 4)
      .bytes(SNAP)
      .u16(etherType)
      .bytes(payload)
      .take()
  );
}

/** A text as payload. */
export function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
