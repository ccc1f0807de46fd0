import { describe, expect, test } from 'vitest';
import {
  ByteWriter,
  encodeTrace,
  eventRecord,
  eventSchemaRecord,
  InType,
  processRecord,
  TraceClock,
  unixTime,
} from '../../samples/encoder/index.js';
import { natVswitch } from '../../samples/scenarios/index.js';
import { useConversions } from '../events/convert.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';

const convert = useConversions();
const PROVIDER = '3f1f9c22-6f5b-4a53-9d3c-6d1f0e6b7a10';
const START = unixTime('2025-03-01T10:00:00Z');
const clock = new TraceClock({ type: 'qpc', start: START });

/** Milliseconds after the start, as the trace's clock has it. */
const at = (milliseconds: number): bigint => clock.startTicks + BigInt(milliseconds) * 10_000n;

const eventOf = (processId: number, milliseconds: number): Uint8Array =>
  eventRecord({ provider: PROVIDER, id: 1, time: at(milliseconds), processId, data: new Uint8Array(0) });

const processAt = (
  what: 'start' | 'end' | 'running' | 'runningAtEnd',
  processId: number,
  imageName: string,
  milliseconds: number,
): Uint8Array => processRecord(what, { processId, imageName }, at(milliseconds));

/** Names of the processes of the test provider's events, in time order. */
async function namesOf(records: readonly Uint8Array[]): Promise<(string | undefined)[]> {
  const { document } = await convert(encodeTrace({ clock, bufferSize: 65_536 }, [{ processor: 0, records }]));
  return document.events.filter(({ providerId }) => providerId === PROVIDER).map(({ process }) => process);
}

describe('an event names its process', () => {
  test('by the rundown at the beginning of the trace', async () => {
    expect(
      await namesOf([processAt('running', 700, 'svchost.exe', 0), eventOf(700, 5), eventOf(701, 6)]),
    ).toEqual(['svchost.exe', undefined]);
  });

  test('by a rundown that stands only at the end', async () => {
    expect(await namesOf([eventOf(700, 5), processAt('runningAtEnd', 700, 'svchost.exe', 9)])).toEqual([
      'svchost.exe',
    ]);
  });

  test('by the process that had the id at that time, where it was used again', async () => {
    const records = [
      processAt('running', 700, 'old.exe', 0),
      eventOf(700, 1),
      processAt('end', 700, 'old.exe', 2),
      eventOf(700, 3),
      processAt('start', 700, 'new.exe', 4),
      eventOf(700, 5),
    ];
    expect(await namesOf(records)).toEqual(['old.exe', undefined, 'new.exe']);
  });

  test('not before the process started', async () => {
    expect(await namesOf([eventOf(700, 1), processAt('start', 700, 'late.exe', 2), eventOf(700, 3)])).toEqual(
      [undefined, 'late.exe'],
    );
  });

  test('until its end, where only the end is in the trace', async () => {
    expect(await namesOf([eventOf(700, 1), processAt('end', 700, 'gone.exe', 2), eventOf(700, 3)])).toEqual([
      'gone.exe',
      undefined,
    ]);
  });
});

describe('an event names its process, whatever else the trace tells', () => {
  test('also past hundreds of moments without a name, before and after it', async () => {
    const nameless = (from: number): Uint8Array[] =>
      Array.from({ length: 400 }, (_, n) => processAt('running', 700, '', from + n));
    expect(
      await namesOf([processAt('running', 700, 'web.exe', 0), ...nameless(1), eventOf(700, 2000)]),
    ).toEqual(['web.exe']);
    expect(
      await namesOf([eventOf(700, 0), ...nameless(1), processAt('running', 700, 'web.exe', 2000)]),
    ).toEqual(['web.exe']);
  });

  test('from events whose schema comes after them', async () => {
    const provider = '22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716';
    const rundown = eventRecord({
      provider,
      id: 15,
      version: 9,
      time: at(1),
      data: new ByteWriter().u32(700).utf16z('\\Device\\Volume1\\web.exe').take(),
    });
    const schema = eventSchemaRecord(
      {
        provider,
        providerName: 'Microsoft-Windows-Kernel-Process',
        id: 15,
        version: 9,
        fields: [
          { name: 'ProcessID', inType: InType.uint32 },
          { name: 'ImageName', inType: InType.unicodeString },
        ],
      },
      at(9),
    );
    expect(await namesOf([rundown, eventOf(700, 5), schema])).toEqual(['web.exe']);
  });
});

test('the summary counts packets by process', async () => {
  const { plain, truth } = natVswitch();
  const { document, summary } = await convert(plain);
  const counts = new Map<number, number>();
  for (const { pid } of truth.packets) counts.set(pid, (counts.get(pid) ?? 0) + 1);
  expect(new Map(summary.processes.map(({ packets, pid }) => [pid, packets]))).toEqual(counts);
  expect(summary.processes.find(({ pid }) => pid === 4)?.name).toBe('System');
  expect(document.summary.processes).toEqual(summary.processes);
});

describeWithRealTraces('a kernel trace of Windows', () => {
  test('names its processes: those that the rundown lists, by its own fields', async () => {
    const { document } = await convert(realTrace('shutdown-kernel'));
    const rundown = document.events.filter(({ name }) => name === 'Process/DCStart');
    // Hook 0x0303: 94 records (README of the samples: process rundown).
    expect(rundown).toHaveLength(94);
    const names = new Map(rundown.map(({ data }) => [data.ProcessId, data.ImageFileName]));
    expect(names.get(4)).toBe('System');
    const inSystem = document.events.filter(({ pid }) => pid === 4);
    expect(new Set(inSystem.map(({ process }) => process))).toEqual(new Set(['System']));
  });
});
