export {
  comparePaths,
  type DropChange,
  type HopChange,
  type PathComparison,
  type SlowerStep,
  type WayChange,
} from './compare.js';
export {
  type EndingJson,
  type HopJson,
  type PathJson,
  type PathNames,
  pathJson,
  secondsOf,
} from './describe.js';
export { type DeliveredTo, type Ending, endingOf, type FactsOf } from './ending.js';
export { type PathCriteria, PathFilter } from './filter.js';
export { type Conversation, type Flow, FlowTable, protocolNamed } from './flow.js';
export { Histogram } from './histogram.js';
export { stationName } from './names.js';
export { NodeTable, type PathNode } from './node.js';
export { type Hop, PacketPath, type PathCut } from './packet-path.js';
export { type PlaceFacts, placeFacts, type Station, StationTable } from './station.js';
export { PathSummary, type Way } from './summary.js';
export {
  type AsymmetryJson,
  type ConversationJson,
  type DropCountJson,
  type DropJson,
  type LatencyJson,
  latencyJson,
  mostFrequentSteps,
  type NeverLeftJson,
  type PathSummaryJson,
  type StepJson,
  summaryJson,
  type WayJson,
} from './summary-json.js';
export { PathTracker, type TrackerOptions } from './tracker.js';
