export { followPackets, type PathOptions } from './follow-packets.js';
export { type ListEventsOptions, listEvents } from './list-events.js';
export {
  type ListedPaths,
  type ListPathsOptions,
  listPaths,
  type PathSummaryResult,
  summarizePaths,
} from './list-paths.js';
