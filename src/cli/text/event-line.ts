import { printable } from '../../etw/index.js';
import { eventText, eventTitle, type SidecarEvent } from '../../events/index.js';

/** Names of ETW levels; 0 and those above 5 have none. */
const LEVEL_WORDS = ['', 'critical', 'error', 'warning', 'info', 'verbose'] as const;

/**
 * An event as one line for people: time, level, provider, name, process, and the message or the fields.
 *
 * Control characters in text from the trace are escaped.
 */
export function eventLine(event: SidecarEvent): string {
  const { damage, level = 0, pid, process, provider, providerId, tid, time } = event;
  const who =
    pid === undefined
      ? ''
      : `${process === undefined ? '' : `${process} `}${pid}${tid === undefined ? '' : `:${tid}`}`;
  const title = eventTitle(event);
  const text = eventText(event);
  const parts = [
    time.replace('T', ' '),
    LEVEL_WORDS[level] ?? '',
    provider ?? providerId ?? '',
    who && `[${who}]`,
    text.startsWith(title) ? '' : title,
    text,
    damage === undefined ? '' : `(damaged: ${damage})`,
  ];
  return parts
    .filter((part) => part !== '')
    .map(printable)
    .join(' ');
}
