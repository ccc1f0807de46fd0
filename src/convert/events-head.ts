import type { EventsHead } from '../events/index.js';
import { type CompartmentJson, type ComponentJson, compartmentJson, componentJson } from '../host/index.js';
import {
  type DamageJson,
  type InterfaceSummary,
  type ProviderSummary,
  type TraceFacts,
  type TraceSession,
  traceFacts,
} from '../passes/index.js';

/** A trace before its records are converted. */
export interface EventsTrace extends TraceFacts {
  readonly damage: Pick<DamageJson, 'bytes' | 'sections'>;
}

/** The members of the events document that precede the events: results of the survey. */
export interface EventsHeadJson extends EventsHead {
  /** A list if several traces were merged. */
  readonly trace: EventsTrace | readonly EventsTrace[];
  readonly interfaces: readonly Omit<InterfaceSummary, 'dropped' | 'output' | 'packets'>[];
  readonly components: readonly ComponentJson[];
  readonly compartments: readonly CompartmentJson[];
  readonly providers: readonly Pick<ProviderSummary, 'id' | 'name' | 'records'>[];
}

export function eventsHead(
  sessions: readonly TraceSession[],
  interfaces: readonly InterfaceSummary[],
): EventsHeadJson {
  // Traces of one host and boot share their model.
  const hosts = [...new Set(sessions.map(({ host }) => host))];
  const traces = sessions.map(eventsTrace);
  const [only] = traces;
  return {
    trace: only !== undefined && traces.length === 1 ? only : traces,
    interfaces: interfaces.map(({ dropped: _dropped, output: _output, packets: _packets, ...head }) => head),
    components: hosts.flatMap(({ components }) => [...components.values()].map(componentJson)),
    compartments: hosts.flatMap(({ compartments }) => [...compartments.values()].map(compartmentJson)),
    providers: sessions.flatMap((session) =>
      session.providers
        .summary((id) => session.providerName(id))
        .map(({ id, name, records }) => ({ id, ...(name !== undefined && { name }), records })),
    ),
  };
}

function eventsTrace(session: TraceSession): EventsTrace {
  const { bytes, total } = session.trace.damage;
  return { ...traceFacts(session), damage: { sections: total, bytes } };
}
