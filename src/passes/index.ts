export { DropCounts } from './drop-counts.js';
export { ConvertError, hasCode, systemCode, systemReason } from './errors.js';
export { batches, Turns } from './event-loop-yielder.js';
export { type Hint, type HintDetail, type HintId, hintsOf, noEventsHint } from './hints.js';
export { Interfaces, type UnknownComponents } from './interfaces.js';
export type { ConvertOptions, EventsMode, InlineMode, Progress } from './options.js';
export { ProcessCounts } from './process-counts.js';
export { ProviderCounts } from './provider-counts.js';
export { type PlaceCounts, SeenPackets } from './seen-packets.js';
export {
  type ConvertSummary,
  type DropSummary,
  type InterfaceSummary,
  type LossSummary,
  type OutputSummary,
  type ProviderSummary,
  type SidecarOutputSummary,
  type TraceSummary,
  traceSummary,
} from './summary.js';
export { prepare } from './survey.js';
export { DirectReader, type ReadableTrace, type TraceReader } from './trace-reader.js';
export { TraceSession } from './trace-session.js';
