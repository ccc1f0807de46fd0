import { ConvertError } from '../passes/index.js';
import type { CommandName } from './option.js';
import { optionsOf } from './options-of.js';
import type { ValueType } from './value-type.js';

type Check = Pick<ValueType<unknown>, 'accepts' | 'check'>;

const BOOLEAN: Check = { accepts: 'a boolean', check: (value) => typeof value === 'boolean' };
const FUNCTION: Check = { accepts: 'a function', check: (value) => typeof value === 'function' };

/** Options that only programs can set. */
const LIBRARY_ONLY = {
  oneThread: BOOLEAN,
  onProgress: FUNCTION,
  signal: { accepts: 'an AbortSignal', check: (value: unknown) => value instanceof AbortSignal },
  lineOf: FUNCTION,
  textOf: FUNCTION,
  onHint: FUNCTION,
  onWarning: FUNCTION,
  protectedFiles: {
    accepts: 'an array of paths',
    check: (value: unknown) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  },
  onUnknownComponents: FUNCTION,
  lossesOf: FUNCTION,
  trace: { accepts: 'a string', check: (value: unknown) => typeof value === 'string' },
} as const satisfies Readonly<Record<string, Check>>;

type LibraryOnly = keyof typeof LIBRARY_ONLY;

interface LibraryFunction {
  /** The command whose options the function has. */
  readonly command: CommandName;
  readonly only: readonly LibraryOnly[];
  /** Options of the command that the function does not have. */
  readonly without?: readonly string[];
}

const FUNCTIONS = {
  convert: { command: 'convert', only: ['oneThread', 'onProgress', 'protectedFiles', 'signal'] },
  merge: { command: 'convert', only: ['oneThread', 'onProgress', 'protectedFiles', 'signal'] },
  etlToPcapng: {
    command: 'convert',
    only: ['oneThread', 'onProgress', 'protectedFiles'],
    without: ['split', 'force'],
  },
  traceInfo: { command: 'info', only: ['onProgress', 'signal'] },
  listEvents: { command: 'events', only: ['onProgress', 'signal', 'lineOf', 'onHint', 'onWarning'] },
  listPaths: {
    command: 'path',
    only: ['onProgress', 'signal', 'textOf', 'onUnknownComponents', 'onWarning'],
  },
  summarizePaths: { command: 'path', only: ['onProgress', 'signal', 'onUnknownComponents', 'onWarning'] },
  diagnose: { command: 'diagnose', only: ['onProgress', 'signal', 'onWarning'] },
  writeTables: {
    command: 'table',
    only: ['oneThread', 'onProgress', 'onWarning', 'protectedFiles', 'signal', 'trace'],
  },
  writeReport: {
    command: 'report',
    only: ['onProgress', 'protectedFiles', 'signal', 'onUnknownComponents', 'onWarning', 'lossesOf'],
  },
} as const satisfies Readonly<Record<string, LibraryFunction>>;

/** The functions of the library that have options. */
export type LibraryFunctionName = keyof typeof FUNCTIONS;

/**
 * Rejects options that callers without types can get wrong: an unknown name, a value of another type.
 *
 * @throws ConvertError `usage`
 */
export function checkOptions(name: LibraryFunctionName, options: object): void {
  const known = checksOf(name);
  for (const [option, value] of Object.entries(options)) {
    const check = known.get(option);
    if (check === undefined) throw new ConvertError('usage', `there is no option ${option}`);
    if (value !== undefined && !check.check(value)) {
      throw new ConvertError('usage', `invalid option ${option}: expected ${check.accepts}`);
    }
  }
  const { since, until }: { readonly since?: unknown; readonly until?: unknown } = options;
  if (isEmptyRange(since, until)) {
    throw new ConvertError('usage', 'the option until must be later than since');
  }
}

/** Whether no time is from `since` on and before `until`. */
export const isEmptyRange = (since: unknown, until: unknown): boolean =>
  typeof since === 'bigint' && typeof until === 'bigint' && until <= since;

/** The options of a function by name. */
function checksOf(name: LibraryFunctionName): ReadonlyMap<string, Check> {
  const { command, only, without = [] }: LibraryFunction = FUNCTIONS[name];
  const checks = new Map<string, Check>();
  for (const { definition } of optionsOf(command)) {
    const { kind, library, libraryType } = definition;
    if (library === undefined || without.includes(library)) continue;
    if (kind === 'flag') checks.set(library, BOOLEAN);
    else if (kind === 'list') checks.set(library, arrayOf(definition.type));
    else checks.set(library, libraryType ?? definition.type);
  }
  for (const option of only) checks.set(option, LIBRARY_ONLY[option]);
  return checks;
}

const arrayOf = ({ accepts, check }: Check): Check => ({
  accepts: `an array; each element: ${accepts}`,
  check: (value) => Array.isArray(value) && value.every(check),
});
