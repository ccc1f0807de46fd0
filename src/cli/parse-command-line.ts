import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import meow from 'meow';
import { namedKind, packageVersion } from '../io/index.js';
import {
  type CommandName,
  type CommandOption,
  type Flags,
  helpText,
  isEmptyRange,
  nearestName,
  type OptionDefinition,
  optionsOf,
  PATH,
} from '../options/index.js';
import { UsageError } from './exit.js';

interface CommandLine<Name extends CommandName> {
  /** The arguments that are no options. */
  readonly input: readonly string[];
  readonly flags: Flags<Name>;
  /** The text that --help or --version asks for. */
  readonly answer: string | undefined;
}

/**
 * Parses the arguments of a command with meow, after checks that meow does not make.
 *
 * @throws UsageError for options that are unknown, set twice, without their value or with a wrong one
 */
export function parseCommandLine<Name extends CommandName>(
  command: Name,
  argv: readonly string[],
): CommandLine<Name> {
  const options = optionsOf(command);
  const { args, asked } = checkedArguments(command, spreadGreedy(argv, options), options);
  return { ...withMeow(args, options), answer: asked && answerTo(asked, command) };
}

/**
 * The same for the command that Wireshark calls. Each release of Wireshark adds options: unknown ones are ignored. Its
 * dialog passes an empty text for an empty field, and a choice for each selector.
 */
export function parseDialogArguments<Name extends CommandName>(
  command: Name,
  argv: readonly string[],
): CommandLine<Name> {
  const options = optionsOf(command);
  const args = tokensOf(argv, options).flatMap((token): string[] => {
    const option = token.kind === 'option' ? options.find(({ typed }) => typed === token.rawName) : undefined;
    if (option === undefined || token.kind !== 'option') return [];
    if (option.definition.kind === 'flag') return [`--${option.name}`];
    return dialogValues(option, token.value ?? '').map((value) => valueArgument(option, value));
  });
  return { ...withMeow(args, options), answer: undefined };
}

function dialogValues({ definition }: CommandOption, text: string): string[] {
  if (definition.kind === 'flag') return [];
  const parts = definition.kind === 'list' ? text.split(',') : [text];
  const { choices = {} } = definition.dialog ?? {};
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .filter((part) => !Object.hasOwn(choices, part) || definition.type.parse(part) !== undefined);
}

/** Every command has these. */
type Answer = 'help' | 'version';

const answerTo = (asked: Answer, command: CommandName): string =>
  asked === 'help' ? helpText(command) : `${packageVersion()}\n`;

/**
 * Repeats a greedy option's name before each of its values, so that the parser sees one value each. The values end before
 * an option, or before the name of a file that exists; those of an option that takes paths, before the name of a trace or
 * an archive.
 */
function spreadGreedy(argv: readonly string[], options: readonly CommandOption[]): string[] {
  const greedy = new Map(
    options
      .filter(({ definition }) => definition.kind === 'list' && definition.isGreedy === true)
      .map(({ definition, typed }) => [typed, definition.kind === 'list' && definition.type === PATH]),
  );
  const valuesOf = (name: string, text: string): string[] =>
    greedy.get(name) === true ? [text] : text.split(',');
  const spread: string[] = [];
  let option: string | undefined;
  let taken = 0;
  for (const [at, argument] of argv.entries()) {
    if (argument === '--' && (option === undefined || taken > 0)) return [...spread, ...argv.slice(at)];
    const [name = '', inline] = argument.split(/=(.*)/su, 2);
    if (greedy.has(name)) {
      if (option !== undefined && taken === 0) throw new UsageError(`${option} needs a value`);
      option = inline === undefined ? name : undefined;
      taken = 0;
      for (const value of inline === undefined ? [] : valuesOf(name, inline)) spread.push(`${name}=${value}`);
      continue;
    }
    if (option === undefined) {
      spread.push(argument);
      continue;
    }
    const isInput =
      taken > 0 &&
      (greedy.get(option) === true
        ? namedKind(argument) !== undefined
        : /\.etl$/iu.test(argument) || existsSync(argument));
    if (argument.startsWith('-') || isInput) {
      if (taken === 0) throw new UsageError(`${option} needs a value`);
      option = undefined;
      spread.push(argument);
      continue;
    }
    for (const value of valuesOf(option, argument)) spread.push(`${option}=${value}`);
    taken += 1;
  }
  if (option !== undefined && taken === 0) throw new UsageError(`${option} needs a value`);
  return spread;
}

/** Options, arguments and `--` in their order. */
const tokensOf = (argv: readonly string[], options: readonly CommandOption[]) =>
  parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      options.map(({ definition: { kind, short }, typed }) => [
        typed.slice(2),
        { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), ...(short && { short }) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;

/**
 * The same arguments in the one form that meow reads without loss: `--name`, `--name=value`, and inputs after `--`.
 *
 * @throws UsageError
 */
function checkedArguments(
  command: CommandName,
  argv: readonly string[],
  options: readonly CommandOption[],
): { args: string[]; asked: Answer | undefined } {
  const byName = new Map(options.map((option) => [option.typed.slice(2), option]));
  const args: string[] = [];
  const inputs: string[] = [];
  const given = new Set<string>();
  const unknown = new Set<string>();
  for (const token of tokensOf(argv, options)) {
    if (token.kind === 'positional') inputs.push(token.value);
    if (token.kind !== 'option') continue;
    const option = byName.get(token.name);
    if (option === undefined) {
      unknown.add(token.rawName);
      continue;
    }
    const { definition, name, typed } = option;
    if (definition.kind === 'flag') {
      if (token.value !== undefined) throw new UsageError(`${typed} takes no value`);
      args.push(`--${name}`);
    } else {
      if (given.has(name) && definition.kind !== 'list')
        throw new UsageError(`${typed} can only be used once`);
      args.push(valueArgument(option, valueIn(typed, token)));
    }
    given.add(name);
  }
  if (unknown.size > 0) throw new UsageError(unknownText(command, [...unknown], [...byName.keys()]));
  const asked = given.has('help') ? 'help' : given.has('version') ? 'version' : undefined;
  return { args: [...args, '--', ...inputs], asked };
}

/** The command line that prints a command's help. */
export const helpOf = (name: CommandName): string =>
  name === 'convert' ? 'etlcap --help' : `etlcap ${name} --help`;

/** `unknown option --ouput; did you mean --output?` */
function unknownText(command: CommandName, unknown: readonly string[], names: readonly string[]): string {
  const [first = ''] = unknown;
  const meant = unknown.length > 1 ? undefined : nearestName(first.replace(/^--?/u, ''), names);
  const hint = meant === undefined ? `see ${helpOf(command)}` : `did you mean --${meant}?`;
  return `unknown option ${unknown.join(', ')}; ${hint}`;
}

/**
 * The value in `-o out`, `-oout`, `-o=out`, `--output out` or `--output=out`. A dash alone and a negative number are values,
 * another option is not.
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

/** `--name=value`. meow removes one pair of quotes around a value; this one is added for it. */
const valueArgument = ({ name }: CommandOption, value: string): string =>
  `--${name}=${/^(["']).*\1$|^["']$/su.test(value) ? `"${value}"` : value}`;

/** @throws UsageError for a value of the wrong type */
function withMeow<Name extends CommandName>(
  args: readonly string[],
  options: readonly CommandOption[],
): Pick<CommandLine<Name>, 'flags' | 'input'> {
  const { flags, input } = meow({
    importMeta: import.meta,
    argv: args,
    // Otherwise meow searches the file system for a package.json.
    pkg: { name: 'etlcap', bin: { etlcap: '' } },
    description: false,
    autoHelp: false,
    autoVersion: false,
    flags: Object.fromEntries(options.map(({ definition, name }) => [name, meowFlag(definition)])),
  });
  const found: Readonly<Record<string, unknown>> = flags;
  const values = Object.fromEntries(
    options.map((option) => [option.key, typedValue(option, found[option.name])]),
  );
  if (isEmptyRange(values.since, values.until)) {
    throw new UsageError('--until must be later than --since');
  }
  // Keys and types of the values are those of the definitions, from which Flags is derived.
  return { flags: values as Flags<Name>, input };
}

function meowFlag({ kind }: OptionDefinition) {
  if (kind === 'flag') return { type: 'boolean' } as const;
  return kind === 'list' ? ({ type: 'string', isMultiple: true } as const) : ({ type: 'string' } as const);
}

/** The value of an option from meow's. */
function typedValue({ definition, typed }: CommandOption, value: unknown): unknown {
  if (definition.kind === 'flag') return value === true;
  const { type } = definition;
  const parsed = [value]
    .flat()
    .filter((text) => typeof text === 'string')
    .map((text) => {
      const result = type.parse(text);
      if (result === undefined) throw new UsageError(`invalid ${typed} '${text}': expected ${type.takes}`);
      return result;
    });
  return definition.kind === 'list' ? parsed : parsed[0];
}
