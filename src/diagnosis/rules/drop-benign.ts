import { count } from '../../format/index.js';
import type { Drop } from '../drops/drop.js';
import { reasonKey } from '../drops/drop.js';
import { addDrop } from '../drops/drop-rule.js';
import { isGroupAddressed } from '../group-address.js';
import type { Rule } from '../rule.js';

const keys = (...names: readonly string[]): ReadonlySet<string> => new Set(names.map(reasonKey));

/** A second copy, the rest of a connection that has ended, or a broadcast without a receiver: the drop has no effect. */
const REPEATED = keys(
  'INET_DuplicateSegment',
  'INET_TimeWaitTcb',
  'INET_TimeWaitTcbReceivedRstOutsideWindow',
  'INET_TcbRemoved',
  'INET_FinReceived',
  'FL_LoopbackPacket',
  'NL_LoopbackDisallowed',
  'NL_IcmpNeighborDiscoveryLoopback',
  'NL_IcmpLocallySourcedMldReport',
  'BroadcastNoDestinations',
);

/** No process on this host subscribed to the multicast or broadcast. */
const NOT_SUBSCRIBED = keys(
  'NL_NotLocallyDestined',
  'NL_IcmpNotLocallyDestined',
  'NL_ArpNotLocallyDestined',
  'NL_InspectionDrop',
  'NL_ProtocolUnreachable',
  'NL_PortUnreachable',
  'INET_EndpointNotFound',
  'INET_DestinationMulticast',
  'INET_SessionState',
  'INET_ReceiveInspection',
  'NotAccepted',
  'Filtered',
  'FailedPacketFilter',
);

/** Locations in the receive path of UDP and raw sockets: a multicast is offered to each socket, and dropped for each that has not joined. */
const DELIVERY = /^TCPIP_TL_RCV_(?:UDP|RAW)_/u;

const isBenign = (drop: Drop): boolean => {
  const key = drop.reasonName === undefined ? '' : reasonKey(drop.reasonName);
  if (REPEATED.has(key)) return true;
  if (wasDelivered(drop)) return true;
  if (drop.journey === undefined || !isGroupAddressed(drop.journey)) return false;
  return NOT_SUBSCRIBED.has(key) || DELIVERY.test(drop.locationName ?? '');
};

/** Another copy of the packet went on after the drop, and to a destination: a flood or a multicast to several ports. */
function wasDelivered({ hop, journey }: Drop): boolean {
  if (hop === undefined || journey === undefined || !hop.hopLocation.dropped) return false;
  if (!isGroupAddressed(journey)) return false;
  const at = journey.hops.indexOf(hop);
  return journey.hops.some(
    ({ hopLocation: { destinations, directionText, dropped } }, n) =>
      n > at && !dropped && (destinations.length > 0 || directionText === 'Egress' || directionText === 'In'),
  );
}

/** Drops without effect on users, in one note. */
export const dropBenign: Rule = {
  id: 'drop-benign',
  severity: 'note',
  basis: 'logged',
  summary: 'Drops that are part of normal operation',
  meaning:
    'Windows drops multicasts and broadcasts that no program on this host asked for, and second copies of segments that ' +
    'were received before. No program misses these packets.',
  check: ['netsh interface ipv4 show joins', 'Get-NetUDPEndpoint'],
  explain: [
    'Examines all drops before the other rules. Benign are: drops of packets to a multicast or broadcast address because no ' +
      'socket subscribed (reasons such as NL_NotLocallyDestined, INET_EndpointNotFound, INET_SessionState and ' +
      'INET_ReceiveInspection, and all locations TCPIP_TL_RCV_UDP_* and TCPIP_TL_RCV_RAW_*); looped-back packets; duplicate ' +
      'segments and segments after the end of a connection; a copy of a multicast of which another copy was delivered.',
    'The 231 drop records of the Windows 11 24H2 trace that the tests use are 53 packets of HSRP and mDNS, and one duplicate ' +
      'segment on the loopback interface: benign. Two DNS queries to a neighbor that did not answer are faults.',
    'Limits: a multicast that a program wants and that its socket did not join is reported here.',
  ],
  drops: { accepts: isBenign },
  observe: (context, findings) => {
    const byReason = new Map<string, number>();
    return {
      onDrop: (drop) => {
        const group = findings.at('', () => ({ title: '' }));
        addDrop(group, drop, context);
        const reason = drop.json.Drop;
        if (byReason.has(reason) || byReason.size < MAX_REASONS)
          byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
      },
      onEnd: () => {
        for (const group of findings.all) {
          const reasons = [...byReason].sort((a, b) => b[1] - a[1]);
          group.subject = {
            title: `benign drops: ${reasons
              .slice(0, 3)
              .map(([reason, packets]) => `${reason} ${count(packets)}`)
              .join(', ')}${reasons.length > 3 ? ` and ${reasons.length - 3} other reasons` : ''}`,
            filter: 'frame.comment contains "Drop="',
            pluginFilter: 'etl.drop',
            evidence: { values: Object.fromEntries(reasons) },
          };
        }
      },
    };
  },
};

const MAX_REASONS = 50;
