import { UNIX_EPOCH_AS_FILETIME } from './clock.js';

/** TIME_ZONE_INFORMATION (timezoneapi.h). Biases are minutes: UTC = local time + bias. */
export interface TimeZone {
  readonly bias: number;
  /** The names may be references to a resource: `@tzres.dll,-322`. */
  readonly standardName: string;
  /** Absent if the zone has no daylight saving time, or if the date is invalid. */
  readonly standardDate?: TransitionDate;
  readonly standardBias: number;
  readonly daylightName: string;
  readonly daylightDate?: TransitionDate;
  readonly daylightBias: number;
}

/**
 * The local time of a change, as SYSTEMTIME. With year 0 it recurs every year, and `day` counts weekdays in the month: 1 is
 * the first, 5 the last. With a year it is a date and occurs once.
 */
interface TransitionDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 0 is Sunday. */
  readonly dayOfWeek: number;
  readonly day: number;
  /** Milliseconds since midnight. */
  readonly timeOfDay: number;
}

/** The zone's offset and name at a time. */
export interface ZoneTime {
  readonly name: string;
  /** Local time minus UTC. */
  readonly utcOffsetMinutes: number;
  readonly daylight: boolean;
}

export const TIME_ZONE_INFORMATION_SIZE = 172;
/** UTF-16 units of a name. */
const NAME_LENGTH = 32;
const OFFSET = {
  bias: 0,
  standardName: 4,
  standardDate: 68,
  standardBias: 84,
  daylightName: 88,
  daylightDate: 152,
  daylightBias: 168,
} as const;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LAST_WEEK = 5;

/** The zone of a trace without a header. */
export const UTC: TimeZone = {
  bias: 0,
  standardName: '',
  standardBias: 0,
  daylightName: '',
  daylightBias: 0,
};

/** Reads the {@link TIME_ZONE_INFORMATION_SIZE} bytes at `at`. */
export function readTimeZone(view: DataView, at: number): TimeZone {
  const standardDate = readTransition(view, at + OFFSET.standardDate);
  const daylightDate = readTransition(view, at + OFFSET.daylightDate);
  return {
    bias: view.getInt32(at + OFFSET.bias, true),
    standardName: readUtf16(view, at + OFFSET.standardName, NAME_LENGTH),
    ...(standardDate !== undefined && { standardDate }),
    standardBias: view.getInt32(at + OFFSET.standardBias, true),
    daylightName: readUtf16(view, at + OFFSET.daylightName, NAME_LENGTH),
    ...(daylightDate !== undefined && { daylightDate }),
    daylightBias: view.getInt32(at + OFFSET.daylightBias, true),
  };
}

/** A NUL-terminated UTF-16 string, at most `limit` units or up to the end of the view. */
export function readUtf16(view: DataView, offset: number, limit = Number.POSITIVE_INFINITY): string {
  let text = '';
  for (let at = offset; at + 2 <= view.byteLength && text.length < limit; at += 2) {
    const unit = view.getUint16(at, true);
    if (unit === 0) break;
    text += String.fromCharCode(unit);
  }
  return text;
}

/** SYSTEMTIME: year, month, day of week, day, hour, minute, second, millisecond (u16 each). Month 0 means "none". */
function readTransition(view: DataView, at: number): TransitionDate | undefined {
  const field = (n: number): number => view.getUint16(at + 2 * n, true);
  const date = { year: field(0), month: field(1), dayOfWeek: field(2), day: field(3) };
  const lastDay = date.year === 0 ? LAST_WEEK : 31;
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > lastDay || date.dayOfWeek > 6)
    return undefined;
  return { ...date, timeOfDay: ((field(4) * 60 + field(5)) * 60 + field(6)) * 1000 + field(7) };
}

/**
 * Offset and name of the zone at a time, by the zone's own rules. Without both dates there is no daylight saving time,
 * and the standard bias is ignored (documentation of TIME_ZONE_INFORMATION).
 *
 * @param filetime 100 ns since 1601, UTC
 */
export function zoneTimeAt(zone: TimeZone, filetime: bigint): ZoneTime {
  const { bias, daylightBias, daylightDate, daylightName, standardBias, standardDate, standardName } = zone;
  const at = (name: string, minutes: number, daylight: boolean): ZoneTime => ({
    name,
    utcOffsetMinutes: 0 - minutes,
    daylight,
  });
  if (daylightDate === undefined || standardDate === undefined) return at(standardName, bias, false);
  const time = Number((filetime - UNIX_EPOCH_AS_FILETIME) / 10_000n);
  const year = new Date(time - (bias + standardBias) * MINUTE).getUTCFullYear();
  // Each date is in the local time that ends with it.
  const daylightStart = transitionTime(daylightDate, year) + (bias + standardBias) * MINUTE;
  const standardStart = transitionTime(standardDate, year) + (bias + daylightBias) * MINUTE;
  // In the southern hemisphere daylight saving time extends over the end of the year.
  const daylight =
    daylightStart < standardStart
      ? time >= daylightStart && time < standardStart
      : time >= daylightStart || time < standardStart;
  return daylight
    ? at(daylightName, bias + daylightBias, true)
    : at(standardName, bias + standardBias, false);
}

/** Local time of a change in a year, in milliseconds since 1970. */
function transitionTime(
  { day, dayOfWeek, month, timeOfDay, year: fixedYear }: TransitionDate,
  year: number,
): number {
  if (fixedYear !== 0) return Date.UTC(fixedYear, month - 1, day) + timeOfDay;
  const first = new Date(Date.UTC(year, month - 1, 1));
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  let date = 1 + ((dayOfWeek - first.getUTCDay() + 7) % 7) + 7 * (day - 1);
  if (date > daysInMonth) date -= 7;
  return first.getTime() + (date - 1) * DAY + timeOfDay;
}
