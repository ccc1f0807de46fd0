export { comparePaths, type PathComparison } from './compare.js';
export {
  type EndingJson,
  type HopJson,
  type PathJson,
  type PathNames,
  pathJson,
  secondsOf,
} from './describe.js';
export { type PathCriteria, PathFilter } from './filter.js';
export { protocolNamed } from './flow.js';
export { Histogram } from './histogram.js';
export { stationName } from './names.js';
export { isProtocol, type PathNode } from './node.js';
export { PacketPath } from './packet-path.js';
export { type PlaceFacts, placeFacts } from './station.js';
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
} from './summary-json.js';
export { PathTracker } from './tracker.js';
