export { type ConvertOutput, convert, convertOpened, merge } from './convert.js';
export type { ConvertOptions } from './convert-options.js';
export { EtlToPcapng, type EtlToPcapngEvents, etlToPcapng, type StreamOptions } from './etl-to-pcapng.js';
export { type ListEventsOptions, listEvents } from './list-events.js';
export { type OpenedTrace, openTrace } from './open-trace.js';
export { possibleOutputs } from './output-names.js';
export { type ListPathsOptions, listPaths, type PathOptions, summarizePaths } from './paths.js';
export { type TraceInfoOptions, traceInfo } from './trace-info.js';
export { type ReportOptions, writeReport } from './write-report.js';
