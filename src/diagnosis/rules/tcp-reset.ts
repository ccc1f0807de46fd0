import { plural } from '../../format/index.js';
import { findingFlow } from '../journey.js';
import { isFromOutside } from '../origin.js';
import type { Rule } from '../rule.js';
import { sequenceDistance, type TcpSegment, tcpConnections } from '../tcp/tcp-connections.js';
import { TcpFlag } from '../tcp/tcp-header.js';
import { SECOND } from '../unanswered.js';

/** A RST after a longer pause ends an idle connection. */
const IN_USE = BigInt(5 * SECOND);

/** TCP connections in use that ended with RST. */
export const tcpReset: Rule = {
  id: 'tcp-reset',
  severity: 'warning',
  basis: 'seen',
  summary: 'TCP connections that were reset while in use',
  meaning:
    'One side ended an open TCP connection with RST instead of closing it. ' +
    'Data in transit is lost, and the program at the other side gets an error.',
  check: [
    'Get-NetTCPConnection -RemoteAddress HOST',
    'Get-WinEvent -FilterHashtable @{LogName="Application";Level=1,2}',
    'Get-NetFirewallProfile',
  ],
  explain: [
    'Examines RST segments of connections that were established. Reported is a RST less than 5 seconds after the last segment of ' +
      'the other side, if neither side has sent FIN before.',
    'Not reported are connections without data (port checks), a RST after a FIN of either side or after close_notify of TLS (the ' +
      'program closed the connection while data was still coming), a RST after a longer pause, and refused connections, which are ' +
      'tcp-refused. Nor is a RST of the client after the response of the server, if both have acknowledged all data: browsers ' +
      'and health checks of load balancers end connections this way.',
    'Limits: whether the RST was sent by the other program, its system or a device in between cannot be seen.',
  ],
  protocols: ['TCP'],
  causes: ['drop-*', 'nat-error', 'wfp-blocked', 'tcp-retransmissions', 'pmtu-blackhole', 'path-changed'],
  observe: (context, findings) => {
    const connections = tcpConnections(context);
    return {
      onJourney: (journey) => {
        const segment = connections.segment(journey);
        if (segment === undefined || (segment.header.flags & TcpFlag.rst) === 0) return;
        const { connection, receiver, sender, sinceReceiver } = segment;
        if (!connection.isEstablished || sender.hasSentFin || receiver.hasSentFin) return;
        // A port check opens a connection and resets it.
        if (sender.dataSegments + receiver.dataSegments === 0) return;
        if (receiver.hasSentReset || sinceReceiver === undefined || sinceReceiver > IN_USE) return;
        if (connection.hasTlsClose || endsFinishedExchange(segment)) return;
        const isRemote = isFromOutside(journey);
        const flow = findingFlow(journey.flow);
        const server = connection.opener === segment.from ? flow.destination : flow.source;
        const group = findings.at(`${journey.host} ${server} ${isRemote}`, () => ({ title: '', flow }));
        if (group.packets.has(journey.path.packet)) return;
        const note = journey.note();
        group.addPacket(note);
        const bytes = sender.payloadBytes + receiver.payloadBytes;
        group.subject = {
          ...group.subject,
          title: `${plural(group.count, 'open TCP connection')} with ${server} reset by ${isRemote ? 'the other host' : 'this host'}`,
          evidence: { values: { connections: group.count, bytesSeen: bytes } },
        };
        const { destination = '', source = '' } = journey.flow;
        group.lookAround(context, note.ticks, note.host, note.ending.hop.processor, [source, destination]);
      },
    };
  },
};

/** Whether the client ends the connection after a response, and nothing is lost: both sides have acknowledged all data. */
function endsFinishedExchange({ connection, from, receiver, sender }: TcpSegment): boolean {
  const { flow, lastDataFrom, opener } = connection;
  const [lowPort, highPort] = [flow.destinationPort ?? 0, flow.sourcePort ?? 0];
  // Without its SYN, the side with the lower port is the server. `isFromA` is about the sender of the first segment.
  const firstSender = flow.isFromA ? 1 : 0;
  const client = opener ?? (lowPort <= highPort ? firstSender : firstSender === 1 ? 0 : 1);
  if (from !== client || lastDataFrom === client) return false;
  return (
    isAcknowledged(receiver.next, sender.acknowledged) && isAcknowledged(sender.next, receiver.acknowledged)
  );
}

const isAcknowledged = (next: number | undefined, acknowledged: number | undefined): boolean =>
  next === undefined || acknowledged === undefined || sequenceDistance(next, acknowledged) <= 0;
