import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { printable } from '../../etw/index.js';
import { packageVersion } from '../../io/index.js';
import type { ConvertSummary } from '../../passes/index.js';
import { EXTCAP_INTERFACE, extcapConfig, extcapDlts, extcapInterfaces } from '../../wireshark/index.js';
import { Exit, type ExitCode, UsageError } from '../exit.js';
import { print } from '../print.js';

/** Wireshark adds options of its own with each release: what is not known here is let through. */
const parse = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      'extcap-interfaces': { type: 'boolean' },
      'extcap-dlts': { type: 'boolean' },
      'extcap-config': { type: 'boolean' },
      'extcap-interface': { type: 'string' },
      capture: { type: 'boolean' },
      fifo: { type: 'string' },
      trace: { type: 'string' },
      compartments: { type: 'string' },
      comments: { type: 'string' },
      drops: { type: 'string' },
      'one-copy': { type: 'string' },
      component: { type: 'string' },
      since: { type: 'string' },
      until: { type: 'string' },
      'inline-events': { type: 'string' },
      providers: { type: 'string' },
      level: { type: 'string' },
    },
  }).values;

type Values = ReturnType<typeof parse>;

/**
 * `etlcap extcap …`: what Wireshark's launcher calls. Wireshark shows what is written to standard error, so that is one
 * line, and nothing where all is well.
 */
export async function extcapCommand(argv: readonly string[]): Promise<ExitCode> {
  const values = parse(argv);
  if (values['extcap-interfaces'] === true) return answer(extcapInterfaces(packageVersion()));
  const name = values['extcap-interface'];
  if (name !== EXTCAP_INTERFACE) {
    throw new UsageError(
      `extcap: Wireshark calls this; --extcap-interfaces lists interfaces ('${name ?? ''}' is none)`,
    );
  }
  if (values['extcap-dlts'] === true) return answer(extcapDlts());
  if (values['extcap-config'] === true) return answer(extcapConfig());
  if (values.capture === true) return capture(values);
  throw new UsageError('extcap: nothing to do; --capture, --extcap-config and --extcap-dlts are known');
}

async function answer(text: string): Promise<ExitCode> {
  await print(text);
  return Exit.converted;
}

/**
 * Converts into the pipe. Signals keep their default: Wireshark stops a capture with SIGTERM, which ends the process even
 * while it waits for a reader, and there is nothing to clean up.
 */
async function capture(values: Values): Promise<ExitCode> {
  const { fifo, trace } = values;
  if (typeof trace !== 'string' || trace === '') {
    throw new UsageError(
      'no trace chosen: open the options of the interface (the gear) and pick an .etl file',
    );
  }
  if (typeof fifo !== 'string') throw new UsageError('--capture needs --fifo');
  const { InputGuard } = await import('../../io/index.js');
  const { convert } = await import('../../library/index.js');
  const { ConvertError } = await import('../../passes/index.js');
  const { conversionOptions } = await import('../conversion-options.js');
  const options = await conversionOptions(conversionFlags(values));
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

/** The flags of `etlcap FILE.etl`. */
function conversionFlags(values: Values) {
  return {
    verdict: false,
    oneCopy: given(values['one-copy'], 'all'),
    comments: given(values.comments),
    inlineEvents: given(values['inline-events'], 'none'),
    level: given(values.level, 'all'),
    providers: list(values.providers),
    drops: given(values.drops, 'all'),
    component: list(values.component),
    since: given(values.since),
    until: given(values.until),
    compartments: given(values.compartments),
  };
}

/** The dialog gives the empty string for a field that is left empty, and always a choice: `unset` is that for nothing. */
function given(value: string | boolean | undefined, unset = ''): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text === unset ? undefined : text;
}

const list = (value: string | boolean | undefined): string[] =>
  (given(value) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const isBrokenPipe = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && (cause.code === 'EPIPE' || cause.code === 'EOF');

const closed = (stream: ReturnType<typeof createWriteStream>): Promise<void> =>
  new Promise((resolve) => {
    stream.end(resolve);
  });

function said({ filtered, outputs, providers }: ConvertSummary): ExitCode {
  if (outputs.length > 0) return Exit.converted;
  const names = providers.slice(0, 5).map(({ id, name }) => name ?? id);
  const reason =
    filtered > 0
      ? `the filters exclude all packets (${filtered})`
      : `no packets in this trace; it holds events of ${names.join(', ') || 'no provider'}`;
  process.stderr.write(`etlcap: ${printable(reason)}\n`);
  return Exit.noPackets;
}
