import { describe, expect, it } from 'vitest';
import { LimitLog, MAX_STATED_BYTES } from '../../src/etl/limits.js';
import { exceedsBytes, shortName, startOf } from '../../src/format/index.js';
import { attack } from './hostile/run.js';
import * as traces from './hostile/traces.js';

/** Bytes of a message and of a name (SECURITY.md). */
const MESSAGE = 8192;
const NAME = 1024;

const sizeOf = (text: string): number => new TextEncoder().encode(text).length;

interface Event {
  readonly name?: string;
  readonly message?: string;
  readonly messageLength?: number;
  readonly omitted?: boolean;
  readonly schema: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The events of a provider that only these traces have, and the counts of what is left out. */
async function convert(trace: Uint8Array): Promise<{ events: Event[]; incomplete: Record<string, number> }> {
  const { code, outputs, stdout } = await attack({ 'in.etl': trace }, ['in.etl', '--json']);
  expect(code).toBe(4);
  const document = JSON.parse(new TextDecoder().decode(outputs.get('in.events.json')));
  const events = document.events.filter(({ providerId = '' }) => providerId.startsWith('7a3c9f52-'));
  return { events, incomplete: JSON.parse(stdout).traces[0].incomplete };
}

describe('the text of an event', () => {
  it.each([
    ['plain fields', traces.messageInserts(15_000, 3), 15_000 * 11_000],
    // Each byte is two digits, after 0x.
    ['binary fields', traces.slowMessageInserts(15_000, 3), 15_000 * 40_002],
  ])('with a message over 8 KiB has its start and its length: %s', async (_, trace, length) => {
    const { events } = await convert(trace);
    expect(events).toHaveLength(3);
    for (const { message = '', messageLength } of events) {
      expect(sizeOf(message)).toBe(MESSAGE + sizeOf('…'));
      expect(messageLength).toBe(length);
    }
  });

  it('with data that would be too long has the start of its bytes, their number and a hash, and is counted', async () => {
    const { events, incomplete } = await convert(traces.traceLoggingNames(1000, 20_000, 2));
    expect(events).toHaveLength(2);
    for (const { data, omitted, schema } of events) {
      expect(omitted).toBe(true);
      expect(schema).toBe('tracelogging');
      expect(data).toEqual({
        bytes: '00'.repeat(4096),
        length: 20_000,
        hash: expect.stringMatching(/^fnv1a:[0-9a-f]{8}$/u),
      });
    }
    expect(incomplete).toMatchObject({ eventsOmitted: 2 });
  });

  it('has names of at most 1 KiB, with a mark, and the truncated names are counted', async () => {
    const { events, incomplete } = await convert(traces.smallEvents(5000, 2));
    const [name = ''] = Object.keys(events[0]?.data ?? {});
    expect(name).toMatch(/^0_x{1022}…#[0-9a-f]{8}$/u);
    expect(events[0]?.name).toBe(name);
    expect(incomplete).toMatchObject({ namesTruncated: 1 });
  });
});

describe('a name', () => {
  it('of 1,024 bytes is kept, in any script', () => {
    for (const name of ['x'.repeat(NAME), 'é'.repeat(NAME / 2), '🦈'.repeat(NAME / 4)]) {
      expect(shortName(name)).toBe(name);
      expect(exceedsBytes(name, NAME)).toBe(false);
    }
  });

  it('that is longer keeps whole characters, and stays different from one that starts alike', () => {
    const [a, b] = ['日'.repeat(400), `${'日'.repeat(399)}本`].map(shortName);
    expect(a).toMatch(/^日{341}…#[0-9a-f]{8}$/u);
    expect(b?.slice(0, 342)).toBe(a?.slice(0, 342));
    expect(b).not.toBe(a);
    expect(startOf(`${'x'.repeat(1023)}🦈`, NAME)).toBe('x'.repeat(1023));
  });
});

describe('the budget for what a trace states', () => {
  it('is 64 MiB for all of it together; what does not fit is counted by kind', () => {
    const limits = new LimitLog();
    expect(MAX_STATED_BYTES).toBe(64 * 1024 * 1024);
    expect(limits.mayKeep('schemasLeftOut', MAX_STATED_BYTES - 100)).toBe(true);
    expect(limits.mayKeep('componentsLeftOut', 101)).toBe(false);
    expect(limits.mayKeep('filtersLeftOut', 100)).toBe(true);
    expect(limits.mayKeep('filtersLeftOut', 1)).toBe(false);
    expect(limits.counts()).toEqual({ componentsLeftOut: 1, filtersLeftOut: 1 });
    limits.free(100);
    expect(limits.mayKeep('filtersLeftOut', 100)).toBe(true);
  });
});
