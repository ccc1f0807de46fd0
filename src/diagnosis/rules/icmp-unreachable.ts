import { plural } from '../../format/index.js';
import { IpProtocol } from '../../net/index.js';
import { type IcmpError, icmpError } from '../icmp-error.js';
import { isFromOutside } from '../origin.js';
import type { Rule } from '../rule.js';

/** Meanings of the codes (RFC 792, RFC 1812, 5.2.7.1; RFC 4443, 3.1). */
const CODES_V4: ReadonlyMap<number, string> = new Map([
  [0, 'network unreachable'],
  [1, 'host unreachable'],
  [2, 'protocol unreachable'],
  [3, 'port unreachable'],
  [6, 'network unknown'],
  [7, 'host unknown'],
  [9, 'network prohibited'],
  [10, 'host prohibited'],
  [13, 'prohibited by a filter'],
]);
const CODES_V6: ReadonlyMap<number, string> = new Map([
  [0, 'no route'],
  [1, 'prohibited by a filter'],
  [2, 'beyond the scope of the source address'],
  [3, 'address unreachable'],
  [4, 'port unreachable'],
  [5, 'source address failed the policy'],
  [6, 'route rejected'],
]);

/** Services that hosts ask without knowing whether anybody answers: NetBIOS, SSDP, WS-Discovery, mDNS, LLMNR. */
const DISCOVERY_PORTS: ReadonlySet<number> = new Set([137, 138, 1900, 3702, 5353, 5355]);
/** UDP ports to which traceroute sends: it expects the message. */
const TRACEROUTE_PORTS = { first: 33_434, last: 33_534 } as const;
const PORT_UNREACHABLE = { v4: 3, v6: 4 } as const;

/** Messages that a sender expects, or that are about discovery. */
function isExpected({ code, destinationPort, isV6, protocol }: IcmpError): boolean {
  if (protocol !== IpProtocol.udp || code !== (isV6 ? PORT_UNREACHABLE.v6 : PORT_UNREACHABLE.v4))
    return false;
  const isTraceroute = destinationPort >= TRACEROUTE_PORTS.first && destinationPort <= TRACEROUTE_PORTS.last;
  return isTraceroute || DISCOVERY_PORTS.has(destinationPort);
}

/** ICMP messages that tell this host that its packets cannot be delivered. */
export const icmpUnreachable: Rule = {
  id: 'icmp-unreachable',
  severity: 'error',
  basis: 'seen',
  summary: 'Packets of this host that were reported as undeliverable',
  meaning:
    'A router or the destination reported that it could not deliver packets of this host (ICMP destination unreachable). ' +
    'The reporting address shows how far the packets came.',
  check: [
    'Test-NetConnection DESTINATION -TraceRoute',
    'Get-NetRoute',
    'Get-NetUDPEndpoint -LocalPort PORT',
    'arp -a',
  ],
  explain: [
    'Examines ICMP and ICMPv6 destination unreachable messages that this host receives, with the packet that they report.',
    'Not reported are messages that ask for smaller packets (see pmtu-blackhole), port unreachable for discovery (NetBIOS, SSDP, ' +
      'WS-Discovery, mDNS, LLMNR) and for the ports of traceroute, and messages that this host sends: a program that closed its ' +
      'port before a late answer came is the usual reason. A single port unreachable for UDP is a note.',
    'Limits: ICMP can be forged; messages without the addresses of the reported packet are not examined.',
  ],
  protocols: ['ICMP', 'ICMPv6'],
  observe: (context, findings) => ({
    onJourney: (journey) => {
      const error = journey.isDerived || !isFromOutside(journey) ? undefined : icmpError(journey);
      if (error?.kind !== 'unreachable' || isExpected(error)) return;
      const text = (error.isV6 ? CODES_V6 : CODES_V4).get(error.code) ?? `code ${error.code}`;
      const { source: reporter = '' } = journey.flow;
      const flow = reportedFlow(error);
      const group = findings.at(
        `${journey.host} ${reporter} ${text} ${flow.protocol} ${flow.destination}`,
        () => ({
          title: '',
          flow,
        }),
      );
      const note = journey.note();
      group.addPacket(note);
      group.link(`neighbor ${error.destination}`);
      const isPort = error.protocol === IpProtocol.udp && text === 'port unreachable';
      group.subject = {
        ...group.subject,
        severity: isPort && group.count < 2 ? 'note' : 'error',
        title: `${text}: ${reporter} could not deliver ${flow.protocol} ${flow.source} → ${flow.destination} (${plural(group.count, 'message')})`,
        evidence: { values: { reporter, icmpCode: error.code } },
      };
      group.lookAround(context, note.ticks, note.host, note.ending.hop.processor, [
        error.destination,
        error.source,
      ]);
    },
  }),
};

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [IpProtocol.tcp, 'TCP'],
  [IpProtocol.udp, 'UDP'],
  [IpProtocol.icmp, 'ICMP'],
  [IpProtocol.icmpv6, 'ICMPv6'],
]);

function reportedFlow({ destination, destinationPort, isV6, protocol, source, sourcePort }: IcmpError): {
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
} {
  const endpoint = (address: string, port: number): string =>
    port === 0 ? address : isV6 ? `[${address}]:${port}` : `${address}:${port}`;
  return {
    protocol: PROTOCOLS.get(protocol) ?? `IP protocol ${protocol}`,
    source: endpoint(source, sourcePort),
    destination: endpoint(destination, destinationPort),
  };
}
