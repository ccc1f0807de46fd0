import type { JsonValue } from '../etw/index.js';
import { eventText, eventTitle, type SidecarEvent } from '../events/index.js';
import type { NearbyEvent } from './finding.js';

/** A decoded event. May be kept. */
export interface DiagnosisEvent {
  /** Unix time in 100 ns. */
  readonly ticks: bigint;
  readonly providerId: string;
  readonly id: number;
  /** 1 critical … 5 verbose; 0: always. */
  readonly level: number;
  readonly processor: number;
  /** Which host's: traces of several can be merged. */
  readonly host: number;
  /** All that the events document has of it; fields are in `data`. */
  readonly json: SidecarEvent;
}

/** A field as number: numbers, and decimal or hexadecimal text. Undefined for anything else. */
export function numberField({ json }: DiagnosisEvent, name: string): number | undefined {
  const value = fieldOf(json, name);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^(?:\d{1,15}|0x[\da-f]{1,13})$/iu.test(value)) return undefined;
  return Number(value);
}

/** A field as text; empty text is undefined. */
export function textField({ json }: DiagnosisEvent, name: string): string | undefined {
  const value = fieldOf(json, name);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A field of bytes (hexadecimal in the events document); undefined for other fields. */
export function bytesField({ json }: DiagnosisEvent, name: string): Uint8Array | undefined {
  const value = fieldOf(json, name);
  if (typeof value !== 'string' || !/^(?:[\da-f]{2})*$/iu.test(value)) return undefined;
  return Uint8Array.from(value.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
}

const fieldOf = ({ data }: SidecarEvent, name: string): JsonValue | undefined =>
  Object.hasOwn(data, name) ? data[name] : undefined;

/** All texts among the fields of an event, for comparisons with addresses and names. */
export const fieldTexts = ({ json }: DiagnosisEvent): string[] =>
  Object.values(json.data).filter((value): value is string => typeof value === 'string');

/** Characters of an event's text in a finding. */
const MAX_TEXT = 300;

/** An event as part of a finding. */
export function nearbyEvent({ json }: DiagnosisEvent): NearbyEvent {
  const title = eventTitle(json);
  const text = eventText(json);
  const whole = text.startsWith(title) ? text : `${title} ${text}`;
  return {
    time: json.time,
    provider: json.provider ?? json.providerId ?? '',
    ...(json.id !== undefined && { eventId: json.id }),
    text: whole.length > MAX_TEXT ? `${whole.slice(0, MAX_TEXT)}…` : whole,
  };
}
