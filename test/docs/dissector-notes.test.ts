import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type PcapngSection, type ReadInterface, readSection } from '../support/pcapng-reader.js';
import { describeWithTshark, tsharkFields } from '../support/wireshark.js';
import { converted, convertTrace, scenarios } from './converted.js';
import { codeSpans, fences, type Row, section, tableRows } from './markdown.js';

const notes = readFileSync(new URL('../../dissector-notes.md', import.meta.url), 'utf8');

/** A display filter of the notes, and the trace in which it finds something. */
interface Documented {
  readonly filter: string;
  readonly sample: string;
  readonly row?: Row;
}

const fromTables = (heading: string): Documented[] =>
  tableRows(section(notes, heading), 'Filter')
    .filter(({ Filter }) => Filter !== '')
    .map((row) => ({
      filter: codeSpans(row.Filter ?? '')[0] ?? '',
      sample: codeSpans(row.Sample ?? '')[0] ?? '',
      row,
    }));

const packetOptions = fromTables('Packets');
const packetKeys = fromTables('Packet comments');
const interfaceRows = fromTables('Interfaces');
const others = fences(notes, 'filter').flatMap(({ info, lines }) =>
  lines.map((filter) => ({ filter, sample: info })),
);

const keysOf = (row: Row | undefined): string[] => codeSpans(row?.Key ?? '');
const optionsOf = (row: Row | undefined): string[] => codeSpans(row?.Option ?? '');

/** Tokens by key, read with the grammar that the notes describe; throws on anything else. */
function tokens(comment: string): Map<string, string> {
  const read = new Map<string, string>();
  const token = /([A-Za-z]+)=("(?:[^"\\]|\\.)*"|[^\s"\\]+)(?: (?=.)|$)/y;
  while (token.lastIndex < comment.length) {
    const at = token.lastIndex;
    const match = token.exec(comment);
    if (match === null) throw new Error(`not in the grammar at ${at}: ${comment}`);
    read.set(match[1] ?? '', match[2] ?? '');
  }
  return read;
}

/** How the options of an interface stand in the reader's result. */
const INTERFACE_OPTIONS: Readonly<Record<string, (read: ReadInterface) => unknown>> = {
  if_name: ({ name }) => name,
  if_description: ({ description }) => description,
  if_MACaddr: ({ mac }) => mac,
  if_IPv4addr: ({ ipv4 }) => ipv4[0],
  if_IPv6addr: ({ ipv6 }) => ipv6[0],
  if_speed: ({ speed }) => speed,
  if_tsresol: ({ tsresol }) => tsresol,
  if_filter: ({ filter }) => filter,
  if_os: ({ os }) => os,
  opt_comment: ({ comments }) => comments[0],
};

/** TRACE_LOGFILE_HEADER after the buffer's and the record's header (docs/format/etl-container.md). */
const LOGFILE_HEADER = 72 + 32;

/** A trace that lost three events and one buffer, and has a torn record in the middle. */
function lossy(): Uint8Array {
  const [scenario] = scenarios;
  if (scenario === undefined) throw new Error('no scenarios');
  const etl = scenario.plain.slice();
  const view = new DataView(etl.buffer);
  view.setUint32(LOGFILE_HEADER + 48, 3, true);
  view.setUint32(LOGFILE_HEADER + 276, 1, true);
  etl.fill(0xa5, etl.length >> 1, (etl.length >> 1) + 512);
  return etl;
}

interface Found {
  readonly interfaceId: number;
  readonly comment: string;
}

function find({ filter, sample }: Documented): Found[] {
  const rows = tsharkFields(converted(sample), ['frame.interface_id', 'frame.comment'], ['-Y', filter]);
  return rows.map(([interfaceId = '', comment = '']) => ({ interfaceId: Number(interfaceId), comment }));
}

describeWithTshark('display filters of dissector-notes.md, in tshark', () => {
  it.each([...packetOptions, ...others])('$sample has packets for: $filter', (documented) => {
    expect(find(documented).length).toBeGreaterThan(0);
  });

  it.each(packetKeys)('$sample has packets for the comment key in: $filter', (documented) => {
    const found = find(documented);
    const keys = keysOf(documented.row);
    expect(keys).toHaveLength(1);
    expect(documented.filter).toContain(`${keys[0]}=`);
    expect(found.length).toBeGreaterThan(0);
    for (const { comment } of found)
      expect([...tokens(comment).keys()]).toEqual(expect.arrayContaining(keys));
  });

  it.each(interfaceRows)('$sample has packets at an interface for: $filter', (documented) => {
    const found = find(documented);
    const { interfaces } = readSection(converted(documented.sample));
    expect(found.length).toBeGreaterThan(0);
    for (const id of new Set(found.map(({ interfaceId }) => interfaceId))) {
      const described = interfaces[id];
      const keys = described?.comments.flatMap((comment) => [...tokens(comment).keys()]) ?? [];
      expect(keys).toEqual(expect.arrayContaining(keysOf(documented.row)));
      for (const option of optionsOf(documented.row)) {
        if (described !== undefined) expect(INTERFACE_OPTIONS[option]?.(described), option).toBeDefined();
      }
    }
  });
});

describe('dissector-notes.md', () => {
  const sections = (): PcapngSection[] => scenarios.map(({ name }) => readSection(converted(name)));
  const keysIn = (comments: readonly string[]): string[] =>
    [...new Set(comments.flatMap((comment) => [...tokens(comment).keys()]))].sort();
  const documented = (heading: string): string[] =>
    tableRows(section(notes, heading), 'Key').flatMap((row) => keysOf(row));

  it('explains every key of packet comments, and none that no packet has', () => {
    const comments = sections().flatMap(({ packets }) => packets.flatMap((packet) => packet.comments));
    expect(documented('Packet comments').sort()).toEqual(keysIn(comments));
  });

  it('tells the order in which the keys of every packet comment stand', () => {
    const order = fences(notes, 'order').flatMap(({ lines }) => lines.flatMap((line) => line.split(' ')));
    const comments = sections().flatMap(({ packets }) => packets.flatMap((packet) => packet.comments));
    expect([...order].sort()).toEqual(keysIn(comments));
    for (const comment of comments) {
      const keys = [...tokens(comment).keys()];
      expect(keys).toEqual(order.filter((key) => keys.includes(key)));
    }
  });

  it('explains every key of interface comments', () => {
    const comments = sections().flatMap(({ interfaces }) =>
      interfaces.flatMap((described) => described.comments),
    );
    expect(documented('Interfaces')).toEqual(expect.arrayContaining(keysIn(comments)));
  });

  it('explains every key of section header and statistics comments, those of losses and damage included', () => {
    const text = section(notes, 'Section header and statistics');
    const all = [...sections(), readSection(convertTrace(lossy()))];
    const keys = keysIn(
      all.flatMap(({ comments, statistics }) => [
        ...comments,
        ...statistics.flatMap((block) => block.comments),
      ]),
    );
    expect(keys).toEqual(
      expect.arrayContaining(['EventsLost', 'TraceBuffersLost', 'DamagedPlaces', 'Offset']),
    );
    for (const key of keys) expect(text).toMatch(new RegExp(`\\b${key}\\b`));
  });

  it('gives an example of a comment that a packet has', () => {
    const [example] = fences(notes, 'text').flatMap(({ lines }) => lines);
    const { packets } = readSection(converted('pktmon-drops'));
    expect(packets.flatMap(({ comments }) => comments)).toContain(example);
  });
});
