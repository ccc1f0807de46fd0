import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outputLimitOf } from '../../src/passes/index.js';
import { plainEvents } from '../hardening/hostile/traces.js';
import { readSection } from '../support/pcapng-reader.js';
import { etlcap, sample, useDirectory, writeLargeTrace } from './run.js';

const directory = useDirectory();
/** One event, or one packet, and the end of the document. */
const OVERSHOOT = 64 * 1024;

const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(directory.file(name)));
const textOf = (name: string): string => readFileSync(directory.file(name), 'utf8');

describe('--output-limit', () => {
  it('ends a conversion whose events file reaches it: a valid document that says so, and an error', async () => {
    writeFileSync(directory.file('in.etl'), plainEvents(20_000));
    const { code, stderr } = await etlcap(['in.etl', '--output-limit', '1MB'], { cwd: directory.path });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^etlcap: in\.events\.json: reached the output limit of 1\.0 MB\..*--output-limit SIZE/mu,
    );
    expect(stderr).not.toContain('No packets');
    const text = textOf('in.events.json');
    expect(text.length).toBeLessThan(1_000_000 + OVERSHOOT);
    const { events, summary } = JSON.parse(text);
    expect(events.length).toBeGreaterThan(1000);
    expect(summary.incomplete).toContain('--output-limit');
    expect(summary.records).toBe(events.length);
  });

  it('ends a conversion whose pcapng reaches it: all packets before are whole, and a comment says so', async () => {
    writeLargeTrace(directory.file('in.etl'), 5000);
    const args = ['in.etl', '--output-limit', '300kB', '--json'];
    const { code, stdout } = await etlcap(args, { cwd: directory.path });
    expect(code).toBe(1);
    const summary = JSON.parse(stdout.toString());
    expect(summary.hints).toContainEqual(
      expect.objectContaining({ id: 'outputLimitReached', count: 300_000, option: '--output-limit' }),
    );
    const bytes = bytesOf('in.pcapng');
    expect(bytes.length).toBeGreaterThanOrEqual(300_000);
    expect(bytes.length).toBeLessThan(300_000 + OVERSHOOT);
    const { packets, statistics } = readSection(bytes);
    expect(packets).toHaveLength(summary.packets);
    expect(packets.length).toBeGreaterThan(500);
    expect(statistics.flatMap(({ comments }) => comments).join(' ')).toContain(
      'Incomplete=outputLimitReached',
    );
  });

  it('does nothing where no output reaches it', async () => {
    const plain = await etlcap([sample('pktmon-drops'), '-o', 'a.pcapng'], { cwd: directory.path });
    const limited = await etlcap([sample('pktmon-drops'), '-o', 'b.pcapng', '--output-limit', '10MB'], {
      cwd: directory.path,
    });
    expect([plain.code, limited.code]).toEqual([0, 0]);
    expect(bytesOf('b.pcapng')).toEqual(bytesOf('a.pcapng'));
  });

  it('is 20 times the input and 1 GiB by default, as the help says', async () => {
    const { stdout } = await etlcap(['--help'], { cwd: directory.path });
    expect(stdout.toString()).toContain('20 x input + 1GiB');
    const inputs = [1000, 24].map((size) => ({
      name: 'x',
      source: { name: 'x', size, read: () => 0 },
      changes: () => [],
      close: () => undefined,
    }));
    expect(outputLimitOf({}, inputs)).toBe(20 * 1024 + 1024 ** 3);
    expect(outputLimitOf({ outputLimit: 5 }, inputs)).toBe(5);
  });
});
