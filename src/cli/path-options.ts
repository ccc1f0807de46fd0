import type { PathOptions } from '../library/index.js';
import { protocolNamed } from '../paths/index.js';
import { choice, pointInTime } from './arguments.js';
import { compartmentsFile } from './conversion-options.js';
import { UsageError } from './exit.js';
import { unknownComponentsText } from './text/conversion-summary.js';

/** Which paths are wanted: options of every command that follows packets. */
export const PATH_FLAGS = {
  address: { type: 'string', multiple: true },
  port: { type: 'string', multiple: true },
  protocol: { type: 'string', multiple: true },
  compartment: { type: 'string', multiple: true },
  component: { type: 'string', multiple: true },
  drops: { type: 'string' },
  slowerThan: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  compartments: { type: 'string' },
} as const;

export const PATH_HELP = `  Which packets
        --address IP|NET         source or destination at any hop: 10.0.0.4, 172.16.0.0/12, 2001:db8::/32
        --port PORT              source or destination port
        --protocol NAME|NUMBER   tcp, udp, icmp, icmpv6, arp …
        --compartment ID         seen in this compartment
        --component ID|NAME …    seen at one of these interfaces, components, NICs or ports
        --drops only|exclude     only packets that were dropped, or all others
        --slower-than TIME       from the first hop to the last: 500us, 2ms, 1s
        --since, --until TIME    2024-06-10T20:18:35Z (UTC where no offset is given)
        --compartments FILE      names and addresses: ipconfig /allcompartments, Get-NetIPAddress
  Those that may stand twice: --address, --port, --protocol, --compartment; one of their values has to fit.`;

interface PathFlags {
  readonly address?: readonly string[] | undefined;
  readonly port?: readonly string[] | undefined;
  readonly protocol?: readonly string[] | undefined;
  readonly compartment?: readonly string[] | undefined;
  readonly component?: readonly string[] | undefined;
  readonly drops?: string | undefined;
  readonly slowerThan?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly compartments?: string | undefined;
}

/** @throws UsageError */
export async function pathOptions(flags: PathFlags): Promise<PathOptions> {
  const { address = [], compartment = [], component = [], port = [], protocol = [] } = flags;
  const drops = choice('--drops', flags.drops, ['only', 'exclude']);
  const slowerThan = timeSpan('--slower-than', flags.slowerThan);
  const since = pointInTime('--since', flags.since);
  const until = pointInTime('--until', flags.until);
  if (since !== undefined && until !== undefined && until <= since) {
    throw new UsageError('--until must be later than --since');
  }
  return {
    ...(address.length > 0 && { addresses: address }),
    ...(port.length > 0 && { ports: port.map((text) => wholeNumber('--port', text, 0xffff)) }),
    ...(protocol.length > 0 && { protocols: protocol.map(protocolOf) }),
    ...(compartment.length > 0 && {
      inCompartments: compartment.map((text) => wholeNumber('--compartment', text, 0xffff_ffff)),
    }),
    ...(component.length > 0 && {
      components: component,
      onUnknownComponents: (unknown) => process.stderr.write(`${unknownComponentsText(unknown)}\n`),
    }),
    ...(drops && { drops }),
    ...(slowerThan !== undefined && { slowerThan }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(flags.compartments !== undefined && { compartments: await compartmentsFile(flags.compartments) }),
  };
}

/** A whole number from 0 to a limit. @throws UsageError */
export function wholeNumber(option: string, text: string, limit: number): number {
  const number = /^\d{1,16}$/u.test(text) ? Number(text) : Number.NaN;
  if (!(number <= limit)) throw new UsageError(`${option} takes a number up to ${limit}; not '${text}'`);
  return number;
}

function protocolOf(text: string): string {
  const name = protocolNamed(text);
  if (name === undefined) {
    throw new UsageError(`--protocol takes tcp, udp, icmp, icmpv6, arp or a number up to 255; not '${text}'`);
  }
  return name;
}

const TIME_SPAN = /^(\d+(?:\.\d+)?)\s*(ns|us|µs|μs|ms|s)$/u;
const UNIT_TICKS: Readonly<Record<string, number>> = { ns: 0.01, us: 10, µs: 10, μs: 10, ms: 1e4, s: 1e7 };

/** A time as people type it: `500us`, `2ms`, `1.5s`; in ticks of 100 ns. @throws UsageError */
function timeSpan(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, number = '', unit = ''] = TIME_SPAN.exec(text.trim()) ?? [];
  const ticks = Number.parseFloat(number) * (UNIT_TICKS[unit] ?? Number.NaN);
  if (Number.isNaN(ticks))
    throw new UsageError(`${option} takes a time such as 500us, 2ms or 1s; not '${text}'`);
  return ticks;
}
