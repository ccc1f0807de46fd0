import { unixTime } from '../encoder/index.js';
import { EtherType, ethernet, overIpv4, TcpFlag, tcp, text, udp } from '../packets/index.js';
import {
  type FlowEnd,
  KERNEL_NETWORK,
  TCPIP,
  tcpBound,
  tcpConnection,
  tcpEndpoint,
  udpTransfer,
} from './flow-events.js';
import { NDIS_PACKET_CAPTURE, NdisKeyword, nblInfo, switchPacketFragment } from './ndis-events.js';
import { NdisHost } from './ndis-host.js';
import type { Scenario } from './truth.js';
import { aclDropped, HYPER_V_VMSWITCH, portAcl, portSecurity, teamMember } from './vmswitch-events.js';

const START = unixTime('2025-05-05T08:00:00Z');
const SECOND = 10_000_000n;
const MILLISECOND = 10_000n;
const NIC = { miniportIfIndex: 8, lowerIfIndex: 8 };
const HOST_MAC = '00:0d:3a:fe:3f:ab';
const ROUTER_MAC = '00:1b:21:3a:4f:50';

const HOST = '10.0.0.4';
const SERVER: FlowEnd = { address: '192.0.2.80', port: 443 };
const BROWSER: FlowEnd = { address: HOST, port: 50_001 };
const RESOLVER: FlowEnd = { address: '10.0.0.1', port: 53 };
const DNS: FlowEnd = { address: HOST, port: 53_123 };
const DESKTOP: FlowEnd = { address: HOST, port: 3389 };
const ADMIN: FlowEnd = { address: '10.0.0.9', port: 61_000 };
/** NetCfgInstanceId of the team's second member. */
const MEMBER = 'a52a0b03-325d-414c-8c3e-f211f325aa3c';
const ENDPOINT = 0xffff_a00c_0000_1000n;

/**
 * Flows with owners: a browser's connection, then another program's with the same ports, a DNS query, and a connection
 * attempt at a listener; at a vSwitch a packet whose checksums were left to the NIC, of a team member. Events of
 * connections come before, between and after the packets, as in Windows.
 */
export function flowOwners(): Scenario {
  const host = new NdisHost({ type: 'qpc', start: START }, { gft: false });
  const { recorder } = host;
  const moment = (at: bigint, pid = 4): { at: bigint; processor: number; pid: number; tid: number } => ({
    at: START + at,
    processor: 0,
    pid,
    tid: 100,
  });
  const names: Readonly<Record<number, string>> = { 4: 'System', 700: 'svchost.exe', 4321: 'chrome.exe' };
  for (const [pid, imageName] of Object.entries(names)) {
    recorder.process(moment(0n), 'running', { processId: Number(pid), imageName });
  }
  recorder.process(moment(15n * SECOND), 'start', { processId: 5000, imageName: 'curl.exe' });

  const packet = (
    at: bigint,
    direction: 'send' | 'receive',
    segment: Parameters<typeof overIpv4>[1],
    ends: { readonly from: string; readonly to: string },
    owner: string | undefined,
    pid = 4,
  ): void => {
    const macs = direction === 'send' ? [HOST_MAC, ROUTER_MAC] : [ROUTER_MAC, HOST_MAC];
    const bytes = ethernet(
      { from: macs[0] ?? '', to: macs[1] ?? '' },
      EtherType.ipv4,
      overIpv4(ends, segment, { id: Number(at % 60_000n) }),
    );
    host.packet(
      {
        ids: NIC,
        media: 'ethernet',
        direction,
        bytes,
        extraComment: owner === undefined ? {} : { Owner: owner },
      },
      moment(at, pid),
    );
  };
  const web = (at: bigint, direction: 'send' | 'receive', flags: number, owner: string, pid = 4): void => {
    const isSend = direction === 'send';
    const segment = tcp({
      ports: isSend ? [BROWSER.port, SERVER.port] : [SERVER.port, BROWSER.port],
      sequence: Number(at % 1_000_000n),
      acknowledgement: 1,
      flags,
      payload: text(flags === TcpFlag.ack ? 'data' : ''),
    });
    const ends = isSend ? { from: HOST, to: SERVER.address } : { from: SERVER.address, to: HOST };
    packet(at, direction, segment, ends, owner, pid);
  };
  const connection = (at: bigint, id: number, pid: number): void =>
    recorder.event(moment(at), {
      provider: TCPIP,
      id,
      level: 4,
      data: tcpConnection(BROWSER, SERVER, { pid }),
    });

  web(MILLISECOND, 'send', TcpFlag.syn, 'chrome.exe(4321)', 4321);
  web(2n * MILLISECOND, 'receive', TcpFlag.syn | TcpFlag.ack, 'chrome.exe(4321)');
  connection(3n * MILLISECOND, 1033, 4321);
  web(4n * MILLISECOND, 'send', TcpFlag.ack, 'chrome.exe(4321)', 4321);
  connection(10n * MILLISECOND, 1038, 4321);
  web(11n * MILLISECOND, 'send', TcpFlag.fin | TcpFlag.ack, 'chrome.exe(4321)');
  web(12n * MILLISECOND, 'receive', TcpFlag.fin | TcpFlag.ack, 'chrome.exe(4321)');

  const query = { from: HOST, to: RESOLVER.address };
  packet(SECOND, 'send', udp([DNS.port, RESOLVER.port], text('query')), query, 'svchost.exe(700)');
  recorder.event(moment(SECOND + MILLISECOND), {
    provider: KERNEL_NETWORK,
    id: 42,
    level: 4,
    data: udpTransfer(700, 5, DNS, RESOLVER),
  });
  packet(
    SECOND + 5n * MILLISECOND,
    'receive',
    udp([RESOLVER.port, DNS.port], text('answer')),
    { from: RESOLVER.address, to: HOST },
    'svchost.exe(700)',
  );

  recorder.event(moment(2n * SECOND), {
    provider: TCPIP,
    id: 1013,
    version: 2,
    level: 4,
    data: tcpEndpoint(ENDPOINT, 700),
  });
  recorder.event(moment(2n * SECOND + MILLISECOND), {
    provider: TCPIP,
    id: 1008,
    version: 1,
    level: 4,
    data: tcpBound(ENDPOINT, { address: '0.0.0.0', port: DESKTOP.port }),
  });
  const attempt = tcp({
    ports: [ADMIN.port, DESKTOP.port],
    sequence: 1,
    acknowledgement: 0,
    flags: TcpFlag.syn,
  });
  packet(3n * SECOND, 'receive', attempt, { from: ADMIN.address, to: HOST }, 'svchost.exe(700)');
  // An attempt at a port without a socket.
  const stray = tcp({ ports: [ADMIN.port, 8080], sequence: 1, acknowledgement: 0, flags: TcpFlag.syn });
  packet(4n * SECOND, 'receive', stray, { from: ADMIN.address, to: HOST }, undefined);

  web(20n * SECOND, 'send', TcpFlag.syn, 'curl.exe(5000)', 5000);
  connection(20n * SECOND + 9n * MILLISECOND, 1033, 5000);
  web(20n * SECOND + 10n * MILLISECOND, 'send', TcpFlag.ack, 'curl.exe(5000)', 5000);

  const port = { portId: 7, portName: 'uplink', nicName: 'team', nicType: 'External' };
  const bytes = ethernet(
    { from: HOST_MAC, to: ROUTER_MAC },
    EtherType.ipv4,
    overIpv4({ from: HOST, to: SERVER.address }, udp([9999, 9999], text('offloaded')), { id: 9 }),
  );
  recorder.event(
    moment(21n * SECOND),
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
        NdisKeyword.send,
      // IsIPv4, UdpChecksum, IpHeaderChecksum.
      data: switchPacketFragment(
        NIC,
        port,
        [],
        bytes,
        nblInfo({ checksum: 0x19, sourcePortId: port.portId, sourceNicIndex: 2 }),
      ),
    },
    {
      bytes,
      originalLength: bytes.length,
      direction: 'outbound',
      linkType: 1,
      captureLocation: { source: 'vswitch', ...NIC, ...port },
      comment: {
        Dir: 'Ingress',
        SrcPortId: '7',
        SrcNicType: 'External',
        SrcNicName: 'team',
        SrcPortName: 'uplink',
        TeamMember: MEMBER,
        Offload: 'checksum',
      },
    },
  );
  const uplink = { name: 'uplink', friendlyName: 'Uplink' };
  const vSwitch = { name: 'C08C0F7B-0000-4000-8000-0000000000AA', friendlyName: 'SET switch' };
  recorder.event(moment(21n * SECOND + MILLISECOND), {
    provider: HYPER_V_VMSWITCH,
    id: 116,
    level: 4,
    data: teamMember(vSwitch, { name: 'team', friendlyName: 'SET team' }, 2, MEMBER),
  });
  recorder.event(moment(21n * SECOND + 2n * MILLISECOND), {
    provider: HYPER_V_VMSWITCH,
    id: 89,
    level: 4,
    data: portSecurity(uplink, vSwitch, {
      macSpoofing: true,
      dhcpGuard: true,
      routerGuard: false,
      vsid: 5001,
    }),
  });
  recorder.event(moment(21n * SECOND + 3n * MILLISECOND), {
    provider: HYPER_V_VMSWITCH,
    id: 91,
    level: 4,
    data: portAcl(uplink, vSwitch, '10.9.0.0', 16),
  });
  recorder.event(moment(21n * SECOND + 4n * MILLISECOND), {
    provider: HYPER_V_VMSWITCH,
    id: 36,
    level: 3,
    data: aclDropped(uplink, vSwitch, 'acl-7'),
  });
  const end = { form: 'merged', end: START + 22n * SECOND } as const;
  return recorder.scenario('flow-owners', end, end);
}
