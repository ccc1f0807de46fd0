import { plural } from '../../format/index.js';
import { Direction } from '../../packets/index.js';
import type { Flow } from '../../paths/index.js';
import { type DiagnosisContext, factsOf, mayBeLocal } from '../context.js';
import { flowKeys } from '../flow-keys.js';
import { findingFlow, type Journey } from '../journey.js';
import { lastLocation, lastLocationText } from '../last-location.js';
import { type Request, RequestTable } from '../request-table.js';
import type { Rule } from '../rule.js';
import { TcpFlag, tcpHeader } from '../tcp/tcp-header.js';
import { CAUSES_OF_SILENCE, SECOND } from '../unanswered.js';

/** The capture must go on for this long after a SYN. */
const WAIT = 3 * SECOND;
/** ... or after the first of several, the last of which the sender sent because no answer came. */
const RETRY_WAIT = 0.9 * SECOND;

/** A program that tries several addresses at a time gives up the other attempts when one is answered. */
const RACE = 2 * SECOND;
const MAX_ANSWERED = 10_000;

interface Syn {
  readonly flow: Flow;
  readonly ticks: bigint;
  readonly isInbound: boolean;
  /** A hop that is no drop record: the capture sees more than drops. */
  readonly wasSeenPassing: boolean;
}

/** TCP connections whose first packet got no answer at all. */
export const tcpSynUnanswered: Rule = {
  id: 'tcp-syn-unanswered',
  severity: 'error',
  basis: 'inferred',
  summary: 'TCP connections without an answer',
  meaning:
    'A program tried to open a TCP connection, and no answer came: neither SYN-ACK nor RST. ' +
    'The last location of the SYN shows how far it came.',
  check: [
    'Test-NetConnection -ComputerName HOST -Port PORT',
    'Get-NetTCPConnection -State SynSent,Listen',
    'Get-NetFirewallRule -Enabled True -Action Block',
    'pktmon start --capture --comp all --pkt-size 0',
  ],
  explain: [
    'Examines the first packet of each TCP connection (SYN without ACK) at all its locations, with the addresses before and ' +
      'after NAT. Any segment in the other direction is an answer, and so is a segment of the sender without SYN and RST.',
    'Reported are: a SYN sent at least twice, 0.9 seconds apart; a SYN of this host that Windows dropped and that was not ' +
      'answered later; a single SYN of this host, if the capture has packets 3 seconds later. A single SYN from outside is ' +
      'not reported: port scans look like this. Nor are SYNs to addresses that this host does not have.',
    'A single SYN of this host is a note if another attempt to the same port was answered within 2 seconds, at the same address or ' +
      'with the other version of IP: programs race several attempts and give up the slower ones.',
    'Limits: nothing is reported for captures of drops alone, and single SYNs are not reported if events were lost. With a ' +
      'capture filter or with traffic that bypasses Windows, the answer may exist without being captured.',
  ],
  protocols: ['TCP'],
  causes: CAUSES_OF_SILENCE,
  observe: (context, findings) => {
    const table = new RequestTable<Syn>();
    /** Attempts of this host that were answered. */
    const answered: Syn[] = [];
    return {
      onJourney: (journey) => {
        const header = journey.isDerived ? undefined : tcpHeader(journey);
        if (header === undefined) return;
        const isSyn = (header.flags & (TcpFlag.syn | TcpFlag.ack | TcpFlag.rst)) === TcpFlag.syn;
        if (!isSyn && table.isEmpty) return;
        if (isSyn) {
          table.ask(flowKeys(journey, false), journey, () => synOf(journey));
          return;
        }
        const request = table.answer(flowKeys(journey, true), journey);
        if (request !== undefined) {
          if (!request.data.isInbound && answered.length < MAX_ANSWERED) answered.push(request.data);
          return;
        }
        // The sender continues: it has an answer that the capture does not have.
        if ((header.flags & TcpFlag.rst) !== 0) return;
        table.answer(flowKeys(journey, false), journey);
      },
      onEnd: () => {
        for (const request of table.waiting) {
          if (!isUnanswered(request, context)) continue;
          const isAbandoned =
            request.attemptCount === 1 && answered.some((other) => isRival(request.data, other));
          report(request, isAbandoned, context, findings);
        }
      },
    };
  },
};

/** Whether a program may have raced two attempts. */
function isRival({ flow, ticks }: Syn, other: Syn): boolean {
  if (flow.destinationPort !== other.flow.destinationPort) return false;
  if (Math.abs(Number(other.ticks - ticks)) > RACE) return false;
  return flow.destination === other.flow.destination || isV6(flow) !== isV6(other.flow);
}

const isV6 = ({ destination }: Flow): boolean => destination?.includes(':') === true;

function synOf(journey: Journey): Syn {
  const { hopLocation } = journey.path.first;
  return {
    flow: journey.flow,
    ticks: journey.path.ticks,
    isInbound: hopLocation.direction === Direction.inbound && journey.path.source !== 'vswitch',
    wasSeenPassing: journey.hops.some(({ hopLocation: { dropped } }) => !dropped),
  };
}

function isUnanswered({ attemptCount, attempts, data }: Request<Syn>, context: DiagnosisContext): boolean {
  const { facts } = context;
  const [first] = attempts;
  const last = attempts.at(-1);
  if (first === undefined || last === undefined || !data.wasSeenPassing) return false;
  // Packets between other hosts, on a mirror port or in an unknown-unicast flood, are answered elsewhere.
  const leftSwitch =
    last.ending.kind === 'delivered' && (last.ending.to === 'vnic' || last.ending.to === 'port');
  if (data.isInbound && !leftSwitch && !mayBeLocal(context, first.host, data.flow.destination)) return false;
  if (attemptCount > 1 && Number(last.ticks - first.ticks) >= RETRY_WAIT) return true;
  if (data.isInbound) return false;
  if (attempts.every(({ ending }) => ending.kind === 'dropped' && !ending.inferred)) return true;
  const hasLost = facts.traces.some(({ lost: { buffers, events } }) => events + buffers > 0);
  return !hasLost && Number(facts.lastPacket - first.ticks) >= WAIT;
}

function report(
  { attempts, data }: Request<Syn>,
  isAbandoned: boolean,
  context: DiagnosisContext,
  findings: Parameters<Rule['observe']>[1],
): void {
  const last = attempts.at(-1);
  if (last === undefined) return;
  const flow = findingFlow(data.flow);
  const { host } = last;
  const { hop } = last.ending;
  const facts = factsOf(context, hop, host);
  const location = lastLocationText(last, context);
  const group = findings.at(`${host} ${flow.destination} ${location} ${isAbandoned}`, () => ({
    title: '',
    severity: isAbandoned ? 'note' : 'error',
    interface: facts.interface,
    component: facts.nic ?? facts.component,
    compartment: last.compartment,
    flow,
    alternatives:
      context.facts.traces.some(({ filters }) => filters.length > 0) && last.ending.kind !== 'dropped'
        ? ['The capture filter may have excluded the answers.']
        : [],
  }));
  for (const attempt of attempts) group.addPacket(attempt);
  const connections = Number(group.subject?.evidence?.values?.connections ?? 0) + 1;
  const several = connections === 1 ? '' : ` of ${connections} connections`;
  const first = group.subject?.flow ?? flow;
  group.subject = {
    ...group.subject,
    title: `no answer to TCP ${first.source} → ${first.destination}: ${plural(group.count, 'SYN')}${several}, ${location}${isAbandoned ? '; another attempt was answered' : ''}`,
    evidence: { location: lastLocation(last, context), values: { connections, attempts: group.count } },
  };
  if (data.flow.destination !== undefined) group.link(`neighbor ${data.flow.destination}`);
  group.lookAround(context, last.ticks, host, hop.processor, [
    data.flow.source ?? '',
    data.flow.destination ?? '',
  ]);
}
