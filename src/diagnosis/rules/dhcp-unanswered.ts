import { plural } from '../../format/index.js';
import { DhcpType, dhcpMessage } from '../dhcp-message.js';
import { lastLocation, lastLocationText } from '../last-location.js';
import { lastAttempt, requestRule } from '../unanswered.js';

const REQUESTS: ReadonlySet<number> = new Set([DhcpType.discover, DhcpType.request]);
const ANSWERS: ReadonlySet<number> = new Set([DhcpType.offer, DhcpType.acknowledge, DhcpType.refuse]);

/** DHCP requests of this host without an answer. */
export const dhcpUnanswered = requestRule<{ readonly client: string; readonly type: number }>({
  id: 'dhcp-unanswered',
  summary: 'DHCP requests without an answer',
  meaning:
    'A DHCP client on this host asked for an address, and no server answered. ' +
    'Without a lease, Windows uses an address of 169.254.0.0/16 and reaches nothing beyond its own network.',
  check: [
    'ipconfig /renew',
    'Get-NetAdapter',
    'Get-VMNetworkAdapterVlan',
    'Get-VMNetworkAdapter * | select Name,DhcpGuard',
  ],
  explain: [
    'Examines DHCPDISCOVER and DHCPREQUEST of clients on this host, its containers and virtual machines. An offer, an ' +
      'acknowledgement or a refusal with the same transaction and client address is an answer, whether it is sent to the client or ' +
      'to all.',
    'Reported are requests repeated for 2 seconds or longer, requests that were dropped each time, and requests after which the ' +
      'capture has packets 5 seconds later. DHCPINFORM is not examined: many servers ignore it.',
    'Limits: requests of other hosts are not examined, because their answers need not pass this host. Nothing is reported for ' +
      'captures of drops alone. A capture with fewer than 284 bytes of each packet shows no message types.',
  ],
  protocols: ['UDP'],
  causes: [
    'drop-*',
    'path-swallowed',
    'link-down',
    'nic-reset',
    'vswitch-error',
    'wfp-blocked',
    'vlan-mismatch',
  ],
  wait: 5,
  retryWait: 2,
  classify: (journey) => {
    const message = dhcpMessage(journey);
    if (message === undefined) return undefined;
    const { client, transaction, type } = message;
    const keys = [`${client} ${transaction}`];
    if (ANSWERS.has(type)) return { kind: 'answer', keys, data: message };
    return REQUESTS.has(type) ? { kind: 'request', keys, data: { client, type } } : undefined;
  },
  group: ({ attempts: [first], data: { client } }) => first && { key: `${first.host} ${client}` },
  describe: (requests, group, context) => {
    const last = lastAttempt(requests);
    const [first] = requests;
    if (first === undefined || last === undefined) return { title: '' };
    const name = first.data.type === DhcpType.discover ? 'DHCPDISCOVER' : 'DHCPREQUEST';
    return {
      title: `no answer to ${plural(group.count, name)} of client ${first.data.client}, ${lastLocationText(last, context)}`,
      evidence: {
        location: lastLocation(last, context),
        values: { requests: group.count, client: first.data.client },
      },
    };
  },
});
