import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeTrace, TraceClock, type TraceOptions } from '../../samples/encoder/index.js';
import { Trace, zoneTimeAt } from '../../src/etl/index.js';
import { memorySource } from '../support/memory-source.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';

const FILETIME_OF_1970 = 116_444_736_000_000_000n;
const filetime = (time: number): bigint => BigInt(time) * 10_000n + FILETIME_OF_1970;

type Zone = Pick<TraceOptions, 'daylightBias' | 'timeZoneBias' | 'timeZoneChanges' | 'timeZoneName'>;

function zoneOf(zone: Zone): Trace['header']['timeZone'] {
  const clock = new TraceClock({ type: 'qpc', start: 17_180_507_150_000_000n, startTicks: 5_000_000_000n });
  return new Trace(memorySource(encodeTrace({ clock, ...zone }, []))).header.timeZone;
}

/** Local time minus UTC in minutes, from the time zone database in ICU. */
function icuOffset(zone: string, time: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(time);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return (local - time) / 60_000;
}

const HALF_HOUR = 30 * 60_000;

/** Rules as Windows has them in the registry for these zones. */
const ZONES: readonly (readonly [icu: string, zone: Zone])[] = [
  [
    'Europe/Berlin',
    {
      timeZoneBias: -60,
      timeZoneChanges: { standard: [0, 10, 0, 5, 3, 0, 0, 0], daylight: [0, 3, 0, 5, 2, 0, 0, 0] },
    },
  ],
  [
    'America/Los_Angeles',
    {
      timeZoneBias: 480,
      timeZoneChanges: { standard: [0, 11, 0, 1, 2, 0, 0, 0], daylight: [0, 3, 0, 2, 2, 0, 0, 0] },
    },
  ],
  [
    'Australia/Sydney',
    {
      timeZoneBias: -600,
      timeZoneChanges: { standard: [0, 4, 0, 1, 3, 0, 0, 0], daylight: [0, 10, 0, 1, 2, 0, 0, 0] },
    },
  ],
  [
    'Pacific/Auckland',
    {
      timeZoneBias: -720,
      timeZoneChanges: { standard: [0, 4, 0, 1, 3, 0, 0, 0], daylight: [0, 9, 0, 5, 2, 0, 0, 0] },
    },
  ],
  [
    'Australia/Lord_Howe',
    {
      timeZoneBias: -630,
      daylightBias: -30,
      timeZoneChanges: { standard: [0, 4, 0, 1, 2, 0, 0, 0], daylight: [0, 10, 0, 1, 2, 0, 0, 0] },
    },
  ],
  ['Asia/Shanghai', { timeZoneBias: -480, daylightBias: -60 }],
  ['Asia/Kolkata', { timeZoneBias: -330 }],
];

describe('the UTC offset of a trace', () => {
  it.each(ZONES)(
    'is that of the time zone database in %s on every day of two years, and every half hour in months of changes',
    (icu, zone) => {
      const read = zoneOf(zone);
      const wrong: string[] = [];
      for (let time = Date.UTC(2023, 11, 31); time < Date.UTC(2026, 0, 2); time += HALF_HOUR * 48) {
        // Every day at midnight UTC, and every half hour in the months of changes.
        const month = new Date(time).getUTCMonth();
        const steps = [2, 3, 8, 9, 10].includes(month) ? 48 : 1;
        for (let step = 0; step < steps; step++) {
          const at = time + step * HALF_HOUR;
          const { utcOffsetMinutes } = zoneTimeAt(read, filetime(at));
          if (utcOffsetMinutes !== icuOffset(icu, at)) wrong.push(new Date(at).toISOString());
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  it('changes at the tick of a date with a year, and only in that year', () => {
    const zone = zoneOf({
      timeZoneBias: -60,
      timeZoneName: 'Mitteleuropa 2',
      timeZoneChanges: {
        standard: [2024, 10, 0, 27, 3, 0, 0, 0],
        daylight: [2024, 3, 0, 31, 2, 0, 0, 0],
      },
    });
    const start = filetime(Date.UTC(2024, 2, 31, 1));
    expect(zoneTimeAt(zone, start - 10_000n)).toEqual({
      name: 'Mitteleuropa 2',
      utcOffsetMinutes: 60,
      daylight: false,
    });
    expect(zoneTimeAt(zone, start)).toEqual({
      name: 'Mitteleuropa 1',
      utcOffsetMinutes: 120,
      daylight: true,
    });
    expect(zoneTimeAt(zone, filetime(Date.UTC(2025, 6, 1))).daylight).toBe(false);
  });

  it.each([
    ['month 13', [0, 13, 0, 1, 2, 0, 0, 0]],
    ['day 0', [0, 3, 0, 0, 2, 0, 0, 0]],
    ['weekday 7', [0, 3, 7, 1, 2, 0, 0, 0]],
    ['sixth weekday', [0, 3, 0, 6, 2, 0, 0, 0]],
  ] as const)('has no daylight saving time if a date is invalid: %s', (_name, daylight) => {
    const zone = zoneOf({
      timeZoneBias: -60,
      timeZoneChanges: { standard: [0, 10, 0, 5, 3, 0, 0, 0], daylight },
    });
    expect(zoneTimeAt(zone, filetime(Date.UTC(2024, 6, 1)))).toMatchObject({
      utcOffsetMinutes: 60,
      daylight: false,
    });
  });

  it.each([-(1n << 63n), 0n, (1n << 63n) - 1n])('exists at start time %s of a damaged header', (time) => {
    const zone = zoneOf(ZONES[0]?.[1] ?? {});
    expect(Number.isInteger(zoneTimeAt(zone, time).utcOffsetMinutes)).toBe(true);
  });
});

describeWithRealTraces('real traces', () => {
  /** Start times by another reader; offsets of these zones at that date from the time zone database. */
  it.each([
    ['amsi-tracelogging', 'Europe/Berlin'],
    ['eventsource-manifest', 'America/Los_Angeles'],
    ['eventsource-primitive-types', 'Europe/Helsinki'],
    ['eventsource-self-describing', 'America/Los_Angeles'],
    ['lxcore-tracelogging', 'Asia/Shanghai'],
    ['shutdown-kernel', 'Europe/Berlin'],
    ['win7-http-sys', 'America/Los_Angeles'],
    ['win7-kernel-network', 'America/Los_Angeles'],
  ])('%s has the offset of %s at its start', (name, icu) => {
    const { header } = new Trace(memorySource(readFileSync(realTrace(name))));
    const start = Number((header.startTime - FILETIME_OF_1970) / 10_000n);
    expect(zoneTimeAt(header.timeZone, header.startTime).utcOffsetMinutes).toBe(
      icuOffset(icu, start - (start % 60_000)),
    );
  });
});
