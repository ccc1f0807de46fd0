/** Frames of tests, built part by part as they are on the wire. */

/** Bytes of hexadecimal digits; spaces and line breaks group them. */
export const hex = (text: string): number[] =>
  (text.replace(/\s/gu, '').match(/../gu) ?? []).map((pair) => Number.parseInt(pair, 16));

export const u16 = (value: number): number[] => [value >> 8, value & 0xff];
export const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];

export const DESTINATION = hex('00155d 0a0b0c');
export const SOURCE = hex('00155d 010203');

/** Destination, source, EtherType or tags with the EtherType. */
export const ethernet = (type: readonly number[], payload: readonly number[]): number[] => [
  ...DESTINATION,
  ...SOURCE,
  ...type,
  ...payload,
];

export interface Ipv4Fields {
  readonly protocol: number;
  readonly payload: readonly number[];
  /** In 8-byte units, with the flags in the upper three bits. */
  readonly fragment?: number;
  readonly options?: readonly number[];
  /** Instead of the right one. */
  readonly totalLength?: number;
}

/** 192.0.2.1 to 198.51.100.2, TTL 64, identification 0x1234, header checksum 0. */
export function ipv4({ fragment = 0, options = [], payload, protocol, totalLength }: Ipv4Fields): number[] {
  const header = 20 + options.length;
  return [
    0x40 | (header / 4),
    0xb8,
    ...u16(totalLength ?? header + payload.length),
    ...u16(0x1234),
    ...u16(fragment),
    64,
    protocol,
    ...u16(0),
    ...[192, 0, 2, 1],
    ...[198, 51, 100, 2],
    ...options,
    ...payload,
  ];
}

/** 2001:db8::1 to 2001:db8::2, hop limit 255; `next` is the protocol of the first byte of `payload`. */
export const ipv6 = (next: number, payload: readonly number[]): number[] => [
  ...hex('6a500000'),
  ...u16(payload.length),
  next,
  255,
  ...hex('20010db8 00000000 00000000 00000001'),
  ...hex('20010db8 00000000 00000000 00000002'),
  ...payload,
];

/** Ports 49152 to 443, ACK and PSH, checksum 0. */
export const tcp = (payload: readonly number[] = [], options: readonly number[] = []): number[] => [
  ...u16(49152),
  ...u16(443),
  ...u32(0x01020304),
  ...u32(0x05060708),
  ((20 + options.length) / 4) << 4,
  0x18,
  ...u16(1024),
  ...u16(0),
  ...u16(0),
  ...options,
  ...payload,
];

export const udp = (destinationPort: number, payload: readonly number[]): number[] => [
  ...u16(50000),
  ...u16(destinationPort),
  ...u16(8 + payload.length),
  ...u16(0),
  ...payload,
];

/** LLC and SNAP (RFC 1042). */
export const snap = (etherType: number, payload: readonly number[]): number[] => [
  ...hex('aaaa03 000000'),
  ...u16(etherType),
  ...payload,
];
