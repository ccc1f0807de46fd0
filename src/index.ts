/**
 * etlcap as a library: Windows ETL packet captures to pcapng.
 *
 * @packageDocumentation
 */

export {
  type Damage,
  type DamageKind,
  EtlError,
  type EtlErrorCode,
  type EventRecord,
  NO_ID,
  type RecordKind,
  type TraceHeader,
  type TraceSurvey,
} from './etl/index.js';
export { eventText, eventTitle, type SidecarEvent } from './events/index.js';
export type {
  BufferInfo,
  CompartmentInfo,
  ComponentInfo,
  CountersInfo,
  HostInfo,
  HostInterfaceInfo,
  LoggerInfo,
  PlaceInfo,
  SwitchNameInfo,
  TraceInfo,
} from './info/index.js';
export {
  type ConvertInput,
  expandInputs,
  Inputs,
  outputPath,
  removeTemporaries,
  stemOf,
  systemReason,
  TraceInput,
} from './io/index.js';
export type { ConvertOptions } from './library/index.js';
export {
  type ConvertOutput,
  convert,
  EtlToPcapng,
  type EtlToPcapngEvents,
  etlToPcapng,
  type ListEventsOptions,
  type ListPathsOptions,
  listEvents,
  listPaths,
  merge,
  type OpenedTrace,
  openTrace,
  type PathOptions,
  type ReportOptions,
  type StreamOptions,
  summarizePaths,
  type TraceInfoOptions,
  traceInfo,
  writeReport,
} from './library/index.js';
export type { ListedPaths, PathSummaryResult } from './listing/index.js';
export type { CommentMode, CorrelationCounts } from './packets/index.js';
export type { Hint, HintDetail, HintId } from './passes/index.js';
export {
  ConvertError,
  type ConvertSummary,
  type CopyChoice,
  type DropSummary,
  type EventsMode,
  type InlineMode,
  type InterfaceSummary,
  type LossSummary,
  type OneCopySummary,
  type OutputSummary,
  type Progress,
  type ProviderSummary,
  type TraceSummary,
  type UnknownComponents,
} from './passes/index.js';
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
} from './paths/index.js';
export { PcapngWriter } from './pcap-writer/index.js';
