import type { EnhancedPacket } from '../../src/pcap-writer/index.js';
import { PcapngWriter } from '../../src/pcap-writer/index.js';

export const ETHERNET = 1;
export const RAW_IP = 101;
/** As the writer's callers set it: the same in every interface. */
export const SNAP_LENGTH = 262_144;

/** 2024-06-10T20:18:35.4891721Z in 100 ns since 1970. */
export const TIME = 17_180_507_154_891_721n;

export const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An IPv4 echo request from 10.0.0.1 to 10.0.0.2, identifier 1, sequence 7, four bytes of data. */
export const PING = hex(
  '4500 0020 1234 0000 4001 54a7 0a000001 0a000002' + // 32 bytes, TTL 64, ICMP
    '0800 f3f1 0001 0007 01020304',
);

/** The same after an Ethernet header. */
export const ETHERNET_PING = new Uint8Array([...hex('020000000002 020000000001 0800'), ...PING]);

export function packet(fields: Partial<EnhancedPacket> = {}): EnhancedPacket {
  const bytes = fields.bytes ?? ETHERNET_PING;
  return {
    interfaceId: 0,
    timeHigh: Number(TIME >> 32n),
    timeLow: Number(TIME & 0xffff_ffffn),
    bytes,
    start: 0,
    length: bytes.length,
    originalLength: bytes.length,
    flags: -1,
    hasPacketId: false,
    packetIdHigh: 0,
    packetIdLow: 0,
    verdict: undefined,
    processId: -1,
    threadId: -1,
    comment: undefined,
    commentLength: fields.comment?.length ?? 0,
    ...fields,
  };
}

/** A file with one Ethernet interface, and the output of `add`. */
export function capture(add: (writer: PcapngWriter) => void): Uint8Array {
  const writer = new PcapngWriter();
  writer.sectionHeader({});
  writer.interfaceDescription({ linkType: ETHERNET, snapLength: SNAP_LENGTH, tsresol: 7 });
  add(writer);
  return writer.take();
}
