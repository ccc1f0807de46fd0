import { latency, plural } from '../../format/index.js';
import { findingFlow } from '../journey.js';
import type { Rule } from '../rule.js';
import { tcpConnections } from '../tcp/tcp-connections.js';
import { SECOND } from '../unanswered.js';

/** TIME_WAIT of Windows: 2 x 60 seconds at most (TcpTimedWaitDelay). */
const TIME_WAIT = BigInt(120 * SECOND);

/** TCP ports that were used again too early. */
export const tcpPortReuse: Rule = {
  id: 'tcp-port-reuse',
  severity: 'warning',
  basis: 'seen',
  summary: 'TCP ports that were used again too early',
  meaning:
    'A client opened a connection with the same addresses and ports as one that the server may still have. ' +
    'The server may not accept it; often the client, or the NAT, has no other free port.',
  check: [
    'netsh int ipv4 show dynamicport tcp',
    'Get-NetTCPConnection | group State',
    'Get-NetTCPSetting | select SettingName,DynamicPortRangeNumberOfPorts',
    'Get-NetNat',
  ],
  explain: [
    'Examines SYN segments whose addresses and ports are those of an earlier, established connection with another sequence ' +
      'number. Reported if the last segment of the earlier connection came less than 120 seconds before (TIME_WAIT), and if it did not end ' +
      'with RST.',
    'Limits: connections that ended before the capture began are not known. A SYN that repeats the first one is tcp-syn-unanswered.',
  ],
  protocols: ['TCP'],
  causes: ['nat-error'],
  observe: (context, findings) => {
    const connections = tcpConnections(context);
    return {
      onJourney: (journey) => {
        const segment = connections.segment(journey);
        const previous = segment?.connection.previous;
        if (segment === undefined || !segment.isNewConnection || previous === undefined) return;
        const [b, a] = previous.sides;
        if (!previous.isEstablished || a.hasSentReset || b.hasSentReset) return;
        const last = a.lastTicks > b.lastTicks ? a.lastTicks : b.lastTicks;
        const pause = journey.path.ticks - last;
        if (pause >= TIME_WAIT) return;
        const flow = findingFlow(journey.flow);
        const { destination, source } = journey.flow;
        const group = findings.at(`${journey.host} ${source} ${flow.destination}`, () => ({
          title: '',
          flow,
        }));
        group.addPacket(journey.note());
        const seconds = Number(pause) / SECOND;
        group.subject = {
          ...group.subject,
          title: `TCP ${flow.source} → ${flow.destination} opened again ${latency(seconds)} after the last connection: ${plural(group.count, 'reused port')}`,
          evidence: { values: { reused: group.count, secondsAfterLast: seconds } },
        };
        group.lookAround(context, journey.path.ticks, journey.host, journey.path.first.processor, [
          source ?? '',
          destination ?? '',
        ]);
      },
    };
  },
};
