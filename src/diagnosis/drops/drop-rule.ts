import { type DiagnosisContext, factsOf } from '../context.js';
import type { Evidence, FindingFlow } from '../finding.js';
import type { FindingGroup, FindingGroups } from '../finding-groups.js';
import { findingFlow } from '../journey.js';
import type { Rule } from '../rule.js';
import type { Drop } from './drop.js';

/** The part of a rule about drops that differs between rules. */
export interface DropRuleOptions
  extends Pick<Rule, 'id' | 'summary' | 'meaning' | 'check' | 'explain'>,
    Partial<Pick<Rule, 'severity' | 'basis' | 'causes' | 'events' | 'notVisible'>> {
  readonly drops: NonNullable<Rule['drops']>;
  /**
   * The event that the title reports, after the number of packets: `dropped at vmswitch.sys #62: VLAN 999 is not
   * allowed`.
   */
  readonly titleOf: (drop: Drop, context: DiagnosisContext) => string;
  /** Facts for the evidence besides reason, location and event. */
  readonly valuesOf?: (drop: Drop, context: DiagnosisContext) => Evidence['values'];
  /** Called for each drop of a finding. */
  readonly onDrop?: (drop: Drop, group: FindingGroup, context: DiagnosisContext) => void;
}

/** A rule about drops: one finding for each reason and location. */
export function dropRule({ onDrop, titleOf, valuesOf, ...texts }: DropRuleOptions): Rule {
  return {
    severity: 'error',
    basis: 'logged',
    ...texts,
    observe: (context, findings) => ({
      onDrop: (drop) => {
        const group = groupOf(drop, context, findings, titleOf, valuesOf);
        addDrop(group, drop, context);
        onDrop?.(drop, group, context);
      },
    }),
  };
}

function groupOf(
  drop: Drop,
  context: DiagnosisContext,
  findings: FindingGroups,
  titleOf: DropRuleOptions['titleOf'],
  valuesOf: DropRuleOptions['valuesOf'],
): FindingGroup {
  const title = titleOf(drop, context);
  const { host, json, location } = drop;
  return findings.at(`${host} ${location} ${json.Drop} ${title}`, () => {
    const { hop } = drop;
    const facts = hop && factsOf(context, hop, host);
    return {
      title,
      interface: facts?.interface,
      component: facts?.nic ?? facts?.component,
      compartment: drop.journey?.path.compartment ?? drop.byEvent?.compartment,
      process: drop.byEvent?.process,
      flow: flowOf(drop),
      evidence: dropEvidence(drop, valuesOf?.(drop, context)),
    };
  });
}

/** Counts a drop in a finding, with its events and those around it. */
export function addDrop(group: FindingGroup, drop: Drop, context: DiagnosisContext): void {
  const { events, hop, host, journey, ticks } = drop;
  if (journey !== undefined) group.addPacket(journey.note());
  for (const event of events) group.addEvent(event, journey === undefined);
  const processor = hop?.processor ?? events[0]?.processor ?? 0;
  const names = [
    hop?.hopLocation.captureLocation.nicName,
    drop.flow?.source,
    drop.flow?.destination,
    ...(drop.byEvent?.nics ?? []),
  ];
  group.lookAround(
    context,
    ticks,
    host,
    processor,
    names.filter((name) => name !== undefined),
  );
}

/** The evidence of a drop: reason, location, and its event. */
export function dropEvidence(drop: Drop, values?: Evidence['values']): Evidence {
  const [event] = drop.events;
  return {
    ...drop.json,
    location: drop.location,
    ...(event && {
      provider: event.json.provider ?? event.providerId,
      eventId: event.id,
      fields: event.json.data,
    }),
    ...(values && { values }),
  };
}

const flowOf = ({ byEvent, flow }: Drop): FindingFlow | undefined =>
  flow === undefined ? byEvent?.flow : findingFlow(flow);
