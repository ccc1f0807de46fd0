import { ABSENT } from '../../net/index.js';
import type { Journey } from '../journey.js';

/** Bits of the TCP flags (RFC 9293). */
export const TcpFlag = { fin: 1, syn: 2, rst: 4, push: 8, ack: 16 } as const;

/** The TCP header of a packet's first appearance. */
export interface TcpHeader {
  readonly flags: number;
  /** 32 bits, unsigned. */
  readonly sequence: number;
  readonly acknowledgement: number;
  /** As sent, without the scale factor of the connection. */
  readonly window: number;
  /** Bytes of payload before truncation. */
  readonly payloadLength: number;
}

const TCP = 6;
/** Length of the header without options. */
const FIXED_HEADER = 20;

/** The TCP header; undefined for other packets and if it was not captured. */
export function tcpHeader({
  bytes,
  frame,
  originalLength,
}: Pick<Journey, 'bytes' | 'frame' | 'originalLength'>): TcpHeader | undefined {
  const { networkHeaderLength, networkStart, protocol, tcpFlags, totalLength, transportStart } = frame;
  if (protocol !== TCP || tcpFlags === ABSENT || transportStart + FIXED_HEADER > bytes.length)
    return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = ((bytes[transportStart + 12] ?? 0) >> 4) * 4;
  // Large sends state a length of 0.
  const packetLength = totalLength > 0 ? totalLength : originalLength - networkStart;
  return {
    flags: tcpFlags,
    sequence: view.getUint32(transportStart + 4),
    acknowledgement: view.getUint32(transportStart + 8),
    window: view.getUint16(transportStart + 14),
    payloadLength: Math.max(0, packetLength - networkHeaderLength - headerLength),
  };
}
