import { TcpFlag } from '../../packets/index.js';
import { CONTAINER_IP, HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { CONTAINER_B, FaultHost } from './fault-host.js';
import { type Connection, segment, syn, udpPacket } from './traffic.js';

/** Numbers of reasons and locations as pktmon writes them (pktmonapi's enumerations). */
const AT_SWITCH = 0xe000_200d;
const AT_IP = 0xe000_4135;
const AT_UDP = 0xe000_4602;

interface DropFault {
  readonly id: string;
  readonly reason: number;
  readonly where: 'switch' | 'host';
  readonly location: number;
}

/** A drop for each rule whose reason alone decides. */
const DROPS: readonly DropFault[] = [
  // INET_ReceiveInspection
  { id: 'drop-firewall', reason: 1207, where: 'host', location: AT_UDP },
  // INET_EndpointNotFound
  { id: 'drop-no-listener', reason: 1204, where: 'host', location: AT_UDP },
  // VirtualSubnetId
  { id: 'drop-isolation', reason: 20, where: 'switch', location: AT_SWITCH },
  // MacSpoofing
  { id: 'drop-spoofing', reason: 16, where: 'switch', location: AT_SWITCH },
  // FailedSecurityPolicy
  { id: 'drop-acl', reason: 12, where: 'switch', location: AT_SWITCH },
  // MTUMismatch
  { id: 'drop-mtu', reason: 23, where: 'switch', location: AT_SWITCH },
  // NL_NoRoute
  { id: 'drop-no-route', reason: 907, where: 'host', location: AT_IP },
  // NL_AddressResolutionTimeout
  { id: 'drop-no-neighbor', reason: 922, where: 'host', location: AT_IP },
  // NL_NotLocallyDestined
  { id: 'drop-not-local', reason: 902, where: 'host', location: AT_IP },
  // NL_BadChecksum
  { id: 'drop-checksum', reason: 912, where: 'host', location: AT_IP },
  // NL_HopLimitExceeded
  { id: 'drop-ttl', reason: 914, where: 'host', location: AT_IP },
  // Resources
  { id: 'drop-queue-full', reason: 3, where: 'switch', location: AT_SWITCH },
  // Disconnected
  { id: 'drop-link-down', reason: 5, where: 'switch', location: AT_SWITCH },
  // RequiredExtensionMissing
  { id: 'drop-extension', reason: 21, where: 'switch', location: AT_SWITCH },
  // Ipsec_ClearTextDrop
  { id: 'drop-ipsec', reason: 1407, where: 'host', location: AT_IP },
  // SlbMux_NoMatchingStaticMapping
  { id: 'drop-nat', reason: 1306, where: 'host', location: AT_IP },
  // NL_MalformedHeader
  { id: 'drop-invalid', reason: 906, where: 'host', location: AT_IP },
  // Unknown
  { id: 'drop-other', reason: 0, where: 'host', location: AT_IP },
];

const CONNECTION: Connection = { client: CONTAINER_IP, server: SERVER_IP, ports: [50_120, 443] };

/** Three datagrams or segments that arrive and are dropped, or that a port of the switch drops. */
function faulty({ id, location, reason, where }: DropFault): DiagnosedTrace {
  const host = new FaultHost();
  const names = ['first', 'second', 'third'];
  for (const [n, name] of names.entries()) {
    const when = { ms: 100 + 10 * n };
    if (where === 'host') {
      const packet = udpPacket(SERVER_IP, HOST_IP, [5000, 50_110], new Uint8Array(40), 0x100 + n);
      host.receiveDropped(name, when, packet, { reason, location });
    } else {
      const data = {
        sequence: 2000 + 10 * n,
        acknowledgement: 9001,
        flags: TcpFlag.ack | TcpFlag.psh,
        payload: new Uint8Array(10),
      };
      host.dropAtSwitch(name, when, CONTAINER_B, segment(CONNECTION, 'client', data, 0x100 + n), {
        reason,
        location,
      });
    }
  }
  return { scenario: host.finish(id), findings: { [id]: names } };
}

/** The same packets are delivered; a duplicate segment is dropped, which is benign. */
function healthy({ id, where }: DropFault): DiagnosedTrace {
  const host = new FaultHost();
  for (const n of [0, 1, 2]) {
    const when = { ms: 100 + 10 * n };
    if (where === 'host') {
      host.receive(
        `packet ${n}`,
        when,
        udpPacket(SERVER_IP, HOST_IP, [5000, 50_110], new Uint8Array(40), 0x100 + n),
      );
    } else {
      const data = {
        sequence: 2000 + 10 * n,
        acknowledgement: 9001,
        flags: TcpFlag.ack | TcpFlag.psh,
        payload: new Uint8Array(10),
      };
      const local = segment(CONNECTION, 'client', data, 0x100 + n);
      const translated = segment({ ...CONNECTION, client: HOST_IP }, 'client', data, 0x100 + n);
      host.sendFromContainer(`segment ${n}`, when, CONTAINER_B, local, translated);
    }
  }
  const late = syn({ client: SERVER_IP, server: HOST_IP, ports: [443, 50_121] }, 0x300);
  host.receiveDropped('duplicate', { ms: 200 }, late, { reason: 1217, location: AT_IP });
  return { scenario: host.finish(`${id}-healthy`), findings: { 'drop-benign': ['duplicate'] } };
}

export const DROP_REASON_FAULTS: readonly Fault[] = DROPS.map((drop) => ({
  id: drop.id,
  faulty: () => faulty(drop),
  healthy: () => healthy(drop),
}));
