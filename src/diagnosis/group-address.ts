import { ABSENT } from '../net/index.js';
import type { Journey } from './journey.js';

const BROADCAST = 255;

/** Whether a packet went to a multicast or broadcast address, by its MAC address, else by its IP address. */
export function isGroupAddressed({ bytes, frame }: Journey): boolean {
  const { addressLength, destinationAddress, destinationMac } = frame;
  if (destinationMac !== ABSENT) {
    if (((bytes[destinationMac] ?? 0) & 1) === 1) return true;
  }
  if (destinationAddress === ABSENT || frame.network === 'arp') return false;
  return isGroupAddress(bytes.subarray(destinationAddress, destinationAddress + addressLength));
}

/** Multicast (RFC 5771, RFC 4291), or the limited broadcast address. */
export function isGroupAddress(address: Uint8Array): boolean {
  const [first = 0] = address;
  if (address.length === 16) return first === 0xff;
  return address.length === 4 && ((first & 0xf0) === 0xe0 || address.every((byte) => byte === BROADCAST));
}
