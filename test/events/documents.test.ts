import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSection } from '../support/pcapng-reader.js';
import { readReference, referenceTime } from '../support/reference-reader.js';
import { describeWithRealTraces, REAL_TRACE_RECORDS, realTrace } from '../support/shared.js';
import { useConversions } from './convert.js';
import { problemsOf } from './schema.js';

const convert = useConversions();

/** Unix time in 100 ns of `2024-06-10T20:18:35.4891721Z`. */
function ticksOf(iso: string): bigint {
  const [, seconds = '', fraction = ''] = /^(.*)\.(\d{7})Z$/.exec(iso) ?? [];
  return BigInt(Date.parse(`${seconds}Z`)) * 10_000n + BigInt(fraction);
}

const samples = readdirSync(new URL('../../samples', import.meta.url))
  .filter((name) => name.endsWith('.etl'))
  .map((name) => ({ name, path: fileURLToPath(new URL(`../../samples/${name}`, import.meta.url)) }));

describe.each(samples)('the events of $name', ({ path }) => checkEvents(path));

describeWithRealTraces('real traces', () => {
  const real = Object.keys(REAL_TRACE_RECORDS).map((name) => ({ name, path: realTrace(name) }));
  describe.each(real)('the events of $name', ({ path }) => checkEvents(path));
});

function checkEvents(path: string): void {
  test('one JSON document, valid by the published schema, with one event per line', async () => {
    const { document, text } = await convert(path);
    expect(problemsOf(document, 'document')).toEqual([]);
    const lines = text.split('\n').filter((line) => line.startsWith('{"time":'));
    expect(lines.map((line) => JSON.parse(line.replace(/,$/, '')))).toEqual(document.events);
  });

  test('ndjson: the same events, one per line, and nothing else', async () => {
    const { document } = await convert(path);
    const { summary, text } = await convert(path, { events: 'ndjson' });
    expect(summary.eventsFile?.path).toMatch(/\.events\.ndjson$/);
    const events = text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(events).toEqual(document.events);
    expect(events.flatMap((event) => problemsOf(event, 'event'))).toEqual([]);
  });

  test('no record is lost: packets, merged records and events are all that a plain reader counts', async () => {
    const { buffers, header } = readReference(new Uint8Array(readFileSync(path)));
    const records = buffers.flatMap((buffer) => buffer.records);
    const { document, summary } = await convert(path);
    const { events, merged, packets, providers } = document.summary;
    expect(packets + merged + events).toBe(records.length);
    expect(document.events).toHaveLength(events);
    expect(summary.eventsFile?.events).toBe(events);
    for (const provider of providers) {
      expect(provider.packets + provider.merged + provider.events).toBe(provider.records);
      const own = document.events.filter((event) =>
        provider.id === 'kernel' ? event.provider === 'kernel' : event.providerId === provider.id,
      );
      expect(own).toHaveLength(provider.events);
    }
    // Times of those records that have one in their header, by the published formula.
    const plain = new Map<bigint, number>();
    for (const { time } of records) {
      if (time === undefined) continue;
      const ticks = referenceTime(header, time);
      plain.set(ticks, (plain.get(ticks) ?? 0) + 1);
    }
    const strangers = document.events.filter(({ time }) => !plain.has(ticksOf(time)));
    expect(strangers).toEqual([]);
  });

  test('events stand in the order of time, each behind the packet that its afterFrame names', async () => {
    const { document, pcapng } = await convert(path);
    const times = document.events.map(({ time }) => ticksOf(time));
    expect(times).toEqual([...times].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    const packets = pcapng.length === 0 ? [] : readSection(pcapng).packets.map(({ timestamp }) => timestamp);
    for (const [at, { afterFrame }] of document.events.entries()) {
      const time = times[at] ?? 0n;
      const [before = 0n, behind = time] = [packets[afterFrame - 1], packets[afterFrame]];
      expect(before <= time && time <= behind, `event ${at} behind frame ${afterFrame}`).toBe(true);
    }
  });
}
