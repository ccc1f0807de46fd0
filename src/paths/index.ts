export { comparePaths, type PathComparison } from './compare.js';
export {
  endpointsOf,
  type HopJson,
  type JourneyStepJson,
  type PacketOutcomeJson,
  type PathJson,
  type PathNames,
  type PathOutcomeJson,
  pathJson,
  secondsOf,
} from './describe.js';
export { type Ending, endingOf } from './ending.js';
export { type PathCriteria, PathFilter } from './filter.js';
export { type Conversation, type Flow, FlowTable, protocolNamed } from './flow.js';
export { Histogram } from './histogram.js';
export { type CaptureLocationFacts, captureLocationFacts, type HopLocation } from './hop-location.js';
export { isStepEvent, readStep } from './journey-steps.js';
export { endName, hopLocationName } from './names.js';
export { isProtocol, type PathNode } from './node.js';
export { type Hop, PacketPath } from './packet-path.js';
export { type HostPath, PathSummary } from './summary.js';
export {
  type AsymmetryJson,
  type ConversationJson,
  type DroppedPacketJson,
  type LatencyJson,
  latencyJson,
  mostFrequentSteps,
  type NeverLeftJson,
  type PathCountsJson,
  type PathSummaryJson,
  type StepJson,
  summaryJson,
} from './summary-json.js';
export { PathTracker } from './tracker.js';
