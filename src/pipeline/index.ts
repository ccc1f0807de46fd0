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
export { expandInputs, Inputs, TraceInput } from './archive/expand.js';
export { stemOf } from './archive/names.js';
export type { ConvertInput } from './archive/open-inputs.js';
export { outputPath } from './archive/output-path.js';
export { type ConvertOutput, convert, merge } from './convert.js';
export { ConvertError, systemReason } from './errors.js';
export {
  EtlToPcapng,
  type EtlToPcapngEvents,
  etlToPcapng,
  type StreamOptions,
} from './etl-to-pcapng.js';
export type { Hint, HintDetail, HintId } from './hints.js';
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
export type { UnknownComponents } from './interfaces.js';
export { type ListEventsOptions, listEvents } from './list-events.js';
export { type OpenedTrace, openTrace } from './open-trace.js';
export type { ConvertOptions, EventsMode, InlineMode, Progress } from './options.js';
export { removeTemporaries } from './output.js';
export {
  type ListedPaths,
  type ListPathsOptions,
  listPaths,
  type PathSummaryResult,
  summarizePaths,
} from './path-lists.js';
export type { PathOptions } from './paths.js';
export { type ReportOptions, writeReport } from './report-page.js';
export type {
  ConvertSummary,
  DropSummary,
  InterfaceSummary,
  LossSummary,
  OutputSummary,
  ProviderSummary,
  TraceSummary,
} from './summary.js';
