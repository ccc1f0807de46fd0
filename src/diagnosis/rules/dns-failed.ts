import { plural } from '../../format/index.js';
import { dnsCodeName, dnsMessage, dnsTypeName } from '../dns-message.js';
import { findingFlow, type JourneyNote } from '../journey.js';
import type { Rule } from '../rule.js';
import { SECOND } from '../unanswered.js';

const NXDOMAIN = 3;
/** Within this time, a later response for the name ends the failure. */
const RESOLVED_WITHIN = 10 * SECOND;
/** Failures that wait for a later success; further ones are reported at once. */
const MAX_FAILURES = 10_000;

interface Failure {
  readonly note: JourneyNote;
  readonly client: string;
  readonly server: string;
  readonly name: string;
  readonly type: number;
  readonly code: number;
  /** Another response resolved the name. */
  isResolved: boolean;
}

/** Names that programs try without expecting an answer: proxy and tunnel discovery, reverse lookups, local domains. */
const EXPECTED_TO_FAIL =
  /^(?:wpad|isatap|[^.]*)$|^(?:wpad|isatap|_[^.]+|[bdlr]+\._dns-sd)\.|\.(?:in-addr\.arpa|ip6\.arpa|local|localdomain|home|lan)$/u;

/** DNS responses that report a failure. */
export const dnsFailed: Rule = {
  id: 'dns-failed',
  severity: 'error',
  basis: 'seen',
  summary: 'DNS queries that failed',
  meaning:
    'A DNS server responded that it cannot resolve a name. ' + 'Programs that need this name cannot connect.',
  check: ['Resolve-DnsName NAME -Server SERVER', 'Get-DnsClientGlobalSetting', 'Get-DnsClientNrptPolicy'],
  explain: [
    'Examines response codes of DNS over UDP, port 53. NXDOMAIN is a warning if the name is not resolved within 10 seconds by ' +
      'another response: for the same name, or for a name with the same first label (search suffixes). Other codes, such as ' +
      'SERVFAIL and REFUSED, are errors under the same condition.',
    'Names that programs try without expecting an answer are notes: wpad and isatap, names of one label, service discovery, ' +
      'reverse lookups, local domains. A response without records and without an error is no failure.',
    'Limits: DNS over TCP, TLS and HTTPS is not examined. Whether a program needed the name is not known.',
  ],
  protocols: ['UDP'],
  observe: (context, findings) => {
    const failures: Failure[] = [];
    const byLabel = new Map<string, Failure[]>();
    return {
      onJourney: (journey) => {
        const message = journey.isDerived ? undefined : dnsMessage(journey);
        if (!message?.isResponse) return;
        const { destination: client = '', source: server = '' } = journey.flow;
        const label = `${journey.host} ${client} ${message.name.split('.', 1)[0]}`;
        if (message.responseCode === 0) {
          for (const failure of byLabel.get(label) ?? []) {
            if (Number(journey.path.ticks - failure.note.ticks) <= RESOLVED_WITHIN) failure.isResolved = true;
          }
          byLabel.delete(label);
          return;
        }
        if (failures.length >= MAX_FAILURES) return;
        const { name, responseCode: code, type } = message;
        const failure = { note: journey.note(), client, server, name, type, code, isResolved: false };
        failures.push(failure);
        const known = byLabel.get(label);
        if (known === undefined) byLabel.set(label, [failure]);
        else known.push(failure);
      },
      onEnd: () => {
        const names = new Map<string, Set<string>>();
        for (const failure of failures) {
          const { client, code, name, note, server, type } = failure;
          const isNote = failure.isResolved || (code === NXDOMAIN && EXPECTED_TO_FAIL.test(name));
          const severity = isNote ? 'note' : code === NXDOMAIN ? 'warning' : 'error';
          const key = isNote ? `${severity} ${code}` : `${severity} ${note.host} ${server} ${code}`;
          const group = findings.at(key, () => ({ title: '' }));
          group.addPacket(note);
          const listed = names.get(key) ?? new Set();
          listed.add(`${name} ${dnsTypeName(type)}`);
          names.set(key, listed);
          const [first = ''] = listed;
          const others = listed.size > 1 ? ` and ${plural(listed.size - 1, 'other name')}` : '';
          const reason = isNote ? 'without consequence: ' : '';
          group.subject = {
            ...group.subject,
            title: `${dnsCodeName(code)} from DNS server ${server} for ${first}${others} (${reason}${plural(group.count, 'response')})`,
            severity,
            flow: group.subject?.flow ?? findingFlow(note.flow),
            evidence: { values: { responseCode: code, names: listed.size, client } },
          };
          group.lookAround(context, note.ticks, note.host, note.ending.hop.processor, [name, client]);
        }
      },
    };
  },
};
