export { followPackets, type PathOptions } from './follow-packets.js';
export { type ListEventsOptions, listEvents } from './list-events.js';
export {
  type ListedPaths,
  type ListPathsOptions,
  listPaths,
  type PathComparisonResult,
  type PathSummaryResult,
  pathComparison,
  summarizePaths,
} from './list-paths.js';
