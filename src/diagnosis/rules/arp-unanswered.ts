import { plural } from '../../format/index.js';
import { lastLocation, lastLocationText } from '../last-location.js';
import { lastAttempt, requestRule } from '../unanswered.js';

const REPLY = 2;

/** ARP requests of this host that no neighbor answers. */
export const arpUnanswered = requestRule<{ readonly target: string; readonly sender: string }>({
  id: 'arp-unanswered',
  summary: 'ARP requests without an answer',
  meaning:
    'The host requested the MAC address of a neighbor, and there was no answer. ' +
    'Packets to this address, or through it if it is a gateway, cannot be sent.',
  check: ['arp -a', 'Get-NetNeighbor -AddressFamily IPv4', 'Get-NetRoute', 'Get-VMNetworkAdapterVlan'],
  explain: [
    'Examines ARP requests that this host, its containers or virtual machines send. Any ARP packet from the asked address is an ' +
      'answer, also a request of its own.',
    'Reported are requests repeated for 0.9 seconds or longer, requests that were dropped each time, and requests after which ' +
      'the capture has packets 3 seconds later. Probes for duplicate addresses (sender 0.0.0.0) and announcements (sender equals ' +
      'target) expect no answer. Requests from outside are not examined: their answers need not pass this host.',
    'Limits: nothing is reported for captures of drops alone. With a capture filter, the answer may exist without being captured.',
  ],
  protocols: ['ARP'],
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
  classify: ({ flow: { destination, source }, frame }) => {
    if (source === undefined || destination === undefined) return undefined;
    if (frame.arpOperation === REPLY || source === destination)
      return { kind: 'answer', keys: [source], data: { target: source, sender: source } };
    if (source === '0.0.0.0') return undefined;
    return { kind: 'request', keys: [destination], data: { target: destination, sender: source } };
  },
  group: ({ attempts: [first], data: { target } }) =>
    first && { key: `${first.host} ${first.compartment} ${target}`, links: [`neighbor ${target}`] },
  describe: (requests, group, context) => {
    const last = lastAttempt(requests);
    const target = requests[0]?.data.target ?? '';
    return {
      title: `no answer to ARP for ${target}: ${plural(group.count, 'request')} from ${requests[0]?.data.sender ?? ''}${last === undefined ? '' : `, ${lastLocationText(last, context)}`}`,
      ...(last && { evidence: { location: lastLocation(last, context), values: { requests: group.count } } }),
    };
  },
});
