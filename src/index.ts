/// <reference types="node" preserve="true" />
/**
 * etlcap as a library: Windows ETL packet captures to pcapng.
 *
 * @packageDocumentation
 */

export type {
  Basis,
  Diagnosis,
  Evidence,
  Finding,
  FindingFlow,
  NearbyEvent,
  Severity,
} from './diagnosis/index.js';
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
  traceInfoList,
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
  type DiagnoseTracesOptions,
  diagnose,
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
  type WriteTablesOptions,
  writeReport,
  writeTables,
} from './library/index.js';
export {
  type DiagnosisDocument,
  type ListedPaths,
  type PathComparisonResult,
  type PathSummaryResult,
  pathComparison,
} from './listing/index.js';
export type { CommentMode, CorrelationCounts, DropCountJson, DropJson } from './packets/index.js';
export type { Hint, HintDetail, HintId } from './passes/index.js';
export {
  ConvertError,
  type ConvertSummary,
  type CopyChoice,
  type DamageJson,
  type EventsFileSummary,
  type EventsMode,
  type InlineMode,
  type InterfaceSummary,
  type LoggerJson,
  type LossSummary,
  type OneCopySummary,
  type OutputSummary,
  type Progress,
  type ProviderSummary,
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
export type { TableFileSummary, TableFormat, TableName, TablesSummary } from './table/index.js';
