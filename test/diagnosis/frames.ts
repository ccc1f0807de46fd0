import { concat } from '../../samples/encoder/index.js';
import {
  type Ends,
  EtherType,
  ethernet,
  ethernetVlan,
  ipv4,
  ipv6,
  mac,
  overIpv4,
  overIpv6,
  WireWriter,
} from '../../samples/packets/index.js';

type Transport = Parameters<typeof overIpv4>[1];

export const HOST_MAC = '00:22:48:7b:b3:80';
export const GATEWAY_MAC = '00:1b:21:3a:4f:50';
/** Addresses of the host that the trace states. */
export const HOST = '10.0.0.4';
export const HOST_6 = '2001:db8::4';

export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const PSH = 8;
export const ACK = 16;

let identification = 0x4000;

export interface FrameOptions {
  readonly vlan?: number | undefined;
  readonly ttl?: number | undefined;
  /** IP identification; by default a new one. */
  readonly id?: number | undefined;
  readonly macs?: Ends | undefined;
}

/** An IPv4 or IPv6 packet in its frame: MAC addresses by the direction, unless others are given. */
export function ipFrame(ips: Ends, transport: Transport, options: FrameOptions = {}): Uint8Array {
  const isV6 = ips.from.includes(':') || ips.to.includes(':');
  identification = (identification + 1) & 0xffff;
  const packet = isV6
    ? overIpv6(ips, transport, options.ttl ?? 64)
    : overIpv4(ips, transport, { id: options.id ?? identification, ttl: options.ttl ?? 64 });
  const isOwn = ips.from === HOST || ips.from === HOST_6 || ips.from === '0.0.0.0' || ips.from === '::';
  const macs = options.macs ?? {
    from: isOwn ? HOST_MAC : GATEWAY_MAC,
    to: groupMac(ips.to) ?? (isOwn ? GATEWAY_MAC : HOST_MAC),
  };
  const type = isV6 ? EtherType.ipv6 : EtherType.ipv4;
  return options.vlan === undefined
    ? ethernet(macs, type, packet)
    : ethernetVlan(macs, options.vlan, type, packet);
}

/** The MAC address of a multicast or broadcast address; undefined for others. */
function groupMac(address: string): string | undefined {
  const hex = (bytes: Iterable<number>): string =>
    [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
  if (address.includes(':')) {
    const bytes = ipv6(address);
    return bytes[0] === 0xff ? `33:33:${hex(bytes.subarray(12))}` : undefined;
  }
  const [a = 0, b = 0, c = 0, d = 0] = ipv4(address);
  if (d === 255) return 'ff:ff:ff:ff:ff:ff';
  return a >= 224 && a < 240 ? `01:00:5e:${hex([b & 0x7f, c, d])}` : undefined;
}

export interface Segment {
  readonly ports: readonly [from: number, to: number];
  readonly seq: number;
  readonly ack?: number | undefined;
  readonly flags: number;
  readonly bytes?: number | undefined;
  readonly window?: number | undefined;
}

/** A TCP segment of any window, without options. */
export function tcpSegment({ ack = 0, bytes = 0, flags, ports, seq, window = 8192 }: Segment): Transport {
  const writer = new WireWriter().u16(ports[0]).u16(ports[1]).u32(seq).u32(ack).u8(0x50).u8(flags);
  writer.u16(window).u16(0).u16(0);
  for (let n = 0; n < bytes; n++) writer.u8((seq + n) & 0xff);
  return { protocol: 6, bytes: writer.take(), checksumAt: 16, pseudoHeader: true };
}

export const datagram = (ports: readonly [from: number, to: number], payload: Uint8Array): Transport => ({
  protocol: 17,
  bytes: new WireWriter()
    .u16(ports[0])
    .u16(ports[1])
    .u16(8 + payload.length)
    .u16(0)
    .bytes(payload)
    .take(),
  checksumAt: 6,
  pseudoHeader: true,
});

/** ICMP of IPv4: type, code, the second word of the header, payload. */
export const icmp = (type: number, code: number, word: number, payload: Uint8Array): Transport => ({
  protocol: 1,
  bytes: new WireWriter().u8(type).u8(code).u16(0).u32(word).bytes(payload).take(),
  checksumAt: 2,
  pseudoHeader: false,
});

export const icmp6 = (type: number, code: number, word: number, payload: Uint8Array): Transport => ({
  ...icmp(type, code, word, payload),
  protocol: 58,
  pseudoHeader: true,
});

/** Neighbor solicitation (RFC 4861, 4.3) of a target; without `mac`, no link-layer option, as in duplicate address detection. */
export const solicitation = (target: string, own?: string): Transport =>
  icmp6(135, 0, 0, concat([ipv6(target), own === undefined ? new Uint8Array() : linkOption(1, own)]));

/** Neighbor advertisement: solicited and override. */
export const advertisement = (target: string, own: string, flags = 0x6000_0000): Transport =>
  icmp6(136, 0, flags, concat([ipv6(target), linkOption(2, own)]));

const linkOption = (type: number, address: string): Uint8Array =>
  concat([Uint8Array.of(type, 1), mac(address)]);

/** An ARP packet with all its fields; `to` of the frame may differ from its target. */
export function arpFrame(fields: {
  readonly operation: 1 | 2;
  readonly sender: readonly [mac: string, ip: string];
  readonly target: readonly [mac: string, ip: string];
  readonly to?: string;
  readonly vlan?: number | undefined;
}): Uint8Array {
  const { operation, sender, target, to = operation === 1 ? 'ff:ff:ff:ff:ff:ff' : target[0], vlan } = fields;
  const payload = new WireWriter()
    .u16(1)
    .u16(0x0800)
    .u8(6)
    .u8(4)
    .u16(operation)
    .bytes(mac(sender[0]))
    .bytes(ipv4(sender[1]))
    .bytes(mac(target[0]))
    .bytes(ipv4(target[1]))
    .zeros(18)
    .take();
  const macs = { from: sender[0], to };
  return vlan === undefined
    ? ethernet(macs, EtherType.arp, payload)
    : ethernetVlan(macs, vlan, EtherType.arp, payload);
}

/** A DNS message with one question; `answers` A records of 192.0.2.7. */
export function dns(
  id: number,
  name: string,
  options: {
    readonly type?: number;
    readonly response?: boolean;
    readonly code?: number;
    readonly answers?: number;
  } = {},
): Uint8Array {
  const { answers = 0, code = 0, response = false, type = 1 } = options;
  const writer = new WireWriter()
    .u16(id)
    .u16((response ? 0x8180 : 0x0100) | code)
    .u16(1)
    .u16(answers)
    .u16(0)
    .u16(0);
  for (const label of name.split('.')) writer.u8(label.length).ascii(label);
  writer.u8(0).u16(type).u16(1);
  for (let n = 0; n < answers; n++) writer.u16(0xc00c).u16(1).u16(1).u32(60).u16(4).bytes([192, 0, 2, 7]);
  return writer.take();
}

/** DHCP of IPv4 (RFC 2131) with the message type and, if given, the requested address. */
export function dhcp(fields: {
  readonly type: number;
  readonly transaction: number;
  readonly client: string;
  readonly ciaddr?: string;
  readonly yiaddr?: string;
  readonly requested?: string;
  readonly server?: string;
}): Uint8Array {
  const isReply = [2, 5, 6].includes(fields.type);
  const writer = new WireWriter()
    .u8(isReply ? 2 : 1)
    .u8(1)
    .u8(6)
    .u8(0)
    .u32(fields.transaction)
    .u16(0)
    .u16(0)
    .bytes(ipv4(fields.ciaddr ?? '0.0.0.0'))
    .bytes(ipv4(fields.yiaddr ?? '0.0.0.0'))
    .zeros(8)
    .bytes(mac(fields.client))
    .zeros(10 + 64 + 128)
    .u32(0x6382_5363)
    .bytes([53, 1, fields.type]);
  if (fields.requested !== undefined) writer.bytes([50, 4]).bytes(ipv4(fields.requested));
  if (fields.server !== undefined) writer.bytes([54, 4]).bytes(ipv4(fields.server));
  return writer.u8(255).zeros(20).take();
}

/** A TCP connection that counts its sequence numbers. */
export class TcpTalk {
  readonly #ends: readonly [client: string, server: string];
  readonly #ports: readonly [client: number, server: number];
  readonly #options: FrameOptions;
  #next: [client: number, server: number];

  constructor(
    client: string,
    server: string,
    ports: readonly [client: number, server: number],
    options: FrameOptions = {},
  ) {
    this.#ends = [client, server];
    this.#ports = ports;
    this.#options = options;
    this.#next = [0x1234_5678 + ports[0], 0x8765_4321 + ports[0]];
  }

  /** The next segment of a side. `back`: bytes before the next sequence number; then the number does not advance. */
  segment(
    side: 'client' | 'server',
    flags: number,
    fields: {
      readonly bytes?: number;
      readonly back?: number;
      readonly window?: number;
      readonly ack?: number;
    } = {},
    options: FrameOptions = {},
  ): Uint8Array {
    const own = side === 'client' ? 0 : 1;
    const other = own === 0 ? 1 : 0;
    const { back, bytes = 0, window } = fields;
    const seq = (this.#next[own] - (back ?? 0)) >>> 0;
    const ack = (flags & ACK) === 0 ? 0 : (fields.ack ?? this.#next[other]);
    if (back === undefined)
      this.#next[own] = (seq + bytes + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0)) >>> 0;
    const ports = own === 0 ? this.#ports : ([this.#ports[1], this.#ports[0]] as const);
    return ipFrame(
      { from: this.#ends[own], to: this.#ends[other] },
      tcpSegment({ ports, seq, ack, flags, bytes, ...(window !== undefined && { window }) }),
      { ...this.#options, ...options },
    );
  }

  /** Leaves out bytes of a side: they were sent where the capture does not see them. */
  skip(side: 'client' | 'server', bytes: number): void {
    const own = side === 'client' ? 0 : 1;
    this.#next[own] = (this.#next[own] + bytes) >>> 0;
  }
}
