import { plural } from '../../format/index.js';
import { formatIp } from '../../net/index.js';
import type { Journey } from '../journey.js';
import { lastLocation, lastLocationText } from '../last-location.js';
import { lastAttempt, requestRule } from '../unanswered.js';

const SOLICITATION = 135;
const ADVERTISEMENT = 136;
/** Offset of the target address in both messages, from the ICMPv6 header (RFC 4861, 4.3 and 4.4). */
const TARGET = 8;

/** Neighbor solicitations of this host that no neighbor answers. */
export const ndUnanswered = requestRule<{ readonly target: string; readonly sender: string }>({
  id: 'nd-unanswered',
  summary: 'IPv6 neighbor solicitations without an answer',
  meaning:
    'The host requested the MAC address of an IPv6 neighbor, and there was no advertisement. ' +
    'Packets to this address, or through it if it is a router, cannot be sent.',
  check: [
    'Get-NetNeighbor -AddressFamily IPv6',
    'Get-NetRoute -AddressFamily IPv6',
    'Get-VMNetworkAdapterVlan',
  ],
  explain: [
    'Examines ICMPv6 neighbor solicitations that this host, its containers or virtual machines send, and advertisements of the ' +
      'asked address.',
    'Reported are solicitations repeated for 0.9 seconds or longer, solicitations that were dropped each time, and ' +
      'solicitations after which the capture has packets 3 seconds later. Duplicate address detection (sender ::) expects no ' +
      'answer and is not examined.',
    'Limits: nothing is reported for captures of drops alone. With a capture filter, the answer may exist without being captured.',
  ],
  protocols: ['ICMPv6'],
  causes: [
    'drop-*',
    'vlan-mismatch',
    'path-swallowed',
    'link-down',
    'nic-reset',
    'vswitch-error',
    'ip-conflict',
  ],
  wait: 3,
  retryWait: 0.9,
  classify: (journey) => {
    const { flow, frame } = journey;
    if (frame.icmpType !== SOLICITATION && frame.icmpType !== ADVERTISEMENT) return undefined;
    const target = targetOf(journey);
    const { source: sender } = flow;
    if (target === undefined || sender === undefined) return undefined;
    if (frame.icmpType === ADVERTISEMENT) return { kind: 'answer', keys: [target], data: { target, sender } };
    return sender === '::' ? undefined : { kind: 'request', keys: [target], data: { target, sender } };
  },
  group: ({ attempts: [first], data: { target } }) =>
    first && { key: `${first.host} ${first.compartment} ${target}`, links: [`neighbor ${target}`] },
  describe: (requests, group, context) => {
    const last = lastAttempt(requests);
    const [
      {
        data: { sender, target },
      } = { data: { sender: '', target: '' } },
    ] = requests;
    const location = last === undefined ? '' : `, ${lastLocationText(last, context)}`;
    return {
      title: `no answer to neighbor solicitation for ${target}: ${plural(group.count, 'solicitation')} from ${sender}${location}`,
      ...(last && { evidence: { location: lastLocation(last, context), values: { requests: group.count } } }),
    };
  },
});

function targetOf({ bytes, frame: { transportStart } }: Journey): string | undefined {
  const start = transportStart + TARGET;
  return start + 16 <= bytes.length ? formatIp(bytes, start, 16) : undefined;
}
