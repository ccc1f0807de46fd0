import type {
  DropCountJson,
  HopJson,
  LatencyJson,
  PathComparison,
  PathJson,
  PathSummaryResult,
} from '../pipeline/index.js';
import { shortened, troubleText } from './summary-text.js';
import { count, plural, printable, shortTime, table, within } from './text.js';

/** Width of a name in a table. */
const NAME_WIDTH = 48;

/** 0, 300 ns, 3.4 µs, 12.5 ms, 1.20 s: three digits. */
export function latency(seconds: number): string {
  if (seconds === 0) return '0';
  const [value, unit] =
    seconds < 1e-6
      ? [seconds * 1e9, 'ns']
      : seconds < 1e-3
        ? [seconds * 1e6, 'µs']
        : seconds < 1
          ? [seconds * 1e3, 'ms']
          : [seconds, 's'];
  return `${Number(value.toPrecision(4))} ${unit}`;
}

/** One packet's way: a line about the packet, a table of its hops, and how it ends. */
export function pathText(path: PathJson, number: number): string {
  const identity = [
    path.NBL === undefined ? '' : `NBL ${path.NBL}`,
    path.PktNumber === undefined || path.PktNumber === 1 ? '' : `packet ${path.PktNumber}`,
  ].filter((part) => part !== '');
  const hops = `${plural(path.hops.length, 'hop')}${path.hops.length > 1 ? ` in ${latency(path.seconds)}` : ''}`;
  const head = [
    flowText(path),
    path.Compartment === undefined ? '' : `compartment ${path.Compartment}`,
    ...identity,
    shortTime(path.time),
    hops,
    path.guess ? 'a guess: put together by equal bytes' : '',
    path.cut === undefined ? '' : 'closed early: it may go on as another path',
  ].filter((part) => part !== '');
  const rows = path.hops.map((hop, at) => hopRow(hop, path.hops[at - 1]));
  return [
    `${count(number)}  ${head.map(printable).join(', ')}`,
    table(
      [
        { title: 'Frame', align: 'right' },
        { title: 'Since first', align: 'right' },
        { title: 'Since previous', align: 'right' },
        { title: 'Dir' },
        { title: 'Seen at' },
        { title: 'Edge' },
        { title: 'Compartment', align: 'right' },
        { title: 'Remark' },
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
    isTranslated && hop.source !== undefined ? `now ${hop.source} to ${hop.destination}` : '',
    hop.DstPorts === undefined ? '' : `to port ${hop.DstPorts.join(', ')}`,
    hop.VlanId === undefined ? '' : `VLAN ${hop.VlanId}`,
    hop.VSID === undefined ? '' : `VSID ${hop.VSID}`,
    hop.Drop === undefined ? '' : dropText({ ...hop, Drop: hop.Drop }),
  ].filter((part) => part !== '');
  return [
    count(hop.frame),
    latency(hop.since_first),
    before === undefined ? '' : latency(hop.since_previous),
    hop.Dir ?? '',
    within(hop.interface, NAME_WIDTH),
    printable(hop.EdgeName ?? (hop.Edge === undefined || hop.Edge === 0 ? '' : String(hop.Edge))),
    hop.Compartment === undefined ? '' : String(hop.Compartment),
    printable(remarks.join(', ')),
  ];
}

function dropText({
  Drop,
  DropLocation,
  DropLocationName,
  DropReason,
}: Omit<DropCountJson, 'packets'>): string {
  const number = DropReason === undefined ? '' : ` (reason ${DropReason})`;
  const location = DropLocationName ?? DropLocation;
  return `dropped${Drop === 'Dropped' ? '' : `: ${Drop}`}${number}${location === undefined ? '' : ` at ${location}`}`;
}

const DELIVERED: Readonly<Record<string, string>> = {
  wire: 'handed to the adapter, towards the wire',
  stack: 'handed to the protocol stack',
  vnic: 'handed to the virtual NIC',
};

function endText({ end }: PathJson): string {
  switch (end.kind) {
    case 'dropped':
      return printable(`Dropped at ${end.at}: ${dropText({ ...end, Drop: end.Drop ?? 'Dropped' })}`);
    case 'delivered':
      return printable(`Delivered: ${DELIVERED[end.to ?? ''] ?? `sent to ${end.to}`} at ${end.at}`);
    case 'last-seen':
      return printable(
        end.unseenEdges === undefined
          ? `Last seen at ${end.at}`
          : `Last seen at ${end.at}: it never came to edge ${end.unseenEdges.join(', ')} of that component`,
      );
  }
}

/** Columns of a hop as CSV; those of the path stand on each of its lines. */
const PATH_COLUMNS = [
  'path',
  'NBL',
  'PktNumber',
  'guess',
  'first_frame',
  'seconds',
  'end',
  'hop',
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
export function pathCsv(path: PathJson, number: number): string {
  const common: Readonly<Record<string, unknown>> = {
    path: number,
    NBL: path.NBL,
    PktNumber: path.PktNumber,
    guess: path.guess,
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

function csvCell(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return plainNumber(value);
  const text = Array.isArray(value) ? value.join(' ') : String(value);
  // Names come from the trace: a spreadsheet must not take one for a formula.
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** 0.0000034, not 3.4e-6. */
const plainNumber = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(7).replace(/0+$/u, '');

/** What the packets have in common. */
export function pathSummaryText(summary: PathSummaryResult): string {
  const { appearances, cut, delivered, dropped, guesses, leftOut, packets } = summary;
  const lost = packets - delivered - dropped;
  const head = [
    `${plural(packets, 'packet')}, seen ${count(appearances)} times: ${count(delivered)} delivered, ` +
      `${count(dropped)} dropped, ${count(Math.max(0, lost))} last seen on the way`,
    ...(guesses > 0 ? [`${plural(guesses, 'path')} put together by equal bytes: a guess`] : []),
    ...(cut > 0 ? [`${plural(cut, 'path')} closed early: more packets at once than are kept`] : []),
    ...(leftOut.dropCounts === undefined
      ? []
      : [`${plural(leftOut.dropCounts, 'drop')} of more kinds than are counted`]),
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

/** Ways that are drawn hop by hop; the rest is counted. */
const MAX_WAYS = 12;

const latencyCells = ({ max, p50, p95, p99 }: LatencyJson): string[] => [p50, p95, p99, max].map(latency);
const LATENCY_COLUMNS = (['p50', 'p95', 'p99', 'max'] as const).map((title) => ({
  title,
  align: 'right' as const,
}));

function waysText({ otherWays, ways }: PathSummaryResult): string {
  const texts = ways.slice(0, MAX_WAYS).map((way, at) => {
    const first = `  ${at + 1}. ${plural(way.packets, 'packet')} (${percent(way.share)}), ${way.end}, as in frame ${count(way.first_frame)}`;
    const rows = way.stations.map((station, hop) => {
      const step = way.steps[hop - 1];
      return [within(station, 70), ...(step === undefined ? [] : latencyCells(step.since_previous))];
    });
    if (way.stations.length > 1) rows.push(['from the first to the last', ...latencyCells(way.seconds)]);
    return `${first}\n${table([{ title: 'Hop' }, ...LATENCY_COLUMNS], rows, '     ')}`;
  });
  const rest = ways.slice(MAX_WAYS).reduce((sum, { packets }) => sum + packets, otherWays);
  if (rest > 0) texts.push(`  … and ${plural(rest, 'packet')} on other ways: --json`);
  return texts.length === 0 ? '' : `Ways through the host\n${texts.join('\n')}`;
}

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

function neverLeftText({ neverLeft }: PathSummaryResult): string {
  if (neverLeft.length === 0) return '';
  const rows = neverLeft.map((found) => [
    count(found.packets),
    within(found.at, NAME_WIDTH),
    printable(found.unseenEdges.join(', ')),
    count(found.wentOn),
    count(found.frame),
  ]);
  const columns = [
    { title: 'Packets', align: 'right' },
    { title: 'Last seen at' },
    { title: 'Never came to edge' },
    { title: 'Others went on', align: 'right' },
    { title: 'Frame', align: 'right' },
  ] as const;
  return `Neither delivered nor dropped: what took them in logged nothing\n${table(columns, shortened(rows, { column: 1 }))}`;
}

function dropsText({ drops }: PathSummaryResult): string {
  if (drops.byReason.length === 0) return '';
  const packets = { title: 'Dropped', align: 'right' } as const;
  const compartment = { title: 'Compartment', align: 'right' } as const;
  return [
    'Drops',
    table(
      [packets, { title: 'Reason' }],
      shortened(drops.byReason.map((drop) => [count(drop.packets), printable(dropText(drop))])),
    ),
    table(
      [packets, { title: 'At' }],
      shortened(drops.byComponent.map(({ at, packets: n }) => [count(n), printable(at)])),
    ),
    table(
      [packets, compartment],
      shortened(
        drops.byCompartment.map(({ Compartment: id, packets: n }) => [count(n), String(id ?? 'unknown')]),
      ),
    ),
    table(
      [packets, { title: 'Protocol' }, { title: 'Between' }, { title: 'And' }, compartment],
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
      `    from ${found.a}: ${found.there.map(printable).join(' > ')}`,
      `    from ${found.b}: ${found.back.map(printable).join(' > ')}`,
    ]);
  if (asymmetric.length > MAX_WAYS) lines.push(`  … and ${count(asymmetric.length - MAX_WAYS)} more: --json`);
  return `Conversations that come another way than they go\n${lines.join('\n')}`;
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
    { title: 'Between' },
    { title: 'And' },
    { title: 'Compartment', align: 'right' },
    { title: 'Virtual NIC' },
  ] as const;
  return `Conversations\n${table(columns, shortened(rows))}`;
}

/** What differs between two traces; `before` and `after` are their names. */
export function comparisonText(comparison: PathComparison, before: string, after: string): string {
  const { drops, hops, slower, ways } = comparison;
  if (ways.length + hops.length + drops.length + slower.length === 0) {
    return printable(`Nothing differs between the ways of ${before} and ${after}.`);
  }
  const only = (kind: 'new' | 'gone'): string => (kind === 'new' ? '+' : '-');
  const sections = [
    printable(`${before} compared with ${after}: + is only in the second, - only in the first`),
    ...(ways.length > 0
      ? [
          [
            'Ways',
            ...ways.map(
              ({ change, end, packets, share, stations }) =>
                `  ${only(change)} ${plural(packets, 'packet')} (${percent(share)}), ${end}: ${stations.map(printable).join(' > ')}`,
            ),
          ].join('\n'),
        ]
      : []),
    ...(hops.length > 0
      ? [['Hops', ...hops.map(({ change, station }) => `  ${only(change)} ${printable(station)}`)].join('\n')]
      : []),
    ...(drops.length > 0
      ? [
          [
            'Drops',
            ...drops.map((drop) =>
              printable(`  ${only(drop.change)} ${count(drop.packets)} ${dropText(drop)}`),
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
