import type { CaptureLocation, HostModel, InterfaceDetails } from '../host/index.js';
import type { Destination, Packet } from '../packets/index.js';

/** Facts about a hop location; unknown members are absent. */
export interface CaptureLocationFacts {
  /** As the pcapng names the interface. */
  readonly interface: string;
  readonly component?: string;
  readonly componentId?: number;
  /** See ComponentType of src/capture. */
  readonly componentType?: number;
  readonly componentTypeName?: string;
  readonly description?: string;
  /** Names of a component's edges by number. */
  readonly edges: ReadonlyMap<number, string>;
  readonly compartment?: number;
  readonly vSwitch?: string;
  /** The virtual NIC as people call it. */
  readonly nic?: string;
}

/** A location, a component's edge, a direction, and whether packets are dropped there. */
export interface HopLocation {
  /** Counts the hop locations of a tracker. */
  readonly id: number;
  /** Which host's: traces of several can be merged. */
  readonly host: number;
  readonly captureLocation: CaptureLocation;
  /** UNKNOWN (-1) where the source has no edges. */
  readonly edgeId: number;
  readonly direction: Packet['direction'];
  readonly directionText: string | undefined;
  readonly dropped: boolean;
  /** vSwitch, after the forwarding decision; otherwise empty. */
  readonly destinations: readonly Destination[];
}

/** Limit of hop locations; beyond it there is one for each location. */
const MAX_HOP_LOCATIONS = 200_000;
/** Different lists of destinations that are distinguished. */
const MAX_DESTINATION_LISTS = 20_000;

const DIRECTION_TEXTS: ReadonlyMap<string | undefined, number> = new Map(
  [undefined, 'In', 'Out', 'Rx', 'Tx', 'Ingress', 'Egress', 'send', 'receive'].map((text, n) => [text, n]),
);

/** All hop locations; the same hop location is the same object. */
export class HopLocationTable {
  readonly hopLocations: HopLocation[] = [];
  readonly #byCaptureLocation = new Map<CaptureLocation, Map<number, HopLocation>>();
  /** By identity: decoders repeat the lists. */
  #lists = new Map<readonly Destination[], number>();
  readonly #listTexts = new Map<string, number>();
  #lastCaptureLocation: CaptureLocation | undefined;
  #lastOfPlace = new Map<number, HopLocation>();

  /** Hot path. */
  hopLocationOf(packet: Packet, host: number): HopLocation {
    const { edgeId, captureLocation } = packet;
    if (captureLocation !== this.#lastCaptureLocation) {
      this.#lastCaptureLocation = captureLocation;
      this.#lastOfPlace = this.#ofCaptureLocation(captureLocation);
    }
    const list = packet.destinations.length === 0 ? 0 : this.#listNumber(packet.destinations);
    const direction = DIRECTION_TEXTS.get(packet.directionText) ?? 0;
    const key = ((list * 0x1_0000 + edgeId + 1) * 16 + direction) * 2 + (packet.dropped ? 1 : 0);
    return this.#lastOfPlace.get(key) ?? this.#newHopLocation(packet, host, key);
  }

  #ofCaptureLocation(captureLocation: CaptureLocation): Map<number, HopLocation> {
    let hopLocations = this.#byCaptureLocation.get(captureLocation);
    if (hopLocations === undefined) {
      hopLocations = new Map();
      this.#byCaptureLocation.set(captureLocation, hopLocations);
    }
    return hopLocations;
  }

  #newHopLocation(packet: Packet, host: number, key: number): HopLocation {
    const isFull = this.hopLocations.length >= MAX_HOP_LOCATIONS;
    const collective = isFull ? this.#lastOfPlace.get(COLLECTIVE) : undefined;
    if (collective !== undefined) return collective;
    const { destinations, direction, directionText, dropped, edgeId, captureLocation } = packet;
    const id = this.hopLocations.length;
    const hopLocation = {
      id,
      host,
      captureLocation,
      edgeId,
      direction,
      directionText,
      dropped,
      destinations,
    };
    this.hopLocations.push(hopLocation);
    this.#lastOfPlace.set(isFull ? COLLECTIVE : key, hopLocation);
    return hopLocation;
  }

  #listNumber(destinations: readonly Destination[]): number {
    const known = this.#lists.get(destinations);
    if (known !== undefined) return known;
    const text = destinations.map(({ nicName, portId }) => `${portId} ${nicName}`).join('\n');
    let number = this.#listTexts.get(text);
    if (number === undefined) {
      number = this.#listTexts.size < MAX_DESTINATION_LISTS ? this.#listTexts.size + 1 : 0;
      if (number > 0) this.#listTexts.set(text, number);
    }
    if (this.#lists.size >= MAX_DESTINATION_LISTS) this.#lists = new Map();
    this.#lists.set(destinations, number);
    return number;
  }
}

/** Key of the hop location for all beyond the limit. */
const COLLECTIVE = -1;

/** The model's facts about an interface. */
export function captureLocationFacts(details: InterfaceDetails, model: HostModel): CaptureLocationFacts {
  const { compartment, componentId, componentName, nic, vSwitch } = details;
  const component = componentId === undefined ? undefined : model.components.get(componentId);
  return {
    interface: details.name,
    ...(componentName !== undefined && { component: componentName }),
    ...(componentId !== undefined && { componentId }),
    ...(component && {
      componentType: component.type,
      componentTypeName: component.typeName,
      description: component.description,
    }),
    edges: new Map(component?.edges.map(({ id, name }) => [id, name])),
    ...(compartment !== undefined && { compartment }),
    ...(vSwitch !== undefined && { vSwitch }),
    ...(nic !== undefined && { nic }),
  };
}
