import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { etlcap, run, useDirectory } from '../cli/run.js';
import { converted } from '../docs/converted.js';
import { codeSpans, fences, section, tableRows } from '../docs/markdown.js';
import { describeWithTshark, tsharkFields } from '../support/wireshark.js';
import { homeOf, sourceText, WITH_PLUGIN } from './support.js';

const directory = useDirectory();
const root = new URL('../../', import.meta.url);
const notes = readFileSync(new URL('dissector-notes.md', root), 'utf8');

const rows = tableRows(section(notes, 'Fields'), 'Field');
const filters = [
  ...rows
    .filter(({ Filter }) => Filter !== '')
    .map(({ Filter = '', Sample = '' }) => ({
      filter: codeSpans(Filter)[0] ?? '',
      sample: codeSpans(Sample)[0] ?? '',
    })),
  ...fences(notes, 'etl-filter').flatMap(({ info, lines }) =>
    lines.map((filter) => ({ filter, sample: info })),
  ),
];

const framesOf = (sample: string, filter: string): number[] =>
  tsharkFields(converted(sample), ['frame.number'], [...WITH_PLUGIN, '-Y', filter]).map(([frame]) =>
    Number(frame),
  );

describeWithTshark('dissector-notes.md on the plugin', () => {
  it.each(filters)('$sample has packets for: $filter', ({ filter, sample }) => {
    expect(framesOf(sample, filter)).not.toEqual([]);
  });

  it('explains every field that the plugin has, and none that it has not', async () => {
    const env = homeOf(directory.path);
    await etlcap(['wireshark', 'install'], { env });
    const { stdout } = await run('tshark', ['-G', 'fields'], { env });
    const registered = stdout
      .toString()
      .split('\n')
      .flatMap((line) => /^F\t[^\t]*\t(etl\.[^\t]+)\t/u.exec(line)?.[1] ?? []);
    const documented = rows.flatMap(({ Field = '' }) => codeSpans(Field));
    expect(documented.sort()).toEqual(registered.sort());
  });

  it.each([
    ['pktmon-drops', 'etl.drop', [63, 66]],
    ['pktmon-drops', 'etl.first_frame == 61', [61, 62, 63]],
    ['pktmon-drops', 'etl.nbl == 0x3000000105a30 && etl.pkt_number == 2', [67, 68, 69]],
    ['pktmon-drops', 'tcp.analysis.retransmission', [68, 69]],
    ['nat-vswitch', 'http.request && ip.src == 172.16.0.10 && etl.hop == 1', [66]],
    ['nat-vswitch', 'etl.dir == "Egress" && etl.nbl && etl.since_previous != 0.000002', []],
    ['lbfo-team', 'vlan', []],
  ])('tells of %s what it shows: %s', (sample, filter, frames) => {
    expect(framesOf(sample, filter)).toEqual(frames);
  });
});

describe('the pictures of dissector-notes.md', () => {
  const pictures = [...notes.matchAll(/!\[[^\]]+\]\(([^)]+)\)/gu)].map(([, address = '']) =>
    address.replace('https://github.com/etlcap/etlcap/raw/main/', ''),
  );

  it.each(pictures)('%s is there, and the script makes it', (path) => {
    expect(existsSync(new URL(path, root))).toBe(true);
    const [, name] = /^docs\/screenshots\/([a-z-]+)\.png$/u.exec(path) ?? [];
    const script = readFileSync(new URL('scripts/screenshots.sh', root), 'utf8');
    expect(script).toMatch(new RegExp(`^save ${name}$`, 'mu'));
  });
});

describe('etlcap.lua', () => {
  it('has the version of the package', () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
    const [, version] = /\bversion = '([^']+)'/u.exec(sourceText('etlcap.lua')) ?? [];
    expect(manifest).toMatchObject({ version });
  });
});
