import { existsSync } from 'node:fs';
import { packageVersion } from '../io/index.js';
import { Exit, type ExitCode, UsageError } from './exit.js';
import { print } from './print.js';
import { report } from './print-error.js';

/** Commands by name; each module is loaded when its command is used. Without a name: convert. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  batch: async () => (await import('./commands/batch.js')).batchCommand,
  extcap: async () => (await import('./commands/extcap.js')).extcapCommand,
  events: async () => (await import('./commands/events.js')).eventsCommand,
  info: async () => (await import('./commands/info.js')).infoCommand,
  path: async () => (await import('./commands/path.js')).pathCommand,
  report: async () => (await import('./commands/report.js')).reportCommand,
  watch: async () => (await import('./commands/watch.js')).watchCommand,
  wireshark: async () => (await import('./commands/wireshark.js')).wiresharkCommand,
};

const VERSION_WORDS: ReadonlySet<string> = new Set(['--version', '-v', '-V']);
const HELP_WORDS: ReadonlySet<string> = new Set(['help', '-h']);

/** A word without dots and slashes: a mistyped command rather than a trace. */
const looksLikeCommand = (argument: string): boolean => /^[a-z]+$/u.test(argument);

/** One command: takes its arguments, gives the exit code. Throws UsageError or ConvertError. */
export type Command = (argv: readonly string[]) => Promise<ExitCode>;

/**
 * The `etlcap` command.
 *
 * @param argv the arguments behind the program's name
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  // A reader that goes away is reported by the write that fails, not by a stack trace.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  const [first = '', ...rest] = argv;
  const load = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  try {
    if (load !== undefined) return await (await load())(rest);
    if (rest.length === 0 && VERSION_WORDS.has(first)) {
      await print(`${packageVersion()}\n`);
      return Exit.converted;
    }
    const isHelp = HELP_WORDS.has(first);
    if (!isHelp && looksLikeCommand(first) && !existsSync(first)) {
      throw new UsageError(`${first}: neither a file nor a command (${Object.keys(COMMANDS).join(', ')})`);
    }
    return await (await import('./commands/convert.js')).convertCommand(isHelp ? ['--help', ...rest] : argv);
  } catch (error) {
    return report(error);
  }
}
