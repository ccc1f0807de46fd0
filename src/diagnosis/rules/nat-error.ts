import { BuiltinProviderId } from '../../etw/index.js';
import { formatIpv4 } from '../../net/index.js';
import { type DiagnosisHost, wasRecorded } from '../context.js';
import { bytesField, type DiagnosisEvent, numberField, textField } from '../event.js';
import type { FindingFlow } from '../finding.js';
import { isGroupAddress } from '../group-address.js';
import type { Rule } from '../rule.js';

/** WinNatMDroppedIPv4Packet of Microsoft-Windows-WinNat: reason, compartment and interface, the packet's headers. */
const DROPPED = 1030;
/** WinNatMOutOfPortsOper. */
const OUT_OF_PORTS = 1033;

/** Ticks: the event is logged while its packet passes the host. */
const WINDOW = 50_000;
const MAX_WAITING = 1000;
/** Length of an IPv4 header without options. */
const IPV4_HEADER = 20;

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [1, 'ICMP'],
  [6, 'TCP'],
  [17, 'UDP'],
]);
const HAS_PORTS: ReadonlySet<string> = new Set(['TCP', 'UDP']);

/** The packet that a WinNat event is about, as its captured headers state it. */
interface NatPacket {
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
  readonly flow: FindingFlow;
  readonly identification: number;
}

interface Waiting {
  readonly event: DiagnosisEvent;
  readonly key: string;
}

/** Errors that the NAT of Windows logs. */
export const natError: Rule = {
  id: 'nat-error',
  severity: 'error',
  basis: 'logged',
  summary: 'The NAT of Windows could not translate packets',
  meaning:
    'WinNat, the NAT of containers and of Hyper-V internal switches, dropped packets or had no port left. ' +
    'Connections through the NAT fail or are refused.',
  check: [
    'Get-NetNat',
    'Get-NetNatSession | Measure-Object',
    'Get-NetNatStaticMapping',
    'Get-NetNatExternalAddress',
  ],
  explain: [
    'Examines the WinNat events 1030 (packet dropped, with reason, compartment, interface and the headers of the packet) and ' +
      '1033 (no port left). Events with one reason and one destination are one finding.',
    'A packet is joined by source, destination and IP identification of its first appearance, within 5 ms.',
    'Limits: WinNat logs only if its provider was recorded. Multicasts and broadcasts, which a NAT never ' +
      'translates, are left out. Only IPv4.',
  ],
  protocols: ['TCP', 'UDP', 'ICMP'],
  events: [{ provider: BuiltinProviderId.winNat, ids: [DROPPED, OUT_OF_PORTS] }],
  notVisible: (context) =>
    context.hosts.some(hasVirtualSwitch) && !wasRecorded(context, BuiltinProviderId.winNat)
      ? 'errors of the NAT (provider Microsoft-Windows-WinNat was not recorded)'
      : undefined,
  observe: (_context, findings) => {
    const waiting = new Map<string, Waiting[]>();
    let waitingCount = 0;
    return {
      onEvent: (event) => {
        const packet = event.id === DROPPED ? natPacket(event) : undefined;
        if (packet === undefined && event.id === DROPPED) return;
        const reason = event.id === DROPPED ? reasonOf(event) : 'no port left';
        const where = packet === undefined ? textField(event, 'InstanceName') : packet.flow.destination;
        const key = `${event.host} ${reason} ${where}`;
        const group = findings.at(key, () => ({
          title:
            packet === undefined
              ? `NAT ${where ?? ''} has no port left for ${textField(event, 'TransportProtocol') ?? 'connections'}`
              : `NAT dropped ${packet.protocol} ${packet.flow.source} → ${packet.flow.destination}: ${reason}`,
          compartment: numberField(event, 'ArrivalCompartmentId'),
          flow: packet?.flow,
          filter: packet && `ip.addr == ${packet.source} && ip.addr == ${packet.destination}`,
          evidence: {
            location: 'WinNat',
            provider: event.json.provider ?? event.providerId,
            eventId: event.id,
            fields: event.json.data,
          },
        }));
        if (packet === undefined || waitingCount >= MAX_WAITING) {
          group.addEvent(event);
          return;
        }
        // Until its packet is known, the event counts for it.
        group.addEvent(event);
        const list = waiting.get(keyOf(packet.protocol, packet.source, packet.destination)) ?? [];
        list.push({ event, key });
        waiting.set(keyOf(packet.protocol, packet.source, packet.destination), list);
        waitingCount += 1;
      },
      onJourney: (journey) => {
        if (waitingCount === 0 || journey.isDerived) return;
        const { first } = journey.path;
        const { destination = '', protocol, source = '' } = first.flow;
        const list = waiting.get(keyOf(protocol, source, destination));
        const at = list?.findIndex(({ event }) =>
          isOf(event, journey.frame.identification, journey.path.ticks),
        );
        if (list === undefined || at === undefined || at === -1) return;
        const [found] = list.splice(at, 1);
        waitingCount -= 1;
        if (found === undefined) return;
        const group = findings.at(found.key, () => ({ title: natError.summary }));
        group.addPacket(journey.note());
        group.addCount(-1);
      },
    };
  },
};

/** Only hosts with a virtual switch have a NAT for it. */
const hasVirtualSwitch = ({ model }: DiagnosisHost): boolean =>
  model.nics.size > 0 || [...model.components.values()].some(({ vSwitch }) => vSwitch !== undefined);

const keyOf = (protocol: string, source: string, destination: string): string =>
  `${protocol} ${source} ${destination}`;

const reasonOf = (event: DiagnosisEvent): string => textField(event, 'ActionReason') ?? 'reason not logged';

function isOf(event: DiagnosisEvent, identification: number, ticks: bigint): boolean {
  const age = Number(event.ticks - ticks);
  return Math.abs(age) <= WINDOW && natPacket(event)?.identification === identification;
}

/** @returns undefined without headers, and for multicasts and broadcasts */
function natPacket(event: DiagnosisEvent): NatPacket | undefined {
  const header = bytesField(event, 'IPHeader');
  if (header === undefined || header.length < IPV4_HEADER) return undefined;
  if (isGroupAddress(header.subarray(16, 20))) return undefined;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const number = header[9] ?? 0;
  const protocol = PROTOCOLS.get(number) ?? `IP protocol ${number}`;
  const source = formatIpv4(header, 12);
  const destination = formatIpv4(header, 16);
  const transport = bytesField(event, 'TransportHeader');
  const hasPorts = HAS_PORTS.has(protocol) && transport !== undefined && transport.length >= 4;
  const port = (at: number): string =>
    hasPorts ? `:${((transport[at] ?? 0) << 8) | (transport[at + 1] ?? 0)}` : '';
  return {
    protocol,
    source,
    destination,
    flow: { protocol, source: `${source}${port(0)}`, destination: `${destination}${port(2)}` },
    identification: view.getUint16(4),
  };
}
