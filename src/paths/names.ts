import type { PlaceFacts, Station } from './station.js';

/** A station in few words: `xdp.sys #61 Lower Rx`, `Container NIC web port 3 Ingress`. */
export function stationName(station: Station, facts: PlaceFacts): string {
  return words(facts.interface, ...wayWords(station, facts));
}

/** {@link stationName} without the word that says that the packet was dropped there. */
export const endName = (station: Station, facts: PlaceFacts): string =>
  words(facts.interface, ...placeWords(station, facts));

/**
 * The same without numbers that Windows gives anew at each boot, so that stations of two traces can be compared:
 * `xdp.sys (Filter, XDP Lightweight Filter) Lower Rx`.
 */
export function stableStationName(station: Station, facts: PlaceFacts): string {
  return words(stablePlaceName(facts), ...wayWords(station, facts));
}

/** A place without numbers that Windows gives anew at each boot. */
export function stablePlaceName(facts: PlaceFacts): string {
  const { component, componentTypeName, description } = facts;
  if (component === undefined) return facts.interface;
  const about = [componentTypeName, description].filter((text) => text !== undefined && text !== '');
  return about.length === 0 ? component : `${component} (${about.join(', ')})`;
}

/** An edge's name, or its number; nothing where the source has no edges, or the component is one (edge 0). */
export function edgeName(edgeId: number, facts: PlaceFacts): string {
  return edgeId <= 0 ? '' : (facts.edges.get(edgeId) ?? `edge ${edgeId}`);
}

const wayWords = (station: Station, facts: PlaceFacts): string[] => [
  ...placeWords(station, facts),
  station.dropped ? 'dropped' : '',
];

function placeWords({ destinations, directionText, edgeId }: Station, facts: PlaceFacts): string[] {
  const ports = destinations.map(({ portId }) => portId).join(',');
  return [edgeName(edgeId, facts), directionText ?? '', ports === '' ? '' : `to port ${ports}`];
}

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
