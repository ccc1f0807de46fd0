import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pings } from '../../samples/scenarios/index.js';
import type { ConvertSummary } from '../../src/passes/index.js';
import { etlcap } from '../cli/run.js';
import { type PcapngSection, readSection } from '../support/pcapng-reader.js';
import { damageCases } from './damage-cases.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fileName = (name: string): string => name.replaceAll(/\W+/g, '-');

let directory = '';
/** By name of the case. */
const summaries = new Map<string, ConvertSummary>();
/** What people read about each trace, by name of the case: from its name to that of the next. */
const texts = new Map<string, string>();

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'etlcap-damage-'));
  mkdirSync(join(directory, 'out'));
  const inputs = damageCases.map(({ file, name }) => {
    const path = join(directory, `${fileName(name)}.etl`);
    writeFileSync(path, file);
    return path;
  });
  const options = ['-o', join(directory, 'out'), '--events', 'none', '--force'];
  const json = await etlcap([...inputs, ...options, '--json']);
  expect(json.stderr).toBe('');
  const { conversions }: { conversions: ConvertSummary[] } = JSON.parse(json.stdout.toString());
  const text = (await etlcap([...inputs, ...options])).stdout.toString();
  for (const [n, { name }] of damageCases.entries()) {
    const summary = conversions[n];
    if (summary !== undefined) summaries.set(name, summary);
    const start = text.indexOf(`${inputs[n]}: `);
    const next = text.indexOf(`${inputs[n + 1]}: `);
    texts.set(name, text.slice(start, next === -1 ? undefined : next));
  }
});
afterAll(() => rmSync(directory, { recursive: true }));

const outputOf = (name: string): PcapngSection =>
  readSection(new Uint8Array(readFileSync(join(directory, 'out', `${fileName(name)}.pcapng`))));

describe.each(damageCases.map((damaged) => [damaged.name, damaged] as const))('%s', (name, damaged) => {
  it('leaves every intact packet in the output, with its time', () => {
    const found = new Map<string, bigint[]>();
    for (const { data, timestamp } of outputOf(name).packets) {
      found.set(hex(data), [...(found.get(hex(data)) ?? []), timestamp]);
    }
    for (const { bytes, time } of damaged.intact) {
      const times = found.get(hex(bytes));
      if (time === undefined) expect(times).toHaveLength(1);
      else expect(times).toContain(time);
    }
  });

  it('is told place by place: in JSON, in the section header and in the summary', () => {
    const damage = summaries.get(name)?.traces[0]?.damage;
    const comments = outputOf(name).comments.join('\n');
    expect(damage?.sections).toBe(damage?.items.length);
    for (const [kind, offset] of damaged.damage) {
      const item = damage?.items.find(
        (each) => each.kind === kind && (offset === -1 || each.offset === offset),
      );
      expect({ kind, offset, ...item }).toMatchObject({ reason: expect.stringMatching(/\w/) });
      expect(comments).toContain(`Damage=${kind} Offset=${item?.offset}`);
    }
    expect(damage?.gaps.map(({ buffers, offset }) => [offset, buffers])).toEqual(damaged.gaps ?? []);
    for (const [offset, buffers] of damaged.gaps ?? []) {
      expect(comments).toContain(`Damage=missing-buffers Offset=${offset} Buffers=${buffers}`);
    }
    expect(damage?.repeatedBuffers).toBe(damaged.repeatedBuffers ?? 0);
    for (const words of damaged.words) expect(texts.get(name)).toContain(words);
    for (const words of damaged.otherWords ?? []) expect(texts.get(name)).not.toContain(words);
    const isTold = texts.get(name)?.includes('Problems in');
    expect(isTold).toBe(damaged.isTrouble);
  });
});

describe('--strict', () => {
  it('ends with 3 where anything was damaged, with 0 where nothing was', async () => {
    const intact = join(directory, 'intact.etl');
    writeFileSync(intact, pings(10, { type: 'qpc' }).plain);
    const torn = join(directory, 'a-torn-last-buffer.etl');
    const run = (input: string): Promise<{ code: number | null }> =>
      etlcap([input, '--strict', '--quiet', '--events', 'none', '--force']);
    expect((await run(intact)).code).toBe(0);
    expect((await run(torn)).code).toBe(3);
  });
});

describe('without a trace header', () => {
  it('times are 1970 and the time since the host started: intervals stay what they were', () => {
    const truth = pings(100, { type: 'qpc' }).truth.packets.map(({ time }) => time);
    const times = outputOf('a missing header buffer').packets.map(({ timestamp }) => timestamp);
    const fromFirst = (list: readonly bigint[]): bigint[] => list.map((time) => time - (list[0] ?? 0n));
    expect(fromFirst(times)).toEqual(fromFirst(truth));
    expect(times[0]).toBeLessThan(366n * 86_400n * 10_000_000n);
  });
});
