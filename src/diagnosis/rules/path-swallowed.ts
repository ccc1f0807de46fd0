import { plural } from '../../format/index.js';
import type { HopLocation } from '../../paths/index.js';
import { factsOf } from '../context.js';
import { isGroupAddressed } from '../group-address.js';
import { findingFlow, type JourneyNote } from '../journey.js';
import { lastLocation } from '../last-location.js';
import type { Rule } from '../rule.js';
import { hasLostEvents, SECOND } from '../unanswered.js';

/** Packets that entered before the end of the capture by less than this may still be on their way. */
const END = 0.1 * SECOND;
/** Packets of the same protocol that must have gone on at the location, for each that did not. */
const MIN_CONTINUED = 3;
const MAX_NOTES = 1000;
const MAX_LOCATIONS = 10_000;

interface Passed {
  continued: number;
  count: number;
  readonly notes: JourneyNote[];
}

/** Packets that disappeared inside a component, while others were. */
export const pathSwallowed: Rule = {
  id: 'path-swallowed',
  severity: 'error',
  basis: 'inferred',
  summary: 'Packets that disappeared inside a component',
  meaning:
    'Packets entered a component of the network stack and did not leave it, and Windows logged no drop; other packets of the same ' +
    'kind went on. A filter driver, such as a firewall or VPN client, may have discarded them.',
  check: [
    'Get-NetAdapterBinding -AllBindings',
    'fltmc; netcfg -s n',
    'netsh wfp show filters',
    'pktmon list --all',
  ],
  explain: [
    'Examines packets whose last appearance is where they enter a component that has another edge ahead. Reported if at least ' +
      'three times as many packets of the same protocol went on from there.',
    'Not reported are multicasts and broadcasts, packets in the last 0.1 seconds of the capture, and captures that lost events.',
    'Limits: only components that Windows shows with two edges can be examined. A component that answers packets itself looks the ' +
      'same.',
  ],
  observe: (context, findings) => {
    const passed = new Map<HopLocation, Map<string, Passed>>();
    const at = (location: HopLocation, protocol: string): Passed | undefined => {
      let byProtocol = passed.get(location);
      if (byProtocol === undefined) {
        if (passed.size >= MAX_LOCATIONS) return undefined;
        byProtocol = new Map();
        passed.set(location, byProtocol);
      }
      let known = byProtocol.get(protocol);
      if (known === undefined) {
        known = { continued: 0, count: 0, notes: [] };
        byProtocol.set(protocol, known);
      }
      return known;
    };
    return {
      onJourney: (journey) => {
        const { ending, flow, hops } = journey;
        for (const { hopLocation } of hops.slice(0, -1)) {
          const known = at(hopLocation, flow.protocol);
          if (known !== undefined) known.continued += 1;
        }
        if (ending.kind !== 'last-seen' || ending.unseenEdges.length === 0 || hops.length < 2) return;
        if (journey.isDerived || journey.path.cut !== undefined || isGroupAddressed(journey)) return;
        const known = at(ending.hop.hopLocation, flow.protocol);
        if (known === undefined) return;
        known.count += 1;
        if (known.notes.length < MAX_NOTES) known.notes.push(journey.note());
      },
      onEnd: () => {
        if (hasLostEvents(context.facts)) return;
        for (const byProtocol of passed.values()) {
          for (const [protocol, { continued, notes }] of byProtocol) {
            const early = notes.filter(({ ticks }) => Number(context.facts.lastPacket - ticks) >= END);
            const [first] = early;
            if (first === undefined || continued < MIN_CONTINUED * early.length) continue;
            const { hop } = first.ending;
            const facts = factsOf(context, hop, first.host);
            const location = lastLocation(first, context);
            const group = findings.at(`${first.host} ${location} ${protocol}`, () => ({
              title: `${plural(early.length, `${protocol} packet`)} entered ${location} and did not leave it; ${plural(continued, 'other')} went on`,
              interface: facts.interface,
              component: facts.component,
              flow: findingFlow(first.flow),
              evidence: { location, values: { disappeared: early.length, wentOn: continued } },
            }));
            for (const note of early) group.addPacket(note);
            group.lookAround(context, first.ticks, first.host, hop.processor, [
              first.flow.source ?? '',
              first.flow.destination ?? '',
            ]);
          }
        }
      },
    };
  },
};
