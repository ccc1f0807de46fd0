import { LimitLog } from '../etl/index.js';
import { formatIp, formatMac, parseIp } from '../net/index.js';

/** An IP address of the host. */
export interface IpAddress {
  /** 4 or 16 bytes in network order. */
  readonly bytes: Uint8Array;
  /** Dotted decimal, or IPv6 as RFC 5952 writes it. */
  readonly text: string;
  /** Bits; absent if the source does not have it. */
  readonly prefixLength?: number;
}

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;

/**
 * An address from its bytes, which are copied.
 *
 * @returns undefined if there are neither 4 nor 16 bytes, or the address is the unspecified one (all zeros).
 */
export function ipAddress(bytes: Uint8Array, prefixLength?: number): IpAddress | undefined {
  if (bytes.length !== IPV4_BYTES && bytes.length !== IPV6_BYTES) return undefined;
  if (bytes.every((byte) => byte === 0)) return undefined;
  const copy = bytes.slice();
  const text = formatIp(copy);
  const fits = prefixLength !== undefined && prefixLength >= 0 && prefixLength <= copy.length * 8;
  return fits ? { bytes: copy, text, prefixLength } : { bytes: copy, text };
}

/** An IPv4 address from a 32-bit field that holds it in network order (TDH_OUTTYPE_IPV4), read little-endian. */
export function ipv4FromField(value: number): IpAddress | undefined {
  return ipAddress(
    new Uint8Array([value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff]),
  );
}

/** An address as printed by Windows: the zone after `%` is the index of the interface. */
export interface PrintedAddress {
  readonly address: IpAddress;
  readonly zone?: number;
}

/** Reads an IPv4 or IPv6 address; undefined for other text and for the unspecified address. */
export function parseIpAddress(text: string, prefixLength?: number): PrintedAddress | undefined {
  const [host = '', zone] = text.split('%', 2);
  const bytes = parseIp(host);
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

/**
 * False for addresses that do not identify an interface: 127.0.0.0/8, 224.0.0.0/3 (multicast, reserved, broadcast),
 * ::1, ff00::/8.
 */
export function isHostAddress(address: IpAddress): boolean {
  const [first = 0] = address.bytes;
  return address.bytes.length === IPV4_BYTES
    ? first !== 127 && first < 224
    : first !== 0xff && address.text !== '::1';
}

/** A MAC address with colons, lower case; undefined for none, or for one of zeros only. */
export function macText(bytes: Uint8Array): string | undefined {
  if (bytes.every((byte) => byte === 0)) return undefined;
  return formatMac(bytes, 0, bytes.length);
}

/** No interface has that many addresses, but a hostile trace may. */
const MAX_ADDRESSES = 4096;
/** Approximate memory of an address, in bytes. */
const ADDRESS_BYTES = 64;

/**
 * A set of addresses in the order of their first addition; an address with a prefix completes the same address without
 * one.
 */
export class AddressSet {
  readonly #byText = new Map<string, IpAddress>();

  readonly #limits: LimitLog;

  /** @param limits counts addresses beyond the limit */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  /** @returns true if the address was new. */
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
    if (!this.#limits.mayKeep('addressesLeftOut', ADDRESS_BYTES)) return false;
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
