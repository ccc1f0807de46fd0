import { LimitLog } from '../../etl/index.js';

/** An IP address of the host. */
export interface IpAddress {
  /** 4 or 16 bytes in network order. */
  readonly bytes: Uint8Array;
  /** Dotted decimal, or IPv6 as RFC 5952 writes it. */
  readonly text: string;
  /** Bits; absent where the source did not tell. */
  readonly prefixLength?: number;
}

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;

/**
 * An address from its bytes, which are copied.
 *
 * @returns undefined where there are neither 4 nor 16 bytes, or the address is the unspecified one (all zeros).
 */
export function ipAddress(bytes: Uint8Array, prefixLength?: number): IpAddress | undefined {
  if (bytes.length !== IPV4_BYTES && bytes.length !== IPV6_BYTES) return undefined;
  if (bytes.every((byte) => byte === 0)) return undefined;
  const copy = bytes.slice();
  const text = copy.length === IPV4_BYTES ? copy.join('.') : ipv6Text(copy);
  const fits = prefixLength !== undefined && prefixLength >= 0 && prefixLength <= copy.length * 8;
  return fits ? { bytes: copy, text, prefixLength } : { bytes: copy, text };
}

/** An IPv4 address from a 32-bit field that holds it in network order (TDH_OUTTYPE_IPV4), read little-endian. */
export function ipv4FromField(value: number): IpAddress | undefined {
  return ipAddress(
    new Uint8Array([value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff]),
  );
}

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`. */
function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, n) => ((bytes[2 * n] ?? 0) << 8) | (bytes[2 * n + 1] ?? 0));
  let start = -1;
  let length = 1;
  for (let at = 0; at < groups.length; at++) {
    let end = at;
    while (end < groups.length && groups[end] === 0) end += 1;
    if (end - at > length) {
      start = at;
      length = end - at;
    }
    if (end > at) at = end;
  }
  const hex = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return start === -1 ? hex(0, 8) : `${hex(0, start)}::${hex(start + length, 8)}`;
}

const IPV4_TEXT = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** The four bytes of a dotted address or mask; undefined where the text is none. */
export function parseIpv4(text: string): Uint8Array | undefined {
  const parts = IPV4_TEXT.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part <= 255) ? new Uint8Array(parts) : undefined;
}

const IPV6_GROUP = /^[0-9a-f]{1,4}$/i;

/** Groups of one side of `::`, the last one possibly a dotted IPv4 address; undefined where one is no group. */
function ipv6Groups(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  for (const part of text.split(':')) {
    if (IPV6_GROUP.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const [a, b, c, d] = parseIpv4(part) ?? [];
    if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
    groups.push((a << 8) | b, (c << 8) | d);
  }
  return groups;
}

function parseIpv6(text: string): Uint8Array | undefined {
  const [head = '', tail, ...more] = text.split('::');
  const before = ipv6Groups(head);
  const after = tail === undefined ? [] : ipv6Groups(tail);
  if (more.length > 0 || before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...new Array<number>(missing).fill(0), ...after];
  return new Uint8Array(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/** An address as Windows prints it: the zone behind `%` is the index of the interface. */
export interface PrintedAddress {
  readonly address: IpAddress;
  readonly zone?: number;
}

/** The longest text of an IPv6 address: eight groups, two of them dotted, and a zone. */
const MAX_ADDRESS_TEXT = 64;

/** Reads an IPv4 or IPv6 address; undefined where the text is none, or the unspecified address. */
export function parseIpAddress(text: string, prefixLength?: number): PrintedAddress | undefined {
  if (text.length > MAX_ADDRESS_TEXT) return undefined;
  const [host = '', zone] = text.split('%');
  const bytes = host.includes(':') ? parseIpv6(host) : parseIpv4(host);
  const address = bytes && ipAddress(bytes, prefixLength);
  if (address === undefined) return undefined;
  return zone !== undefined && /^\d{1,9}$/.test(zone) ? { address, zone: Number(zone) } : { address };
}

/** The prefix length of a contiguous netmask; undefined for four bytes that are none. */
export function prefixOfMask(mask: Uint8Array): number | undefined {
  const bits = Array.from(mask, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return /^1+0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : undefined;
}

/** The netmask of a prefix length of 0 to 32. */
export function maskOfPrefix(prefixLength: number): Uint8Array {
  return Uint8Array.from({ length: IPV4_BYTES }, (_, n) => {
    const bits = Math.min(8, Math.max(0, prefixLength - 8 * n));
    return (0xff00 >> bits) & 0xff;
  });
}

/** 127.0.0.0/8, 224.0.0.0/3 (multicast, reserved, broadcast); ::1, ff00::/8: says nothing about an interface. */
export function isHostAddress(address: IpAddress): boolean {
  const [first = 0] = address.bytes;
  return address.bytes.length === IPV4_BYTES
    ? first !== 127 && first < 224
    : first !== 0xff && address.text !== '::1';
}

/** A MAC address with colons, lower case; undefined for none, or for one of zeros only. */
export function macText(bytes: Uint8Array): string | undefined {
  if (bytes.every((byte) => byte === 0)) return undefined;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** No interface has that many addresses, but a hostile trace may. */
const MAX_ADDRESSES = 4096;

/** A set of addresses in the order in which they came; one that comes with a prefix completes one without. */
export class AddressSet {
  readonly #byText = new Map<string, IpAddress>();

  readonly #limits: LimitLog;

  /** @param limits is told of addresses that found no room */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  /** @returns true where the address was new. */
  add(address: IpAddress): boolean {
    const known = this.#byText.get(address.text);
    if (known !== undefined) {
      if (known.prefixLength === undefined && address.prefixLength !== undefined) {
        this.#byText.set(address.text, address);
      }
      return false;
    }
    if (this.#byText.size >= MAX_ADDRESSES) {
      this.#limits.add('addressesLeftOut');
      return false;
    }
    this.#byText.set(address.text, address);
    return true;
  }

  addAll(addresses: Iterable<IpAddress>): void {
    for (const address of addresses) this.add(address);
  }

  list(): IpAddress[] {
    return [...this.#byText.values()];
  }
}
