import { ByteWriter, guidBytes } from '../../encoder/index.js';
import { overIpv4, text, udp } from '../../packets/index.js';
import { HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import { HYPER_V_VMSWITCH } from '../vmswitch-events.js';
import type { Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { wholeConnection } from './traffic.js';

const NDIS = 'cdead503-17f5-4a3e-b7ae-df8cc2902eb9';
const NETVSC = '152fbe4b-c7ad-4f68-bada-a4fcc1464f6c';
const WFP = '0c478c5b-0351-41b1-8c58-4a6737da32e3';
const TCPIP = '2f07e2ee-15db-40f1-90ef-9d7ba282188a';
const DNS_CLIENT = '1c95126e-7eea-49a9-a3fe-a378b03ddb4d';
const DHCP_CLIENT = '15a7a4f8-0072-4eab-abad-f98a4d666aed';
const WLAN = '9580d7dd-0379-4658-9870-d5be7d52d6de';
const HNS = '0c885e0d-6eb6-476c-a048-2457eed3a5c1';
const SCHANNEL = '1f678132-5938-4686-9fdc-c8ff68f15c85';

const ADAPTER = 'Intel(R) Ethernet Connection (17) I219-LM';
const INTERFACE_GUID = 'a52a0b03-325d-414c-8c3e-f211f325aa3c';
const LOCAL_SYSTEM = Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0);

const sz = (writer: ByteWriter, value: string): ByteWriter => writer.utf16(`${value}\0`);
const counted = (writer: ByteWriter, value: string): ByteWriter => writer.u32(value.length).utf16(value);

/** SOCKADDR_IN with its length before it. */
function socketAddress(writer: ByteWriter, address: string, port: number): ByteWriter {
  return writer
    .u32(16)
    .u16(2)
    .bytes(Uint8Array.of(port >> 8, port & 0xff))
    .bytes(Uint8Array.from(address.split('.'), Number))
    .bytes(new Uint8Array(8));
}

/** Traffic without a fault, with the events of `add`. `names`: the packets of the finding. */
function fault(
  id: string,
  faulty: (host: FaultHost) => void,
  healthy: (host: FaultHost) => void,
  names: readonly string[] | 'events' = 'events',
): Fault {
  const trace = (name: string, add: (host: FaultHost) => void) => {
    const host = new FaultHost();
    wholeConnection(host, 'web', 100, { client: HOST_IP, server: SERVER_IP, ports: [50_010, 80] });
    add(host);
    return host.finish(name);
  };
  return {
    id,
    faulty: () => ({ scenario: trace(id, faulty), findings: { [id]: names } }),
    healthy: () => ({ scenario: trace(`${id}-healthy`, healthy), findings: {} }),
  };
}

/** 10400 of NDIS; 10104 and 10105 have no name of the adapter. */
const reset = (reason: number): ByteWriter =>
  sz(new ByteWriter().bytes(guidBytes(INTERFACE_GUID)).u32(8).u64(6n), ADAPTER)
    .u32(reason)
    .u32(1);
const media = (): ByteWriter =>
  new ByteWriter().bytes(guidBytes(INTERFACE_GUID)).u32(8).u64(6n).u32(0).u32(0).u32(1);

/** 59 of Netvsc. */
const vfState = (isActive: boolean): ByteWriter =>
  sz(new ByteWriter(), 'Microsoft Hyper-V Network Adapter')
    .u32(7)
    .u32(1)
    .u32(isActive ? 1 : 0)
    .bytes(Uint8Array.of(0, 0x15, 0x5d, 0x3c, 0x90, 0x0a));

/** 36 of Hyper-V-VmSwitch: port, switch, ACL. 24: a NIC. */
const portAcl = (): ByteWriter =>
  ['6C1F', 'web', '1D0A', 'nat', 'deny-all'].reduce(counted, new ByteWriter());
const nicEvent = (): ByteWriter => ['6C1F', 'web'].reduce(counted, new ByteWriter());

/** 1001 version 0 of WFP. */
function blocked(remote: string, port: number): ByteWriter {
  const writer = new ByteWriter().u64(133_000_000_000_000_000n);
  socketAddress(writer, HOST_IP, 50_020);
  socketAddress(writer, remote, port).u32(0);
  return sz(writer, '\\device\\harddiskvolume3\\backup\\agent.exe')
    .bytes(LOCAL_SYSTEM)
    .u32(0)
    .u32(0)
    .u32(0)
    .u32(1)
    .u32(0)
    .u64(70_077n)
    .u16(48);
}

/** 1034 version 0 of TCPIP. */
function connectFailure(status: number): ByteWriter {
  const writer = socketAddress(new ByteWriter(), HOST_IP, 50_030);
  return socketAddress(writer, SERVER_IP, 1433).u32(status).u32(4_312).u32(1).u64(0xffff_9a01n);
}

/** 3008 of DNS-Client. */
const queryCompleted = (status: number): ByteWriter =>
  sz(sz(new ByteWriter(), 'db.contoso.com').u32(1).u64(0n).u32(status), '');

/** 8003 of WLAN-AutoConfig. */
const wlanDisconnect = (id: number): ByteWriter =>
  [
    'Intel(R) Wi-Fi 6 AX201',
    'Automatic connection with a profile',
    'office',
    'office',
    'Infrastructure',
    `The driver disconnected while associating (${id}).`,
  ]
    .reduce(sz, new ByteWriter().bytes(guidBytes(INTERFACE_GUID)))
    .u64(1n);

/** Events in which Windows logs an error; the healthy twins have an event of the same provider that is none. */
export const LOGGED_ERRORS: readonly Fault[] = [
  fault(
    'nic-reset',
    (host) => host.event({ ms: 300 }, { provider: NDIS, id: 10_400, data: reset(2) }),
    (host) => host.event({ ms: 300 }, { provider: NDIS, id: 10_104, level: 4, data: media() }),
  ),
  fault(
    'link-down',
    (host) => host.event({ ms: 300 }, { provider: NDIS, id: 10_105, level: 4, data: media() }),
    (host) => host.event({ ms: 300 }, { provider: NDIS, id: 10_104, level: 4, data: media() }),
  ),
  fault(
    'vf-switched',
    (host) => {
      for (const [n, isActive] of [true, false].entries())
        host.event({ ms: 300 + n }, { provider: NETVSC, id: 59, level: 4, data: vfState(isActive) });
    },
    (host) => {
      for (const n of [0, 1])
        host.event({ ms: 300 + n }, { provider: NETVSC, id: 59, level: 4, data: vfState(true) });
    },
  ),
  fault(
    'vswitch-error',
    (host) => host.event({ ms: 300 }, { provider: HYPER_V_VMSWITCH, id: 36, data: portAcl() }),
    (host) => host.event({ ms: 300 }, { provider: HYPER_V_VMSWITCH, id: 21, level: 4, data: nicEvent() }),
  ),
  fault(
    'wfp-blocked',
    (host) => {
      host.send(
        'datagram',
        { ms: 300 },
        overIpv4({ from: HOST_IP, to: SERVER_IP }, udp([50_020, 5_000], text('status')), { id: 0x77 }),
      );
      host.event({ ms: 300.03 }, { provider: WFP, id: 1001, data: blocked(SERVER_IP, 5_000) });
    },
    (host) => host.event({ ms: 300 }, { provider: WFP, id: 1001, data: blocked('239.255.255.250', 1900) }),
    ['datagram'],
  ),
  fault(
    'connect-failed',
    // STATUS_IO_TIMEOUT; STATUS_CANCELLED
    (host) => host.event({ ms: 300 }, { provider: TCPIP, id: 1034, data: connectFailure(0xc000_00b5) }),
    (host) => host.event({ ms: 300 }, { provider: TCPIP, id: 1034, data: connectFailure(0xc000_0120) }),
  ),
  fault(
    'dns-client-error',
    // DNS_ERROR_RCODE_SERVER_FAILURE; DNS_ERROR_RCODE_NAME_ERROR
    (host) => host.event({ ms: 300 }, { provider: DNS_CLIENT, id: 3008, data: queryCompleted(9002) }),
    (host) => host.event({ ms: 300 }, { provider: DNS_CLIENT, id: 3008, data: queryCompleted(9003) }),
  ),
  fault(
    'dhcp-client-error',
    (host) => {
      const data = new ByteWriter()
        .u32(6)
        .bytes(Uint8Array.of(0, 0x15, 0x5d, 0x3c, 0x90, 0x0a))
        .u32(121);
      host.event({ ms: 300 }, { provider: DHCP_CLIENT, id: 1003, data });
    },
    (host) =>
      host.event({ ms: 300 }, { provider: DHCP_CLIENT, id: 50_028, level: 4, data: new ByteWriter().u32(8) }),
  ),
  fault(
    'wlan-disconnected',
    (host) => host.event({ ms: 300 }, { provider: WLAN, id: 8003, level: 4, data: wlanDisconnect(8003) }),
    (host) => host.event({ ms: 300 }, { provider: WLAN, id: 8001, level: 4, data: wlanDisconnect(8001) }),
  ),
  fault(
    'hns-error',
    (host) =>
      host.event(
        { ms: 300 },
        { provider: HNS, id: 1003, level: 2, data: sz(new ByteWriter().u32(0x8007_0057), 'nat') },
      ),
    (host) =>
      host.event(
        { ms: 300 },
        {
          provider: HNS,
          id: 1040,
          level: 4,
          data: sz(
            new ByteWriter().u32(1).bytes(guidBytes(INTERFACE_GUID)).u32(1).u32(1),
            '{"Name":"nat"}',
          ).u32(0),
        },
      ),
  ),
  fault(
    'tls-error',
    // handshake_failure; close_notify
    (host) => host.event({ ms: 300 }, { provider: SCHANNEL, id: 36_887, level: 4, data: alert(40) }),
    (host) => host.event({ ms: 300 }, { provider: SCHANNEL, id: 36_887, level: 4, data: alert(0) }),
  ),
];

/** 36887 of Schannel as of Windows 11. */
function alert(description: number): ByteWriter {
  return sz(new ByteWriter().u32(812), 'lsass.exe').u32(description);
}
