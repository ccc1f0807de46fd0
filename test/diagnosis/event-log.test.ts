import { describe, expect, it } from 'vitest';
import type { DiagnosisEvent } from '../../src/diagnosis/event.js';
import { EventLog } from '../../src/diagnosis/event-log.js';

const event = (
  ticks: number,
  processor = 0,
  data: Readonly<Record<string, string>> = {},
): DiagnosisEvent => ({
  ticks: BigInt(ticks),
  providerId: '00000000-0000-0000-0000-000000000001',
  id: ticks,
  level: 3,
  processor,
  host: 0,
  json: { time: '', afterFrame: 0, cpu: processor, data, schema: 'builtin' },
});

const ids = (events: readonly DiagnosisEvent[]): number[] => events.map(({ id }) => id);

function logOf(events: readonly DiagnosisEvent[], capacity?: number): EventLog {
  const log = new EventLog(capacity);
  for (const each of events) log.add(each);
  return log;
}

describe('events around a moment', () => {
  it('are those of the processor, and those of other processors that have a name in a field', () => {
    const log = logOf([
      event(90, 1),
      event(100, 2, { NicFName: 'web' }),
      event(110, 2, { NicFName: 'database' }),
      event(120, 2, { SourceAddress: '10.0.0.4:443' }),
      event(300, 1),
    ]);
    const around = log.around(100n, 50, { host: 0, processor: 1, names: ['web', '10.0.0.4'] });
    expect(ids(around)).toEqual([90, 100, 120]);
  });

  it('are at most 20, the named and the nearest', () => {
    const log = logOf(Array.from({ length: 100 }, (_, n) => event(n, 1, n === 90 ? { Port: 'p' } : {})));
    const around = ids(log.around(40n, 60, { host: 0, processor: 1, names: ['p'] }));
    expect(around).toHaveLength(20);
    expect(around).toContain(90);
    expect(Math.max(...around.filter((id) => id !== 90).map((id) => Math.abs(id - 40)))).toBe(9);
  });

  it('are none of another host', () => {
    expect(logOf([event(1, 1)]).around(1n, 10, { host: 1, processor: 1 })).toEqual([]);
  });
});

it('keeps the newest events, as many as it has room for', () => {
  const log = logOf(
    Array.from({ length: 1000 }, (_, n) => event(n)),
    10,
  );
  expect(ids(log.between(0n, 2000n))).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
});
