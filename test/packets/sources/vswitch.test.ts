import { describe, expect, it } from 'vitest';
import { Direction, UNKNOWN } from '../../../src/packets/packet.js';
import { Capture, counting, ethernet, ipv4, payload, type TestEvent } from './build.js';

const NDIS = '2ed6006e-4729-4609-b423-3ee7bcd678ef';
const VMSWITCH = '67dc0d66-3695-47c0-9642-33f76f7bd7ad';

const ETHERNET = 0x1n;
const WHOLE = 0x4000_0000n | 0x8000_0000n;
const SEND = 0x1_0000_0000n;
const RECEIVE = 0x2_0000_0000n;

interface Port {
  readonly id: number;
  readonly port: string;
  readonly nic: string;
  readonly type: string;
}

const VM: Port = { id: 3, port: 'port-of-vm', nic: '{AAAA}--{BBBB}', type: 'Synthetic' };
const HOST: Port = { id: 1, port: 'port-of-host', nic: '{CCCC}', type: 'Internal' };
const WIRE: Port = { id: 2, port: 'port-of-wire', nic: '{DDDD}', type: 'External' };

/** Slots of NetBufferListInfo, pointer size each (ndis-nbl-info-slots.json). */
const slots = (count: number, pointerSize: 4 | 8, values: Readonly<Record<number, bigint>>): Uint8Array => {
  const writer = payload();
  for (let slot = 0; slot < count; slot++) writer.pointer(values[slot] ?? 0n, pointerSize);
  return writer.take();
};

const event1003 = (
  more: Partial<TestEvent> & {
    readonly source?: Port;
    readonly destinations?: readonly Port[];
    readonly frame?: Uint8Array;
    readonly oob?: Uint8Array;
  } = {},
): TestEvent => {
  const { source = VM, destinations = [], frame = ethernet([0x0800], ipv4(46, 46)), oob, ...rest } = more;
  const data = payload().u32(7).u32(9);
  data.u32(source.id).utf16z(source.port).utf16z(source.nic).utf16z(source.type);
  data.u32(destinations.length);
  for (const { id, port, nic, type } of destinations) data.u32(id).utf16z(port).utf16z(nic).utf16z(type);
  data.u32(frame.length).bytes(frame);
  if (oob !== undefined) data.u32(oob.length).bytes(oob);
  return { provider: NDIS, id: 1003, keyword: ETHERNET | WHOLE, data: data.take(), ...rest };
};

/** 56 and 58: NIC, switch; 57 has a second NIC. Strings are counted in UTF-16 units. */
const trail = (
  id: number,
  nics: readonly string[],
  nbl: bigint | undefined,
  more: Partial<TestEvent> = {},
): TestEvent => {
  const data = payload();
  for (const text of [...nics.flatMap((nic) => [nic, `friendly ${nic}`]), 'switch', 'Friendly switch']) {
    data.u32(text.length).utf16(text);
  }
  if (nbl !== undefined) data.u64(nbl);
  return { provider: VMSWITCH, id, keyword: 2n, data: data.take(), ...more };
};

describe('vSwitch event 1003', () => {
  it('names the source port, its NIC and the NIC type, and is on its way in without destinations', () => {
    const frame = ethernet([0x0800], ipv4(46, 46));
    const decoded = new Capture().one(event1003({ frame }));
    expect(decoded.outcome).toBe('packet');
    expect(decoded.bytes).toEqual([...frame]);
    expect(decoded.packet.captureLocation).toMatchObject({
      source: 'vswitch',
      linkType: 1,
      miniportIfIndex: 7,
      lowerIfIndex: 9,
      portId: 3,
      portName: 'port-of-vm',
      nicName: '{AAAA}--{BBBB}',
      nicType: 'Synthetic',
    });
    expect(decoded.packet).toMatchObject({
      direction: Direction.inbound,
      directionText: 'Ingress',
      destinations: [],
      hasNbl: false,
    });
  });

  it('has its destinations as structures of a port and three names, and is on its way out', () => {
    const frame = ethernet([0x0800], ipv4(46, 46));
    const decoded = new Capture().one(event1003({ destinations: [HOST, WIRE], frame }));
    expect(decoded.bytes).toEqual([...frame]);
    expect(decoded.packet).toMatchObject({
      direction: Direction.outbound,
      directionText: 'Egress',
      destinations: [
        { portId: 1, portName: 'port-of-host', nicName: '{CCCC}', nicType: 'Internal' },
        { portId: 2, portName: 'port-of-wire', nicName: '{DDDD}', nicType: 'External' },
      ],
    });
  });

  it('takes send and receive from the keyword where it has them', () => {
    const [send, receive] = new Capture().decode(
      event1003({ keyword: ETHERNET | WHOLE | SEND }),
      event1003({ keyword: ETHERNET | WHOLE | RECEIVE, destinations: [WIRE] }),
    );
    expect(send?.packet).toMatchObject({ direction: Direction.outbound, directionText: 'Ingress' });
    expect(receive?.packet).toMatchObject({ direction: Direction.inbound, directionText: 'Egress' });
  });

  it('reads VLAN, priority, hash, VSID and GFT flow from 64-bit out-of-band data', () => {
    const oob = slots(27, 8, {
      4: (101n << 4n) | 5n,
      8: 0xdead_beefn,
      19: (3n << 16n) | 1n,
      20: 0xff00_1389n,
      25: 0x2_0000_0005n,
    });
    const decoded = new Capture().one(event1003({ oob }));
    expect(decoded.packet).toMatchObject({
      vlanId: 101,
      priority: 5,
      hashValue: 0xdead_beef,
      vsid: 0x1389,
      gftFlowHigh: 2,
      gftFlowLow: 5,
    });
    expect(decoded.packet.captureLocation).toMatchObject({ vlanId: 101, vsid: 0x1389 });
  });

  it('reads what 32-bit out-of-band data has, whose switch slots stand last', () => {
    const values = { 4: 7n << 4n, 8: 0x1234n, 24: 3n << 16n, 26: 5001n };
    const [old, current] = new Capture().decode(
      event1003({ pointerSize: 4, oob: slots(21, 4, { 4: 7n << 4n, 8: 0x1234n, 20: 5001n }) }),
      event1003({ pointerSize: 4, oob: slots(27, 4, values) }),
    );
    expect(old?.packet).toMatchObject({ vlanId: 7, hashValue: 0x1234, vsid: UNKNOWN });
    expect(current?.packet).toMatchObject({ vlanId: 7, hashValue: 0x1234, vsid: 5001 });
  });

  it('has no VLAN, hash and VSID where the slots are zero, missing or cut', () => {
    const capture = new Capture();
    const none = { vlanId: UNKNOWN, hashValue: UNKNOWN, vsid: UNKNOWN };
    for (const oob of [slots(27, 8, {}), slots(3, 8, {}), new Uint8Array(35), undefined]) {
      expect(capture.one(event1003(oob === undefined ? {} : { oob })).packet).toMatchObject(none);
    }
  });

  it('does not believe slots whose forwarding detail names another port', () => {
    const decoded = new Capture().one(event1003({ oob: slots(27, 8, { 19: 9n << 16n, 20: 5001n }) }));
    expect(decoded.packet.vsid).toBe(UNKNOWN);
  });

  it('gives a place for each port, NIC, VLAN and VSID', () => {
    const capture = new Capture();
    const tagged = slots(27, 8, { 4: 101n << 4n });
    const renamed = { ...VM, nic: '{AAAA}--{EEEE}' };
    const decoded = capture.decode(
      event1003(),
      event1003({ destinations: [WIRE] }),
      event1003({ oob: tagged }),
      event1003({ source: renamed }),
      event1003({ source: HOST }),
      event1003(),
    );
    const captureLocations = decoded.map(({ packet }) => packet.captureLocation);
    expect(new Set(captureLocations).size).toBe(4);
    expect(captureLocations[1]).toBe(captureLocations[0]);
    expect(captureLocations[5]).toBe(captureLocations[0]);
    expect(captureLocations[3]?.nicName).toBe('{AAAA}--{EEEE}');
    expect(capture.registry.size).toBe(4);
  });

  it('remembers many names without mixing them', () => {
    const capture = new Capture();
    const port = (n: number): Port => ({ id: 3, port: `port ${n}`, nic: `nic ${n}`, type: 'Synthetic' });
    const events = Array.from({ length: 300 }, (_, n) =>
      event1003({ source: port(n % 100), destinations: [port(n)] }),
    );
    for (const [n, { packet }] of capture.decode(...events).entries()) {
      expect(packet.captureLocation.nicName).toBe(`nic ${n % 100}`);
      expect(packet.destinations[0]?.nicName).toBe(`nic ${n}`);
    }
    expect(capture.registry.size).toBe(100);
  });

  it('is put together from parts, one packet for each port and side', () => {
    const decoded = new Capture().decode(
      event1003({ frame: counting(20), keyword: ETHERNET | 0x4000_0000n }),
      event1003({ frame: counting(30), keyword: ETHERNET | 0x4000_0000n, source: HOST }),
      event1003({ frame: counting(40), keyword: ETHERNET | 0x8000_0000n }),
    );
    expect(decoded.map(({ outcome }) => outcome)).toEqual(['merged', 'merged', 'packet']);
    expect(decoded[2]?.bytes).toEqual([...counting(20), ...counting(40)]);
  });

  it('is damaged, with a reason, wherever it is cut before the end of the frame', () => {
    const capture = new Capture();
    const whole = event1003({ destinations: [HOST, WIRE] });
    for (let length = 0; length < whole.data.length; length++) {
      const decoded = new Capture().one({ ...whole, data: whole.data.subarray(0, length) });
      expect(decoded.outcome, `cut at ${length}`).toBe('damaged');
      expect(decoded.damage).not.toBe('');
    }
    expect(capture.one(whole).outcome).toBe('packet');
  });

  it('is damaged when it claims four billion destinations', () => {
    const data = payload()
      .u32(7)
      .u32(9)
      .u32(3)
      .utf16z('')
      .utf16z('')
      .utf16z('')
      .u32(0xffff_ffff)
      .zeros(100)
      .take();
    expect(new Capture().one({ provider: NDIS, id: 1003, data }).outcome).toBe('damaged');
  });
});

describe('the NBL of a 1003, from the vSwitch events around it', () => {
  const NBL = 0xffff_be0a_1234_5678n;
  const known = { hasNbl: true, nblHigh: 0xffff_be0a, nblLow: 0x1234_5678 };
  const unknown = { hasNbl: false };

  it('is the one of the 56 before, then of the 57 before', () => {
    const decoded = new Capture().decode(
      trail(56, [VM.nic], NBL),
      event1003(),
      trail(57, [VM.nic, WIRE.nic], NBL),
      event1003({ destinations: [WIRE] }),
      trail(58, [WIRE.nic], NBL),
      event1003(),
    );
    expect(decoded.map(({ outcome }) => outcome)).toEqual([
      'event',
      'packet',
      'event',
      'packet',
      'event',
      'packet',
    ]);
    expect(decoded[1]?.packet).toMatchObject(known);
    expect(decoded[3]?.packet).toMatchObject(known);
    expect(decoded[5]?.packet).toMatchObject(unknown);
  });

  it('is told by 240 and 242 as by 56 and 57, and whatever the case of the NIC name', () => {
    const [, first, , second] = new Capture().decode(
      trail(240, [VM.nic.toLowerCase()], NBL),
      event1003(),
      trail(242, [VM.nic, WIRE.nic], NBL),
      event1003({ destinations: [WIRE] }),
    );
    expect(first?.packet).toMatchObject(known);
    expect(second?.packet).toMatchObject(known);
  });

  it('is not taken from another processor, for another NIC, or from events without an address', () => {
    const capture = new Capture();
    const decoded = capture.decode(
      trail(56, [VM.nic], NBL, { processor: 1 }),
      event1003({ processor: 0 }),
      event1003({ processor: 1, source: HOST }),
      trail(56, [VM.nic], undefined, { processor: 2 }),
      event1003({ processor: 2 }),
    );
    for (const index of [1, 2, 4]) expect(decoded[index]?.packet).toMatchObject(unknown);
  });

  it('is left out where two NBLs came in before the packets', () => {
    const decoded = new Capture().decode(
      trail(56, [VM.nic], NBL),
      trail(56, [VM.nic], NBL + 0x100n),
      event1003(),
      event1003(),
    );
    expect(decoded[2]?.packet).toMatchObject(unknown);
    expect(decoded[3]?.packet).toMatchObject(unknown);
  });

  it('is not read from names that run over the event', () => {
    const torn = {
      ...trail(56, [VM.nic], NBL),
      data: payload().u32(0x7fff_ffff).utf16('abc').u64(NBL).take(),
    };
    const [event, packet] = new Capture().decode(torn, event1003());
    expect(event?.outcome).toBe('event');
    expect(packet?.packet).toMatchObject(unknown);
  });
});
