import type { ConvertSummary, DropSummary, ProviderSummary, TraceSummary } from '../pipeline/index.js';
import { addressText, count, plural, printable, shortTime, size, table, within } from './text.js';

/** Rows of a table before the rest is only counted. */
const MAX_ROWS = 40;

/** Providers that the text about a trace without packets names. */
const MAX_NAMED_PROVIDERS = 5;

/** What a conversion did, for people. Where no pcapng was written, {@link noPacketsText} gives the reason. */
export function summaryText(summary: ConvertSummary): string {
  const isWithoutPackets = summary.packets + summary.filtered + summary.outputs.length === 0;
  const sections = [
    ...summary.traces.map(traceText),
    ...(isWithoutPackets
      ? []
      : [
          providersText(summary.providers),
          interfacesText(summary),
          packetsText(summary),
          processesText(summary),
        ]),
    ...summary.traces.map(troubleText),
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
  ].join('\n');
}

/** Events by provider, and what became of them. */
export function providersText(providers: readonly ProviderSummary[], hint = ''): string {
  const rows = providers.map(({ events, id, merged, name, others, packets }) => [
    within(name ?? id, 50),
    count(events),
    count(packets),
    merged === 0 ? '' : count(merged),
    count(others),
  ]);
  return table(
    [
      { title: 'Provider' },
      { title: 'Events', align: 'right' },
      { title: 'Packets', align: 'right' },
      { title: 'Part of packets', align: 'right' },
      { title: 'Other', align: 'right' },
    ],
    shortened(rows, { hint }),
  );
}

function interfacesText({ interfaces }: ConvertSummary): string {
  if (interfaces.length === 0) return '';
  const severalFiles = new Set(interfaces.map(({ output }) => output)).size > 1;
  const rows = interfaces.map((each) => [
    String(each.id),
    printable(each.name),
    each.linkType,
    count(each.packets),
    each.drops === 0 ? '' : count(each.drops),
    each.compartment === undefined ? '' : String(each.compartment),
    each.mac ?? '',
    addressText(each.addresses ?? []),
    ...(severalFiles ? [printable(each.output ?? '')] : []),
  ]);
  return table(
    [
      { title: '#', align: 'right' },
      { title: 'Interface' },
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

function packetsText(summary: ConvertSummary): string {
  const { drops, filtered, firstPacket, lastPacket, packets } = summary;
  const dropped = drops.reduce((sum, drop) => sum + drop.packets, 0);
  const times =
    firstPacket === undefined || lastPacket === undefined
      ? ''
      : `, ${shortTime(firstPacket)} to ${shortTime(lastPacket)}`;
  const left = filtered === 0 ? '' : `, ${count(filtered)} left out as asked`;
  const lines = [`${plural(packets, 'packet')}${times}, ${count(dropped)} dropped${left}`];
  if (drops.length > 0) lines.push(dropsTable(drops));
  return lines.join('\n');
}

/** Dropped packets by reason and place in Windows' code. */
export function dropsTable(drops: readonly DropSummary[], hint = ''): string {
  const rows = drops.map((drop) => [
    count(drop.packets),
    printable(drop.text),
    drop.reason === undefined ? '' : String(drop.reason),
    printable(drop.locationName ?? drop.location ?? ''),
  ]);
  const columns = [
    { title: 'Dropped', align: 'right' },
    { title: 'Reason' },
    { title: 'Number', align: 'right' },
    { title: 'Location' },
  ] as const;
  return table(columns, shortened(rows, { column: 1, hint }));
}

const INCOMPLETE_TEXTS: Readonly<Record<string, string>> = {
  fragmentsWithoutStart: 'packet parts whose beginning is not in the trace',
  packetsWithoutEnd: 'packets whose last part is not in the trace',
  oversizedPackets: 'packets of several events that grew beyond any packet',
  metadataWithoutPacket: '802.11 metadata that no packet followed',
  damagedPackets: 'packet events that are not as their layout says; they stay events',
};

/** Whether something was lost or damaged, or may have been. */
export const hasTrouble = (trace: TroubleFacts): boolean => troubleLines(trace).length > 0;

/** What was lost or damaged; that nothing was is said too. */
export function troubleText(trace: TroubleFacts): string {
  const lines = troubleLines(trace);
  if (lines.length === 0) return 'Nothing lost, nothing damaged.';
  return [`Lost or damaged in ${printable(trace.input)}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}

type TroubleFacts = Pick<TraceSummary, 'closed' | 'damage' | 'incomplete' | 'input' | 'lost'>;

/** A line each for what was lost or damaged, or may have been; those about one place are indented. */
export function troubleLines({ closed, damage, incomplete, lost }: TroubleFacts): string[] {
  const lines: string[] = [];
  if (lost.events > 0)
    lines.push(`${plural(lost.events, 'event')} lost: Windows could not write them in time`);
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
        buffers === 1 ? `number ${count(last)}` : `numbers ${count(firstSequence)} to ${count(last)}`;
      lines.push(`  before offset ${count(offset)}: ${which}`);
    }
    if (damage.gaps.length > MAX_ROWS)
      lines.push(`  … and ${count(damage.gaps.length - MAX_ROWS)} more places`);
  }
  if (damage.repeatedBuffers > 0) {
    const what = plural(damage.repeatedBuffers, 'buffer');
    lines.push(`${what} with a number that another one has: packets may be there twice`);
  }
  for (const [key, number] of Object.entries(incomplete)) {
    if (number > 0) lines.push(`${count(number)} ${INCOMPLETE_TEXTS[key] ?? key}`);
  }
  for (const { bufferOffset, eventId, reason } of damage.packetEvents.slice(0, MAX_ROWS)) {
    lines.push(`  event ${eventId} in the buffer at offset ${count(bufferOffset)}: ${printable(reason)}`);
  }
  if (!closed) lines.push('the trace was never closed: its end may be missing');
  if (damage.places > 0) {
    lines.push(`${plural(damage.places, 'damaged place')}, ${size(damage.bytes)} skipped:`);
    for (const { bytes, offset, reason } of damage.items.slice(0, MAX_ROWS)) {
      lines.push(`  at offset ${count(offset)}: ${printable(reason)} (${plural(bytes, 'byte')})`);
    }
    if (damage.places > MAX_ROWS) lines.push(`  … and ${count(damage.places - MAX_ROWS)} more`);
  }
  return lines;
}

function outputsText({ eventsLeftOut, manifestProblems, outputs, sidecar }: ConvertSummary): string {
  const lines = manifestProblems.map(
    ({ reason, source }) => `Manifest ${printable(source)} was not used: ${printable(reason)}`,
  );
  for (const { bytes, events, packets, path } of outputs) {
    lines.push(`Wrote ${printable(path)}: ${contentText(packets, events)}, ${size(bytes)}`);
  }
  if (sidecar !== undefined) {
    const left = eventsLeftOut === 0 ? '' : ` (${count(eventsLeftOut)} left out as asked)`;
    lines.push(
      `Wrote ${printable(sidecar.path)}: ${plural(sidecar.events, 'event')}${left}, ${size(sidecar.bytes)}`,
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

/** Packets by process; nothing where the trace names none: a table of numbers says little. */
function processesText({ processes }: ConvertSummary): string {
  if (processes.every(({ name }) => name === undefined)) return '';
  const rows = processes
    .slice(0, MAX_PROCESSES)
    .map(({ name, packets, pid }) => [printable(name ?? ''), String(pid), count(packets)]);
  if (processes.length > MAX_PROCESSES) rows.push([`… and ${count(processes.length - MAX_PROCESSES)} more`]);
  return table(
    [{ title: 'Process' }, { title: 'PID', align: 'right' }, { title: 'Packets', align: 'right' }],
    rows,
  );
}

/** Why there is no pcapng, then what the trace holds instead, and what to try. */
export function noPacketsText(summary: ConvertSummary): string[] {
  const names = summary.traces.map(({ input }) => printable(input)).join(', ');
  if (summary.filtered > 0) {
    const all = `the options left out all ${count(summary.filtered)} (--drops, --component, --since, --until)`;
    return [
      `etlcap: ${names}: no packets: ${all}; nothing written`,
      '  etlcap info names the components, NICs and interfaces where packets were seen, and the times.',
    ];
  }
  const providers = summary.providers.map(
    ({ id, name, events }) => `${printable(name ?? id)} (${count(events)})`,
  );
  const shown = providers.slice(0, MAX_NAMED_PROVIDERS);
  if (providers.length > shown.length) shown.push(`${count(providers.length - shown.length)} more providers`);
  return [
    `etlcap: ${names}: no packets in this trace; no pcapng written`,
    `  It holds ${plural(summary.events, 'record')}, none of which carries a packet:`,
    ...shown.map((provider) => `    ${provider}`),
    '  Packets are recorded by: netsh trace start capture=yes, pktmon start --capture, and',
    '  New-NetEventSession with Add-NetEventPacketCaptureProvider.',
    '  etlcap info says what else is in the trace.',
  ];
}

/** Rows of a table up to {@link MAX_ROWS}; a last row counts the rest, in the given column. */
export function shortened(
  rows: readonly (readonly string[])[],
  { column = 0, hint = '' }: { column?: number; hint?: string } = {},
): readonly (readonly string[])[] {
  if (rows.length <= MAX_ROWS) return rows;
  const rest = new Array<string>(column).fill('');
  return [...rows.slice(0, MAX_ROWS), [...rest, `… and ${count(rows.length - MAX_ROWS)} more${hint}`]];
}
