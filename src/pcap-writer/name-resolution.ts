import { type Chunk, padded } from './chunk.js';
import { type CommonOptions, OptionList } from './options.js';
import { encodeText } from './text.js';

const BLOCK_TYPE = 4;
/** Record Type and Record Value Length, 16 bits each; nrb_record_end is only that, of zeroes. */
const RECORD_HEADER = 4;
/** The longest Record Value: its length is an unsigned 16-bit integer. */
const MAX_RECORD_LENGTH = 0xffff;

/** nrb_record_ipv4, nrb_record_eui48, nrb_record_eui64 and nrb_record_ipv6, by the address's length. */
const RECORD_TYPES = new Map([
  [4, 1],
  [16, 2],
  [6, 3],
  [8, 4],
]);

const NS_DNSNAME = 2;
const NS_DNSIP4ADDR = 3;
const NS_DNSIP6ADDR = 4;

/** Name Resolution Block: "the correlation of numeric addresses and their corresponding canonical names". */
export interface NameResolution extends CommonOptions {
  readonly records: readonly NameRecord[];
  /** ns_dnsname: "the name of the machine (DNS server) used to perform the name resolution". */
  readonly dnsName?: string;
  /** ns_dnsIP4addr: 4 octets in network order. */
  readonly dnsIPv4?: Uint8Array;
  /** ns_dnsIP6addr: 16 octets in network order. */
  readonly dnsIPv6?: Uint8Array;
}

/** An address and its names. */
export interface NameRecord {
  /** IPv4 (4 octets), IPv6 (16), EUI-48 (6) or EUI-64 (8), in network order. */
  readonly address: Uint8Array;
  /** Empty names are omitted; an address without names has no record. */
  readonly names: readonly string[];
}

/** @throws RangeError for an address of another length or a custom option that is too long */
export function writeNameResolution(chunk: Chunk, resolution: NameResolution): void {
  const records = resolution.records.flatMap(encodeRecords);
  let recordsSize = RECORD_HEADER;
  for (const { value } of records) recordsSize += RECORD_HEADER + padded(value.length);

  const options = new OptionList();
  options.text(NS_DNSNAME, resolution.dnsName);
  options.octets(NS_DNSIP4ADDR, resolution.dnsIPv4, 4);
  options.octets(NS_DNSIP6ADDR, resolution.dnsIPv6, 16);
  options.common(resolution);

  const start = chunk.startBlock(BLOCK_TYPE, recordsSize + options.size);
  let at = start;
  for (const { type, value } of records) {
    chunk.view.setUint16(at, type, true);
    chunk.view.setUint16(at + 2, value.length, true);
    chunk.bytes.set(value, at + RECORD_HEADER);
    at += RECORD_HEADER + padded(value.length);
  }
  options.write(chunk.bytes, chunk.view, start + recordsSize);
}

/** The address, followed by zero-terminated names; a further record if they are too long for one. */
function encodeRecords({ address, names }: NameRecord): { type: number; value: Uint8Array }[] {
  const type = RECORD_TYPES.get(address.length);
  if (type === undefined) throw new RangeError(`an address of ${address.length} bytes has no record type`);
  const records: { type: number; value: Uint8Array }[] = [];
  let parts: Uint8Array[] = [];
  let length = address.length;
  const finish = (): void => {
    if (parts.length === 0) return;
    const value = new Uint8Array(length);
    value.set(address);
    let at = address.length;
    for (const part of parts) {
      value.set(part, at);
      at += part.length + 1;
    }
    records.push({ type, value });
    parts = [];
    length = address.length;
  };
  for (const name of names) {
    if (name === '') continue;
    const part = encodeText(name, MAX_RECORD_LENGTH - address.length - 1);
    if (length + part.length + 1 > MAX_RECORD_LENGTH) finish();
    parts.push(part);
    length += part.length + 1;
  }
  finish();
  return records;
}
