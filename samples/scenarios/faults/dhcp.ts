import { ipv4, mac, WireWriter } from '../../packets/index.js';
import { ETHERNET_MAC } from '../pktmon-drops.js';
import { udpPacket } from './traffic.js';

/** Values of DHCP option 53 (RFC 2132, 9.6). */
export const Dhcp = { discover: 1, offer: 2, request: 3, acknowledge: 5, refuse: 6, inform: 8 } as const;

const SERVER = '10.0.0.1';

/** A DHCP message of IPv4 (RFC 2131, 2). */
function message(type: number, transaction: number, client: string, requested?: string): Uint8Array {
  const isReply = type === Dhcp.offer || type === Dhcp.acknowledge || type === Dhcp.refuse;
  return new WireWriter()
    .u8(isReply ? 2 : 1)
    .u8(1)
    .u8(6)
    .u8(0)
    .u32(transaction)
    .zeros(20)
    .bytes(mac(client))
    .zeros(10 + 64 + 128)
    .u32(0x6382_5363)
    .bytes([53, 1, type])
    .bytes(requested === undefined ? [] : [50, 4, ...ipv4(requested)])
    .u8(255)
    .take();
}

/** From the client to all. */
export const fromClient = (
  type: number,
  transaction: number,
  id: number,
  client = ETHERNET_MAC,
  requested?: string,
): Uint8Array =>
  udpPacket('0.0.0.0', '255.255.255.255', [68, 67], message(type, transaction, client, requested), id);

/** From the server to all. */
export const fromServer = (
  type: number,
  transaction: number,
  id: number,
  client = ETHERNET_MAC,
): Uint8Array => udpPacket(SERVER, '255.255.255.255', [67, 68], message(type, transaction, client), id);
