import { latency, plural } from '../../format/index.js';
import { Histogram, type HopLocation } from '../../paths/index.js';
import { factsOf } from '../context.js';
import { findingFlow, type JourneyNote } from '../journey.js';
import { locationName } from '../last-location.js';
import type { Rule } from '../rule.js';
import { SECOND } from '../unanswered.js';

/** A hop is slow from this time on, ... */
const SLOW = 0.02 * SECOND;
/** ... if it also takes this many times the median of the hop, ... */
const TIMES_MEDIAN = 20;
/** ... in a hop that so many packets passed. */
const MIN_PACKETS = 8;
/** One packet is reported from this time on; shorter delays from three packets on. */
const VERY_SLOW = 0.2 * SECOND;
const MIN_SLOW = 3;
const MAX_HOPS = 10_000;
const MAX_SLOW = 1000;

interface Step {
  readonly times: Histogram;
  readonly slow: { readonly note: JourneyNote; readonly ticks: number; readonly processor: number }[];
}

/** Hops between two locations that took far longer than usual. */
export const pathSlowHop: Rule = {
  id: 'path-slow-hop',
  severity: 'warning',
  basis: 'seen',
  summary: 'Hops inside the host that took far longer than usual',
  meaning:
    'Some packets waited between two locations in the network stack far longer than others on the same path. ' +
    'A queue, a busy processor, or a filter driver held them back.',
  check: [
    'Get-Counter "\\Processor(*)\\% DPC Time","\\Processor(*)\\% Interrupt Time"',
    'Get-NetAdapterRss',
    'Get-NetQosPolicy',
    'Get-NetAdapterBinding -AllBindings',
  ],
  explain: [
    'Examines the time between consecutive locations of each packet. A hop is slow if it takes at least 20 milliseconds and 20 ' +
      'times the median of this hop; the hop must have been passed by at least 8 packets.',
    'Reported from three slow packets on, or for one packet that took 0.2 seconds or longer. Hops to a drop record and packets with ' +
      'an ambiguous match are not examined.',
    'Limits: a packet that waits for the MAC address of its neighbor is slow too, and so is a packet that a traffic policy delays ' +
      'on purpose.',
  ],
  observe: (context, findings) => {
    const steps = new Map<HopLocation, Map<HopLocation, Step>>();
    let count = 0;
    const stepOf = (from: HopLocation, to: HopLocation): Step | undefined => {
      let next = steps.get(from);
      if (next === undefined) {
        next = new Map();
        steps.set(from, next);
      }
      let step = next.get(to);
      if (step === undefined) {
        if (count >= MAX_HOPS) return undefined;
        count += 1;
        step = { times: new Histogram(), slow: [] };
        next.set(to, step);
      }
      return step;
    };
    return {
      onJourney: (journey) => {
        const { hops, path } = journey;
        if (path.ambiguous || path.cut !== undefined) return;
        for (let n = 1; n < hops.length; n++) {
          const from = hops[n - 1];
          const to = hops[n];
          if (from === undefined || to === undefined || to.hopLocation.dropped || from.hopLocation.dropped)
            continue;
          const step = stepOf(from.hopLocation, to.hopLocation);
          if (step === undefined) continue;
          const ticks = to.since - from.since;
          step.times.add(ticks);
          if (ticks >= SLOW && step.slow.length < MAX_SLOW) {
            step.slow.push({ note: journey.note(), ticks, processor: to.processor });
          }
        }
      },
      onEnd: () => {
        for (const [from, next] of steps) {
          for (const [to, { slow, times }] of next) {
            if (slow.length === 0 || times.count < MIN_PACKETS) continue;
            const median = times.percentile(0.5);
            const reported = slow.filter(({ ticks }) => ticks >= median * TIMES_MEDIAN);
            const longest = reported.reduce((most, { ticks }) => Math.max(most, ticks), 0);
            const [first] = reported;
            if (first === undefined || (reported.length < MIN_SLOW && longest < VERY_SLOW)) continue;
            const { note, processor } = first;
            const names = [from, to].map((hopLocation) => locationName(hopLocation, note.host, context));
            const facts = factsOf(context, note.ending.hop, note.host);
            const group = findings.at(`${note.host} ${names.join(' > ')}`, () => ({
              title: `${plural(reported.length, 'packet')} took up to ${latency(longest / SECOND)} from ${names[0]} to ${names[1]}; median ${latency(median / SECOND)} of ${times.count}`,
              interface: facts.interface,
              flow: findingFlow(note.flow),
              evidence: {
                location: names[1] ?? '',
                values: {
                  longestSeconds: longest / SECOND,
                  medianSeconds: median / SECOND,
                  packets: times.count,
                },
              },
            }));
            for (const each of reported) group.addPacket(each.note);
            group.lookAround(context, note.ticks, note.host, processor, []);
          }
        }
      },
    };
  },
};
