export { TABLE_FORMATS, type TableFormat } from './file-format.js';
export { TABLE_NAMES, type TableName } from './tables.js';
export {
  type TableFileSummary,
  type TableOptions,
  type TablesSummary,
  writeTraceTables,
} from './write-tables.js';
