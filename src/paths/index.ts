export {
  type EndingJson,
  type HopJson,
  type PathJson,
  type PathNames,
  pathJson,
} from './describe.js';
export { type DeliveredTo, type Ending, endingOf, type FactsOf } from './ending.js';
export { type PathCriteria, PathFilter } from './filter.js';
export { type Conversation, type Flow, FlowTable, protocolNamed } from './flow.js';
export { Histogram } from './histogram.js';
export { type Hop, PacketPath, type PathCut } from './packet-path.js';
export { type PlaceFacts, placeFacts, type Station, StationTable } from './station.js';
export { PathTracker, type TrackerOptions } from './tracker.js';
