import { readFile } from 'node:fs/promises';
import { systemReason } from '../io/index.js';
import type { ConvertOptions } from '../library/index.js';
import { byteCount, choice, eventLevel, pointInTime } from './arguments.js';
import { UsageError } from './exit.js';

/** Which events are taken, and what describes them: options of every command that decodes events. */
export const EVENT_FLAGS = {
  providers: { type: 'string', multiple: true },
  level: { type: 'string' },
  manifest: { type: 'string', multiple: true },
} as const;

interface EventFlags {
  readonly providers?: readonly string[] | undefined;
  readonly level?: string | undefined;
  readonly manifest?: readonly string[] | undefined;
}

/** @throws UsageError */
export function eventOptions(flags: EventFlags): Pick<ConvertOptions, 'level' | 'manifests' | 'providers'> {
  const { manifest = [], providers = [] } = flags;
  const level = eventLevel('--level', flags.level);
  return {
    ...(providers.length > 0 && { providers }),
    ...(level !== undefined && { level }),
    ...(manifest.length > 0 && { manifests: manifest }),
  };
}

/** What is taken from a trace and how it is written: options that every converting command has. */
export const CONVERSION_FLAGS = {
  split: { type: 'string' },
  comments: { type: 'string' },
  verdict: { type: 'boolean', default: false },
  drops: { type: 'string' },
  component: { type: 'string', multiple: true },
  oneCopy: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  compartments: { type: 'string' },
  spoolLimit: { type: 'string' },
  events: { type: 'string' },
  inlineEvents: { type: 'string' },
  ...EVENT_FLAGS,
} as const;

interface ConversionFlags extends EventFlags {
  readonly split?: string | undefined;
  readonly comments?: string | undefined;
  readonly verdict: boolean;
  readonly drops?: string | undefined;
  readonly component?: readonly string[] | undefined;
  readonly oneCopy?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly compartments?: string | undefined;
  readonly spoolLimit?: string | undefined;
  readonly events?: string | undefined;
  readonly inlineEvents?: string | undefined;
}

/** @throws UsageError */
export async function conversionOptions(flags: ConversionFlags): Promise<ConvertOptions> {
  const comments = choice('--comments', flags.comments, ['full', 'brief', 'none']);
  const split = choice('--split', flags.split, ['linktype']);
  const events = choice('--events', flags.events, ['json', 'ndjson', 'none']);
  const inlineEvents = choice('--inline-events', flags.inlineEvents, ['journal', 'etw']);
  const components = flags.component ?? [];
  const oneCopy = choice('--one-copy', flags.oneCopy, ['nic', 'stack', 'first', 'last']);
  const drops = choice('--drops', flags.drops, ['only', 'exclude']);
  const since = pointInTime('--since', flags.since);
  const until = pointInTime('--until', flags.until);
  const spoolLimit = byteCount('--spool-limit', flags.spoolLimit);
  if (since !== undefined && until !== undefined && until <= since) {
    throw new UsageError('--until must be later than --since');
  }
  return {
    verdict: flags.verdict,
    ...eventOptions(flags),
    ...(events && { events }),
    ...(inlineEvents && { inlineEvents }),
    ...(comments && { comments }),
    ...(split && { split }),
    ...(drops && { drops }),
    ...(oneCopy && { oneCopy }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(spoolLimit !== undefined && { spoolLimit }),
    ...(components.length > 0 && { components }),
    ...(flags.compartments !== undefined && { compartments: await compartmentsFile(flags.compartments) }),
  };
}

/** The file given with --compartments. @throws UsageError where it cannot be read */
export async function compartmentsFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`--compartments ${path}: ${systemReason(error)}`);
  }
}
