export type { JobError } from './job.js';
export { junitXml } from './junit.js';
export { mergeReports, parseReport } from './merge-reports.js';
export {
  type BatchReport,
  type BatchRules,
  type BatchTotals,
  type FileReport,
  isFailure,
  isLossy,
} from './report.js';
export { Batch, type BatchListener, type BatchOptions, type WorkOptions } from './run.js';
export { parseShard, type Shard, shardFromEnvironment } from './shard.js';
export { Watch, type WatchOptions } from './watch.js';
