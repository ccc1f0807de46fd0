import { printable } from '../../etw/index.js';
import { count, plural, size } from '../../format/index.js';
import type { DropCountJson } from '../../packets/index.js';
import type {
  ConvertSummary,
  Hint,
  HintId,
  OneCopySummary,
  ProviderSummary,
  TraceSummary,
  UnknownComponents,
} from '../../passes/index.js';
import { hostInfoLines } from './host-info.js';
import { otherCaptureText } from './other-captures.js';
import { addressText, shortTime, table, within, wrapped } from './table.js';

/** Rows of a table before the rest is only counted. */
const MAX_ROWS = 40;

/** Providers that the text about a trace without packets names. */
const MAX_NAMED_PROVIDERS = 5;

/** The summary of a conversion for people. {@link noPacketsText} completes it for a trace without packets. */
export function summaryText(summary: ConvertSummary): string {
  const isWithoutPackets = summary.packets + summary.packetsExcluded + summary.outputs.length === 0;
  const sections = [
    ...summary.traces.map(traceText),
    ...(isWithoutPackets
      ? []
      : [interfacesText(summary), packetsText(summary), processesText(summary), ownersText(summary)]),
    ...summary.traces.map(troubleText),
    hintsText(summary.hints),
    outputsText(summary),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function traceText(trace: TraceSummary): string {
  const from = [trace.host, trace.os].filter((part) => part !== undefined).map(printable);
  const until = trace.end === undefined ? 'never closed' : `to ${shortTime(trace.end)}`;
  return [
    `${printable(trace.input)}: ${size(trace.bytes)}${from.length > 0 ? `, ${from.join(', ')}` : ''}`,
    `  from ${shortTime(trace.start)} ${until}`,
    ...hostInfoLines(trace),
  ].join('\n');
}

/** Hints that are printed elsewhere: on standard error, as the reason for an empty output. */
const PRINTED_ELSEWHERE: ReadonlySet<HintId> = new Set(['noEventsMatch', 'outputLimitReached']);

/**
 * A line for each hint.
 *
 * @param width columns after which a line is broken; absent: never
 */
export function hintsText(hints: readonly Hint[], width = Number.POSITIVE_INFINITY): string {
  return hints
    .filter(({ id }) => !PRINTED_ELSEWHERE.has(id))
    .map(({ text }) => wrapped(`Note: ${printable(text)}`, width))
    .join('\n');
}

/** Why no event was written, for standard error; undefined if the options are not the reason. */
export function noEventsText(input: string, hints: readonly Hint[]): string | undefined {
  const hint = hints.find(({ id }) => id === 'noEventsMatch');
  return hint && `etlcap: ${printable(`${input}: ${hint.text}`)}\n`;
}

/** That an output reached its limit, for standard error; undefined if none did. */
export function outputLimitText(hints: readonly Hint[]): string | undefined {
  const hint = hints.find(({ id }) => id === 'outputLimitReached');
  return hint && `etlcap: ${printable(hint.text)}\n`;
}

/** Events by provider and outcome. */
export function providersText(providers: readonly ProviderSummary[], hint = ''): string {
  const rows = providers.map(({ events, id, merged, name, packets, records }) => [
    within(name ?? id, 50),
    count(records),
    count(packets),
    merged === 0 ? '' : count(merged),
    count(events),
  ]);
  return table(
    [
      { title: 'Provider' },
      { title: 'Events', align: 'right' },
      { title: 'Packets', align: 'right' },
      { title: 'Packet fragments', align: 'right' },
      { title: 'Non-packet', align: 'right' },
    ],
    shortened(rows, { hint }),
  );
}

function interfacesText({ interfaces }: ConvertSummary): string {
  if (interfaces.length === 0) return '';
  const severalFiles = new Set(interfaces.map(({ output }) => output)).size > 1;
  const severalHosts = new Set(interfaces.map(({ host }) => host)).size > 1;
  const rows = interfaces.map((each) => [
    String(each.id),
    printable(each.name),
    ...(severalHosts ? [printable(each.host ?? '')] : []),
    each.linkType,
    count(each.packets),
    each.dropped === 0 ? '' : count(each.dropped),
    each.compartment === undefined ? '' : String(each.compartment),
    each.mac ?? '',
    addressText(each.addresses ?? []),
    ...(severalFiles ? [printable(each.output ?? '')] : []),
  ]);
  return table(
    [
      { title: '#', align: 'right' },
      { title: 'Interface' },
      ...(severalHosts ? [{ title: 'Host' }] : []),
      { title: 'Link' },
      { title: 'Packets', align: 'right' },
      { title: 'Dropped', align: 'right' },
      { title: 'Compartment', align: 'right' },
      { title: 'MAC' },
      { title: 'Addresses' },
      ...(severalFiles ? [{ title: 'File' }] : []),
    ],
    shortened(rows, { column: 1 }),
  );
}

/** `30,132 appearances of 3,412 packets`; `3,412 packets` if each was recorded once. */
export const appearancesText = ({ appearances, packets }: ConvertSummary['identity']): string =>
  appearances === packets
    ? plural(packets, 'packet')
    : `${plural(appearances, 'appearance')} of ${plural(packets, 'packet')}`;

/** `110 dropped (231 drop records, 2 inferred)`: the number of drop records if it differs, and drops without a reason. */
export function droppedText({
  dropRecords,
  droppedPackets,
  inferredDrops,
}: Pick<ConvertSummary['identity'], 'dropRecords' | 'droppedPackets' | 'inferredDrops'>): string {
  const details = [
    ...(dropRecords === droppedPackets ? [] : [plural(dropRecords, 'drop record')]),
    ...(inferredDrops === 0 ? [] : [`${count(inferredDrops)} inferred`]),
  ];
  return `${count(droppedPackets)} dropped${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}

/** Uncertainties of the correlation; empty if there are none. */
export function doubtText({ ambiguous, closedEarly }: ConvertSummary['identity']): string {
  const parts = [
    ...(ambiguous === 0
      ? []
      : [`${plural(ambiguous, 'appearance')} could belong to another packet with equal bytes as well`]),
    ...(closedEarly === 0
      ? []
      : [
          `${plural(closedEarly, 'packet')} ${closedEarly === 1 ? 'was' : 'were'} closed early because too many were open: ` +
            'later appearances count as separate packets',
        ]),
  ];
  return parts.join('; ');
}

function oneCopyText({ choice, elsewhere, packets, replaced }: OneCopySummary): string {
  const layer = choice === 'nic' ? 'the NIC' : 'TCP/IP';
  return [
    `One copy of each packet (--one-copy ${choice}): ${plural(packets, 'packet')}`,
    ...(elsewhere === 0
      ? []
      : [`${count(elsewhere)} without an appearance at ${layer} are written at their last location`]),
    ...(replaced === 0 ? [] : [`${count(replaced)} omitted because their parts or their whole are written`]),
  ].join('; ');
}

function packetsText(summary: ConvertSummary): string {
  const { drops, firstPacket, identity, lastPacket, oneCopy, packets, packetsExcluded } = summary;
  const doubts = doubtText(identity);
  const times =
    firstPacket === undefined || lastPacket === undefined
      ? ''
      : `, ${shortTime(firstPacket)} to ${shortTime(lastPacket)}`;
  const excluded = packetsExcluded === 0 ? '' : `, ${count(packetsExcluded)} excluded by your filters`;
  const written = packetsExcluded === 0 ? '' : ' written';
  const frames = packetsExcluded === 0 ? appearancesText(identity) : plural(packets, 'frame');
  const seen = packetsExcluded === 0 ? '' : `, from ${appearancesText(identity)}`;
  const lines = [
    `${frames}${written}${seen}${times}, ${droppedText(identity)}${excluded}`,
    ...(oneCopy === undefined ? [] : [oneCopyText(oneCopy)]),
    ...(doubts === '' ? [] : [doubts]),
  ];
  if (drops.length > 0) lines.push(dropsTable(drops));
  return lines.join('\n');
}

/** Replaces the reason if only a keyword bit marks the drop. */
export const INFERRED_DROP = 'no reason recorded in this trace (inferred)';

/** Dropped packets by reason and location in Windows' code. */
export function dropsTable(drops: readonly DropCountJson[], hint = ''): string {
  const rows = drops.map((drop) => [
    count(drop.packets),
    drop.DropReason === undefined ? INFERRED_DROP : drop.Drop,
    drop.DropReason === undefined ? '' : String(drop.DropReason),
    printable(drop.dropLocationName ?? drop.DropLocation ?? ''),
  ]);
  const columns = [
    { title: 'Dropped', align: 'right' },
    { title: 'Reason' },
    { title: 'Code', align: 'right' },
    { title: 'Location' },
  ] as const;
  return table(columns, shortened(rows, { column: 1, hint }));
}

/** A noun, and the rest of the line, by the name of a count. */
const INCOMPLETE_TEXTS: Readonly<Record<string, readonly [noun: string, rest: string]>> = {
  fragmentsWithoutStart: ['packet part', 'without the first part of the packet'],
  packetsWithoutEnd: ['packet', 'without the last part'],
  oversizedPackets: ['run', 'of packet parts longer than 16 MiB, written as events'],
  truncatedPackets: ['packet', 'longer than 262,144 bytes, truncated to that length'],
  metadataWithoutPacket: ['802.11 metadata record', 'without a packet after it'],
  damagedPackets: ['packet event', 'with an invalid layout, written as events'],
  schemasLeftOut: ['schema record', 'of the trace beyond the limit of 64 MiB; their events keep their bytes'],
  manifestPartsLeftOut: ['part', 'of EventSource manifests beyond the limit; their events keep their bytes'],
  hostEventsLeftOut: ['event', 'about interfaces not read (limit), because their schema is after them'],
  filtersLeftOut: ['pktmon filter', 'beyond the limit of 1,024'],
  captureSourcesLeftOut: ['capture source', 'beyond the limit of 65,536'],
  nicRecordsLeftOut: ['NIC record', 'beyond the limit of 65,536'],
  switchNamesLeftOut: ['name', 'of virtual NICs and ports beyond the limit of 65,536'],
  propertiesLeftOut: ['value', 'of pktmon properties beyond the limit of 65,536 per component'],
  addressesLeftOut: ['record', 'of IP addresses beyond the limit of 4,096 per interface or compartment'],
  processEventsLeftOut: ['process event', 'beyond the limit of 1,000,000; processes may lack names'],
  flowEventsLeftOut: ['event', 'about connections beyond the limits; flows may lack owners'],
  switchFactsLeftOut: ['fact', 'about teams, port policies and data paths beyond the limits'],
  natEventsLeftOut: ['event', 'of a NAT beyond the limits; translated packets may not be recognized'],
  providerNamesLeftOut: ['record', 'with provider names beyond the limit of 65,536 providers'],
  componentsLeftOut: ['component event', 'beyond the limit of 64 MiB for names and schemas'],
  eventsOmitted: ['event', 'whose text would be too long; the events file has the start of their bytes'],
  mapEntriesLeftOut: ['name', 'of flags beyond the limit of 256 per map'],
  namesTruncated: ['name', 'longer than 1 KiB, truncated'],
  recordsOutOfOrder: ['record', 'before earlier ones: the buffers of too many processors overlap'],
  processesLeftOut: ['packet', 'of processes beyond the limit of 65,536, not counted by process'],
};

function incompleteText(key: string, number: number): string {
  const [noun, rest] = INCOMPLETE_TEXTS[key] ?? [key, ''];
  return `${plural(number, noun)} ${rest}`.trimEnd();
}

/** Whether something was lost or damaged, or may have been. */
export const hasTrouble = (trace: TroubleFacts): boolean => troubleLines(trace).length > 0;

/** Losses and damage, or that there are none. */
export function troubleText(trace: TroubleFacts): string {
  const lines = troubleLines(trace);
  if (lines.length === 0) return 'Trace complete: no events lost, no damaged buffers.';
  return [`Problems in ${printable(trace.input)}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}

type TroubleFacts = Pick<TraceSummary, 'closed' | 'damage' | 'incomplete' | 'input' | 'lost'>;

/** One line for each loss or damage; further lines about one item are indented. */
export function troubleLines({ closed, damage, incomplete, lost }: TroubleFacts): string[] {
  const lines: string[] = [];
  if (lost.events > 0) lines.push(`${plural(lost.events, 'event')} lost (the ETW session dropped them)`);
  if (lost.buffers > 0) lines.push(`${plural(lost.buffers, 'buffer')} lost`);
  if (lost.realTime > 0) lines.push(`${plural(lost.realTime, 'loss', 'losses')} of a real-time session`);
  if (lost.buffersAfterLoss > 0) {
    lines.push(`${plural(lost.buffersAfterLoss, 'buffer')} marked: events are missing before them`);
  }
  if (lost.missingBuffers > 0) {
    lines.push(`${plural(lost.missingBuffers, 'buffer')} missing from the file:`);
    for (const { buffers, firstSequence, offset } of damage.gaps.slice(0, MAX_ROWS)) {
      const last = firstSequence + buffers - 1;
      const which =
        buffers === 1 ? `buffer ${count(last)}` : `buffers ${count(firstSequence)}-${count(last)}`;
      lines.push(`  ${which} (expected before offset ${count(offset)})`);
    }
    if (damage.gaps.length > MAX_ROWS) lines.push(`  (${count(damage.gaps.length - MAX_ROWS)} more)`);
  }
  if (damage.repeatedBuffers > 0) {
    const what = plural(damage.repeatedBuffers, 'buffer');
    lines.push(`${what} with a repeated sequence number: packets may be duplicated`);
  }
  for (const [key, number] of Object.entries(incomplete)) {
    if (number > 0) lines.push(incompleteText(key, number));
  }
  for (const { bufferOffset, eventId, reason } of damage.packetEvents.slice(0, MAX_ROWS)) {
    lines.push(`  event ${eventId} in the buffer at offset ${count(bufferOffset)}: ${printable(reason)}`);
  }
  if (!closed) lines.push('the trace was never closed: its end may be missing');
  if (damage.sections > 0) {
    lines.push(`${plural(damage.sections, 'damaged section')}, ${size(damage.bytes)} skipped:`);
    for (const { bytes, offset, reason } of damage.items.slice(0, MAX_ROWS)) {
      lines.push(`  at offset ${count(offset)}: ${printable(reason)} (${plural(bytes, 'byte')})`);
    }
    if (damage.sections > MAX_ROWS) lines.push(`  (${count(damage.sections - MAX_ROWS)} more)`);
  }
  return lines;
}

function outputsText({
  eventsExcluded,
  eventsFile,
  hints,
  manifestProblems,
  outputs,
}: ConvertSummary): string {
  const lines = manifestProblems.map(
    ({ reason, source }) => `Manifest ${printable(source)} was not used: ${printable(reason)}`,
  );
  for (const { bytes, events, packets, path } of outputs) {
    lines.push(`Wrote ${printable(path)}: ${contentText(packets, events)}, ${size(bytes)}`);
  }
  if (eventsFile !== undefined) {
    const option = hints.find(({ id }) => id === 'noEventsMatch')?.option ?? '--providers or --level';
    const excluded = eventsExcluded === 0 ? '' : ` (${count(eventsExcluded)} excluded by ${option})`;
    lines.push(
      `Wrote ${printable(eventsFile.path)}: ${plural(eventsFile.events, 'event')}${excluded}, ${size(eventsFile.bytes)}`,
    );
  }
  return lines.join('\n');
}

function contentText(packets: number, events: number | undefined): string {
  if (events === undefined) return plural(packets, 'packet');
  return packets === 0
    ? `no packets, ${plural(events, 'event')}`
    : `${plural(packets, 'packet')}, ${plural(events, 'event')} between them`;
}

/** Processes that are shown; the rest is counted. */
const MAX_PROCESSES = 10;

/** Packets by process; empty if the trace names none: a table of numbers says little. */
function processesText({ processes }: ConvertSummary): string {
  if (processes.every(({ name }) => name === undefined)) return '';
  const rows = processes
    .slice(0, MAX_PROCESSES)
    .map(({ name, packets, pid }) => [
      name ?? (pid === 0 ? '(interrupt context, no process)' : ''),
      String(pid),
      count(packets),
    ]);
  if (processes.length > MAX_PROCESSES) rows.push([`(${count(processes.length - MAX_PROCESSES)} more)`]);
  return table(
    [{ title: 'Process' }, { title: 'PID', align: 'right' }, { title: 'Packets', align: 'right' }],
    rows,
  );
}

/** Packets by the process that owns their flow. */
function ownersText({ owners }: ConvertSummary): string {
  if (owners.length === 0) return '';
  const rows = owners
    .slice(0, MAX_PROCESSES)
    .map(({ name = '', packets, pid }) => [name, String(pid), count(packets)]);
  if (owners.length > MAX_PROCESSES) rows.push([`(${count(owners.length - MAX_PROCESSES)} more)`]);
  return table(
    [{ title: 'Flow owner' }, { title: 'PID', align: 'right' }, { title: 'Packets', align: 'right' }],
    rows,
  );
}

/** Names given with --component that no interface has, and the available names. */
export function unknownComponentsText({ available, names }: UnknownComponents): string {
  const given = names.map((name) => `'${printable(name)}'`).join(', ');
  const shown = available.slice(0, MAX_ROWS).map((name) => `  ${printable(name)}`);
  if (available.length > shown.length) {
    shown.push(`  … and ${count(available.length - shown.length)} more; etlcap info --json FILE lists all`);
  }
  return [
    `etlcap: --component: no interface, component, NIC or port is named ${given}. Interfaces:`,
    ...shown,
  ].join('\n');
}

/** Hints that show that a capture ran: advice on how to start one is omitted. */
const CAPTURE_RAN: ReadonlySet<HintId> = new Set(['countersWithoutPackets', 'payloadWithoutHeaders']);

/**
 * The reason for the missing pcapng, the trace's contents, and advice.
 *
 * @param filters the given options that exclude packets
 */
export function noPacketsText(summary: ConvertSummary, filters: readonly string[]): string[] {
  const names = summary.traces.map(({ input }) => printable(input)).join(', ');
  if (summary.packetsExcluded > 0) {
    const all =
      summary.packetsExcluded === 1
        ? 'The only packet was'
        : `All ${count(summary.packetsExcluded)} packets were`;
    return [
      `etlcap: ${names}: ${all} excluded by your filters (${filters.join(', ')}); no file written.`,
      '  etlcap info lists the components, NICs and interfaces with packets, and the times.',
    ];
  }
  const providers = summary.providers.map(
    ({ id, name, records }) => `${printable(name ?? id)} (${count(records)})`,
  );
  const shown = providers.slice(0, MAX_NAMED_PROVIDERS);
  if (providers.length > shown.length)
    shown.push(plural(providers.length - shown.length, 'more provider', 'more providers'));
  return [
    `etlcap: ${names}: No packets in this trace, so no pcapng was written.`,
    `  It contains ${plural(summary.records, 'event')}, none of them packets:`,
    ...shown.map((provider) => `    ${provider}`),
    ...otherCaptureText(summary.providers.map(({ id }) => id)).map((line) => `  ${line}`),
    ...(summary.hints.some(({ id }) => CAPTURE_RAN.has(id)) ? [] : HOW_TO_CAPTURE),
    '  etlcap info shows what else is in the trace; etlcap diagnose finds faults in its events.',
  ];
}

const HOW_TO_CAPTURE = [
  '  Packets are recorded by: netsh trace start capture=yes, pktmon start --capture, and',
  '  New-NetEventSession with Add-NetEventPacketCaptureProvider.',
];

/** Rows of a table up to {@link MAX_ROWS}; a last row counts the rest, in the given column. */
export function shortened(
  rows: readonly (readonly string[])[],
  { column = 0, hint = '' }: { column?: number; hint?: string } = {},
): readonly (readonly string[])[] {
  if (rows.length <= MAX_ROWS) return rows;
  const rest = new Array<string>(column).fill('');
  return [...rows.slice(0, MAX_ROWS), [...rest, `(${count(rows.length - MAX_ROWS)} more${hint})`]];
}
