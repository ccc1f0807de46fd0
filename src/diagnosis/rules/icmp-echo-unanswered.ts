import { percent } from '../../format/index.js';
import { readUint16 } from '../../net/index.js';
import { isGroupAddressed } from '../group-address.js';
import { icmpError } from '../icmp-error.js';
import type { Journey } from '../journey.js';
import { lastLocation, lastLocationText } from '../last-location.js';
import { CAUSES_OF_SILENCE, lastAttempt, requestRule } from '../unanswered.js';

interface Echo {
  readonly source: string;
  readonly destination: string;
  /** Requests of this source to this destination, shared by them. */
  readonly total: { requests: number };
}

const REQUESTS: ReadonlySet<number> = new Set([8, 128]);
const REPLIES: ReadonlySet<number> = new Set([0, 129]);
/** traceroute sends requests with a TTL of 1 and up, which routers may discard without a message; ping begins at 64 or 128. */
const MAX_TRACEROUTE_TTL = 30;
/** Pairs of addresses that are counted. */
const MAX_PAIRS = 10_000;

/** Counts of requests, for one run of the rule after the other. */
const totals = new WeakMap<object, Map<string, { requests: number }>>();

/** Pings of this host without a reply. */
export const icmpEchoUnanswered = requestRule<Echo>({
  id: 'icmp-echo-unanswered',
  summary: 'Pings without a reply',
  meaning:
    'The host sent ICMP echo requests (ping), and no reply came. ' +
    'The destination, the path to it, or a firewall discards the requests or the replies.',
  check: [
    'Test-NetConnection DESTINATION -TraceRoute',
    'Get-NetFirewallRule -DisplayName "*ICMP*" | select DisplayName,Enabled,Action',
    'pktmon start --capture --comp all --pkt-size 0',
  ],
  explain: [
    'Examines ICMP and ICMPv6 echo requests that this host, its containers or virtual machines send. A reply with the same ' +
      'addresses, identifier and sequence number is an answer, and so is an ICMP error that reports the request (traceroute).',
    'Reported are requests after which the capture has packets 2 seconds later, and requests that were dropped. If fewer than ' +
      'half of the requests to a destination are without a reply, it is a warning; if a single one of ten or more is, a note.',
    'Not examined are requests to multicast and broadcast addresses, and requests with a TTL of 30 or less (traceroute).',
    'Limits: nothing is reported for captures of drops alone, and nothing if events were lost. With a capture filter, the reply ' +
      'may exist without being captured.',
  ],
  protocols: ['ICMP', 'ICMPv6'],
  causes: CAUSES_OF_SILENCE,
  wait: 2,
  retryWait: 2,
  classify: (journey, context) => {
    const { icmpType } = journey.frame;
    const { destination = '', source = '' } = journey.flow;
    if (REQUESTS.has(icmpType) || REPLIES.has(icmpType)) {
      const isReply = REPLIES.has(icmpType);
      const keys = echoKeys(journey, isReply);
      if (keys === undefined) return undefined;
      if (!isReply && (journey.frame.ttl <= MAX_TRACEROUTE_TTL || isGroupAddressed(journey)))
        return undefined;
      const total = isReply ? { requests: 0 } : totalOf(context, `${journey.host} ${source} ${destination}`);
      total.requests += 1;
      return { kind: isReply ? 'answer' : 'request', keys, data: { source, destination, total } };
    }
    const error = icmpError(journey);
    if (error === undefined || error.identifier + error.sequence === 0) return undefined;
    const keys = [`${error.source} > ${error.destination} ${error.identifier} ${error.sequence}`];
    return { kind: 'answer', keys, data: { source, destination, total: { requests: 0 } } };
  },
  group: ({ attempts: [first], data: { destination, source } }) =>
    first && {
      key: `${first.host} ${first.compartment} ${source} ${destination}`,
      links: [`neighbor ${destination}`],
    },
  describe: (requests, group, context) => {
    const last = lastAttempt(requests);
    const [first] = requests;
    if (first === undefined || last === undefined) return { title: '' };
    const { destination, source, total } = first.data;
    const all = Math.max(total.requests, group.count);
    const share =
      all === group.count ? `${group.count}` : `${group.count} of ${all} (${percent(group.count / all)})`;
    const isSingle = group.count === 1 && all >= 10;
    return {
      title: `no reply to ${share} ${all === 1 ? 'ping' : 'pings'} ${source} → ${destination}, ${lastLocationText(last, context)}`,
      severity: isSingle ? 'note' : group.count * 2 < all ? 'warning' : 'error',
      evidence: { location: lastLocation(last, context), values: { unanswered: group.count, requests: all } },
    };
  },
});

function echoKeys(
  { bytes, flows, frame: { transportStart } }: Journey,
  isReply: boolean,
): string[] | undefined {
  if (transportStart + 8 > bytes.length) return undefined;
  const numbers = `${readUint16(bytes, transportStart + 4)} ${readUint16(bytes, transportStart + 6)}`;
  return flows.map(({ destination, source }) =>
    isReply ? `${destination} > ${source} ${numbers}` : `${source} > ${destination} ${numbers}`,
  );
}

function totalOf(context: object, pair: string): { requests: number } {
  let known = totals.get(context);
  if (known === undefined) {
    known = new Map();
    totals.set(context, known);
  }
  const total = known.get(pair) ?? { requests: 0 };
  if (known.size < MAX_PAIRS) known.set(pair, total);
  return total;
}
