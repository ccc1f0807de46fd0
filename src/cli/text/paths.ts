import { printable } from '../../etw/index.js';
import { count, latency, percent, plural } from '../../format/index.js';
import type { PathSummaryResult } from '../../listing/index.js';
import type { DropCountJson, HopJson, LatencyJson, PathComparison, PathJson } from '../../paths/index.js';
import { shortened, troubleText } from './conversion-summary.js';
import { shortTime, table, within } from './table.js';

/** Width of a name in a table. */
const NAME_WIDTH = 48;

/** One packet's path: its number and a line about it, a table of its hops, and its outcome. */
export function pathText(path: PathJson): string {
  const identity = [
    path.NBL === undefined ? '' : `NBL ${path.NBL}`,
    path.PktNumber === undefined || path.PktNumber === 1 ? '' : `PktNumber ${path.PktNumber}`,
  ].filter((part) => part !== '');
  const hops = `${plural(path.hops.length, 'hop')}${path.hops.length > 1 ? ` in ${latency(path.seconds)}` : ''}`;
  const head = [
    flowText(path),
    path.Compartment === undefined ? '' : `compartment ${path.Compartment}`,
    ...identity,
    shortTime(path.time),
    hops,
    path.inferred ? 'matched by content (inferred)' : '',
    path.ambiguous ? 'ambiguous' : '',
    path.Parent === undefined ? '' : `part of packet ${path.Parent}`,
    path.Parts === undefined ? '' : `parts: packets ${path.Parts.join(', ')}`,
    path.cut === undefined ? '' : 'closed early: may continue as another path',
  ].filter((part) => part !== '');
  const rows = path.hops.map((hop, at) => hopRow(hop, path.hops[at - 1]));
  return [
    `Packet ${path.Packet}  ${head.map(printable).join(', ')}`,
    table(
      [
        { title: 'Frame', align: 'right' },
        { title: 'Since first', align: 'right' },
        { title: 'Since previous', align: 'right' },
        { title: 'Direction' },
        { title: 'Component' },
        { title: 'Edge' },
        { title: 'Compartment', align: 'right' },
        { title: 'Notes' },
      ],
      rows,
    ),
    `  ${endText(path)}`,
    '',
    '',
  ].join('\n');
}

const flowText = ({ detail, from, protocol, to }: PathJson): string =>
  [protocol, detail, from === undefined || to === undefined ? undefined : `${from} to ${to}`]
    .filter((part) => part !== undefined)
    .join(' ');

function hopRow(hop: HopJson, before: HopJson | undefined): string[] {
  const isTranslated =
    before !== undefined && (hop.source !== before.source || hop.destination !== before.destination);
  const remarks = [
    hop.Match === undefined || hop.Match === 'number' || hop.Match === 'content' ? '' : hop.Match,
    hop.ambiguous === true ? 'ambiguous' : '',
    isTranslated && hop.source !== undefined ? `NAT: now ${hop.source} > ${hop.destination}` : '',
    hop.DstPorts === undefined ? '' : `to port ${hop.DstPorts.join(', ')}`,
    hop.VlanId === undefined ? '' : `VLAN ${hop.VlanId}`,
    hop.VSID === undefined ? '' : `VSID ${hop.VSID}`,
    hop.Drop === undefined ? '' : droppedText({ ...hop, Drop: hop.Drop }),
  ].filter((part) => part !== '');
  return [
    String(hop.frame),
    latency(hop.since_first),
    before === undefined ? '' : latency(hop.since_previous),
    hop.Dir ?? '',
    within(hop.interface, NAME_WIDTH),
    printable(hop.EdgeName ?? (hop.Edge === undefined || hop.Edge === 0 ? '' : String(hop.Edge))),
    hop.Compartment === undefined ? '' : String(hop.Compartment),
    printable(remarks.join(', ')),
  ];
}

type DropFacts = Omit<DropCountJson, 'packets'>;

/** `Unauthorized VLAN (reason 10, VMS_PT_NIC_RCV_NBL1)`; empty where only the fact is known. */
function dropReason({ Drop, DropLocation, DropLocationName, DropReason }: DropFacts): string {
  const facts = [
    DropReason === undefined ? undefined : `reason ${DropReason}`,
    DropLocationName ?? DropLocation,
  ].filter((fact) => fact !== undefined);
  const text = DropReason === undefined ? '' : Drop;
  const numbers = facts.length === 0 ? '' : `(${facts.join(', ')})`;
  return [text, numbers].filter((part) => part !== '').join(' ');
}

/** `dropped: Unauthorized VLAN (reason 10)` */
function droppedText(drop: DropFacts): string {
  const reason = dropReason(drop);
  return reason === '' ? 'dropped' : `dropped: ${reason}`;
}

/** Under a heading that says that packets were dropped. */
const reasonText = (drop: DropFacts): string => dropReason(drop) || 'no reason recorded in this trace';

const DELIVERED: Readonly<Record<string, string>> = {
  wire: 'to the NIC for transmission',
  stack: 'to the protocol stack',
  vnic: 'to the virtual NIC',
  parts: 'as its parts',
  whole: 'as a part of its whole',
};

function endText({ end }: PathJson): string {
  switch (end.kind) {
    case 'dropped': {
      const reason = dropReason({ ...end, Drop: end.Drop ?? 'Dropped' });
      return printable(`Dropped at ${end.at}${reason === '' ? '' : `: ${reason}`}`);
    }
    case 'delivered':
      return printable(`Delivered ${DELIVERED[end.to ?? ''] ?? `to switch ${end.to}`} (${end.at})`);
    case 'last-seen': {
      const [edge, ...more] = end.unseenEdges ?? [];
      const edges = [edge, ...more].join(', ');
      const missing =
        edge === undefined ? '' : `; never reached its ${edges} ${more.length === 0 ? 'edge' : 'edges'}`;
      return printable(`Last seen at ${end.at}${missing}`);
    }
  }
}

/** Columns of a hop as CSV; those of the path stand on each of its lines. */
const PATH_COLUMNS = [
  'Packet',
  'NBL',
  'PktNumber',
  'Parent',
  'Parts',
  'inferred',
  'first_frame',
  'seconds',
  'end',
  'Hop',
  'Match',
  'ambiguous',
  'frame',
  'time',
  'since_first',
  'since_previous',
  'interface',
  'CPU',
  'Dir',
  'Appearance',
  'Component',
  'ComponentId',
  'Edge',
  'EdgeName',
  'VlanId',
  'VSID',
  'Compartment',
  'SrcPortId',
  'SrcNicType',
  'SrcNicName',
  'SrcPortName',
  'Nic',
  'VSwitch',
  'DstNicCount',
  'DstPorts',
  'protocol',
  'source',
  'destination',
  'detail',
  'length',
  'Drop',
  'DropReason',
  'DropLocation',
  'DropLocationName',
] as const;

/** The first line of the CSV. */
export const CSV_HEADER = `${PATH_COLUMNS.join(',')}\r\n`;

/** A path as lines of CSV (RFC 4180), one for each hop. */
export function pathCsv(path: PathJson): string {
  const common: Readonly<Record<string, unknown>> = {
    Packet: path.Packet,
    NBL: path.NBL,
    PktNumber: path.PktNumber,
    Parent: path.Parent,
    Parts: path.Parts,
    inferred: path.inferred,
    first_frame: path.first_frame,
    seconds: path.seconds,
    end: path.end.kind,
  };
  return path.hops
    .map((hop) => {
      const values: Readonly<Record<string, unknown>> = { ...common, ...hop };
      return `${PATH_COLUMNS.map((column) => csvCell(values[column])).join(',')}\r\n`;
    })
    .join('');
}

/** What a spreadsheet takes for the start of a formula, fullwidth forms (U+FF1D, U+FF0B, U+FF0D, U+FF20) included. */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/u;

function csvCell(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return plainNumber(value);
  const text = Array.isArray(value) ? value.join(' ') : String(value);
  // Names come from the trace: a spreadsheet must not take one for a formula.
  const safe = `${FORMULA_START.test(text) ? "'" : ''}${printable(text)}`;
  return /[",]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** 0.0000034, not 3.4e-6. */
const plainNumber = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(7).replace(/0+$/u, '');

/** What the packets have in common. */
export function pathSummaryText(summary: PathSummaryResult): string {
  const { ambiguous, appearances, cut, delivered, dropRecords, dropped, inferred, leftOut, packets } =
    summary;
  const lost = packets - delivered - dropped;
  const head = [
    `${plural(appearances, 'appearance')} of ${plural(packets, 'packet')}: ${count(delivered)} delivered, ` +
      `${count(dropped)} dropped${dropRecords > dropped ? ` (${plural(dropRecords, 'drop record')})` : ''}, ` +
      `${count(Math.max(0, lost))} with unknown outcome`,
    ...(inferred > 0 ? [`${plural(inferred, 'packet')} matched by content (inferred)`] : []),
    ...(ambiguous > 0 ? [`${plural(ambiguous, 'packet')} with ambiguous matches`] : []),
    ...(cut > 0 ? [`${plural(cut, 'path')} closed early: too many packets at the same time`] : []),
    ...(leftOut.dropCounts === undefined
      ? []
      : [`${plural(leftOut.dropCounts, 'drop')} beyond the limit of drop kinds, not counted by kind`]),
  ].join('\n');
  const sections = [
    head,
    ...summary.traces.map(troubleText),
    waysText(summary),
    neverLeftText(summary),
    dropsText(summary),
    asymmetricText(summary),
    conversationsText(summary),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

/** Paths that are shown hop by hop; the rest is counted. */
const MAX_WAYS = 12;

const latencyCells = ({ max, p50, p95, p99 }: LatencyJson): string[] => [p50, p95, p99, max].map(latency);
const LATENCY_COLUMNS = (['p50', 'p95', 'p99', 'max'] as const).map((title) => ({
  title,
  align: 'right' as const,
}));

function waysText({ otherWays, ways }: PathSummaryResult): string {
  const texts = ways.slice(0, MAX_WAYS).map((way, at) => {
    const first = `  ${at + 1}. ${plural(way.packets, 'packet')} (${percent(way.share)}), ${outcomeText(way.end)}, e.g. frame ${way.first_frame}`;
    const rows = way.stations.map((station, hop) => {
      const step = way.steps[hop - 1];
      return [within(station, 70), ...(step === undefined ? [] : latencyCells(step.since_previous))];
    });
    if (way.stations.length > 1) rows.push(['end to end', ...latencyCells(way.seconds)]);
    return `${first}\n${table([{ title: 'Hop' }, ...LATENCY_COLUMNS], rows, '     ')}`;
  });
  const rest = ways.slice(MAX_WAYS).reduce((sum, { packets }) => sum + packets, otherWays);
  if (rest > 0) {
    texts.push(`  ${plural(rest, 'more packet', 'more packets')} on less common paths (see --json)`);
  }
  return texts.length === 0 ? '' : `Packet paths\n${texts.join('\n')}`;
}

/** The outcome of a path in words. */
const outcomeText = (end: string): string => (end === 'last-seen' ? 'unknown outcome' : end);

function neverLeftText({ neverLeft }: PathSummaryResult): string {
  if (neverLeft.length === 0) return '';
  const rows = neverLeft.map((found) => [
    count(found.packets),
    within(found.at, NAME_WIDTH),
    printable(found.unseenEdges.join(', ')),
    count(found.wentOn),
    String(found.frame),
  ]);
  const columns = [
    { title: 'Packets', align: 'right' },
    { title: 'Last seen at' },
    { title: 'Edge never reached' },
    { title: 'Same point, continued', align: 'right' },
    { title: 'Frame', align: 'right' },
  ] as const;
  return `Unknown outcome: no drop or delivery logged\n${table(columns, shortened(rows, { column: 1 }))}`;
}

function dropsText({ drops }: PathSummaryResult): string {
  if (drops.byReason.length === 0) return '';
  const packets = { title: 'Dropped', align: 'right' } as const;
  const compartment = { title: 'Compartment', align: 'right' } as const;
  return [
    'Drops by reason',
    table(
      [packets, { title: 'Reason' }],
      shortened(drops.byReason.map((drop) => [count(drop.packets), reasonText(drop)])),
    ),
    'Drops by component',
    table(
      [packets, { title: 'Component' }],
      shortened(drops.byComponent.map(({ at, packets: n }) => [count(n), printable(at)])),
    ),
    'Drops by compartment',
    table(
      [packets, compartment],
      shortened(
        drops.byCompartment.map(({ Compartment: id, packets: n }) => [count(n), String(id ?? 'unknown')]),
      ),
    ),
    'Drops by flow',
    table(
      [packets, { title: 'Protocol' }, { title: 'Endpoint A' }, { title: 'Endpoint B' }, compartment],
      shortened(
        drops.byFlow.map((flow) => [
          count(flow.drops),
          flow.protocol,
          flow.a,
          flow.b,
          String(flow.Compartment ?? ''),
        ]),
      ),
    ),
  ].join('\n');
}

function asymmetricText({ asymmetric }: PathSummaryResult): string {
  if (asymmetric.length === 0) return '';
  const lines = asymmetric
    .slice(0, MAX_WAYS)
    .flatMap((found) => [
      printable(
        `  ${found.protocol} between ${found.a} and ${found.b}${found.Compartment === undefined ? '' : `, compartment ${found.Compartment}`}${found.Nic === undefined ? '' : `, ${found.Nic}`}`,
      ),
      `    A to B: ${found.there.map(printable).join(' > ')}`,
      `    B to A: ${found.back.map(printable).join(' > ')}`,
    ]);
  if (asymmetric.length > MAX_WAYS) lines.push(`  (${count(asymmetric.length - MAX_WAYS)} more, see --json)`);
  return `Asymmetric conversations (replies take a different path)\n${lines.join('\n')}`;
}

function conversationsText({ conversations }: PathSummaryResult): string {
  const rows = conversations.map((flow) => [
    count(flow.packets),
    count(flow.bytes),
    flow.drops === 0 ? '' : count(flow.drops),
    flow.protocol,
    flow.a,
    flow.b,
    String(flow.Compartment ?? ''),
    within(flow.Nic ?? '', NAME_WIDTH),
  ]);
  if (rows.length === 0) return '';
  const columns = [
    { title: 'Packets', align: 'right' },
    { title: 'Bytes', align: 'right' },
    { title: 'Dropped', align: 'right' },
    { title: 'Protocol' },
    { title: 'Endpoint A' },
    { title: 'Endpoint B' },
    { title: 'Compartment', align: 'right' },
    { title: 'Virtual NIC' },
  ] as const;
  return `Conversations\n${table(columns, shortened(rows))}`;
}

/** What differs between two traces; `before` and `after` are their names. */
export function comparisonText(comparison: PathComparison, before: string, after: string): string {
  const { drops, hops, slower, ways } = comparison;
  if (ways.length + hops.length + drops.length + slower.length === 0) {
    return printable(`No path differences between ${before} and ${after}.`);
  }
  const only = (kind: 'new' | 'gone'): string => (kind === 'new' ? '+' : '-');
  const sections = [
    printable(`Baseline: ${before}. Compared: ${after}. + only in ${after}, - only in ${before}`),
    ...(ways.length > 0
      ? [
          [
            'Paths',
            ...ways.map(
              ({ change, end, packets, share, stations }) =>
                `  ${only(change)} ${plural(packets, 'packet')} (${percent(share)}), ${outcomeText(end)}: ${stations.map(printable).join(' > ')}`,
            ),
          ].join('\n'),
        ]
      : []),
    ...(hops.length > 0
      ? [
          [
            'Capture points',
            ...hops.map(({ change, station }) => `  ${only(change)} ${printable(station)}`),
          ].join('\n'),
        ]
      : []),
    ...(drops.length > 0
      ? [
          [
            'Drops',
            ...drops.map((drop) =>
              printable(`  ${only(drop.change)} ${count(drop.packets)} ${reasonText(drop)}`),
            ),
          ].join('\n'),
        ]
      : []),
    ...(slower.length > 0
      ? [
          `Slower steps\n${table(
            [
              { title: 'From' },
              { title: 'To' },
              { title: 'p50 before', align: 'right' },
              { title: 'after', align: 'right' },
              { title: 'p95 before', align: 'right' },
              { title: 'after', align: 'right' },
            ],
            shortened(
              slower.map(({ after: now, before: then, from, to }) => [
                within(from, NAME_WIDTH),
                within(to, NAME_WIDTH),
                latency(then.p50),
                latency(now.p50),
                latency(then.p95),
                latency(now.p95),
              ]),
            ),
          )}`,
        ]
      : []),
  ];
  return sections.join('\n\n');
}
