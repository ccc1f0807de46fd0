import { csvCell, printable } from '../../etw/index.js';
import { count, latency, percent, plural } from '../../format/index.js';
import type { PathSummaryResult } from '../../listing/index.js';
import type { DropJson } from '../../packets/index.js';
import type {
  HopJson,
  JourneyStepJson,
  LatencyJson,
  PathComparison,
  PathJson,
  PathOutcomeJson,
} from '../../paths/index.js';
import { droppedText, INFERRED_DROP, shortened, troubleText } from './conversion-summary.js';
import { shortTime, table, within } from './table.js';

/** Width of a name in a table. */
const NAME_WIDTH = 48;

/** One packet's path: its number and a line about it, a table of its hops, and its outcome. */
export function pathText(path: PathJson): string {
  const identity = [
    path.NBL === undefined ? '' : `NBL ${path.NBL}`,
    path.PktNumber === undefined || path.PktNumber === 1 ? '' : `PktNumber ${path.PktNumber}`,
  ].filter((part) => part !== '');
  const hops = `${plural(path.hops.length, 'hop')}${path.hops.length > 1 ? ` in ${latency(path.duration)}` : ''}`;
  const head = [
    flowText(path),
    path.Compartment === undefined ? '' : `compartment ${path.Compartment}`,
    path.Owner === undefined ? '' : `owner ${path.Owner}`,
    ...identity,
    shortTime(path.time),
    hops,
    path.inferred ? 'matched by content (inferred)' : '',
    path.ambiguous ? 'ambiguous' : '',
    path.Parent === undefined ? '' : `part of packet ${path.Parent}`,
    path.Parts === undefined ? '' : `parts: packets ${path.Parts.join(', ')}`,
    path.closedEarly === undefined ? '' : 'closed early: may continue as another path',
  ].filter((part) => part !== '');
  const rows = [
    ...path.hops.map((hop, at) => ({ since: hop.sinceFirst, row: hopRow(hop, path.hops[at - 1]) })),
    ...path.steps.map((step) => ({ since: step.sinceFirst, row: stepRow(step) })),
  ]
    .sort((a, b) => a.since - b.since)
    .map(({ row }) => row);
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

const flowText = ({ destination, detail, protocol, source }: PathJson): string =>
  [
    protocol,
    detail,
    source === undefined || destination === undefined ? undefined : `${source} to ${destination}`,
  ]
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
    hop.TeamMember === undefined ? '' : `team member ${hop.TeamMember}`,
    hop.Offload === undefined ? '' : `offload ${hop.Offload}`,
    hop.Drop === undefined ? '' : dropText({ ...hop, Drop: hop.Drop }),
  ].filter((part) => part !== '');
  return [
    String(hop.frame),
    latency(hop.sinceFirst),
    before === undefined ? '' : latency(hop.sincePrevious),
    hop.Dir ?? '',
    within(hop.interface, NAME_WIDTH),
    printable(hop.edgeName ?? (hop.Edge === undefined || hop.Edge === 0 ? '' : String(hop.Edge))),
    hop.Compartment === undefined ? '' : String(hop.Compartment),
    printable(remarks.join(', ')),
  ];
}

/** An event about the packet, between its appearances. */
const stepRow = ({ sinceFirst, text }: JourneyStepJson): string[] => [
  '',
  sinceFirst < 0 ? `-${latency(-sinceFirst)}` : latency(sinceFirst),
  '',
  '',
  '',
  '',
  '',
  printable(text),
];

/** `Unauthorized VLAN (reason 10, VMS_PT_NIC_RCV_NBL1)`; empty if only the fact is known. */
function dropReason({ Drop, DropLocation, DropReason, dropLocationName }: DropJson): string {
  const facts = [
    DropReason === undefined ? undefined : `reason ${DropReason}`,
    dropLocationName ?? DropLocation,
  ].filter((fact) => fact !== undefined);
  const text = DropReason === undefined ? '' : Drop;
  const numbers = facts.length === 0 ? '' : `(${facts.join(', ')})`;
  return [text, numbers].filter((part) => part !== '').join(' ');
}

/** `dropped: Unauthorized VLAN (reason 10)` */
function dropText(drop: DropJson): string {
  const reason = dropReason(drop);
  return reason === '' ? 'dropped (inferred)' : `dropped: ${reason}`;
}

/** Under a heading that says that packets were dropped. */
const reasonText = (drop: DropJson): string => dropReason(drop) || INFERRED_DROP;

const DELIVERED: Readonly<Record<string, string>> = {
  wire: 'to the NIC for transmission',
  stack: 'to the protocol stack',
  vnic: 'to the virtual NIC',
  parts: 'as its parts',
  whole: 'as a part of its whole',
};

function endText({ outcome }: PathJson): string {
  switch (outcome.kind) {
    case 'dropped': {
      const reason = dropReason({ ...outcome, Drop: outcome.Drop ?? 'Dropped' });
      return printable(`Dropped at ${outcome.location}${reason === '' ? ' (inferred)' : `: ${reason}`}`);
    }
    case 'delivered':
      return printable(
        `Delivered ${DELIVERED[outcome.to ?? ''] ?? `to switch ${outcome.to}`} (${outcome.location})`,
      );
    case 'last-seen': {
      const [edge, ...more] = outcome.unseenEdges ?? [];
      const edges = [edge, ...more].join(', ');
      const missing =
        edge === undefined ? '' : `; never reached its ${edges} ${more.length === 0 ? 'edge' : 'edges'}`;
      return printable(`Last seen at ${outcome.location}${missing}`);
    }
  }
}

/** Columns of a hop as CSV; those of the path are repeated on each of its lines. */
const PATH_COLUMNS = [
  'Packet',
  'NBL',
  'PktNumber',
  'Parent',
  'Parts',
  'inferred',
  'firstFrame',
  'duration',
  'outcome',
  'Hop',
  'Match',
  'ambiguous',
  'frame',
  'time',
  'sinceFirst',
  'sincePrevious',
  'interface',
  'CPU',
  'Dir',
  'Appearance',
  'Component',
  'ComponentId',
  'Edge',
  'edgeName',
  'VlanId',
  'VSID',
  'Compartment',
  'SrcPortId',
  'SrcNicType',
  'SrcNicName',
  'SrcPortName',
  'nic',
  'vSwitch',
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
  'dropLocationName',
  'dropInferred',
  'Process',
  'Owner',
  'TeamMember',
  'Offload',
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
    firstFrame: path.firstFrame,
    duration: path.duration,
    outcome: path.outcome.kind,
  };
  return path.hops
    .map((hop) => {
      const values: Readonly<Record<string, unknown>> = { ...common, ...hop };
      return `${PATH_COLUMNS.map((column) => csvCell(values[column])).join(',')}\r\n`;
    })
    .join('');
}

/** The summary of paths. */
export function pathSummaryText(summary: PathSummaryResult): string {
  const {
    ambiguous,
    appearances,
    delivered,
    dropRecords,
    dropped,
    inferred,
    inferredDrops,
    leftOut,
    packets,
    pathsClosedEarly,
  } = summary;
  const lost = packets - delivered - dropped;
  const head = [
    `${plural(appearances, 'appearance')} of ${plural(packets, 'packet')}: ${count(delivered)} delivered, ` +
      `${droppedText({ droppedPackets: dropped, dropRecords, inferredDrops })}, ` +
      `${count(Math.max(0, lost))} with unknown outcome`,
    ...(inferred > 0 ? [`${plural(inferred, 'packet')} matched by content (inferred)`] : []),
    ...(ambiguous > 0 ? [`${plural(ambiguous, 'packet')} with ambiguous matches`] : []),
    ...(pathsClosedEarly > 0
      ? [`${plural(pathsClosedEarly, 'path')} closed early: too many packets at the same time`]
      : []),
    ...(leftOut.drops === undefined
      ? []
      : [`${plural(leftOut.drops, 'drop')} beyond the limit of drop kinds, not counted by kind`]),
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
const MAX_PATHS = 12;

const latencyCells = ({ max, p50, p95, p99 }: LatencyJson): string[] => [p50, p95, p99, max].map(latency);
const LATENCY_COLUMNS = (['p50', 'p95', 'p99', 'max'] as const).map((title) => ({
  title,
  align: 'right' as const,
}));

function waysText({ leftOut, paths }: PathSummaryResult): string {
  const texts = paths.slice(0, MAX_PATHS).map((way, at) => {
    const first = `  ${at + 1}. ${plural(way.packets, 'packet')} (${percent(way.share)}), ${outcomeText(way.outcome)}, e.g. frame ${way.firstFrame}`;
    const rows = way.locations.map((location, hop) => {
      const step = way.steps[hop - 1];
      return [within(location, 70), ...(step === undefined ? [] : latencyCells(step.latency))];
    });
    if (way.locations.length > 1) rows.push(['end to end', ...latencyCells(way.latency)]);
    return `${first}\n${table([{ title: 'Hop' }, ...LATENCY_COLUMNS], rows, '     ')}`;
  });
  const rest = paths.slice(MAX_PATHS).reduce((sum, { packets }) => sum + packets, leftOut.paths ?? 0);
  if (rest > 0) {
    texts.push(`  ${plural(rest, 'more packet', 'more packets')} on less common paths (see --json)`);
  }
  return texts.length === 0 ? '' : `Packet paths\n${texts.join('\n')}`;
}

/** The outcome of a path as text. */
const outcomeText = ({ kind }: PathOutcomeJson): string => (kind === 'last-seen' ? 'unknown outcome' : kind);

function neverLeftText({ neverLeft }: PathSummaryResult): string {
  if (neverLeft.length === 0) return '';
  const rows = neverLeft.map((found) => [
    count(found.packets),
    within(found.location, NAME_WIDTH),
    printable(found.unseenEdges.join(', ')),
    count(found.continued),
    String(found.firstFrame),
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

function dropsText({
  drops,
  dropsByCompartment,
  dropsByConversation,
  dropsByInterface,
}: PathSummaryResult): string {
  if (drops.length === 0) return '';
  const packets = { title: 'Dropped', align: 'right' } as const;
  const compartment = { title: 'Compartment', align: 'right' } as const;
  return [
    'Drops by reason',
    table(
      [packets, { title: 'Reason' }],
      shortened(drops.map((drop) => [count(drop.packets), reasonText(drop)])),
    ),
    'Drops by component',
    table(
      [packets, { title: 'Component' }],
      shortened(dropsByInterface.map(({ interface: name, packets: n }) => [count(n), printable(name)])),
    ),
    'Drops by compartment',
    table(
      [packets, compartment],
      shortened(
        dropsByCompartment.map(({ Compartment: id, packets: n }) => [count(n), String(id ?? 'unknown')]),
      ),
    ),
    'Drops by flow',
    table(
      [packets, { title: 'Protocol' }, { title: 'Endpoint A' }, { title: 'Endpoint B' }, compartment],
      shortened(
        dropsByConversation.map((flow) => [
          count(flow.dropped),
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
    .slice(0, MAX_PATHS)
    .flatMap((found) => [
      printable(
        `  ${found.protocol} between ${found.a} and ${found.b}${found.Compartment === undefined ? '' : `, compartment ${found.Compartment}`}${found.nic === undefined ? '' : `, ${found.nic}`}`,
      ),
      `    A to B: ${found.forward.map(printable).join(' > ')}`,
      `    B to A: ${found.reverse.map(printable).join(' > ')}`,
    ]);
  if (asymmetric.length > MAX_PATHS)
    lines.push(`  (${count(asymmetric.length - MAX_PATHS)} more, see --json)`);
  return `Asymmetric conversations (replies take a different path)\n${lines.join('\n')}`;
}

function conversationsText({ conversations }: PathSummaryResult): string {
  const rows = conversations.map((flow) => [
    count(flow.packets),
    count(flow.bytes),
    flow.dropped === 0 ? '' : count(flow.dropped),
    flow.protocol,
    flow.a,
    flow.b,
    String(flow.Compartment ?? ''),
    within(flow.nic ?? '', NAME_WIDTH),
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

/** Differences between two traces; `before` and `after` are their names. */
export function comparisonText(comparison: PathComparison, before: string, after: string): string {
  const { drops, locations, paths, slower } = comparison;
  if (paths.length + locations.length + drops.length + slower.length === 0) {
    return printable(`No path differences between ${before} and ${after}.`);
  }
  const only = (kind: 'new' | 'gone'): string => (kind === 'new' ? '+' : '-');
  const sections = [
    printable(`Baseline: ${before}. Compared: ${after}. + only in ${after}, - only in ${before}`),
    ...(paths.length > 0
      ? [
          [
            'Paths',
            ...paths.map(
              ({ change, locations: passed, outcome, packets, share }) =>
                `  ${only(change)} ${plural(packets, 'packet')} (${percent(share)}), ${outcomeText(outcome)}: ${passed.map(printable).join(' > ')}`,
            ),
          ].join('\n'),
        ]
      : []),
    ...(locations.length > 0
      ? [
          [
            'Capture points',
            ...locations.map(({ change, location }) => `  ${only(change)} ${printable(location)}`),
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
