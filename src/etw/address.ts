import { formatIpv4, formatIpv6 } from '../net/index.js';

/** Address families (ws2def.h) as a SOCKADDR starts with them, and the sizes of the structures. */
const AF_INET = 2;
const AF_INET6 = 23;
const SOCKADDR_IN_SIZE = 16;
const SOCKADDR_IN6_SIZE = 28;

/** A SOCKADDR, or an IPv4 or IPv6 address alone (some providers log that instead); undefined for other bytes. */
export function formatSocketAddress(bytes: Uint8Array): string | undefined {
  if (bytes.length === 4) return formatIpv4(bytes, 0);
  const family = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const port = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  if (family === AF_INET && bytes.length >= SOCKADDR_IN_SIZE) return `${formatIpv4(bytes, 4)}:${port}`;
  if (family === AF_INET6 && bytes.length >= SOCKADDR_IN6_SIZE) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const scope = view.getUint32(24, true);
    return `[${formatIpv6(bytes, 8)}${scope === 0 ? '' : `%${scope}`}]:${port}`;
  }
  return bytes.length === 16 ? formatIpv6(bytes, 0) : undefined;
}

/** A SID as SDDL writes it (S-1-5-…); undefined if the bytes are too few. */
export function formatSid(bytes: Uint8Array): string | undefined {
  const count = bytes[1] ?? 0;
  if (bytes.length < 8 + 4 * count) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  let text = `S-${bytes[0]}-${authority < 2 ** 32 ? authority : `0x${authority.toString(16)}`}`;
  for (let n = 0; n < count; n++) text += `-${view.getUint32(8 + 4 * n, true)}`;
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower case, without separators. */
export function formatHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] ?? '';
  return text;
}

/**
 * A SYSTEMTIME (minwinbase.h: year, month, weekday, day, hour, minute, second, millisecond, u16 each) as ISO 8601. It
 * has no time zone, so the text has none, unless the schema declares UTC.
 *
 * @returns undefined if the bytes are not a time
 */
export function formatSystemTime(bytes: Uint8Array, utc: boolean): string | undefined {
  if (bytes.length < 16) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const part = (n: number): number => view.getUint16(2 * n, true);
  const [year, month, day, hour, minute, second, millisecond] = [
    part(0),
    part(1),
    part(3),
    part(4),
    part(5),
    part(6),
    part(7),
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31 || year > 9999) return undefined;
  if (hour > 23 || minute > 59 || second > 60 || millisecond > 999) return undefined;
  const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  return `${date}T${pad(hour)}:${pad(minute)}:${pad(second)}.${pad(millisecond, 3)}${utc ? 'Z' : ''}`;
}
