import type { CommandName, Flags } from '../options/index.js';
import { COMMANDS } from '../options/index.js';
import { Exit, type ExitCode, UsageError } from './exit.js';
import { assertPrintsIntoNoInput, STANDARD_STREAM } from './files.js';
import { helpOf, parseCommandLine } from './parse-command-line.js';
import { print } from './print.js';

/** One command: receives its arguments, returns the exit code. Throws UsageError or ConvertError. */
export type Command = (argv: readonly string[]) => Promise<ExitCode>;

/** A command with --help and --version. */
export const command =
  <Name extends CommandName>(
    name: Name,
    run: (flags: Flags<Name>, input: readonly string[]) => Promise<ExitCode>,
  ): Command =>
  async (argv) => {
    const { answer, flags, input } = parseCommandLine(name, argv);
    if (answer === undefined) return run(flags, input);
    await print(answer);
    return Exit.converted;
  };

/** Commands that print the contents of their inputs, and so must not print into one (`etlcap events x.etl >> x.etl`). */
const PRINTING: ReadonlySet<CommandName> = new Set([
  'convert',
  'info',
  'events',
  'path',
  'diagnose',
  'report',
]);

/**
 * @param names of all files that are read
 * @throws UsageError if there is no input, or standard input is read twice
 * @throws ConvertError `usage` if standard output is one of the inputs
 */
export function assertInputs(
  name: CommandName,
  input: readonly string[],
  names: readonly (string | undefined)[] = input,
): void {
  if (input.length === 0) throw new UsageError(`no input file; usage: ${usageOf(name)}; see ${helpOf(name)}`);
  if (names.filter((each) => each === STANDARD_STREAM).length > 1) {
    throw new UsageError('- (standard input) can only be used once');
  }
  if (PRINTING.has(name)) assertPrintsIntoNoInput(names.filter((each) => each !== undefined));
}

const usageOf = (name: CommandName): string => COMMANDS[name].usage[0]?.[0] ?? '';
