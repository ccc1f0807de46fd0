export { ChecksumCounts } from './checksum-counts.js';
export { DropCounts } from './drop-counts.js';
export { ConvertError } from './errors.js';
export { EventLoopYielder } from './event-loop-yielder.js';
export { type Hint, type HintDetail, type HintId, hintsOf, noEventsHint } from './hints.js';
export { Interfaces, type UnknownComponents } from './interfaces.js';
export { type ChosenCopies, type CopyChoice, chooseCopies, type OneCopySummary } from './one-copy.js';
export { limitError, type OpenInput } from './open-input.js';
export type { ConversionOptions, EventsMode, InlineMode, Progress } from './options.js';
export type { FinishedFile, Output, OutputBytes } from './output.js';
export { outputLimitHint, outputLimitOf } from './output-limit.js';
export { OwnerCounts } from './owner-counts.js';
export { PacketIdentity } from './packet-identity.js';
export { ProcessCounts } from './process-counts.js';
export { ProviderCounts } from './provider-counts.js';
export { type PassVisitor, runPass, warnOfChanges } from './run-pass.js';
export { type ManifestFile, type Pump, plainPump, type Runtime } from './runtime.js';
export { CopyCounter, SeenPackets } from './seen-packets.js';
export {
  type ConvertSummary,
  type DamageJson,
  type EventsFileSummary,
  type InterfaceSummary,
  type LoggerJson,
  type LossSummary,
  type OutputSummary,
  type ProviderSummary,
  type TraceFacts,
  type TraceSummary,
  traceFacts,
  traceSummary,
} from './summary.js';
export { prepare } from './survey.js';
export { DirectReader, type ReadableTrace, type TraceReader } from './trace-reader.js';
export { TraceSession } from './trace-session.js';
