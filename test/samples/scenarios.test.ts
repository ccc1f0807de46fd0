import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  committedScenarios,
  gftFlow,
  neverClosed,
  pings,
  rasVpn,
  type Scenario,
  stepsBack,
  streamTrace,
  switch32Bit,
  wfpCapture,
  wrapped,
} from '../../samples/scenarios/index.js';
import { type ReferenceTrace, readReference, referenceTime } from '../support/reference-reader.js';

const scenarios = committedScenarios().map((make) => make());
const committed = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../samples/${name}`, import.meta.url)));

/** Records by kind, without the container's own: trace header and rundown complete. */
function countsByKind(trace: ReferenceTrace): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { records } of trace.buffers) {
    for (const { kind } of records) {
      if (kind !== 'hook 0x0000' && kind !== 'hook 0x5050') counts[kind] = (counts[kind] ?? 0) + 1;
    }
  }
  return counts;
}

const packetEvents = /\/(1001|1003|160|170|5001|5002|60011|60012|60021|60022|2000)$/;

/** Every packet's time and processor stand on an event that can carry it. */
function expectPacketsInTrace(trace: ReferenceTrace, { truth }: Scenario): void {
  const seen = new Set<string>();
  for (const { processor, records } of trace.buffers) {
    for (const { kind, time } of records) {
      if (time !== undefined && packetEvents.test(kind))
        seen.add(`${referenceTime(trace.header, time)} ${processor}`);
    }
  }
  const missing = truth.packets.filter(({ time, processor }) => !seen.has(`${time} ${processor}`));
  expect(missing).toEqual([]);
}

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (name, scenario) => {
  test('the files in samples/ are what the generator writes', () => {
    expect(committed(`${name}.etl`)).toEqual(scenario.plain);
    expect(committed(`${name}.compressed.etl`)).toEqual(scenario.compressed);
  });

  test.each(['plain', 'compressed'] as const)(
    '%s: every byte belongs to a buffer, every record is in the truth',
    (form) => {
      const trace = readReference(scenario[form]);
      expect(trace.rest).toBe(0);
      expect(trace.header.buffersWritten).toBe(trace.buffers.length);
      expect(countsByKind(trace)).toEqual(scenario.truth.events);
      expectPacketsInTrace(trace, scenario);
    },
  );

  test('no two packets have the same time, so that their order is not in question', () => {
    const times = scenario.truth.packets.map(({ time }) => time);
    expect(new Set(times).size).toBe(times.length);
    expect([...times].sort((a, b) => Number(a - b))).toEqual(times);
  });

  test('packets are never longer than they were', () => {
    const wrong = scenario.truth.packets.filter(({ bytes, originalLength }) => bytes.length > originalLength);
    expect(wrong).toEqual([]);
  });
});

test('the committed samples take less than 300 KiB together', () => {
  const total = scenarios.reduce((sum, { plain, compressed }) => sum + plain.length + compressed.length, 0);
  expect(total).toBeLessThan(300 * 1024);
});

describe('traces that tests make', () => {
  const all: readonly (readonly [string, Scenario])[] = [
    rasVpn(),
    wfpCapture(),
    gftFlow(),
    switch32Bit(),
    neverClosed(),
    stepsBack(),
    pings(40, { type: 'systemTime' }),
    pings(40, { type: 'cpuCycles', cpuMegahertz: 3066 }, { pointerSize: 4 }),
  ].map((scenario) => [scenario.name, scenario]);

  test.each(all)('%s: plain and compressed hold the records of the truth', (_, scenario) => {
    for (const file of [scenario.plain, scenario.compressed]) {
      const trace = readReference(file);
      expect(trace.rest).toBe(0);
      expect(countsByKind(trace)).toEqual(scenario.truth.events);
      expectPacketsInTrace(trace, scenario);
    }
  });

  test('a wrapped file starts with its newest buffers and lacks its oldest', () => {
    const scenario = wrapped();
    const trace = readReference(scenario.plain);
    const sequences = trace.buffers.slice(1).map(({ sequence }) => Number(sequence));
    const oldest = Math.min(...sequences);
    expect(oldest).toBe(4);
    expect(sequences[3]).toBe(oldest);
    expect(sequences[2]).toBe(Math.max(...sequences));
    expect(countsByKind(trace)).toEqual(scenario.truth.events);
    expectPacketsInTrace(trace, scenario);
  });

  test('times step back inside a buffer where a scenario says so', () => {
    const times = readReference(stepsBack().plain).buffers[1]?.records.map(({ time }) => time ?? 0n) ?? [];
    expect(times.filter((time, index) => index > 0 && time < (times[index - 1] ?? 0n))).toHaveLength(6);
  });

  // An event's schema is a record too.
  test.each([
    ['ndis', [3000]],
    ['pktmon', [3000]],
    ['vswitch', [3000]],
    ['events', [1, 3000]],
    ['host', [1, 750, 2250]],
  ] as const)('a streamed trace of %s is a whole file', (kind, expected) => {
    const pieces: Uint8Array[] = [];
    const header = streamTrace({ kind, count: 3000 }, (bytes) => pieces.push(bytes.slice()));
    const file = new Uint8Array([header, ...pieces.slice(1)].flatMap((piece) => [...piece]));
    const trace = readReference(file);
    const counts = Object.values(countsByKind(trace)).sort((a, b) => a - b);
    expect(counts).toEqual(expected);
    expect(trace.header.buffersWritten).toBe(pieces.length);
  });
});
