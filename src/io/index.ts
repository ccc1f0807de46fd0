export { regularFile } from './archives/archive.js';
export { Archives, headOf } from './archives/archives.js';
export { expandInputs, Inputs, listTraces, openTraceAt, TraceInput } from './archives/expand.js';
export { foreignError } from './archives/foreign.js';
export { formatOf } from './archives/format.js';
export { namedKind, stemOf } from './archives/names.js';
export { type ConvertInput, openInput, openInputs } from './archives/open-inputs.js';
export { outputPath } from './archives/output-path.js';
export { FileSource } from './file-source.js';
export { limitError, notATrace, type OpenInput, openFile, SPOOL_LIMIT } from './input.js';
export { commandPath, dataFile, packageVersion } from './installation.js';
export { readManifests } from './manifests.js';
export {
  type FileOutputOptions,
  fileOutput,
  type Output,
  removeTemporaries,
  StreamOutput,
} from './output.js';
export { traceReader } from './threads/trace-reader.js';
