import { readUint16 } from './bytes.js';

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;
const MAC_BYTES = 6;
const IPV6_GROUPS = 8;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** `00:15:5d:01:02:03`: bytes in lower case, separated by colons. */
export function formatMac(bytes: Uint8Array, at = 0, length = MAC_BYTES): string {
  let text = '';
  for (let n = 0; n < length; n++) text += `${n === 0 ? '' : ':'}${HEX[bytes[at + n] ?? 0]}`;
  return text;
}

/** `192.0.2.1`, of four bytes in network order. */
export const formatIpv4 = (bytes: Uint8Array, at = 0): string =>
  `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;

/**
 * Sixteen bytes in the canonical form of RFC 5952: lower case, no leading zeros, the longest run of two or more zero
 * groups (the first of equal runs) as `::`. An IPv4-mapped address is `::ffff:192.0.2.1` (section 5).
 */
export function formatIpv6(bytes: Uint8Array, at = 0): string {
  let zerosAt = IPV6_GROUPS;
  let zeros = 1;
  for (let n = 0; n < IPV6_GROUPS; n++) {
    const first = n;
    while (n < IPV6_GROUPS && readUint16(bytes, at + 2 * n) === 0) n++;
    if (n - first > zeros) {
      zerosAt = first;
      zeros = n - first;
    }
  }
  const isMapped = zerosAt === 0 && zeros === 5 && readUint16(bytes, at + 10) === 0xffff;
  if (isMapped) return `::ffff:${formatIpv4(bytes, at + 12)}`;
  if (zerosAt === IPV6_GROUPS) return groupsText(bytes, at, 0, IPV6_GROUPS);
  return `${groupsText(bytes, at, 0, zerosAt)}::${groupsText(bytes, at, zerosAt + zeros, IPV6_GROUPS)}`;
}

function groupsText(bytes: Uint8Array, at: number, from: number, to: number): string {
  let text = '';
  for (let n = from; n < to; n++)
    text += `${n === from ? '' : ':'}${readUint16(bytes, at + 2 * n).toString(16)}`;
  return text;
}

/**
 * An IPv4 or IPv6 address.
 *
 * @param length 4 or 16
 */
export const formatIp = (bytes: Uint8Array, at = 0, length = bytes.length): string =>
  length === IPV4_BYTES ? formatIpv4(bytes, at) : formatIpv6(bytes, at);

/** A number of 0 to 255 without leading zeros: some programs read `010` as octal (RFC 6943, 3.1.1). */
const DECIMAL_BYTE = /^(?:0|[1-9]\d{0,2})$/u;

/** Four bytes of a dotted address or mask; undefined for any other text. */
export function parseIpv4(text: string): Uint8Array | undefined {
  // The longest is 255.255.255.255.
  if (text.length > 15) return undefined;
  const parts = text.split('.');
  if (parts.length !== IPV4_BYTES || !parts.every((part) => DECIMAL_BYTE.test(part))) return undefined;
  const values = parts.map(Number);
  return values.every((value) => value <= 255) ? Uint8Array.from(values) : undefined;
}

const IPV6_GROUP = /^[\da-f]{1,4}$/iu;
/** Six groups of four digits and a dotted IPv4 address. */
const MAX_IPV6_TEXT = 45;

/** Sixteen bytes of an IPv6 address (RFC 4291, 2.2) without zone; undefined for any other text. */
export function parseIpv6(text: string): Uint8Array | undefined {
  if (text.length > MAX_IPV6_TEXT) return undefined;
  const [head = '', tail, ...more] = text.split('::');
  // The dotted form is the end of an address.
  const before = parseGroups(head, tail === undefined);
  const after = parseGroups(tail ?? '', true);
  if (more.length > 0 || before === undefined || after === undefined) return undefined;
  const missing = IPV6_BYTES - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  const bytes = new Uint8Array(IPV6_BYTES);
  bytes.set(before);
  bytes.set(after, IPV6_BYTES - after.length);
  return bytes;
}

/** Bytes of the groups on one side of `::`; undefined if one is not a group. */
function parseGroups(text: string, mayEndDotted: boolean): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const bytes: number[] = [];
  for (const [n, part] of parts.entries()) {
    if (IPV6_GROUP.test(part)) {
      const group = Number.parseInt(part, 16);
      bytes.push(group >> 8, group & 0xff);
      continue;
    }
    const dotted = mayEndDotted && n === parts.length - 1 ? parseIpv4(part) : undefined;
    if (dotted === undefined) return undefined;
    bytes.push(...dotted);
  }
  return bytes;
}

/** The bytes of an IPv4 or IPv6 address without zone; undefined for any other text. */
export const parseIp = (text: string): Uint8Array | undefined =>
  text.includes(':') ? parseIpv6(text) : parseIpv4(text);

/** An address and the number of its leading bits that are compared. */
export interface IpPrefix {
  /** 4 or 16 bytes in network order. */
  readonly address: Uint8Array;
  /** 0 to 32 or 0 to 128. */
  readonly length: number;
}

const PREFIX_LENGTH = /^(?:0|[1-9]\d{0,2})$/u;

/** `10.0.0.0/8`, `2001:db8::/32`, or an address alone, which is a prefix of all its bits. Undefined for other text. */
export function parseIpPrefix(text: string): IpPrefix | undefined {
  const [host = '', bits, ...more] = text.split('/');
  const address = parseIp(host);
  if (address === undefined || more.length > 0) return undefined;
  if (bits === undefined) return { address, length: address.length * 8 };
  const length = PREFIX_LENGTH.test(bits) ? Number(bits) : Number.POSITIVE_INFINITY;
  return length <= address.length * 8 ? { address, length } : undefined;
}

/**
 * Whether an address is in a prefix. An IPv4 address and its IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2) are the same
 * host.
 */
export function isInPrefix(address: Uint8Array, prefix: IpPrefix): boolean {
  const bytes = unmapped(address);
  const isMapped = prefix.length >= MAPPED_BITS && isIpv4Mapped(prefix.address);
  const wanted = isMapped ? prefix.address.subarray(IPV6_BYTES - IPV4_BYTES) : prefix.address;
  const length = isMapped ? prefix.length - MAPPED_BITS : prefix.length;
  // A prefix such as ::/0 contains the mapped addresses as IPv6 addresses.
  const compared = wanted.length === IPV6_BYTES ? address : bytes;
  if (compared.length !== wanted.length) return false;
  const whole = length >> 3;
  for (let n = 0; n < whole; n++) if (compared[n] !== wanted[n]) return false;
  const rest = length & 7;
  return rest === 0 || ((compared[whole] ?? 0) ^ (wanted[whole] ?? 0)) >> (8 - rest) === 0;
}

/** Bits of ::ffff:0:0/96. */
const MAPPED_BITS = 96;

function isIpv4Mapped(address: Uint8Array): boolean {
  if (address.length !== IPV6_BYTES || readUint16(address, 10) !== 0xffff) return false;
  for (let n = 0; n < 10; n++) if (address[n] !== 0) return false;
  return true;
}

const unmapped = (address: Uint8Array): Uint8Array =>
  isIpv4Mapped(address) ? address.subarray(IPV6_BYTES - IPV4_BYTES) : address;

const MAC_TEXT = /^[\da-f]{2}(?:(?::[\da-f]{2}){5}|(?:-[\da-f]{2}){5})$/iu;

/** Six bytes of `00:15:5d:01:02:03` or, as Windows prints it, `00-15-5D-01-02-03`; undefined for any other text. */
export function parseMac(text: string): Uint8Array | undefined {
  if (!MAC_TEXT.test(text)) return undefined;
  return Uint8Array.from(text.split(/[:-]/u), (part) => Number.parseInt(part, 16));
}
