import { describe, expect, it } from 'vitest';
import type { CaptureLocation } from '../../src/host/capture-location.js';
import { type NameLookup, packetComment } from '../../src/packets/comments/packet-comment.js';
import { Sighting } from '../../src/packets/identity/appearance.js';
import { Packet } from '../../src/packets/packet.js';

const NAMES: NameLookup = {
  componentName: (id) => (id === 25 ? 'tcpip.sys' : undefined),
  dropReasonText: (reason) => (reason === 8 ? 'Filtered' : undefined),
  compartmentId: (captureLocation) => (captureLocation.portId === 3 ? 2 : undefined),
};

const NO_NAMES: NameLookup = {
  componentName: () => undefined,
  dropReasonText: () => undefined,
  compartmentId: () => undefined,
};

const packetAt = (captureLocation: Partial<CaptureLocation>, fields: Partial<Packet>): Packet =>
  Object.assign(new Packet({ source: 'ndis', linkType: 1, key: 'test', ...captureLocation }), fields);

/** A dropped pktmon packet with all fields of pktmon. */
const pktmonDrop = (): Packet =>
  packetAt(
    { source: 'pktmon', componentId: 25 },
    {
      processId: 4,
      threadId: 632,
      processor: 2,
      directionText: 'Rx',
      hasNbl: true,
      nblHigh: 0x2_0000,
      nblLow: 1,
      packetNumber: 1,
      appearance: 3,
      edgeId: 1,
      filterId: 3,
      vlanId: 101,
      sourcePortId: 7,
      dropped: true,
      dropReason: 8,
      dropLocation: 0xe000_4151,
      packetType: 'WiFi',
    },
  );

const vswitchEgress = (): Packet =>
  packetAt(
    {
      source: 'vswitch',
      portId: 3,
      portName: 'port name',
      nicName: '{AAAA}--{BBBB}',
      nicType: 'Synthetic',
      vlanId: 101,
      vsid: 5001,
    },
    {
      processId: 4,
      threadId: 0,
      directionText: 'Egress',
      hasNbl: true,
      nblHigh: 0xffff_be0a,
      nblLow: 0x1234,
      vlanId: 101,
      priority: 5,
      vsid: 5001,
      destinations: [
        { portId: 1, portName: '', nicName: '', nicType: '' },
        { portId: 2, portName: '', nicName: '', nicType: '' },
      ],
      hashValue: 0xabcdef,
      gftFlowHigh: 1,
      gftFlowLow: 2,
    },
  );

describe('a packet comment', () => {
  it('of pktmon has the keys of the grammar in its order', () => {
    expect(packetComment(pktmonDrop(), NAMES, 'full')).toBe(
      'PID=4 TID=632 CPU=2 Dir=Rx NBL=0x2000000000001 PktNumber=1 Appearance=3 Component=tcpip.sys ComponentId=25 ' +
        'Edge=1 Filter=3 VlanId=101 SrcPortId=7 Drop=Filtered DropReason=8 DropLocation=0xe0004151 ' +
        'PacketType=WiFi',
    );
  });

  it('has the packet’s identity before the trace’s own number', () => {
    const packet = pktmonDrop();
    packet.sighting = Object.assign(new Sighting(), { packet: 17, hop: 3, match: 'content' });
    expect(packetComment(packet, NAMES, 'brief')).toMatch(
      /^PID=4 TID=632 CPU=2 Dir=Rx Packet=17 Hop=3 Match=content NBL=0x2000000000001 PktNumber=1 /u,
    );
    const part = packetAt({}, {});
    part.sighting = Object.assign(new Sighting(), { packet: 18, hop: 1, match: 'split', parent: 17 });
    expect(packetComment(part, NAMES, 'full')).toBe('CPU=0 Packet=18 Hop=1 Match=split Parent=17');
    const whole = packetAt({}, {});
    whole.sighting = Object.assign(new Sighting(), {
      packet: 21,
      hop: 1,
      match: 'joined',
      parts: [19, 20],
    });
    expect(packetComment(whole, NAMES, 'full')).toBe('CPU=0 Packet=21 Hop=1 Match=joined Parts=19,20');
  });

  it('of the vSwitch has port, NIC, destinations and an eight-digit hash', () => {
    expect(packetComment(vswitchEgress(), NAMES, 'full')).toBe(
      'PID=4 TID=0 CPU=0 Dir=Egress NBL=0xffffbe0a00001234 VlanId=101 Priority=5 VSID=5001 Compartment=2 SrcPortId=3 ' +
        'SrcNicType=Synthetic SrcNicName={AAAA}--{BBBB} SrcPortName="port name" DstNicCount=2 DstPorts=1,2 ' +
        'HashValue=00abcdef GftFlow=0x100000002',
    );
  });

  it('of RAS has the connection', () => {
    const packet = packetAt(
      { source: 'ras', routingDomainId: '{0}', userName: 'DOMAIN\\user' },
      { directionText: 'send' },
    );
    expect(packetComment(packet, NAMES, 'full')).toBe(
      'CPU=0 Dir=send RoutingDomainID={0} Username="DOMAIN\\\\user"',
    );
  });

  it('of 802.11 ends with what the driver said', () => {
    const wifi = {
      receiveFlags: 0x4000_0000,
      phyId: 8,
      centerChannel: 5180,
      mpdusReceived: 2,
      rssi: -52,
      dataRate: 108,
    };
    expect(packetComment(packetAt({}, { processId: 0, threadId: 0, wifi }), NAMES, 'full')).toBe(
      'PID=0 TID=0 CPU=0 ReceiveFlags=0x40000000 PhyId=8 CenterCh=5180 NumMPDUsReceived=2 RSSI=-52 DataRate=108',
    );
  });

  it('leaves out what the interface says when it is brief', () => {
    expect(packetComment(pktmonDrop(), NAMES, 'brief')).toBe(
      'PID=4 TID=632 CPU=2 Dir=Rx NBL=0x2000000000001 PktNumber=1 Appearance=3 Edge=1 Filter=3 VlanId=101 ' +
        'SrcPortId=7 Drop=Filtered DropReason=8 DropLocation=0xe0004151 PacketType=WiFi',
    );
    expect(packetComment(vswitchEgress(), NAMES, 'brief')).toBe(
      'PID=4 TID=0 CPU=0 Dir=Egress NBL=0xffffbe0a00001234 Priority=5 DstNicCount=2 DstPorts=1,2 HashValue=00abcdef ' +
        'GftFlow=0x100000002',
    );
  });

  it('is empty when there shall be none', () => {
    expect(packetComment(pktmonDrop(), NAMES, 'none')).toBe('');
  });

  it('has numbers where the trace has no names, and no text for a reason that nobody knows', () => {
    expect(packetComment(pktmonDrop(), NO_NAMES, 'full')).toBe(
      'PID=4 TID=632 CPU=2 Dir=Rx NBL=0x2000000000001 PktNumber=1 Appearance=3 ComponentId=25 Edge=1 Filter=3 VlanId=101 ' +
        'SrcPortId=7 DropReason=8 DropLocation=0xe0004151 PacketType=WiFi',
    );
  });

  it('says that NDIS dropped a packet, for which there is no reason', () => {
    expect(packetComment(packetAt({}, { dropped: true }), NAMES, 'full')).toBe('CPU=0 Drop=Dropped');
  });

  it('has no filter for filter 0', () => {
    expect(packetComment(packetAt({}, { filterId: 0 }), NAMES, 'full')).toBe('CPU=0');
  });

  it('cannot be broken by names from the trace', () => {
    const nicName = 'a" Drop=Forged\nPID=1';
    expect(packetComment(packetAt({ nicName }, {}), NAMES, 'full')).toBe(
      'CPU=0 SrcNicName="a\\" Drop=Forged\\nPID=1"',
    );
  });

  it('gives a compartment that the packet’s own event tells before the interface’s', () => {
    const own = packetAt({ portId: 3 }, { compartmentId: 9 });
    expect(packetComment(own, NAMES, 'full')).toContain('Compartment=9');
    expect(packetComment(own, NAMES, 'brief')).toContain('Compartment=9');
    own.compartmentId = 2;
    expect(packetComment(own, NAMES, 'brief')).not.toContain('Compartment');
  });
});
