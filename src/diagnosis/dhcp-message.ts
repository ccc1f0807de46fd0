import { formatIp, formatMac, readUint16 } from '../net/index.js';
import type { Journey } from './journey.js';

/** Values of DHCP option 53 (RFC 2132, 9.6). */
export const DhcpType = {
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  acknowledge: 5,
  refuse: 6,
  inform: 8,
} as const;

/** A DHCP message of IPv4 (RFC 2131). */
export interface DhcpMessage {
  /** See {@link DhcpType}. */
  readonly type: number;
  readonly transaction: number;
  /** MAC address of the client. */
  readonly client: string;
  /** Option 50: the address that the client asks for. */
  readonly requested?: string;
}

const SERVER_PORT = 67;
const CLIENT_PORT = 68;
const MAGIC = 236;
const OPTIONS = 240;
const REQUESTED_ADDRESS = 50;
const MESSAGE_TYPE = 53;
const END = 255;
const PAD = 0;

/** The DHCP message of a packet; undefined for other packets and where the message type was not captured. */
export function dhcpMessage({ bytes, flow, frame }: Journey): DhcpMessage | undefined {
  const { destinationPort, protocol, sourcePort } = flow;
  if (protocol !== 'UDP' || (sourcePort !== SERVER_PORT && destinationPort !== SERVER_PORT)) return undefined;
  if (sourcePort !== CLIENT_PORT && destinationPort !== CLIENT_PORT && sourcePort !== destinationPort)
    return undefined;
  const start = frame.payloadStart;
  const hasMagic =
    readUint16(bytes, start + MAGIC) === 0x6382 && readUint16(bytes, start + MAGIC + 2) === 0x5363;
  if (start + OPTIONS > bytes.length || !hasMagic) return undefined;
  const options = new Map<number, Uint8Array>();
  for (let at = start + OPTIONS; at + 1 < bytes.length; ) {
    const code = bytes[at] ?? END;
    if (code === END) break;
    const length = code === PAD ? -1 : (bytes[at + 1] ?? 0);
    if (code !== PAD) options.set(code, bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  const type = options.get(MESSAGE_TYPE)?.[0];
  if (type === undefined) return undefined;
  const requested = options.get(REQUESTED_ADDRESS);
  return {
    type,
    transaction: readUint16(bytes, start + 4) * 0x1_0000 + readUint16(bytes, start + 6),
    client: formatMac(bytes, start + 28, 6),
    ...(requested?.length === 4 && { requested: formatIp(requested, 0, 4) }),
  };
}
