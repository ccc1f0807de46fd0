import { percent, plural } from '../../format/index.js';
import { icmpError } from '../icmp-error.js';
import { findingFlow, type Journey, type JourneyNote } from '../journey.js';
import type { Rule } from '../rule.js';
import { type TcpConnection, tcpConnections } from '../tcp/tcp-connections.js';
import { SECOND } from '../unanswered.js';

/** Retransmissions that are kept, of all connections. */
const MAX_NOTES = 20_000;
const MAX_CONNECTIONS = 10_000;
/** A warning from this share of all data segments on, ... */
const WARNING_SHARE = 0.01;
/** ... and from this number, or if one segment was repeated so often. */
const WARNING_COUNT = 2;
const WARNING_REPEATS = 2;
/** Segments that are sent again within this time after a message about the path MTU are sent in smaller ones. */
const MTU_TIME = BigInt(SECOND);

interface Repeated {
  readonly notes: JourneyNote[];
  count: number;
  /** Sequence numbers, and how often each was repeated. */
  readonly bySequence: Map<number, number>;
}

/** TCP segments that were sent again. */
export const tcpRetransmissions: Rule = {
  id: 'tcp-retransmissions',
  severity: 'warning',
  basis: 'seen',
  summary: 'TCP retransmissions',
  meaning:
    'TCP segments were sent again, because their acknowledgement did not come in time. ' +
    'Packets or acknowledgements were lost; the connection is slower, and fails if losses continue.',
  check: [
    'Get-NetAdapterStatistics',
    'Get-NetAdapterAdvancedProperty',
    'netsh interface tcp show global',
    'pktmon start --capture --comp all --drop-only',
  ],
  explain: [
    'Examines the sequence numbers of each direction of a TCP connection. A segment is a retransmission if its bytes appeared ' +
      'before, at least 2 milliseconds earlier (5 without IP identification). Copies of one packet at several locations are one ' +
      'packet, keep-alives are no retransmissions, and neither are segments that fill a gap, nor segments that follow within a ' +
      'second an ICMP message that asks the sender for smaller packets.',
    'A connection is a warning with two or more retransmissions that are at least 1% of its data segments, or if one segment was ' +
      'repeated twice or more. Fewer are a note.',
    'Limits: segments that were lost before this host and reached it once are not retransmissions here. Retransmissions of SYN ' +
      'count only for connections that were established.',
  ],
  protocols: ['TCP', 'ICMP', 'ICMPv6'],
  causes: [
    'drop-*',
    'pmtu-blackhole',
    'path-swallowed',
    'link-down',
    'nic-reset',
    'path-slow-hop',
    'nat-error',
  ],
  observe: (context, findings) => {
    const connections = tcpConnections(context);
    const repeated = new Map<TcpConnection, Repeated>();
    /** Times of messages about the path MTU, by sender and destination of the packet that was too big. */
    const tooBig = new Map<string, bigint>();
    let kept = 0;
    return {
      onJourney: (journey) => {
        const error = icmpError(journey);
        if (error?.kind === 'too-big' && tooBig.size < MAX_CONNECTIONS)
          tooBig.set(`${journey.host} ${error.source} ${error.destination}`, journey.path.ticks);
        const segment = connections.segment(journey);
        if (segment === undefined || !segment.isRetransmission) return;
        const { connection, header } = segment;
        if (followsTooBig(journey)) return;
        let known = repeated.get(connection);
        if (known === undefined) {
          if (repeated.size >= MAX_CONNECTIONS) return;
          known = { notes: [], count: 0, bySequence: new Map() };
          repeated.set(connection, known);
        }
        known.count += 1;
        known.bySequence.set(header.sequence, (known.bySequence.get(header.sequence) ?? 0) + 1);
        if (kept >= MAX_NOTES) return;
        kept += 1;
        known.notes.push(journey.note());
      },
      onEnd: () => {
        for (const [connection, { bySequence, count, notes }] of repeated) {
          if (!connection.isEstablished) continue;
          const segments = connection.sides[0].dataSegments + connection.sides[1].dataSegments + count;
          let most = 0;
          for (const repeats of bySequence.values()) most = Math.max(most, repeats);
          const isWarning =
            most >= WARNING_REPEATS || (count >= WARNING_COUNT && count / segments >= WARNING_SHARE);
          const flow = findingFlow(connection.flow);
          const { host } = connection;
          const group = findings.at(
            isWarning ? `${host} ${flow.source} ${flow.destination}` : `${host}`,
            () => ({
              title: '',
              severity: isWarning ? 'warning' : 'note',
              flow,
            }),
          );
          for (const note of notes) group.addPacket(note);
          if (count > notes.length) group.addCount(count - notes.length);
          const [first] = notes;
          if (first !== undefined) {
            group.lookAround(context, first.ticks, host, first.ending.hop.processor, [
              connection.flow.source ?? '',
              connection.flow.destination ?? '',
            ]);
          }
          const title = isWarning
            ? `${plural(count, 'TCP retransmission')} ${flow.source} → ${flow.destination}: ${percent(count / segments)} of ${plural(segments, 'data segment')}`
            : `${plural(group.count, 'single TCP retransmission')} in long connections`;
          group.subject = {
            ...group.subject,
            title,
            evidence: {
              values: { retransmissions: group.count, dataSegments: segments, repeatsOfOneSegment: most },
            },
          };
        }
      },
    };

    function followsTooBig({ flows, host, path }: Journey): boolean {
      if (tooBig.size === 0) return false;
      return flows.some(({ destination, source }) => {
        const at = tooBig.get(`${host} ${source} ${destination}`);
        return at !== undefined && path.ticks - at <= MTU_TIME;
      });
    }
  },
};
