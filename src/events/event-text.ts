import type { JsonValue } from '../etw/index.js';
import type { SidecarEvent } from './event.js';

/** A text that would be mistaken in `name=value` form: blanks, quotes, controls. */
const NEEDS_QUOTES = /[\s"\\\p{Cc}\p{Zl}\p{Zp}]/u;

/** `name=value` for every field, separated by single blanks: the replacement for a missing message. */
export function fieldsText(data: SidecarEvent['data']): string {
  return Object.entries(data)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(' ');
}

function valueText(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' || (typeof value === 'string' && NEEDS_QUOTES.test(text)) ? JSON.stringify(text) : text;
}

/** The event's name, or its number. */
export function eventTitle({ id, name, opcode }: SidecarEvent): string {
  if (name !== undefined) return name;
  return id === undefined ? `Opcode ${opcode ?? 0}` : `Event ${id}`;
}

/** The event's message, or its title and fields: never empty. */
export function eventText(event: SidecarEvent): string {
  if (event.message) return event.message;
  const fields = fieldsText(event.data);
  return fields === '' ? eventTitle(event) : `${eventTitle(event)} ${fields}`;
}
