import { type ParseArgsConfig, parseArgs } from 'node:util';
import { packageVersion } from '../io/index.js';
import { UsageError } from './exit.js';

/** Options by the names that the code has for them: `oneCopy` is typed as `--one-copy`. */
type Flags = NonNullable<ParseArgsConfig['options']>;

interface Config<Known extends Flags> {
  readonly args: string[];
  readonly options: Known;
  readonly strict: true;
  readonly allowPositionals: true;
}

interface CommandLine<Known extends Flags> {
  /** What stands between the options. */
  readonly input: readonly string[];
  readonly flags: ReturnType<typeof parseArgs<Config<Known>>>['values'];
  /** Text that was asked for instead of work: --help, --version. */
  readonly answer: string | undefined;
}

/** Every command has these, with or without anything beside them. */
const ANSWERS = { help: { type: 'boolean' }, version: { type: 'boolean' } } as const;
type Answer = keyof typeof ANSWERS;

/**
 * Takes a command line apart.
 *
 * @throws UsageError for options that are not known, that stand twice, that lack their value, or that take none
 */
export function parseCommandLine<const Known extends Flags>(
  argv: readonly string[],
  { description, flags, help }: { description: string; flags: Known; help: string },
): CommandLine<Known> {
  const { args, asked } = checked(argv, flags);
  const config: Config<Known> = { args, options: flags, strict: true, allowPositionals: true };
  const { positionals, values } = parseArgs(config);
  return { input: positionals, flags: values, answer: asked && answerTo(asked, description, help) };
}

const answerTo = (asked: Answer, description: string, help: string): string =>
  asked === 'help' ? `\n  ${description}\n${help}` : `${packageVersion()}\n`;

/**
 * The same arguments with the code's names for options, and which of {@link ANSWERS} is asked for. What is wrong is said in
 * the tool's words, which do not change with Node's.
 *
 * @throws UsageError
 */
function checked(argv: readonly string[], flags: Flags): { args: string[]; asked: Answer | undefined } {
  const known: Flags = { ...ANSWERS, ...flags };
  const byName = new Map(Object.entries(known).map(([key, flag]) => [typedName(key), { key, ...flag }]));
  const args: string[] = [];
  const positionals: string[] = [];
  const given = new Set<string>();
  const unknown = new Set<string>();
  const tokens = parseArgs({
    args: [...argv],
    options: Object.fromEntries(byName),
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = byName.get(token.name);
    if (flag === undefined) {
      unknown.add(token.rawName);
      continue;
    }
    const option = `--${token.name}`;
    const { key, multiple, type } = flag;
    if (type === 'boolean') {
      if (token.value !== undefined) throw new UsageError(`${option} takes no value`);
      if (!Object.hasOwn(ANSWERS, key)) args.push(`--${key}`);
    } else {
      if (given.has(key) && multiple !== true) throw new UsageError(`${option} can only be set once`);
      args.push(`--${key}=${valueIn(option, token)}`);
    }
    given.add(key);
  }
  if (unknown.size > 0) {
    throw new UsageError(`unknown option ${[...unknown].join(', ')}; --help lists the options`);
  }
  const asked = given.has('help') ? 'help' : given.has('version') ? 'version' : undefined;
  return { args: [...args, '--', ...positionals], asked };
}

/**
 * The value in `-o out`, `-oout`, `-o=out`, `--output out` or `--output=out`. A lone dash and a negative number are values,
 * another option is none.
 *
 * @throws UsageError
 */
function valueIn(
  option: string,
  {
    inlineValue,
    rawName,
    value,
  }: {
    readonly inlineValue: boolean | undefined;
    readonly rawName: string;
    readonly value: string | undefined;
  },
): string {
  const isShort = !rawName.startsWith('--');
  const text = isShort && inlineValue === true ? value?.replace(/^=/u, '') : value;
  const isOption = inlineValue !== true && /^-[^\d]/u.test(text ?? '');
  if (text === undefined || text === '' || isOption) throw new UsageError(`${option} needs a value`);
  return text;
}

/** `oneCopy` as people type it: `one-copy`. */
const typedName = (key: string): string => key.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
