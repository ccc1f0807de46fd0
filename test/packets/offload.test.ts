import { describe, expect, it } from 'vitest';
import { Offload, offloadFlags, offloadText } from '../../src/packets/index.js';
import { applyOffloads } from '../../src/packets/offload.js';
import { Direction, type DirectionValue, Packet } from '../../src/packets/packet.js';

const packetOf = (direction: DirectionValue, directionText?: string): Packet => {
  const packet = new Packet({ source: 'vswitch', linkType: 1, key: '' });
  packet.direction = direction;
  packet.directionText = directionText;
  return packet;
};

const offload = (
  packet: Packet,
  {
    checksum = 0,
    coalescing = 0,
    largeSend = 0,
  }: Partial<Record<'checksum' | 'coalescing' | 'largeSend', number>>,
): string => {
  applyOffloads(checksum, largeSend, coalescing, packet);
  return offloadText(packet.offload);
};

// Values by the bit fields of ndis/nblchecksum.h, nbllso.h, nblrsc.h and nbluso.h.
/** IsIPv4, TcpChecksum, IpHeaderChecksum; TCP header at 34. */
const SEND_TCP = 0x15 | (34 << 16);
/** TcpChecksumSucceeded, IpChecksumSucceeded. */
const RECEIVE_GOOD = 0x28;
/** TcpChecksumFailed, IpChecksumSucceeded. */
const RECEIVE_BAD = 0x21;
/** MSS 1460, header at 54, LSO version 2. */
const SEGMENTED = (1460 | (54 << 20) | (1 << 30)) >>> 0;

describe('offloads of the out-of-band data of an NBL', () => {
  it('are checksums and segmentation that are left to the NIC, on send', () => {
    expect(offload(packetOf(Direction.outbound, 'Tx'), { checksum: SEND_TCP })).toBe('checksum');
    expect(offload(packetOf(Direction.outbound, 'Tx'), { largeSend: SEGMENTED })).toBe('lso');
    expect(offload(packetOf(Direction.outbound, 'Tx'), { coalescing: SEGMENTED })).toBe('uso');
  });

  it('are the results of the NIC, on receive', () => {
    expect(offload(packetOf(Direction.inbound, 'Rx'), { checksum: RECEIVE_GOOD })).toBe('checksum-valid');
    expect(offload(packetOf(Direction.inbound, 'Rx'), { checksum: RECEIVE_BAD })).toBe(
      'checksum-valid,checksum-failed',
    );
    // CoalescedSegCount 5, DupAckCount 1.
    expect(offload(packetOf(Direction.inbound, 'Rx'), { coalescing: 5 | (1 << 16) })).toBe('rsc');
  });

  it('are no coalescing of one segment, and no large send of TcpReceiveNoPush', () => {
    expect(offload(packetOf(Direction.inbound, 'Rx'), { coalescing: 1, largeSend: 1 })).toBe('');
  });

  it('at a switch port depend on the bits and not on the direction: guests send into it', () => {
    expect(offload(packetOf(Direction.inbound, 'Ingress'), { checksum: SEND_TCP })).toBe('checksum');
    // IsIPv4, UdpChecksum.
    expect(offload(packetOf(Direction.inbound, 'Ingress'), { checksum: 0x09 })).toBe('checksum');
    expect(offload(packetOf(Direction.outbound, 'Egress'), { checksum: RECEIVE_GOOD })).toBe(
      'checksum-valid',
    );
  });
});

describe('epb_flags of offloads (pcapng, Enhanced Packet Block Flags Word)', () => {
  it.each([
    ['checksum not ready', Offload.checksum, 1 << 9],
    ['checksum valid', Offload.checksumValid, 1 << 10],
    ['a checksum that failed is not valid', Offload.checksumValid | Offload.checksumFailed, 0],
    ['segmentation offloaded (LSO)', Offload.largeSend, 1 << 11],
    ['segmentation offloaded (USO)', Offload.udpSegmentation, 1 << 11],
    ['several received packets in one (RSC)', Offload.coalesced, 1 << 11],
    ['none', 0, 0],
  ])('%s', (_, bits, flags) => {
    expect(offloadFlags(bits)).toBe(flags);
  });
});
