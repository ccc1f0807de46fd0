import { expect, it } from 'vitest';
import { PcapngWriter } from '../../src/pcap-writer/index.js';
import { ETHERNET, hex, packet, SNAP_LENGTH, TIME, utf8 } from './build.js';

/** Block types, and the bytes of each body before its options (draft-ietf-opsawg-pcapng, section 4). */
const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const NAME_RESOLUTION = 4;
const INTERFACE_STATISTICS = 5;
const ENHANCED_PACKET = 6;

const END_OF_OPTIONS = 0;
const COMMENT = 1;

const padded = (length: number): number => (length + 3) & ~3;

/** Where the options of a block start: after the fixed fields, packet data or name records. */
function optionsOffset(type: number, view: DataView): number {
  switch (type) {
    case SECTION_HEADER:
      return 24;
    case INTERFACE_DESCRIPTION:
      return 16;
    case INTERFACE_STATISTICS:
      return 20;
    case ENHANCED_PACKET:
      return 28 + padded(view.getUint32(20, true));
    case NAME_RESOLUTION: {
      let at = 8;
      while (view.getUint16(at, true) !== 0) at += 4 + padded(view.getUint16(at + 2, true));
      return at + 4;
    }
    default:
      throw new Error(`block type ${type}`);
  }
}

/** Option codes of each block, in order. */
function optionCodes(file: Uint8Array): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let start = 0; start < file.length; ) {
    const head = new DataView(file.buffer, file.byteOffset + start);
    const view = new DataView(file.buffer, file.byteOffset + start, head.getUint32(4, true));
    const type = view.getUint32(0, true);
    const codes: number[] = [];
    for (let at = optionsOffset(type, view); at < view.byteLength - 4; ) {
      codes.push(view.getUint16(at, true));
      at += 4 + padded(view.getUint16(at + 2, true));
    }
    found.set(type, codes);
    start += view.byteLength;
  }
  return found;
}

const common = {
  comments: ['first', 'second'],
  custom: [{ pen: 32473, value: 'text', copyable: true }],
};

it('comments are the last options of each block, because Scapy 2.5 reads no option after a comment', () => {
  const writer = new PcapngWriter();
  writer.sectionHeader({ ...common, os: 'Windows' });
  writer.interfaceDescription({
    ...common,
    linkType: ETHERNET,
    snapLength: SNAP_LENGTH,
    name: 'Ethernet',
    tsresol: 7,
    os: 'Windows',
  });
  writer.enhancedPacket(
    packet({
      flags: 1,
      hasPacketId: true,
      packetIdLow: 1,
      verdict: hex('02 0000000000000002'),
      processId: 4,
      comment: utf8('PID=4'),
    }),
  );
  writer.nameResolution({ ...common, records: [{ address: hex('0a000001'), names: ['host'] }] });
  writer.interfaceStatistics({ ...common, interfaceId: 0, time: TIME, ifRecv: 1n });
  expect(optionCodes(writer.take())).toEqual(
    new Map([
      [SECTION_HEADER, [3, 2988, COMMENT, COMMENT, END_OF_OPTIONS]],
      [INTERFACE_DESCRIPTION, [2, 9, 12, 2988, COMMENT, COMMENT, END_OF_OPTIONS]],
      [ENHANCED_PACKET, [2, 5, 7, 8, COMMENT, END_OF_OPTIONS]],
      [NAME_RESOLUTION, [2988, COMMENT, COMMENT, END_OF_OPTIONS]],
      [INTERFACE_STATISTICS, [4, 2988, COMMENT, COMMENT, END_OF_OPTIONS]],
    ]),
  );
});
