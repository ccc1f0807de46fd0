import { existsSync } from 'node:fs';
import { packageVersion } from '../io/index.js';
import type { Command } from './command.js';
import { Exit, type ExitCode, UsageError } from './exit.js';
import { print } from './print.js';

/** Commands by name; each module is loaded when its command is used. Without a name: convert. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  batch: async () => (await import('./commands/batch.js')).batchCommand,
  diagnose: async () => (await import('./commands/diagnose.js')).diagnoseCommand,
  extcap: async () => (await import('./commands/extcap.js')).extcapCommand,
  events: async () => (await import('./commands/events.js')).eventsCommand,
  info: async () => (await import('./commands/info.js')).infoCommand,
  path: async () => (await import('./commands/path.js')).pathCommand,
  report: async () => (await import('./commands/report.js')).reportCommand,
  table: async () => (await import('./commands/table.js')).tableCommand,
  watch: async () => (await import('./commands/watch.js')).watchCommand,
  wireshark: async () => (await import('./commands/wireshark.js')).wiresharkCommand,
};

const VERSION_WORDS: ReadonlySet<string> = new Set(['--version', '-v', '-V']);
const HELP_WORDS: ReadonlySet<string> = new Set(['help', '-h']);
const NO_COLOR = '--no-color';

/** A word without dots and slashes: a mistyped command rather than a trace. */
const looksLikeCommand = (argument: string): boolean => /^[a-z]+$/u.test(argument);

/**
 * The `etlcap` command.
 *
 * @param args the arguments after the program's name
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  // A reader that disconnects is reported by the failing write, not by a stack trace.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  const [first = '', ...rest] = commandFirst(args);
  const load = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  try {
    if (load !== undefined) return await (await load())(rest);
    if (rest.length === 0 && VERSION_WORDS.has(first)) {
      await print(`${packageVersion()}\n`);
      return Exit.converted;
    }
    const isHelp = HELP_WORDS.has(first);
    if (!isHelp && looksLikeCommand(first) && !existsSync(first))
      throw new UsageError(await unknownText(first));
    const { convertCommand } = await import('./commands/convert.js');
    return await convertCommand(isHelp ? ['--help', ...rest] : args);
  } catch (error) {
    const { report } = await import('./print-error.js');
    return report(error);
  }
}

/** `etlcap --no-color info …` is `etlcap info --no-color …`. */
function commandFirst(args: readonly string[]): readonly string[] {
  const [first, second, ...rest] = args;
  return first === NO_COLOR && second !== undefined ? [second, first, ...rest] : args;
}

async function unknownText(name: string): Promise<string> {
  const { nearestName, TYPED_COMMANDS } = await import('../options/index.js');
  const meant = nearestName(name, TYPED_COMMANDS);
  const hint =
    meant === undefined ? `the commands are ${TYPED_COMMANDS.join(', ')}` : `did you mean ${meant}?`;
  return `${name}: no such file or command; ${hint}`;
}
