import { plural } from '../../format/index.js';
import { findingFlow, type JourneyNote } from '../journey.js';
import type { Rule } from '../rule.js';
import { type TcpConnection, tcpConnections } from '../tcp/tcp-connections.js';
import { TcpFlag } from '../tcp/tcp-header.js';

/** Refusals that are kept until it is known whether they are reported. */
const MAX_REFUSED = 10_000;

/** TCP connections that the other side refused with RST. */
export const tcpRefused: Rule = {
  id: 'tcp-refused',
  severity: 'error',
  basis: 'seen',
  summary: 'TCP connections that were refused',
  meaning:
    'A program tried to open a TCP connection, and the answer was RST: the port is closed, or a firewall rejects it. ' +
    'The host of the port can be reached; the program that should listen is not running there, or listens at another address.',
  check: [
    'Test-NetConnection -ComputerName HOST -Port PORT',
    'Get-NetTCPConnection -State Listen -LocalPort PORT',
    'Get-Service',
    'netsh interface portproxy show all',
  ],
  explain: [
    'Examines the first packet of each TCP connection (SYN) and an answer of RST. Connections that this host, its containers or ' +
      'virtual machines open are reported at the first refusal.',
    'Connections from outside to this host are reported if the same client was refused at least twice: a single refused attempt ' +
      'is what a port scan looks like.',
    'Limits: a RST that a firewall in between sends cannot be distinguished from one of the host itself.',
  ],
  protocols: ['TCP'],
  causes: ['drop-no-listener', 'drop-firewall', 'wfp-blocked', 'nat-error'],
  observe: (context, findings) => {
    const connections = tcpConnections(context);
    /** By client and server port; the SYNs that were refused. */
    const refused = new Map<string, { readonly connection: TcpConnection; readonly notes: JourneyNote[] }>();
    return {
      onJourney: (journey) => {
        const segment = connections.segment(journey);
        if (segment === undefined) return;
        const { connection, from, header, receiver, sender } = segment;
        const { opener } = connection;
        if ((header.flags & TcpFlag.rst) === 0 || opener === undefined || from === opener) return;
        // Only a refusal if nothing else came before.
        if (sender.next !== undefined || receiver.dataSegments > 0 || connection.isEstablished) return;
        if (
          receiver.next !== undefined &&
          header.acknowledgement !== 0 &&
          header.acknowledgement !== receiver.next
        )
          return;
        const { destination, destinationPort, source } = connection.flow;
        const key = `${connection.host} ${connection.compartment} ${source} ${destination}:${destinationPort}`;
        const known = refused.get(key) ?? { connection, notes: [] };
        if (!known.notes.includes(connection.started)) known.notes.push(connection.started);
        if (refused.size < MAX_REFUSED) refused.set(key, known);
      },
      onEnd: () => {
        for (const { connection, notes } of refused.values()) {
          if (connection.isOutbound !== true && notes.length < 2) continue;
          const { source, destination } = connection.flow;
          const flow = findingFlow(connection.flow);
          const group = findings.at(`${connection.host} ${source} ${flow.destination}`, () => ({
            title: '',
          }));
          for (const note of notes) {
            group.addPacket(note);
            group.lookAround(context, note.ticks, note.host, note.ending.hop.processor, [
              source ?? '',
              destination ?? '',
            ]);
          }
          group.subject = {
            title: `${flow.destination} refused TCP from ${source ?? ''} with RST: ${plural(group.count, 'attempt')}`,
            flow,
            evidence: { values: { attempts: group.count } },
          };
        }
      },
    };
  },
};
