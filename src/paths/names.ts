import { ComponentType, Direction } from '../capture/index.js';
import type { PlaceFacts, Station } from './station.js';

/** A station in few words: `xdp.sys #61 Lower Rx`, `Container NIC web port 3 Ingress`. */
export function stationName(station: Station, facts: PlaceFacts): string {
  return words(
    facts.interface,
    edgeName(station, facts),
    station.directionText,
    station.dropped ? 'dropped' : '',
  );
}

/**
 * The same without numbers that Windows gives anew at each boot, so that stations of two traces can be compared:
 * `xdp.sys (Filter, XDP Lightweight Filter) Lower Rx`.
 */
export function stableStationName(station: Station, facts: PlaceFacts): string {
  return words(
    stablePlaceName(facts),
    edgeName(station, facts),
    station.directionText,
    station.dropped ? 'dropped' : '',
  );
}

/** A place without numbers that Windows gives anew at each boot. */
export function stablePlaceName(facts: PlaceFacts): string {
  const { component, componentTypeName, description } = facts;
  if (component === undefined) return facts.interface;
  const about = [componentTypeName, description].filter((text) => text !== undefined && text !== '');
  return about.length === 0 ? component : `${component} (${about.join(', ')})`;
}

/** An edge's name, or its number; nothing where the component has one edge only, or none. */
export function edgeName(station: Station, facts: PlaceFacts): string {
  if (station.edgeId <= 0) return '';
  return facts.edges.get(station.edgeId) ?? `edge ${station.edgeId}`;
}

/** What a station's component is to the stack: the order in which a map shows them, from the wire up. */
export function layerOf(station: Station, facts: PlaceFacts): 'wire' | 'stack' | undefined {
  if (station.place.source === 'ndis') return 'wire';
  switch (facts.componentType) {
    case ComponentType.ipInterface:
    case ComponentType.http:
    case ComponentType.httpMessage:
      return 'stack';
    default:
      return undefined;
  }
}

/** `down` to the wire, `up` from it. */
export function headingOf({ direction }: Station): 'up' | 'down' | undefined {
  if (direction === Direction.inbound) return 'up';
  return direction === Direction.outbound ? 'down' : undefined;
}

const words = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');
