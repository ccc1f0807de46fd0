export {
  type Appearance,
  type CorrelationCounts,
  MATCH_KINDS,
  type MatchKind,
  Sighting,
} from './appearance.js';
export { type CorrelatorOptions, PacketCorrelator } from './correlator.js';
export {
  type ComponentFacts,
  type HostTopology,
  type LocatedPacket,
  type LocatedPlace,
  type Location,
  LocationTable,
} from './location.js';
