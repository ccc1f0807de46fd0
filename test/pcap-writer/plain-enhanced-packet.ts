import type { EnhancedPacket } from '../../src/pcap-writer/index.js';

/** A straightforward Enhanced Packet Block, as in the specification: the expected output of the fast writer. */
export function plainEnhancedPacket(packet: EnhancedPacket): Uint8Array {
  const options: number[][] = [];
  if (packet.flags !== -1) options.push(option(2, u32(packet.flags)));
  if (packet.hasPacketId) options.push(option(5, [...u32(packet.packetIdLow), ...u32(packet.packetIdHigh)]));
  if (packet.verdict !== undefined) options.push(option(7, [...packet.verdict]));
  if (packet.processId !== -1 || packet.threadId !== -1) {
    const processId = packet.processId === -1 ? 0 : packet.processId;
    const threadId = packet.threadId === -1 ? 0 : packet.threadId;
    options.push(option(8, [...u32(processId), ...u32(threadId)]));
  }
  if (packet.comment !== undefined) {
    options.push(option(1, [...packet.comment.subarray(0, packet.commentLength)]));
  }
  if (options.length > 0) options.push([0, 0, 0, 0]);

  const body = [
    ...u32(packet.interfaceId),
    ...u32(packet.timeHigh),
    ...u32(packet.timeLow),
    ...u32(packet.length),
    ...u32(Math.max(packet.length, packet.originalLength)),
    ...pad([...packet.bytes.subarray(packet.start, packet.start + packet.length)]),
    ...options.flat(),
  ];
  const total = u32(body.length + 12);
  return new Uint8Array([...u32(6), ...total, ...body, ...total]);
}

function option(code: number, value: number[]): number[] {
  return [...u16(code), ...u16(value.length), ...pad(value)];
}

function pad(bytes: number[]): number[] {
  return [...bytes, ...Array<number>((4 - (bytes.length % 4)) % 4).fill(0)];
}

function u16(value: number): number[] {
  return [value & 0xff, value >>> 8];
}

function u32(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}
