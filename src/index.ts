export {
  type ConvertInput,
  type ConvertOptions,
  type ConvertOutput,
  type ConvertSummary,
  convert,
  merge,
} from './pipeline/index.js';
