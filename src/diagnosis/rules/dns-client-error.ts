import { type DiagnosisEvent, numberField, textField } from '../event.js';
import { eventRule, statusField } from '../event-rule.js';

const DNS_CLIENT = '1c95126e-7eea-49a9-a3fe-a378b03ddb4d';
/** Queries completed, by the DNS API, the cache and the network. */
const COMPLETED = [3008, 3020];
/** No server answered; a single server did not answer. */
const NO_ANSWER = [1013, 1014];
const ONE_SERVER = 1015;
/**
 * Statuses that are faults: timeout; format error, server failure, not implemented, refused; bad packet; no DNS servers.
 * A name or a record that does not exist is none.
 */
const FAULTS: ReadonlySet<number> = new Set([1460, 9001, 9002, 9004, 9005, 9502, 9852]);

/** Names that the DNS client could not resolve because of a fault. */
export const dnsClientError = eventRule({
  id: 'dns-client-error',
  summary: 'Errors that the DNS client logged',
  meaning:
    'The DNS client of Windows could not resolve a name: no server answered, or a server reported an error. ' +
    'Programs that need this name fail.',
  check: [
    'Resolve-DnsName NAME',
    'Get-DnsClientServerAddress',
    'Get-DnsClientNrptPolicy',
    'Clear-DnsClientCache',
  ],
  explain: [
    'Examines the events 1013, 1014 and 1015 (servers did not answer) and 3008 and 3020 (query completed) of ' +
      'Microsoft-Windows-DNS-Client. Faults are the statuses for timeouts, failures and refusals of a server, bad packets and ' +
      'missing servers. Events about one name are one finding.',
    'A name or record that does not exist is no fault. A single server that did not answer (1015) is a note: the next one is asked.',
    'Limits: the events exist only if the provider was recorded.',
  ],
  causes: ['dns-unanswered', 'dns-failed', 'drop-*', 'arp-unanswered', 'link-down', 'wlan-disconnected'],
  events: [{ provider: DNS_CLIENT, ids: [...COMPLETED, ...NO_ANSWER, ONE_SERVER] }],
  start: () => (event) => {
    const name = textField(event, 'QueryName') ?? '?';
    const problem = problemOf(event);
    if (problem === undefined) return undefined;
    const pid = numberField(event, 'ClientPID');
    const isNote = event.id === ONE_SERVER;
    return {
      key: `${name} ${isNote}`,
      subject: {
        title: `DNS client: ${name}: ${problem}`,
        ...(isNote && { severity: 'note' }),
        ...(pid !== undefined && { process: String(pid) }),
      },
      links: [`name ${name.toLowerCase()}`],
    };
  },
});

function problemOf(event: DiagnosisEvent): string | undefined {
  if (NO_ANSWER.includes(event.id)) return 'no server answered';
  if (event.id === ONE_SERVER) return `server ${textField(event, 'Address') ?? '?'} did not answer`;
  const field = event.id === 3008 ? 'QueryStatus' : 'Status';
  const status = numberField(event, field);
  return status !== undefined && FAULTS.has(status) ? statusField(event, field, 'win32') : undefined;
}
