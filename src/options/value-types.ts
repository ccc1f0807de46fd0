import { TEXT_ENCODINGS, type TextEncoding } from '../host/index.js';
import { parseIpPrefix } from '../net/index.js';
import { protocolNamed } from '../paths/index.js';
import { TABLE_NAMES, type TableName } from '../table/index.js';
import type { ValueType } from './value-type.js';

/** One of several words. */
export function oneOf<const T extends string>(...choices: readonly T[]): ValueType<T> {
  const parse = (text: string): T | undefined => choices.find((word) => word === text);
  return {
    takes: choices.join(', '),
    parse,
    accepts: listed(choices.map((word) => `'${word}'`)),
    check: (value) => typeof value === 'string' && parse(value) !== undefined,
    choices,
  };
}

/** `a`, `a or b`, `a, b or c` */
const listed = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/u, ' or $1');

const isText = (value: unknown): value is string => typeof value === 'string';

/** A table of `etlcap table`. Help texts do not list the names. */
export const TABLE: ValueType<TableName> = (({ accepts, check, parse, takes }) => ({
  accepts,
  check,
  parse,
  takes,
}))(oneOf(...TABLE_NAMES));

/** Any text. */
export const TEXT: ValueType<string> = {
  takes: 'a text',
  parse: (text) => text,
  accepts: 'a string',
  check: isText,
};

/** The name of a file or directory. */
export const PATH: ValueType<string> = { ...TEXT, takes: 'a path', accepts: 'a path' };

/** The content of a file: the command line names the file. */
export const CONTENT: ValueType<string> = {
  ...PATH,
  accepts: 'text or bytes',
  check: (value) => isText(value) || value instanceof Uint8Array,
};

/** The name of a file, or for the library also a writable stream. */
export const PATH_OR_STREAM: ValueType<string> = {
  ...PATH,
  accepts: 'a path or a stream',
  check: (value) => isText(value) || (typeof value === 'object' && value !== null && 'write' in value),
};

/** An encoding of text: its name in any case, or the number of a code page. */
export const ENCODING: ValueType<TextEncoding> = {
  takes: `an encoding: ${TEXT_ENCODINGS.join(', ')}`,
  parse: (text) => {
    const name = text.toLowerCase();
    return TEXT_ENCODINGS.find(
      (encoding) => [encoding, encoding.replace('-', '')].includes(name) || encoding === `cp${name}`,
    );
  },
  accepts: listed(TEXT_ENCODINGS.map((encoding) => `'${encoding}'`)),
  check: (value) => TEXT_ENCODINGS.some((encoding) => encoding === value),
};

/** ETW levels by their usual names (winmeta.xml). */
const LEVELS: ReadonlyMap<string, number> = new Map([
  ['critical', 1],
  ['error', 2],
  ['warning', 3],
  ['information', 4],
  ['informational', 4],
  ['info', 4],
  ['verbose', 5],
]);
/** The field is one byte (EVENT_DESCRIPTOR.Level). */
const MAX_LEVEL = 255;

/** An ETW level: a number, 0 to 255, or its name. */
export const LEVEL: ValueType<number> = {
  takes: 'critical, error, warning, info, verbose or a number',
  parse: (text) => LEVELS.get(text.toLowerCase()) ?? wholeNumberIn(text, 0, MAX_LEVEL),
  accepts: `a whole number from 0 to ${MAX_LEVEL}`,
  check: (value) => isWholeNumber(value, 0, MAX_LEVEL),
};

const isWholeNumber = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;

function wholeNumberIn(text: string, least: number, most: number): number | undefined {
  const number = /^\d{1,16}$/u.test(text) ? Number(text) : Number.NaN;
  return isWholeNumber(number, least, most) ? number : undefined;
}

/** A whole number. */
export function wholeNumber(least: number, most: number): ValueType<number> {
  const range = least === 0 ? `up to ${most}` : `from ${least} to ${most}`;
  return {
    takes: `a number ${range}`,
    parse: (text) => wholeNumberIn(text, least, most),
    accepts: `a whole number from ${least} to ${most}`,
    check: (value) => isWholeNumber(value, least, most),
  };
}

const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/u;

/**
 * A point in time: `2024-06-10`, `2024-06-10T20:18:35.4891721Z`; UTC without an offset. The value is Unix time in units
 * of 100 ns.
 */
export const TIME: ValueType<bigint> = {
  takes: 'a time such as 2024-06-10T20:18:35.5Z',
  parse: (text) => {
    const match = ISO_TIME.exec(text.trim());
    const [, date, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match ?? [];
    const milliseconds = Date.parse(
      `${date}T${minutes}:${seconds}${zone.replace(/^([+-]\d{2})(\d{2})$/u, '$1:$2')}`,
    );
    // Date.parse accepts 2024-02-31 as the second of March.
    const isDay = date !== undefined && !Number.isNaN(milliseconds) && isCalendarDay(date);
    return isDay ? BigInt(milliseconds) * 10_000n + BigInt(fraction.slice(0, 7).padEnd(7, '0')) : undefined;
  },
  accepts: 'a bigint, Unix time in 100 ns',
  check: (value) => typeof value === 'bigint',
};

const isCalendarDay = (date: string): boolean => new Date(date).toISOString().startsWith(date);

const BYTE_COUNT = /^(\d+(?:\.\d+)?)\s*(?:([kMGT])(i?)B?|B)?$/iu;
const UNIT_POWERS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4 };

/** A number of bytes: `500M`, `64GiB`, `1.5 GB`; units with `i` are powers of 1024, others of 1000. */
export const BYTES: ValueType<number> = {
  takes: 'a size such as 500M or 64GiB',
  parse: (text) => {
    const [, number = '', unit = '', binary = ''] = BYTE_COUNT.exec(text.trim()) ?? [];
    const power = UNIT_POWERS[unit.toLowerCase()] ?? 0;
    const bytes = Math.floor(Number.parseFloat(number) * (binary === '' ? 1000 : 1024) ** power);
    return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
  },
  accepts: 'a number of bytes',
  check: (value) => typeof value === 'number' && value > 0,
};

/** Timers hold 2^31 ms. */
const MAX_SECONDS = 2_000_000;

/** A number of seconds. */
export const SECONDS: ValueType<number> = {
  takes: 'a number of seconds',
  parse: (text) => {
    const number = /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) : Number.NaN;
    return number <= MAX_SECONDS ? number : undefined;
  },
  accepts: 'a number of seconds',
  check: (value) => typeof value === 'number' && value >= 0 && value <= MAX_SECONDS,
};

const TIME_SPAN = /^(\d+(?:\.\d+)?)\s*(ns|us|µs|μs|ms|s)$/u;
const UNIT_TICKS: Readonly<Record<string, number>> = { ns: 0.01, us: 10, µs: 10, μs: 10, ms: 1e4, s: 1e7 };

/** A length of time: `500us`, `2ms`, `1.5s`. The value is in units of 100 ns. */
export const TIME_SPAN_TICKS: ValueType<number> = {
  takes: 'a time such as 500us, 2ms or 1s',
  parse: (text) => {
    const [, number = '', unit = ''] = TIME_SPAN.exec(text.trim()) ?? [];
    const ticks = Number.parseFloat(number) * (UNIT_TICKS[unit] ?? Number.NaN);
    return Number.isNaN(ticks) ? undefined : ticks;
  },
  accepts: 'a number, a length of time in 100 ns',
  check: (value) => typeof value === 'number' && value >= 0,
};

/** An IP protocol by name or number. */
export const PROTOCOL: ValueType<string> = {
  takes: 'tcp, udp, icmp, icmpv6, arp or a number up to 255',
  parse: (text) => (protocolNamed(text) === undefined ? undefined : text),
  accepts: 'a protocol such as tcp, icmpv6 or 89, as a string',
  check: (value) => isText(value) && protocolNamed(value) !== undefined,
};

/** An IP address or network. */
export const NETWORK: ValueType<string> = {
  takes: 'an IP address or network such as 10.0.0.0/8',
  parse: (text) => (parseIpPrefix(text) === undefined ? undefined : text),
  accepts: 'an IP address or network such as 10.0.0.0/8',
  check: (value) => isText(value) && parseIpPrefix(value) !== undefined,
};

/** One of several equal parts of a batch: `3/8`. */
export const SHARD: ValueType<string> = { ...TEXT, takes: 'a shard such as 3/8' };

/** A file whose extension selects the format. */
export const REPORT_FILE: ValueType<string> = {
  ...PATH,
  takes: 'a file with the extension .json or .xml',
  parse: (text) => (/[^/\\]\.(?:json|xml)$/iu.test(text) ? text : undefined),
};
