/// <reference types="node" preserve="true" />
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
  type PathOptions,
  type PathSummaryResult,
  summarizePaths,
} from './listing/index.js';
export type { CommentMode } from './packets/index.js';
export type { Hint, HintDetail, HintId } from './passes/index.js';
export {
  ConvertError,
  type ConvertOptions,
  type ConvertSummary,
  type DropSummary,
  type EventsMode,
  type InlineMode,
  type InterfaceSummary,
  type LossSummary,
  type OutputSummary,
  type Progress,
  type ProviderSummary,
  systemReason,
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
export { type ReportOptions, writeReport } from './report/index.js';
