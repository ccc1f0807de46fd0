import { createWriteStream } from 'node:fs';
import { printable } from '../../etw/index.js';
import { packageVersion } from '../../io/index.js';
import type { Flags } from '../../options/index.js';
import type { ConvertSummary } from '../../passes/index.js';
import { EXTCAP_INTERFACE, extcapConfig, extcapDlts, extcapInterfaces } from '../../wireshark/index.js';
import { Exit, type ExitCode, UsageError } from '../exit.js';
import { parseDialogArguments } from '../parse-command-line.js';
import { print } from '../print.js';
import { readOptions } from '../read-options.js';

/**
 * `etlcap extcap …`, called by Wireshark's launcher. Wireshark shows the text on standard error: one line, and nothing
 * after success.
 */
export async function extcapCommand(argv: readonly string[]): Promise<ExitCode> {
  const { flags } = parseDialogArguments('extcap', argv);
  if (flags.extcapInterfaces) return answer(extcapInterfaces(packageVersion()));
  const { extcapInterface: name = '' } = flags;
  if (name !== EXTCAP_INTERFACE) {
    throw new UsageError(
      `extcap: Wireshark calls this command; '${name}' is not a capture source, see --extcap-interfaces`,
    );
  }
  if (flags.extcapDlts) return answer(extcapDlts());
  if (flags.extcapConfig) return answer(extcapConfig());
  if (flags.capture) return capture(flags);
  throw new UsageError('extcap: --capture, --extcap-config or --extcap-dlts required');
}

async function answer(text: string): Promise<ExitCode> {
  await print(text);
  return Exit.converted;
}

/**
 * Converts into the pipe. Signals keep their default: Wireshark stops a capture with SIGTERM, which ends the process
 * even while it waits for a reader, and there is nothing to clean up.
 */
async function capture(flags: Flags<'extcap'>): Promise<ExitCode> {
  const { fifo, trace } = flags;
  if (trace === undefined) {
    throw new UsageError(
      'no trace chosen: open the options of the interface (the gear) and pick an .etl file',
    );
  }
  if (fifo === undefined) throw new UsageError('--capture requires --fifo PIPE');
  const { InputGuard } = await import('../../io/index.js');
  const { convert } = await import('../../library/index.js');
  const { ConvertError } = await import('../../passes/index.js');
  const options = await readOptions('extcap', flags);
  const guard = new InputGuard();
  guard.add(trace);
  guard.check(fifo);
  const pipe = createWriteStream(fifo, { flags: 'w' });
  // The write that fails reports it.
  pipe.on('error', () => undefined);
  try {
    const summary = await convert(trace, pipe, options);
    await closed(pipe);
    return said(summary);
  } catch (error) {
    // Wireshark closes the pipe when the user stops.
    if (error instanceof ConvertError && isBrokenPipe(error.cause)) return Exit.converted;
    throw error;
  }
}

const isBrokenPipe = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && (cause.code === 'EPIPE' || cause.code === 'EOF');

const closed = (stream: ReturnType<typeof createWriteStream>): Promise<void> =>
  new Promise((resolve) => {
    stream.end(resolve);
  });

function said({ outputs, packetsExcluded, providers }: ConvertSummary): ExitCode {
  if (outputs.length > 0) return Exit.converted;
  const names = providers.slice(0, 5).map(({ id, name }) => name ?? id);
  const reason =
    packetsExcluded > 0
      ? `the filters exclude all packets (${packetsExcluded})`
      : `no packets in this trace; it holds events of ${names.join(', ') || 'no provider'}`;
  process.stderr.write(`etlcap: ${printable(reason)}\n`);
  return Exit.noPackets;
}
