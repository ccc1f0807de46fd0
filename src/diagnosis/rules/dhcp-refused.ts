import { DhcpType, dhcpMessage } from '../dhcp-message.js';
import { findingFlow, type JourneyNote } from '../journey.js';
import { isFromOutside } from '../origin.js';
import type { Rule } from '../rule.js';

interface Refusal {
  readonly note: JourneyNote;
  readonly server: string;
  readonly client: string;
  readonly requested: string | undefined;
  /** The client got a lease later. */
  hasLease: boolean;
}

const MAX_REFUSALS = 10_000;

/** DHCP requests that a server refused. */
export const dhcpRefused: Rule = {
  id: 'dhcp-refused',
  severity: 'error',
  basis: 'seen',
  summary: 'DHCP requests that a server refused',
  meaning:
    'A DHCP server refused the address that a client asked for (DHCPNAK). ' +
    'The client has to give up its address and ask again; connections end.',
  check: [
    'ipconfig /all',
    'ipconfig /renew',
    'Get-DhcpServerv4Lease -ScopeId SCOPE',
    'Get-VMNetworkAdapterVlan',
  ],
  explain: [
    'Examines DHCPNAK messages. It is an error unless the same client gets an acknowledgement later: then it is a note, because ' +
      'clients that moved to another network are refused once.',
    'Limits: the reason is known to the server only. A capture with fewer than 284 bytes of each packet shows no message types.',
  ],
  protocols: ['UDP'],
  observe: (_context, findings) => {
    const refusals: Refusal[] = [];
    const requested = new Map<string, string>();
    return {
      onJourney: (journey) => {
        const message = journey.isDerived ? undefined : dhcpMessage(journey);
        if (message === undefined) return;
        const { client, transaction, type } = message;
        const key = `${client} ${transaction}`;
        if (type === DhcpType.request && message.requested !== undefined && requested.size < MAX_REFUSALS) {
          requested.set(key, message.requested);
        } else if (type === DhcpType.acknowledge) {
          for (const refusal of refusals) if (refusal.client === client) refusal.hasLease = true;
        } else if (type === DhcpType.refuse && refusals.length < MAX_REFUSALS) {
          const { source: server = '' } = journey.flow;
          // A server on this host refuses a client of the network: a fact about that client.
          if (!isFromOutside(journey) && journey.ending.kind === 'delivered' && journey.ending.to === 'wire')
            return;
          refusals.push({
            note: journey.note(),
            server,
            client,
            requested: requested.get(key),
            hasLease: false,
          });
        }
      },
      onEnd: () => {
        for (const { client, hasLease, note, requested: address, server } of refusals) {
          const group = findings.at(`${note.host} ${client} ${server} ${hasLease}`, () => ({
            title: `DHCP server ${server} refused client ${client}${address === undefined ? '' : ` the address ${address}`}${hasLease ? '; it got another lease' : ''}`,
            severity: hasLease ? 'note' : 'error',
            flow: findingFlow(note.flow),
            evidence: { values: { client, server, ...(address !== undefined && { requested: address }) } },
          }));
          group.addPacket(note);
        }
      },
    };
  },
};
