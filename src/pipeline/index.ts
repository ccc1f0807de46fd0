export { type ConvertInput, type ConvertOutput, convert, merge } from './convert.js';
export { ConvertError, systemReason } from './errors.js';
export type { CommentMode, ConvertOptions, Progress } from './options.js';
export { removeTemporaries } from './output.js';
export type {
  ConvertSummary,
  DropSummary,
  InterfaceSummary,
  LossSummary,
  OutputSummary,
  ProviderSummary,
  TraceSummary,
} from './summary.js';
