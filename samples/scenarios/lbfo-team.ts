import { unixTime } from '../encoder/index.js';
import {
  arp,
  EtherType,
  ethernet,
  mac,
  overIpv4,
  padded,
  ping,
  TcpFlag,
  tcp,
  text,
} from '../packets/index.js';
import { SERVER_2022 } from './host.js';
import {
  NDIS_PACKET_CAPTURE,
  NdisKeyword,
  nblInfo,
  type SwitchPort,
  switchPacketFragment,
} from './ndis-events.js';
import { NdisHost } from './ndis-host.js';
import type { Scenario } from './truth.js';

const START = unixTime('2023-05-04T11:20:01.5000000Z');
const TEAM = { miniportIfIndex: 14, lowerIfIndex: 14 };
/** The team's members, below the team's filter. */
const MEMBERS = [
  {
    ids: { miniportIfIndex: 6, lowerIfIndex: 16 },
    alias: 'SLOT 2 Port 1',
    mac: '0c:42:a1:11:22:01',
    index: 6,
  },
  {
    ids: { miniportIfIndex: 7, lowerIfIndex: 17 },
    alias: 'SLOT 2 Port 2',
    mac: '0c:42:a1:11:22:02',
    index: 7,
  },
] as const;
const TEAM_MAC = '0c:42:a1:11:22:01';
const ROUTER_MAC = '00:1b:21:3a:4f:50';
const TEAM_IP = '10.20.30.4';
const PEER_IP = '10.20.30.9';
const VLAN = 300;

/** The switch of a VLAN's team interface: its packets have the VLAN in their out-of-band data. */
const TEAM_PORT: SwitchPort = {
  portId: 1,
  portName: 'C0FFEE00-0001-4000-8000-0C42A1112201',
  nicName: 'B1E8A0C4-7F1D-4B52-9A63-0C42A1112201',
  nicType: 'External',
};

/**
 * An LBFO team of two NICs under an external vSwitch: each packet at the switch's external port (where the VLAN is only
 * in the out-of-band data), at the team and at the member that carried it. The team hashes flows over its members.
 */
export function lbfoTeam(): Scenario {
  const host = new NdisHost({ type: 'qpc', start: START, perfFrequency: 2_343_750n }, { gft: true });
  const { recorder } = host;
  const out = { from: TEAM_MAC, to: ROUTER_MAC };
  const back = { from: ROUTER_MAC, to: TEAM_MAC };

  const pass = (
    at: bigint,
    processor: number,
    member: 0 | 1,
    direction: 'send' | 'receive',
    frame: Uint8Array,
    path: string,
  ): void => {
    const moment = { processor, pid: direction === 'send' ? 4 : 0, tid: direction === 'send' ? 3300 : 0 };
    const atTeam = (offset: bigint): void =>
      host.packet(
        { ids: TEAM, media: 'ethernet', direction, bytes: frame, path },
        { ...moment, at: START + at + offset },
      );
    const atMember = (offset: bigint): void =>
      host.packet(
        { ids: MEMBERS[member].ids, media: 'ethernet', direction, bytes: frame, path },
        { ...moment, at: START + at + offset },
      );
    const atSwitch = (offset: bigint): void => {
      const egress = direction === 'send';
      const hashValue = egress ? undefined : 0x7700_0000 + Number(at);
      recorder.event(
        { ...moment, at: START + at + offset },
        {
          provider: NDIS_PACKET_CAPTURE,
          id: 1003,
          channel: 16,
          level: 4,
          keyword:
            NdisKeyword.ethernet |
            NdisKeyword.vmSwitch |
            NdisKeyword.packetStart |
            NdisKeyword.packetEnd |
            NdisKeyword.packet |
            NdisKeyword[direction],
          data: switchPacketFragment(
            { miniportIfIndex: 14, lowerIfIndex: 14 },
            TEAM_PORT,
            egress ? [TEAM_PORT] : [],
            frame,
            nblInfo({
              vlanId: VLAN,
              priority: 3,
              sourcePortId: 1,
              ...(hashValue === undefined ? {} : { hashValue }),
            }),
          ),
        },
        {
          bytes: frame,
          originalLength: frame.length,
          direction: egress ? 'outbound' : 'inbound',
          linkType: 1,
          captureLocation: { source: 'vswitch', ...TEAM, ...TEAM_PORT, vlanId: VLAN },
          comment: {
            Dir: egress ? 'Egress' : 'Ingress',
            VlanId: `${VLAN}`,
            Priority: '3',
            SrcPortId: '1',
            SrcNicType: TEAM_PORT.nicType,
            SrcNicName: TEAM_PORT.nicName,
            SrcPortName: TEAM_PORT.portName,
            ...(egress ? { DstNicCount: '1', DstPorts: '1' } : {}),
            ...(hashValue === undefined ? {} : { HashValue: hashValue.toString(16).padStart(8, '0') }),
          },
        },
      );
      recorder.passed(path, `port 1 ${egress ? 'egress' : 'ingress'}`);
    };
    if (direction === 'send') {
      atSwitch(0n);
      atTeam(50n);
      atMember(100n);
    } else {
      atMember(0n);
      atTeam(50n);
      atSwitch(100n);
    }
  };

  pass(1_000n, 0, 0, 'send', arp('request', out, { from: TEAM_IP, to: PEER_IP }), 'who has');
  pass(3_000n, 1, 1, 'receive', padded(arp('reply', back, { from: PEER_IP, to: TEAM_IP })), 'is at');
  for (let sequence = 1; sequence <= 3; sequence++) {
    const request = overIpv4({ from: TEAM_IP, to: PEER_IP }, ping('request', sequence), {
      id: 0x100 + sequence,
    });
    const reply = overIpv4({ from: PEER_IP, to: TEAM_IP }, ping('reply', sequence), { id: 0x200 + sequence });
    const at = 10_000n * BigInt(sequence);
    pass(at, 2, 0, 'send', ethernet(out, EtherType.ipv4, request), `ping ${sequence} request`);
    pass(at + 2_000n, 3, 1, 'receive', ethernet(back, EtherType.ipv4, reply), `ping ${sequence} reply`);
  }
  const syn = tcp({ ports: [52_000, 445], sequence: 100, acknowledgement: 0, flags: TcpFlag.syn });
  const synAck = tcp({
    ports: [445, 52_000],
    sequence: 900,
    acknowledgement: 101,
    flags: TcpFlag.syn | TcpFlag.ack,
  });
  const data = tcp({
    ports: [52_000, 445],
    sequence: 101,
    acknowledgement: 901,
    flags: TcpFlag.ack,
    payload: text('hello team'),
  });
  const over = (from: string, to: string, segment: typeof syn): Uint8Array => overIpv4({ from, to }, segment);
  pass(50_000n, 2, 1, 'send', ethernet(out, EtherType.ipv4, over(TEAM_IP, PEER_IP, syn)), 'syn');
  const answer = padded(ethernet(back, EtherType.ipv4, over(PEER_IP, TEAM_IP, synAck)));
  pass(52_000n, 1, 1, 'receive', answer, 'syn ack');
  pass(54_000n, 2, 1, 'send', ethernet(out, EtherType.ipv4, over(TEAM_IP, PEER_IP, data)), 'data');

  const end = START + 100_000n;
  recorder.systemConfiguration(end, {
    ...SERVER_2022,
    interfaces: [
      {
        index: 14,
        guid: 'b1e8a0c4-7f1d-4b52-9a63-0c42a1112201',
        alias: 'Team1',
        description: 'Microsoft Network Adapter Multiplexor Driver',
        mac: mac(TEAM_MAC),
        speed: 20_000_000_000n,
      },
      ...MEMBERS.map((member, position) => ({
        index: member.index,
        guid: `0c42a111-22${position + 1}0-4000-8000-0c42a1112200`,
        alias: member.alias,
        description: `Mellanox ConnectX-4 Lx Ethernet Adapter${position === 0 ? '' : ' #2'}`,
        mac: mac(member.mac),
        speed: 10_000_000_000n,
      })),
    ],
  });
  const options = { form: 'merged', end, processors: 4 } as const;
  return recorder.scenario('lbfo-team', { ...options, bufferSize: 0x2000 }, options);
}
