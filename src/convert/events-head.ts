import type {
  SidecarCompartment,
  SidecarComponent,
  SidecarCounters,
  SidecarHead,
  SidecarInterface,
  SidecarTrace,
} from '../events/index.js';
import type { Compartment, Component, FlowCounters } from '../host/index.js';
import type { InterfaceSummary, TraceSession } from '../passes/index.js';
import { traceSummary } from '../passes/index.js';

/** What stands before the events: all that the survey learnt. */
export function sidecarHead(
  sessions: readonly TraceSession[],
  interfaces: readonly InterfaceSummary[],
): SidecarHead {
  // Traces of one host and boot share their model.
  const hosts = [...new Set(sessions.map(({ host }) => host))];
  const traces = sessions.map(traceMember);
  const [only] = traces;
  return {
    trace: only !== undefined && traces.length === 1 ? only : traces,
    interfaces: interfaces.map(interfaceMember),
    components: hosts.flatMap(({ components }) => [...components.values()].map(componentMember)),
    compartments: hosts.flatMap(({ compartments }) => [...compartments.values()].map(compartmentMember)),
    providers: sessions.flatMap((session) =>
      session.providers
        .summary((id) => session.providerName(id))
        .map(({ events, id, name }) => ({ id, ...(name !== undefined && { name }), events })),
    ),
  };
}

function traceMember(session: TraceSession): SidecarTrace {
  const { build, bytes, closed, damage, end, host, input, lost, os, start } = traceSummary(session);
  const { clockType, loggerName, pointerSize, processors } = session.trace.header;
  return {
    input,
    bytes,
    ...(host !== undefined && { host }),
    ...(os !== undefined && { os }),
    build,
    start,
    ...(end !== undefined && { end }),
    closed,
    clock: clockType,
    processors,
    pointerSize,
    ...(loggerName !== '' && { logger: loggerName }),
    filters: session.host.filters,
    lost: { events: lost.events, buffers: lost.buffers },
    damage: { places: damage.places, bytes: damage.bytes },
  };
}

/** What an interface is; how many packets it had is known behind the events. */
function interfaceMember(summary: InterfaceSummary): SidecarInterface {
  const { drops: _drops, packets: _packets, output: _output, ...what } = summary;
  return what;
}

const componentMember = (component: Component): SidecarComponent => ({
  id: component.id,
  type: component.typeName,
  name: component.name,
  description: component.description,
  present: component.present,
  properties: component.properties.map(({ name, value }) => ({ name, value })),
  edges: component.edges.map(({ counters, id, name }) => ({ id, name, counters: countersMember(counters) })),
  ...(component.drops && { drops: countersMember(component.drops) }),
});

const countersMember = (counters: FlowCounters): SidecarCounters => ({
  inTag: counters.inTag,
  packetsIn: String(counters.packetsIn),
  bytesIn: String(counters.bytesIn),
  outTag: counters.outTag,
  packetsOut: String(counters.packetsOut),
  bytesOut: String(counters.bytesOut),
});

const compartmentMember = ({
  addresses,
  aliases,
  guid,
  id,
  ifIndexes,
  name,
}: Compartment): SidecarCompartment => ({
  id,
  ...(guid !== undefined && { guid }),
  ...(name !== undefined && { name }),
  interfaces: aliases,
  ifIndexes,
  addresses: addresses.map(({ text }) => text),
});
