export {
  type DiagnosedTraces,
  type DiagnoseOptions,
  type DiagnosisDocument,
  DiagnosisPass,
  diagnoseTraces,
} from './diagnose-traces.js';
export { type FollowOptions, followPackets, type PathListeners } from './follow-packets.js';
export { type WriteEventsOptions, writeEvents } from './write-events.js';
export {
  type ListedPaths,
  type PathComparisonResult,
  type PathSummaryResult,
  pathComparison,
  sumUpPaths,
  type WritePathsOptions,
  writePaths,
} from './write-paths.js';
