import { plural } from '../../format/index.js';
import { ABSENT } from '../../net/index.js';
import type { HopLocation } from '../../paths/index.js';
import { isGroupAddressed } from '../group-address.js';
import { findingFlow, type Journey, type JourneyNote } from '../journey.js';
import { lastLocation } from '../last-location.js';
import type { Rule } from '../rule.js';
import { SECOND } from '../unanswered.js';

/** Times that one packet must pass with a smaller TTL each time. */
const MIN_PASSES = 3;
/** Times that one packet must be seen at one location. */
const MIN_VISITS = 4;
/** Passes of one packet come within this time. */
const LOOP_TIME = BigInt(2 * SECOND);
const MAX_PACKETS = 20_000;

interface Passes {
  readonly notes: JourneyNote[];
  ttl: number;
  ticks: bigint;
}

/** Packets that pass the host again and again. */
export const pathLoop: Rule = {
  id: 'path-loop',
  severity: 'error',
  basis: 'seen',
  summary: 'Packets that go round in a loop',
  meaning:
    'The same packet passed the host several times, each time with a smaller TTL or at the same location. ' +
    'Two routers, or a router and this host, send it to each other until its TTL ends.',
  check: [
    'Get-NetRoute',
    'Get-NetIPInterface | select InterfaceAlias,Forwarding',
    'Test-NetConnection DESTINATION -TraceRoute',
    'Get-NetLbfoTeam',
  ],
  explain: [
    'Examines IP packets with equal addresses, protocol, identification and length. Reported are three or more within 2 ' +
      'seconds whose TTL gets smaller each time, and one packet with four or more appearances at the same location.',
    'Limits: loops of frames without IP are not found, and neither are packets without an IP identification.',
  ],
  observe: (context, findings) => {
    const packets = new Map<string, Passes>();
    const report = (notes: readonly JourneyNote[], passes: number, location: string): void => {
      const [first] = notes;
      if (first === undefined) return;
      const { destination, source } = first.flow;
      const group = findings.at(`${first.host} ${source} ${destination}`, () => ({
        title: '',
        flow: findingFlow(first.flow),
        evidence: { location },
      }));
      for (const note of notes) group.addPacket(note);
      const most = Math.max(passes, Number(group.subject?.evidence?.values?.passes ?? 0));
      group.subject = {
        ...group.subject,
        title: `packets ${source ?? ''} → ${destination ?? ''} go round in a loop: ${plural(most, 'pass', 'passes')} of one packet at ${location}`,
        evidence: { location, values: { passes: most } },
      };
    };
    return {
      onJourney: (journey) => {
        if (journey.isDerived) return;
        const visits = mostVisits(journey);
        if (visits >= MIN_VISITS && !isGroupAddressed(journey)) {
          report([journey.note()], visits, lastLocation(journey.note(), context));
          return;
        }
        const key = contentKey(journey);
        if (key === undefined) return;
        const { ttl } = journey.frame;
        const { ticks } = journey.path;
        const known = packets.get(key);
        packets.delete(key);
        if (known === undefined || ticks - known.ticks > LOOP_TIME || ttl >= known.ttl) {
          if (packets.size >= MAX_PACKETS) {
            const [oldest] = packets.keys();
            if (oldest !== undefined) packets.delete(oldest);
          }
          packets.set(key, { notes: [journey.note()], ttl, ticks });
          return;
        }
        known.ttl = ttl;
        known.ticks = ticks;
        if (known.notes.length < 100) known.notes.push(journey.note());
        packets.set(key, known);
        if (known.notes.length >= MIN_PASSES) {
          report(known.notes, known.notes.length, lastLocation(journey.note(), context));
        }
      },
    };
  },
};

function mostVisits({ hops }: Journey): number {
  if (hops.length < MIN_VISITS) return 0;
  const visits = new Map<HopLocation, number>();
  for (const { hopLocation } of hops) {
    if (!hopLocation.dropped) visits.set(hopLocation, (visits.get(hopLocation) ?? 0) + 1);
  }
  return Math.max(0, ...visits.values());
}

/** Equal for the passes of one packet; undefined if nothing tells packets apart. */
function contentKey({ flow, frame, host, originalLength }: Journey): string | undefined {
  const { fragmentOffset, identification, network, protocol, totalLength, ttl } = frame;
  if (network !== 'ipv4' || identification === ABSENT || identification === 0 || ttl === ABSENT)
    return undefined;
  const length = totalLength > 0 ? totalLength : originalLength;
  return `${host} ${flow.source} ${flow.destination} ${flow.sourcePort} ${flow.destinationPort} ${protocol} ${identification} ${fragmentOffset} ${length}`;
}
