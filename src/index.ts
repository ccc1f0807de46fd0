/**
 * etlcap as a library: Windows ETL packet captures to pcapng.
 *
 * @packageDocumentation
 */

export { type ConvertOutput, convert, merge } from './convert/index.js';
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
  CaptureFilter,
  CompartmentJson,
  ComponentJson,
  CountersJson,
  HostInterfaceJson,
  InterfaceJson,
  SwitchNameJson,
} from './host/index.js';
export {
  type BufferInfo,
  type InterfaceInfo,
  type SystemInfo,
  type TraceInfo,
  type TraceInfoList,
  type TraceInfoOptions,
  traceInfo,
  traceInfoList,
} from './info/index.js';
export {
  type ConvertInput,
  expandInputs,
  Inputs,
  outputPath,
  removeTemporaries,
  stemOf,
  TraceInput,
} from './io/index.js';
export {
  EtlToPcapng,
  type EtlToPcapngEvents,
  etlToPcapng,
  type OpenedTrace,
  openTrace,
  type StreamOptions,
} from './library/index.js';
export {
  type ListEventsOptions,
  type ListedPaths,
  type ListPathsOptions,
  listEvents,
  listPaths,
  type PathComparisonResult,
  type PathOptions,
  type PathSummaryResult,
  pathComparison,
  summarizePaths,
} from './listing/index.js';
export type { CommentMode, DropCountJson, DropJson } from './packets/index.js';
export type { Hint, HintDetail, HintId } from './passes/index.js';
export {
  ConvertError,
  type ConvertOptions,
  type ConvertSummary,
  type DamageJson,
  type EventsFileSummary,
  type EventsMode,
  type InlineMode,
  type InterfaceSummary,
  type LoggerJson,
  type LossSummary,
  type OutputSummary,
  type Progress,
  type ProviderSummary,
  systemReason,
  type TraceFacts,
  type TraceSummary,
  type UnknownComponents,
} from './passes/index.js';
export {
  type ConversationJson,
  comparePaths,
  type DroppedPacketJson,
  type HopJson,
  type LatencyJson,
  type PacketOutcomeJson,
  type PathComparison,
  type PathCountsJson,
  type PathJson,
  type PathOutcomeJson,
  type PathSummaryJson,
  protocolNamed,
} from './paths/index.js';
export { PcapngWriter } from './pcap-writer/index.js';
export { type ReportOptions, writeReport } from './report/index.js';
