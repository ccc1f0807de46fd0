import { existsSync } from 'node:fs';
import { UsageError } from './exit.js';

/** Options that take values up to the next option, as in `--component 59 61`. */
const GREEDY = new Set(['--component', '--providers']);

/**
 * Repeats a greedy option's name before each of its values, so that the parser sees one value each. A value ends where
 * an option begins, or where a file of that name exists.
 */
export function spreadGreedy(argv: readonly string[]): string[] {
  const spread: string[] = [];
  let option: string | undefined;
  let taken = 0;
  for (const [at, argument] of argv.entries()) {
    if (argument === '--' && (option === undefined || taken > 0)) return [...spread, ...argv.slice(at)];
    const [name = '', inline] = argument.split(/=(.*)/su, 2);
    if (GREEDY.has(name)) {
      if (option !== undefined && taken === 0) throw new UsageError(`${option} needs a value`);
      option = inline === undefined ? name : undefined;
      taken = 0;
      for (const value of inline?.split(',') ?? []) spread.push(`${name}=${value}`);
      continue;
    }
    if (option === undefined) {
      spread.push(argument);
      continue;
    }
    const isInput = taken > 0 && (/\.etl$/iu.test(argument) || existsSync(argument));
    if (argument.startsWith('-') || isInput) {
      if (taken === 0) throw new UsageError(`${option} needs a value`);
      option = undefined;
      spread.push(argument);
      continue;
    }
    for (const value of argument.split(',')) spread.push(`${option}=${value}`);
    taken += 1;
  }
  if (option !== undefined && taken === 0) throw new UsageError(`${option} needs a value`);
  return spread;
}

/** One of a list of words, or nothing. */
export function choice<T extends string>(
  option: string,
  value: string | undefined,
  choices: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const found = choices.find((word) => word === value);
  if (found === undefined) throw new UsageError(`${option} takes ${choices.join(', ')}; not '${value}'`);
  return found;
}

/** ETW levels by the names that people know them under (winmeta.xml). */
const LEVELS: ReadonlyMap<string, number> = new Map([
  ['critical', 1],
  ['error', 2],
  ['warning', 3],
  ['information', 4],
  ['informational', 4],
  ['info', 4],
  ['verbose', 5],
]);

/** An ETW level: a number, 0 to 255, or its name. */
export function eventLevel(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const level = LEVELS.get(value.toLowerCase()) ?? (/^\d{1,3}$/u.test(value) ? Number(value) : Number.NaN);
  if (!(level <= 255)) {
    throw new UsageError(
      `${option} takes critical, error, warning, info, verbose or a number; not '${value}'`,
    );
  }
  return level;
}

const ISO_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/u;

/**
 * A point in time as people type it: `2024-06-10`, `2024-06-10T20:18:35.4891721Z`, with or without an offset (without:
 * UTC, as the tool prints times).
 *
 * @returns Unix time in 100 ns
 */
export function pointInTime(option: string, value: string | undefined): bigint | undefined {
  if (value === undefined) return undefined;
  const match = ISO_TIME.exec(value.trim());
  const [, date, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match ?? [];
  const milliseconds = Date.parse(
    `${date}T${minutes}:${seconds}${zone.replace(/^([+-]\d{2})(\d{2})$/u, '$1:$2')}`,
  );
  // Date.parse takes 2024-02-31 for the second of March.
  const isDay = date !== undefined && !Number.isNaN(milliseconds) && isCalendarDay(date);
  if (!isDay) {
    throw new UsageError(`${option} takes a time such as 2024-06-10T20:18:35.5Z; not '${value}'`);
  }
  return BigInt(milliseconds) * 10_000n + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
}

const isCalendarDay = (date: string): boolean => new Date(date).toISOString().startsWith(date);

const BYTE_COUNT = /^(\d+(?:\.\d+)?)\s*(?:([kMGT])(i?)B?|B)?$/iu;
const UNIT_POWERS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4 };

/** A number of bytes as people type it: `500M`, `64GiB`, `1.5 GB`; with `i` in steps of 1024, without of 1000. */
export function byteCount(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const [, number = '', unit = '', binary = ''] = BYTE_COUNT.exec(value.trim()) ?? [];
  const bytes = Math.floor(
    Number.parseFloat(number) * (binary === '' ? 1000 : 1024) ** (UNIT_POWERS[unit.toLowerCase()] ?? 0),
  );
  if (!(bytes > 0) || !Number.isSafeInteger(bytes)) {
    throw new UsageError(`${option} takes a size such as 500M or 64GiB; not '${value}'`);
  }
  return bytes;
}
