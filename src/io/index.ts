export { regularFile } from './archives/archive.js';
export { Archives, headOf } from './archives/archives.js';
export {
  expandInputs,
  Inputs,
  listTraces,
  openTraceAt,
  TraceInput,
  type TraceOrigin,
} from './archives/expand.js';
export { foreignError } from './archives/foreign.js';
export { formatOf } from './archives/format.js';
export { namedKind, stemOf } from './archives/names.js';
export { type ConvertInput, openInput, openInputs } from './archives/open-inputs.js';
export { outputPath } from './archives/output-path.js';
export { entryIdOf, statsOf } from './file-identity.js';
export { FileSource } from './file-source.js';
export { hostInfoPaths } from './host-info-files.js';
export { openFile, SPOOL_LIMIT } from './input.js';
export { InputGuard } from './input-guard.js';
export { batchWorker, packageFile, packageVersion, programCommand } from './installation.js';
export { removeLeftovers } from './leftovers.js';
export { manifestPaths } from './manifests.js';
export { nodeRuntime } from './node-runtime.js';
export { completeTogether, StreamOutput, writeWholeFile } from './output.js';
export { OutputSet } from './output-set.js';
export { pageAssets } from './page-assets.js';
export { areSameFile, isDescriptorName, isSameFile, isStandardStream } from './standard-stream.js';
export { hasCode, systemReason } from './system-errors.js';
export { removeTemporaries } from './temporary-file.js';
