import { BuiltinProviderId } from '../../etw/index.js';
import { type DiagnosisEvent, numberField, textField } from '../event.js';
import { eventRule, isBetween, isGroupText } from '../event-rule.js';

const WFP = '0c478c5b-0351-41b1-8c58-4a6737da32e3';
const BLOCKED = 1001;
const MAC_BLOCKED = 1029;
/** Event of the provider of Message Analyzer: a WFP discard, without addresses. */
const PEF_DISCARD = 60_050;

/** Names of layers: groups of four numbers, of which the second half is IPv6. */
const LAYERS: readonly string[] = [
  'inbound IP packets',
  'outbound IP packets',
  'forwarded IP packets',
  'inbound transport',
  'outbound transport',
  'stream',
  'datagrams',
  'inbound ICMP errors',
  'outbound ICMP errors',
  'port assignment',
  'listen',
  'accept',
  'connect',
];

/** Packets and connections that a filter of WFP blocked. */
export const wfpBlocked = eventRule({
  id: 'wfp-blocked',
  summary: 'Packets and connections that a filter of WFP blocked',
  meaning:
    'A filter of the Windows Filtering Platform (Windows Firewall, security software) blocked a packet or a connection. ' +
    'The event names the filter and, for programs of this host, the program.',
  check: [
    'netsh wfp show filters file=filters.xml',
    'Get-NetFirewallRule -Enabled True -Action Block',
    'Get-NetFirewallProfile | select Name,DefaultInboundAction,DefaultOutboundAction',
  ],
  explain: [
    'Examines the events 1001 (blocked by a filter) and 1029 (MAC frame blocked) of Microsoft-Windows-WFP, and 60050 (discard) of ' +
      'Microsoft-Pef-WFP-MessageProvider. Events with one filter and one remote address are one finding. Packets are joined by ' +
      'addresses and ports within 5 ms.',
    'Multicasts and broadcasts are left out: a firewall blocks them on every desktop. Event 60050 has no addresses: it is a note.',
    'Limits: WFP logs blocked packets only if its provider was recorded. The number of the layer has its name where it is known.',
  ],
  events: [
    { provider: WFP, ids: [BLOCKED, MAC_BLOCKED] },
    { provider: BuiltinProviderId.pefWfp, ids: [PEF_DISCARD] },
  ],
  start: () => (event) => {
    const filter = numberField(event, 'FilterId') ?? numberField(event, 'DiscardFilterID');
    const by = filter === undefined ? 'a filter' : `filter ${filter}`;
    if (event.id === PEF_DISCARD) {
      const reason = textField(event, 'DiscardReason') ?? 'not logged';
      return {
        key: `${by} ${reason}`,
        subject: { title: `WFP discarded packets by ${by} (reason ${reason})`, severity: 'note' },
      };
    }
    const local = textField(event, 'LocalAddress');
    const remote = textField(event, 'RemoteAddress');
    if (local === undefined || remote === undefined) return undefined;
    if (event.id === MAC_BLOCKED) {
      return {
        key: `${by} ${remote}`,
        subject: { title: `WFP blocked frames between ${local} and ${remote} by ${by}` },
      };
    }
    if (isGroupText(local) || isGroupText(remote)) return undefined;
    const program = textField(event, 'AppId')?.split('\\').at(-1);
    const layer = layerOf(event);
    return {
      key: `${by} ${remote} ${program ?? ''}`,
      subject: {
        title: `WFP blocked ${local} ↔ ${remote} by ${by}${layer === undefined ? '' : ` (${layer})`}`,
        ...(program !== undefined && { process: program }),
        flow: { protocol: 'IP', source: local, destination: remote },
      },
      isAbout: (journey) => isBetween(journey, local, remote),
    };
  },
});

function layerOf(event: DiagnosisEvent): string | undefined {
  const number = numberField(event, 'LayerId');
  return number === undefined ? undefined : (LAYERS[number >> 2] ?? `layer ${number}`);
}
