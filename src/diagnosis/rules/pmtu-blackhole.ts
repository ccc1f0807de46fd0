import { plural } from '../../format/index.js';
import { icmpError } from '../icmp-error.js';
import { findingFlow, type JourneyNote } from '../journey.js';
import type { Rule } from '../rule.js';
import { type TcpConnection, tcpConnections } from '../tcp/tcp-connections.js';

/** IP packets above this size may be too large for a path with tunnels: IPv6 requires 1280 everywhere. */
const LARGE = 1280;
/** Retransmissions of one large packet that show that it does not arrive. */
const MIN_REPEATS = 2;
const MAX_CONNECTIONS = 10_000;

interface Stuck {
  readonly notes: JourneyNote[];
  readonly sequence: number;
  readonly size: number;
  readonly from: 0 | 1;
  repeats: number;
  isAcknowledged: boolean;
}

/** TCP connections whose large packets do not arrive, while small ones do. */
export const pmtuBlackhole: Rule = {
  id: 'pmtu-blackhole',
  severity: 'error',
  basis: 'inferred',
  summary: 'Large packets that do not arrive, while small ones do',
  meaning:
    'Large packets of a TCP connection were sent again and again without an acknowledgement, while small ones were acknowledged. ' +
    'The path has a smaller MTU, and the message of the router about it does not reach the sender.',
  check: [
    'ping DESTINATION -f -l 1472',
    'Get-NetIPInterface | select InterfaceAlias,NlMtu',
    'netsh interface ipv4 show destinationcache',
    'Get-NetAdapterAdvancedProperty -RegistryKeyword *JumboPacket,*EncapOverhead',
  ],
  explain: [
    'Examines established TCP connections. Reported is a packet of more than 1280 bytes that was sent again at least twice and ' +
      'not acknowledged up to the end of the capture, if a smaller packet of the same side was acknowledged before.',
    'If ICMP messages name a smaller MTU, the finding names it: the sender received it and did not follow it, or it was not for ' +
      'this connection.',
    'Limits: with large send offload the sizes seen above the NIC are not those on the wire. A path that breaks down in the ' +
      'middle of a transfer looks the same.',
  ],
  protocols: ['TCP', 'ICMP', 'ICMPv6'],
  causes: ['drop-mtu'],
  observe: (context, findings) => {
    const connections = tcpConnections(context);
    const stuck = new Map<TcpConnection, Stuck>();
    const mtus = new Map<string, number>();
    return {
      onJourney: (journey) => {
        const error = icmpError(journey);
        if (error?.kind === 'too-big' && mtus.size < MAX_CONNECTIONS) mtus.set(error.destination, error.mtu);
        const segment = connections.segment(journey);
        if (segment === undefined) return;
        const { connection, from, header, isRetransmission } = segment;
        const known = stuck.get(connection);
        if (known !== undefined && known.from !== from) {
          const distance = (header.acknowledgement - known.sequence) | 0;
          if (distance > 0) known.isAcknowledged = true;
          return;
        }
        const { networkStart, totalLength } = journey.frame;
        const size = totalLength > 0 ? totalLength : journey.originalLength - networkStart;
        if (!isRetransmission || size <= LARGE || !connection.isEstablished) return;
        if (known === undefined || known.isAcknowledged) {
          if (known === undefined && stuck.size >= MAX_CONNECTIONS) return;
          const { sequence } = header;
          stuck.set(connection, {
            notes: [journey.note()],
            sequence,
            size,
            from,
            repeats: 1,
            isAcknowledged: false,
          });
        } else if (known.sequence === header.sequence) {
          known.repeats += 1;
          if (known.notes.length < 100) known.notes.push(journey.note());
        }
      },
      onEnd: () => {
        for (const [connection, { from, isAcknowledged, notes, repeats, sequence, size }] of stuck) {
          const { acknowledged } = connection.sides[from === 0 ? 1 : 0];
          if (isAcknowledged || repeats < MIN_REPEATS) continue;
          // Bytes before it were acknowledged: at least the SYN, or data.
          if (acknowledged !== undefined && ((acknowledged - sequence) | 0) > 0) continue;
          const [first] = notes;
          if (first === undefined) continue;
          const flow = findingFlow(first.flow);
          const mtu = mtus.get(first.flow.destination ?? '');
          const group = findings.at(
            `${connection.host} ${first.flow.source} ${first.flow.destination}`,
            () => ({
              title: '',
              flow,
            }),
          );
          for (const note of notes) group.addPacket(note);
          const text = mtu === undefined || mtu === 0 ? '' : `; ICMP named an MTU of ${mtu}`;
          group.subject = {
            ...group.subject,
            title: `packets of ${size} bytes ${flow.source} → ${flow.destination} do not arrive: ${plural(group.count, 'retransmission')} without acknowledgement${text}`,
            evidence: {
              values: { packetBytes: size, retransmissions: group.count, ...(mtu !== undefined && { mtu }) },
            },
            alternatives: ['The path to the destination broke down while large packets were sent.'],
          };
          group.lookAround(context, first.ticks, first.host, first.ending.hop.processor, [
            first.flow.source ?? '',
            first.flow.destination ?? '',
          ]);
        }
      },
    };
  },
};
