import { ConvertError } from '../passes/index.js';
import type { ConvertOptions } from './convert-options.js';

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const isTime = (value: unknown): boolean => typeof value === 'bigint';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
const oneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'string' && words.includes(value);

/** What each option takes, for the message and for the check. */
const OPTIONS: Readonly<
  Record<keyof ConvertOptions, readonly [takes: string, check: (value: unknown) => boolean]>
> = {
  comments: ["'full', 'brief' or 'none'", oneOf('full', 'brief', 'none')],
  split: ["'linktype'", oneOf('linktype')],
  verdict: ['a boolean', isBoolean],
  drops: ["'only' or 'exclude'", oneOf('only', 'exclude')],
  components: ['an array of strings', isTexts],
  oneCopy: ["'nic', 'stack', 'first' or 'last'", oneOf('nic', 'stack', 'first', 'last')],
  since: ['a bigint, Unix time in 100 ns', isTime],
  until: ['a bigint, Unix time in 100 ns', isTime],
  compartments: ['text or bytes', (value) => typeof value === 'string' || value instanceof Uint8Array],
  spoolLimit: ['a number of bytes', isNumber],
  events: ["'json', 'ndjson' or 'none'", oneOf('json', 'ndjson', 'none')],
  eventsOutput: ['a path or a stream', (value) => typeof value === 'string' || typeof value === 'object'],
  inlineEvents: ["'journal' or 'etw'", oneOf('journal', 'etw')],
  providers: ['an array of strings', isTexts],
  level: ['a number from 1 to 5', isNumber],
  manifests: ['an array of paths', isTexts],
  force: ['a boolean', isBoolean],
  protectedFiles: ['an array of paths', isTexts],
  fsync: ['a boolean', isBoolean],
  oneThread: ['a boolean', isBoolean],
  onProgress: ['a function', isFunction],
  signal: ['an AbortSignal', (value) => value instanceof AbortSignal],
};

/**
 * Refuses options that callers without types can get wrong: an unknown name, a value of another kind.
 *
 * @throws ConvertError `usage`
 */
export function checkOptions(options: ConvertOptions): void {
  const known: Readonly<Record<string, readonly [string, (value: unknown) => boolean]>> = OPTIONS;
  for (const [name, value] of Object.entries(options)) {
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (option === undefined) throw new ConvertError('usage', `there is no option ${name}`);
    const [takes, check] = option;
    if (value !== undefined && !check(value))
      throw new ConvertError('usage', `the option ${name} takes ${takes}`);
  }
}
