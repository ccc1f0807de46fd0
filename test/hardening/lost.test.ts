import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BufferFlag, classicRecord, concat, encodeTrace, TraceClock } from '../../samples/encoder/index.js';
import { pings } from '../../samples/scenarios/index.js';
import type { ConvertSummary } from '../../src/passes/index.js';
import { etlcap, useDirectory } from '../cli/run.js';
import { readSection } from '../support/pcapng-reader.js';

const directory = useDirectory();

/** RT_LostEvent (evntrace.h, RTLostEventGuid). */
const RT_LOST_EVENT = '6a399ae0-4bc6-4de9-870b-3657f8947e7e';
const clock = new TraceClock({ type: 'qpc', start: 17_000_000_000_000_000n });

/** A trace of one ping and what Windows says it lost. */
function lossy(eventsLost: number, buffersLost: number): Uint8Array {
  const ping = pings(1, { type: 'qpc', start: clock.start }, { form: 'windows7', bufferSize: 2048 }).plain;
  const record = ping.subarray(
    2048 + 72,
    2048 + new DataView(ping.buffer, ping.byteOffset).getUint32(2048 + 48, true),
  );
  const realTimeLoss = (opcode: number): Uint8Array =>
    classicRecord({ eventClass: RT_LOST_EVENT, opcode, time: clock.startTicks, data: new Uint8Array(0) });
  return encodeTrace({ clock, form: 'windows7', eventsLost, buffersLost }, [
    { processor: 0, records: [record], flags: BufferFlag.eventsLost },
    { processor: 0, records: [realTimeLoss(32), realTimeLoss(33)], flags: BufferFlag.bufferLost },
  ]);
}

async function convert(
  file: Uint8Array,
): Promise<{ text: string; summary: ConvertSummary; code: number | null }> {
  const input = directory.file('trace.etl');
  writeFileSync(input, file);
  const text = (await etlcap([input, '--force'])).stdout.toString();
  const { code, stdout } = await etlcap([input, '--force', '--json', '--strict']);
  return { code, summary: JSON.parse(stdout.toString()), text };
}

it('losses that Windows counted stand in the summary, in JSON, in the section header and in the interface statistics', async () => {
  const { code, summary, text } = await convert(lossy(1234, 5));
  expect(code).toBe(3);
  for (const words of [
    '1,234 events lost',
    '5 buffers lost',
    '2 losses of a real-time session',
    '2 buffers marked: events are missing before them',
  ]) {
    expect(text).toContain(words);
  }
  expect(summary.traces[0]?.lost).toEqual({
    events: 1234,
    buffers: 5,
    realTime: 2,
    buffersAfterLoss: 2,
    missingBuffers: 0,
  });
  const section = readSection(new Uint8Array(readFileSync(directory.file('trace.pcapng'))));
  expect(section.comments[0]).toContain('EventsLost=1234 BuffersLost=5 RealTimeLosses=2 BuffersAfterLoss=2');
  expect(section.statistics[0]).toMatchObject({ osDrop: 1234n });
  expect(section.statistics[0]?.comments).toEqual([
    'TraceEventsLost=1234 TraceBuffersLost=5 TraceRealTimeLosses=2 TraceBuffersAfterLoss=2',
  ]);
});

it('losses of two traces in one file are added', async () => {
  const { summary } = await convert(concat([lossy(3, 1), lossy(4, 2)]));
  expect(summary.traces[0]?.lost).toMatchObject({ events: 7, buffers: 3, realTime: 4 });
});

it('without packets they stand in the summary', async () => {
  const { text } = await convert(encodeTrace({ clock, eventsLost: 17 }, [{ processor: 0, records: [] }]));
  expect(text).toContain('17 events lost');
});
