import meow, { type AnyFlags, type Result } from 'meow';
import { UsageError } from './exit.js';

export interface CommandLine<Flags extends AnyFlags> {
  /** What stands between the options. */
  readonly input: readonly string[];
  readonly flags: Result<Flags>['flags'];
  /** Text that was asked for instead of work: --help, --version. */
  readonly answer?: string;
}

/** Every command has these, with or without anything beside them. */
const ANSWERS: readonly string[] = ['help', 'version'];

/**
 * Takes a command line apart.
 *
 * @throws UsageError for options that are not known, that stand twice, or that lack their value
 */
export function parseCommandLine<const Flags extends AnyFlags>(
  argv: readonly string[],
  { description, flags, help }: { description: string; flags: Flags; help: string },
): CommandLine<Flags> {
  // meow reports unknown options in words of its own and ends the process: they are let through, and found here.
  const options = {
    importMeta: import.meta,
    argv: joinDashes(argv, flags),
    description,
    autoHelp: false,
    autoVersion: false,
  };
  const result = orUsageError(() => meow(help, { ...options, flags }));
  const given: Readonly<Record<string, unknown>> = result.flags;
  const unknown = Object.keys(given).filter((key) => !Object.hasOwn(flags, key) && !ANSWERS.includes(key));
  if (unknown.length > 0) {
    throw new UsageError(`unknown option ${unknown.map(optionName).join(', ')}; --help lists the options`);
  }
  const empty = Object.keys(flags).find((key) => [given[key]].flat().includes(''));
  if (empty !== undefined) throw new UsageError(`${optionName(empty)} needs a value`);
  const version = `${result.pkg.version}\n`;
  const answer = 'help' in given ? result.help : 'version' in given ? version : undefined;
  return { input: result.input, flags: result.flags, ...(answer !== undefined && { answer }) };
}

/** `--output -` as `--output=-`: the parser takes a lone dash for the next argument where the long name is used. */
function joinDashes(argv: readonly string[], flags: AnyFlags): string[] {
  const end = argv.indexOf('--');
  const isJoined = (at: number): boolean => {
    const name = argv[at] ?? '';
    const isOption = Object.keys(flags).some(
      (key) => flags[key]?.type === 'string' && optionName(key) === name,
    );
    return isOption && argv[at + 1] === '-' && (end === -1 || at < end);
  };
  return argv.flatMap((argument, at) => {
    if (isJoined(at)) return [`${argument}=-`];
    return at > 0 && isJoined(at - 1) ? [] : [argument];
  });
}

/** All that meow throws is about a wrong command line: `The flag --output can only be set once.` */
function orUsageError<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.replace(/^The flag /u, '').replace(/\.$/u, ''));
  }
}

/** `firstAppearance` as people type it: `--first-appearance`. */
function optionName(key: string): string {
  if (key.length === 1) return `-${key}`;
  return `--${key.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}
