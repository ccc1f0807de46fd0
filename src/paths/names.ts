import type { CaptureLocationFacts, HopLocation } from './hop-location.js';

/** A short name of a hop location: `xdp.sys #61 Lower Rx`, `Container NIC web port 3 Ingress`. */
export function hopLocationName(hopLocation: HopLocation, facts: CaptureLocationFacts): string {
  return words(facts.interface, ...wayWords(hopLocation, facts));
}

/** {@link hopLocationName} without the word for a drop. */
export const endName = (hopLocation: HopLocation, facts: CaptureLocationFacts): string =>
  words(facts.interface, ...captureLocationWords(hopLocation, facts));

/**
 * The same without numbers that Windows assigns at each boot, so that hop locations of two traces can be compared:
 * `xdp.sys (Filter, XDP Lightweight Filter) Lower Rx`.
 */
export function stableHopLocationName(hopLocation: HopLocation, facts: CaptureLocationFacts): string {
  return words(stableCaptureLocationName(facts), ...wayWords(hopLocation, facts));
}

/** The name of a location without numbers that Windows assigns at each boot. */
export function stableCaptureLocationName(facts: CaptureLocationFacts): string {
  const { component, componentTypeName, description } = facts;
  if (component === undefined) return facts.interface;
  const about = [componentTypeName, description].filter((text) => text !== undefined && text !== '');
  return about.length === 0 ? component : `${component} (${about.join(', ')})`;
}

/** An edge's name, or its number; empty if the source has no edges, or the component itself is one (edge 0). */
export function edgeName(edgeId: number, facts: CaptureLocationFacts): string {
  return edgeId <= 0 ? '' : (facts.edges.get(edgeId) ?? `edge ${edgeId}`);
}

const wayWords = (hopLocation: HopLocation, facts: CaptureLocationFacts): string[] => [
  ...captureLocationWords(hopLocation, facts),
  hopLocation.dropped ? 'dropped' : '',
];

function captureLocationWords(
  { destinations, directionText, edgeId }: HopLocation,
  facts: CaptureLocationFacts,
): string[] {
  const ports = destinations.map(({ portId }) => portId).join(',');
  return [edgeName(edgeId, facts), directionText ?? '', ports === '' ? '' : `to port ${ports}`];
}

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
