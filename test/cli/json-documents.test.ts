import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { schemaErrors } from '../support/json-schemas.js';
import { realTrace } from '../support/shared.js';
import { etlcap, SAMPLES, sample, useDirectory } from './run.js';

const directory = useDirectory();

const tracesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.etl'))
        .map((name) => join(folder, name))
    : [];

const TRACES = [...tracesIn(SAMPLES), ...tracesIn(join(realTrace('x'), '..'))];

async function json(...args: readonly string[]) {
  const { stderr, stdout } = await etlcap(args, { cwd: directory.path });
  expect(stdout.length, stderr).toBeGreaterThan(0);
  return JSON.parse(stdout.toString());
}

/** The drop without its counts and without the interface, which paths list apart. */
const dropKey = ({ Drop, DropLocation, DropReason, dropLocationName }: Record<string, unknown>): string =>
  JSON.stringify([Drop, DropReason, DropLocation, dropLocationName]);

describe.each(TRACES.map((path) => [basename(path), path]))('the JSON documents of %s', (_name, path) => {
  it('match the schemas of the package, and share the shapes of trace, interface, provider and drop', async () => {
    const summary = await json(path, '-o', 'x.pcapng', '-f', '--json');
    expect(schemaErrors('summary', summary)).toEqual([]);
    const info = await json('info', '--json', path);
    expect(schemaErrors('info', info)).toEqual([]);
    const events = JSON.parse(readFileSync(directory.file('x.events.json'), 'utf8'));
    expect(schemaErrors('events', events)).toEqual([]);
    const paths = await json('path', '--summary', '--json', path);
    expect(schemaErrors('path-summary', paths)).toEqual([]);

    const diagnosis = await json('diagnose', '--json', path);
    expect(schemaErrors('diagnosis', diagnosis)).toEqual([]);

    const [trace] = summary.traces;
    expect(diagnosis.trace).toEqual(trace);
    expect(info).toMatchObject(trace);
    expect(paths.traces).toEqual(summary.traces);
    const { damage: _damage, incomplete: _incomplete, ...facts } = trace;
    expect(events.trace).toMatchObject(facts);
    const withoutOutput = summary.interfaces.map(({ output: _, ...rest }: { output?: string }) => rest);
    expect(info.interfaces).toEqual(withoutOutput);
    expect(info.interfaces).toMatchObject(events.interfaces);
    expect(info.providers).toEqual(summary.providers);
    expect(events.summary.providers).toEqual(summary.providers);
    expect(info.packets.drops).toEqual(summary.drops);
    expect(events.summary.drops).toEqual(summary.drops);
    // Paths count packets, at the first record of each; all others count records.
    const counts = new Map<string, number>();
    for (const { packets, ...drop } of summary.drops) counts.set(dropKey(drop), packets);
    for (const { packets, ...drop } of paths.drops) {
      expect(counts.get(dropKey(drop))).toBeGreaterThanOrEqual(packets);
    }
    expect(paths.dropRecords).toBe(summary.identity.dropRecords);
    expect(paths.dropped).toBe(summary.identity.droppedPackets);
    expect(info.components).toEqual(events.components);
    expect(info.compartments).toEqual(events.compartments);
  });

  it('and so does each line of the paths', async () => {
    const { stdout } = await etlcap(['path', '--json', path]);
    const lines = stdout
      .toString()
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.flatMap((line) => schemaErrors('path', JSON.parse(line))).slice(0, 5)).toEqual([]);
  });
});

describe('documents of several traces', () => {
  it('are lists with a format of their own', async () => {
    const two = [sample('nat-vswitch'), sample('lbfo-team')];
    const summaries = await json(...two, '-o', directory.path, '-f', '--json');
    expect(summaries.format).toBe('etlcap-summary-list');
    expect(schemaErrors('summary', summaries)).toEqual([]);
    const infos = await json('info', '--json', ...two);
    expect(infos.format).toBe('etlcap-info-list');
    expect(schemaErrors('info', infos)).toEqual([]);
  });

  it('a merged pcapng: the events document lists its traces, and interfaces name host and traces', async () => {
    const summary = await json(sample('nat-vswitch'), sample('lbfo-team'), '--merge', 'all.pcapng', '--json');
    expect(schemaErrors('summary', summary)).toEqual([]);
    const events = JSON.parse(readFileSync(directory.file('all.events.json'), 'utf8'));
    expect(schemaErrors('events', events)).toEqual([]);
    expect(events.trace).toHaveLength(2);
    expect(events.interfaces[0].traces).toHaveLength(1);
  });

  it('a comparison holds both summaries', async () => {
    const comparison = await json(
      'path',
      '--json',
      '--compare',
      sample('nat-vswitch'),
      sample('pktmon-drops'),
    );
    expect(schemaErrors('path-comparison', comparison)).toEqual([]);
    expect(comparison.comparison.drops.length).toBeGreaterThan(0);
  });

  it('a batch report has a file for each trace, failures and duplicates included', async () => {
    const report = await json('batch', SAMPLES, '-o', 'out', '-q', '--sha256', '--json');
    expect(schemaErrors('batch', report)).toEqual([]);
    expect(report.totals.converted).toBeGreaterThan(5);
    const again = await json('batch', SAMPLES, '-o', 'out', '-q', '--sha256', '--json');
    expect(schemaErrors('batch', again)).toEqual([]);
    const withoutTime = ({ skipped: _, ...file }: { skipped?: boolean }) => file;
    expect(again.files.map(withoutTime)).toEqual(report.files.map(withoutTime));
    expect(again.totals.skipped).toBe(report.totals.converted);
  });
});

describe('the schemas', () => {
  it('reject a member that no schema has, and a document of another version', async () => {
    const info = await json('info', '--json', sample('nat-vswitch'));
    expect(schemaErrors('info', info)).toEqual([]);
    expect(schemaErrors('info', { ...info, places: [] })).not.toEqual([]);
    expect(schemaErrors('info', { ...info, formatVersion: 99 })).not.toEqual([]);
  });
});
