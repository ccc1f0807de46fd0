export type { CommentMode } from '../capture/index.js';
export {
  comparePaths,
  type DropCountJson,
  type EndingJson,
  type HopJson,
  type LatencyJson,
  type PathComparison,
  type PathJson,
  type PathSummaryJson,
  protocolNamed,
} from '../paths/index.js';
export { eventText, eventTitle, type SidecarEvent } from '../sidecar/index.js';
export { type ConvertInput, type ConvertOutput, convert, merge } from './convert.js';
export { ConvertError, systemReason } from './errors.js';
export {
  EtlToPcapng,
  type EtlToPcapngEvents,
  etlToPcapng,
  type StreamOptions,
} from './etl-to-pcapng.js';
export { entryIdOf } from './file-identity.js';
export {
  type BufferInfo,
  type CompartmentInfo,
  type ComponentInfo,
  type CountersInfo,
  type HostInfo,
  type HostInterfaceInfo,
  type LoggerInfo,
  type PlaceInfo,
  type SwitchNameInfo,
  type TraceInfo,
  type TraceInfoOptions,
  traceInfo,
} from './info.js';
export { InputGuard } from './input-guard.js';
export { removeLeftovers } from './leftovers.js';
export { type ListEventsOptions, listEvents } from './list-events.js';
export { type OpenedTrace, openTrace } from './open-trace.js';
export type { ConvertOptions, EventsMode, InlineMode, Progress } from './options.js';
export { writeWholeFile } from './output.js';
export {
  type ListedPaths,
  type ListPathsOptions,
  listPaths,
  type PathSummaryResult,
  summarizePaths,
} from './path-lists.js';
export type { PathOptions } from './paths.js';
export { type ReportOptions, writeReport } from './report-page.js';
export { areSameFile, isSameFile, isStandardStream } from './standard-stream.js';
export type {
  ConvertSummary,
  DropSummary,
  InterfaceSummary,
  LossSummary,
  OutputSummary,
  ProviderSummary,
  TraceSummary,
} from './summary.js';
export { removeTemporaries } from './temporary-file.js';
