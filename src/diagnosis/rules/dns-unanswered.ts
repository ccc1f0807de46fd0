import { plural } from '../../format/index.js';
import { dnsMessage, dnsTypeName } from '../dns-message.js';
import { flowKeys } from '../flow-keys.js';
import { lastLocation, lastLocationText } from '../last-location.js';
import { CAUSES_OF_SILENCE, lastAttempt, requestRule } from '../unanswered.js';

interface Query {
  readonly name: string;
  readonly type: number;
  readonly server: string;
  readonly client: string;
}

/** DNS queries of this host without a response. */
export const dnsUnanswered = requestRule<Query>({
  id: 'dns-unanswered',
  summary: 'DNS queries without a response',
  meaning:
    'A DNS server did not respond to queries of this host. ' +
    'Names cannot be resolved with this server; programs wait until another server or the cache answers.',
  check: [
    'Resolve-DnsName NAME -Server SERVER',
    'Get-DnsClientServerAddress',
    'Test-NetConnection SERVER -Port 53',
    'Get-NetFirewallRule -Direction Outbound -Action Block -Enabled True',
  ],
  explain: [
    'Examines DNS over UDP, port 53. A query is answered by a response with its identification from the asked address and port, ' +
      'with the addresses before and after NAT. Multicast DNS, LLMNR and NetBIOS names are not examined: an answer is not required.',
    'Reported are queries repeated for 0.9 seconds or longer, queries that were dropped each time, and queries after which the ' +
      'capture has packets 5 seconds later.',
    'Limits: DNS over TCP, TLS and HTTPS is not examined. Nothing is reported for captures of drops alone. With a capture filter, ' +
      'the response may exist without being captured.',
  ],
  protocols: ['UDP'],
  causes: CAUSES_OF_SILENCE,
  wait: 5,
  retryWait: 0.9,
  classify: (journey) => {
    const message = dnsMessage(journey);
    if (message === undefined) return undefined;
    const keys = flowKeys(journey, message.isResponse).map((key) => `${key} ${message.id}`);
    const { destination: server = '', source: client = '' } = journey.flow;
    const { isResponse, name, type } = message;
    return { kind: isResponse ? 'answer' : 'request', keys, data: { name, type, server, client } };
  },
  group: ({ attempts: [first], data: { server } }) =>
    first && { key: `${first.host} ${first.compartment} ${server}`, links: [`neighbor ${server}`] },
  describe: (requests, group, context) => {
    const last = lastAttempt(requests);
    const [first] = requests;
    if (first === undefined || last === undefined) return { title: '' };
    const { client, name, server, type } = first.data;
    const others = requests.length > 1 ? ` and ${requests.length - 1} more` : '';
    return {
      title: `no response from DNS server ${server} to ${plural(group.count, 'query', 'queries')} of ${client} (${name} ${dnsTypeName(type)}${others}), ${lastLocationText(last, context)}`,
      evidence: {
        location: lastLocation(last, context),
        values: { names: requests.length, queries: group.count },
      },
    };
  },
});
