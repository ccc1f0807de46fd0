export { Batch, type BatchListener, type WorkOptions } from './batch.js';
export { junitXml } from './junit.js';
export { mergeReports, parseReport } from './merge-reports.js';
export { namedTraces } from './named-traces.js';
export { type BatchReport, type FileReport, isFailure, isLossy } from './report.js';
export { parseShard, type Shard, shardFromEnvironment } from './shard.js';
export { Watch } from './watch.js';
