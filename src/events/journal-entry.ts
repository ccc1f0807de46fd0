import { isoTime, UNIX_EPOCH_AS_FILETIME } from '../etl/index.js';
import type { SidecarEvent } from './event.js';
import { eventText } from './event-text.js';

/** syslog priorities by ETW level (RFC 5424: 2 critical, 3 error, 4 warning, 6 informational, 7 debug). */
const PRIORITIES = ['6', '2', '3', '4', '6', '7'] as const;

/** Longest value of one field that journals accept. */
const MAX_VALUE_LENGTH = 65_536;

/** Name and value of one field of a journal entry. */
export type JournalEntryField = readonly [name: string, value: string];

/**
 * An event as a systemd journal entry (Journal Export Format): the time, the process or otherwise the provider as
 * `_COMM`, the text, the header's members as `ETLCAP_…`, and each field as `ETW_…`.
 *
 * @param ticks Unix time in 100 ns
 */
export function journalEntry(event: SidecarEvent, ticks: bigint): JournalEntryField[] {
  const { activityId, afterFrame, cpu, keywords, level, pid, process, provider, providerId, tid } = event;
  const header: readonly (readonly [name: string, value: string | number | undefined])[] = [
    ['__REALTIME_TIMESTAMP', String(ticks / 10n)],
    ['_COMM', process ?? provider ?? providerId ?? 'etw'],
    ['_PID', pid],
    ['MESSAGE', eventText(event)],
    ['PRIORITY', level === undefined ? undefined : PRIORITIES[level]],
    ['SYSLOG_IDENTIFIER', provider ?? providerId],
    ['ETLCAP_TIME', isoTime(ticks + UNIX_EPOCH_AS_FILETIME)],
    ['ETLCAP_PROVIDER', provider],
    ['ETLCAP_PROVIDER_ID', providerId],
    ['ETLCAP_EVENT', event.name],
    ['ETLCAP_EVENT_ID', event.id],
    ['ETLCAP_LEVEL', level],
    ['ETLCAP_KEYWORDS', keywords],
    ['ETLCAP_TID', tid],
    ['ETLCAP_CPU', cpu],
    ['ETLCAP_ACTIVITY_ID', activityId],
    ['ETLCAP_AFTER_FRAME', afterFrame],
  ];
  const fields = Object.entries(event.data).map(
    ([name, value]) => [`ETW_${name}`, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  return [...header, ...fields].flatMap(([name, value]): JournalEntryField[] =>
    value === undefined ? [] : [[name, cut(String(value))]],
  );
}

const cut = (text: string): string =>
  text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
