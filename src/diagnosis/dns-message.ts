import { readUint16 } from '../net/index.js';
import type { Journey } from './journey.js';

/** Header and first question of a DNS message (RFC 1035, 4.1). */
export interface DnsMessage {
  readonly id: number;
  readonly isResponse: boolean;
  /** 0 no error, 2 server failure, 3 no such name, 5 refused. */
  readonly responseCode: number;
  readonly isTruncated: boolean;
  readonly answers: number;
  /** In lower case, without the final dot. */
  readonly name: string;
  /** 1 A, 28 AAAA. */
  readonly type: number;
}

const DNS_PORT = 53;
const HEADER = 12;
const MAX_LABEL = 63;

/** The DNS message of a UDP packet from or to port 53; undefined for other packets and where it was not captured. */
export function dnsMessage({ bytes, flow, frame }: Journey): DnsMessage | undefined {
  if (flow.protocol !== 'UDP' || (flow.sourcePort !== DNS_PORT && flow.destinationPort !== DNS_PORT))
    return undefined;
  const start = frame.payloadStart;
  if (frame.tunnel !== 'none' || start + HEADER > bytes.length || readUint16(bytes, start + 4) === 0)
    return undefined;
  const question = readName(bytes, start + HEADER);
  if (question === undefined || question.end + 4 > bytes.length) return undefined;
  const flags = readUint16(bytes, start + 2);
  return {
    id: readUint16(bytes, start),
    isResponse: (flags & 0x8000) !== 0,
    responseCode: flags & 0xf,
    isTruncated: (flags & 0x0200) !== 0,
    answers: readUint16(bytes, start + 6),
    name: question.name.toLowerCase(),
    type: readUint16(bytes, question.end),
  };
}

/** A name without compression: the first question has none. */
function readName(
  bytes: Uint8Array,
  start: number,
): { readonly name: string; readonly end: number } | undefined {
  const labels: string[] = [];
  let at = start;
  for (;;) {
    const length = bytes[at];
    if (length === undefined || length > MAX_LABEL || at + 1 + length > bytes.length) return undefined;
    if (length === 0) return { name: labels.join('.'), end: at + 1 };
    labels.push(
      Array.from(bytes.subarray(at + 1, at + 1 + length), (byte) => String.fromCharCode(byte)).join(''),
    );
    at += 1 + length;
  }
}

const TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [12, 'PTR'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [33, 'SRV'],
  [64, 'SVCB'],
  [65, 'HTTPS'],
]);

/** Name of a record type, as DNS tools print it. */
export const dnsTypeName = (type: number): string => TYPE_NAMES.get(type) ?? `type ${type}`;

/** Names of response codes (IANA, "DNS RCODEs"). */
const CODE_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'FORMERR'],
  [2, 'SERVFAIL'],
  [3, 'NXDOMAIN'],
  [4, 'NOTIMP'],
  [5, 'REFUSED'],
]);

/** Name of a response code, as DNS tools print it. */
export const dnsCodeName = (code: number): string => CODE_NAMES.get(code) ?? `code ${code}`;
