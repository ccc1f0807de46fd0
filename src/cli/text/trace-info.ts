import { printable } from '../../etw/index.js';
import { bitRate, count, duration, plural, size } from '../../format/index.js';
import {
  type ComponentJson,
  type CountersJson,
  type HostInterfaceJson,
  policyText,
} from '../../host/index.js';
import type { TraceInfo } from '../../info/index.js';
import {
  appearancesText,
  doubtText,
  droppedText,
  dropsTable,
  hintsText,
  providersText,
  shortened,
  troubleText,
} from './conversion-summary.js';
import { hostInfoLines } from './host-info.js';
import { otherCaptureText } from './other-captures.js';
import { addressText, shortTime, table, within } from './table.js';

/** Columns of the text. */
const WIDTH = 100;

/** Eight octets; tunnels such as Teredo have up to 32, of which JSON has all. */
const HARDWARE_ADDRESS_WIDTH = 23;

/** After the number of omitted rows. */
const HINT = ', see --json';

/** The contents of a trace, for people: readable on 100 columns. */
export function infoText(trace: TraceInfo): string {
  const sections = [
    [headText(trace), ...hostInfoLines(trace)].join('\n'),
    troubleText(trace),
    hintsText(trace.hints, WIDTH),
    trace.packets.count === 0 ? otherCaptureText(trace.providers.map(({ id }) => id)).join('\n') : '',
    providersText(trace.providers, HINT),
    interfacesText(trace),
    hostInterfacesText(trace),
    componentsText(trace),
    compartmentsText(trace),
    filtersText(trace),
    captureSourcesText(trace),
    switchText(trace),
    ...policyTexts(trace),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function headText(trace: TraceInfo): string {
  const { buffers, clock, end, host, logger, os, records, seconds, start, system } = trace;
  const last = records.last === undefined ? undefined : shortTime(records.last);
  const rows: [string, string | undefined][] = [
    ['Host', joined([host, system.domain, os])],
    ['Hardware', hardware(trace)],
    ['Booted', system.boot && shortTime(system.boot)],
    ['Time zone', timeZone(system.timeZone)],
    ['Session', joined([logger.name, logger.modes.map(modeText).join(', '), limit(logger.maximumFileSize)])],
    ['Original file', logger.fileName],
    ['Started', shortTime(start)],
    ['Stopped', end === undefined ? 'never: copied while it ran, or Windows went down' : shortTime(end)],
    ['Duration', seconds === undefined ? undefined : duration(seconds)],
    ['Records', joined([count(records.count), records.first && `${shortTime(records.first)} to ${last}`])],
    ['Packets', packets(trace)],
    ['Clock', `${CLOCK_NAMES[clock.type]}, ${frequency(clock.frequency)}`],
    [
      'Buffers',
      joined([
        `${count(buffers.count)} x ${count(buffers.size / 1024)} KiB`,
        buffers.compressed > 0 ? `${count(buffers.compressed)} compressed` : undefined,
        `from ${plural(buffers.processors, 'processor')}`,
      ]),
    ],
  ];
  const lines = rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([title, value = '']) => `  ${title.padEnd(13)} ${within(value, 84)}`);
  return [`${printable(trace.input)}: ${size(trace.bytes)}`, ...lines].join('\n');
}

const CLOCK_NAMES: Readonly<Record<TraceInfo['clock']['type'], string>> = {
  qpc: 'QPC',
  'system-time': 'system time',
  'cpu-cycles': 'CPU cycles',
};

/** A mode of the log file as a noun where the trace header has an adjective. */
const modeText = (mode: string): string =>
  mode === 'sequential' || mode === 'circular' ? `${mode} file` : mode;

/** 10 MHz */
const frequency = (hertz: number): string =>
  hertz >= 1e6 ? `${Number((hertz / 1e6).toPrecision(7))} MHz` : `${count(hertz)} Hz`;

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(', ');

const hardware = ({ processors, system }: TraceInfo): string =>
  joined([
    plural(processors, 'processor'),
    system.processorMhz === undefined ? undefined : `${count(system.processorMhz)} MHz`,
    system.memory === undefined ? undefined : `${count(system.memory)} MiB`,
  ]);

const limit = (megabytes: number | undefined): string | undefined =>
  megabytes === undefined ? undefined : `max ${count(megabytes)} MiB`;

/** `W. Europe Daylight Time (UTC+02:00)`; names that refer to a Windows resource are omitted. */
function timeZone({ daylight, name, utcOffsetMinutes }: TraceInfo['system']['timeZone']): string {
  const minutes = Math.abs(utcOffsetMinutes);
  const part = (value: number): string => String(value).padStart(2, '0');
  const sign = utcOffsetMinutes < 0 ? '-' : '+';
  const offset = `UTC${sign}${part(Math.floor(minutes / 60))}:${part(minutes % 60)}`;
  if (name !== '' && !name.startsWith('@')) return `${name} (${offset})`;
  return daylight ? `${offset} (daylight saving time)` : offset;
}

function packets({ identity, packets: { first, last } }: TraceInfo): string {
  if (first === undefined || last === undefined) return 'none';
  const doubts = doubtText(identity);
  const text = `${appearancesText(identity)}, ${shortTime(first)} to ${shortTime(last)}, ${droppedText(identity)}`;
  return doubts === '' ? text : `${text}; ${doubts}`;
}

const section = (title: string, body: string): string => `${title}\n${body}`;

function interfacesText({ interfaces, packets: { drops } }: TraceInfo): string {
  if (interfaces.length === 0) return '';
  const rows = interfaces.map((each) => [
    within(each.name, 64),
    each.linkType,
    count(each.packets),
    each.dropped === 0 ? '' : count(each.dropped),
    numberText(each.compartment),
  ]);
  const columns = [
    { title: 'Interface' },
    { title: 'Link' },
    { title: 'Packets', align: 'right' },
    { title: 'Dropped', align: 'right' },
    { title: 'Compartment', align: 'right' },
  ] as const;
  const title = `${plural(interfaces.length, 'capture point')} (each becomes an interface in the pcapng)`;
  const seen = section(title, table(columns, shortened(rows, { hint: HINT })));
  return drops.length === 0 ? seen : `${seen}\n\n${section('Drop reasons', dropsTable(drops, HINT))}`;
}

const numberText = (value: number | undefined): string => (value === undefined ? '' : String(value));

function hostInterfacesText({ hostInterfaces: interfaces }: TraceInfo): string {
  if (interfaces.length === 0) return '';
  // Windows has dozens without traffic; those without a status are known from addresses and events alone.
  const isUsed = ({ addresses, status }: HostInterfaceJson): boolean =>
    status === undefined || status === 'up' || addresses.length > 0;
  const used = interfaces.filter(isUsed);
  const rows = [...used]
    .sort((a, b) => Number(b.addresses.length > 0) - Number(a.addresses.length > 0))
    .map((each) => [
      String(each.ifIndex),
      within(each.alias || each.description || '–', 28),
      each.status ?? '',
      speed(each.transmitSpeed),
      within(each.mac ?? '', HARDWARE_ADDRESS_WIDTH),
      addressText(each.addresses),
    ]);
  const columns = [
    { title: '#', align: 'right' },
    { title: 'Interface' },
    { title: 'Status' },
    { title: 'Speed', align: 'right' },
    { title: 'MAC' },
    { title: 'Addresses' },
  ] as const;
  const unused = interfaces.length - used.length;
  const shown =
    unused === 0 ? count(used.length) : `${count(used.length)} up shown; ${count(unused)} down: --json`;
  return section(`Host interfaces (${shown})`, table(columns, shortened(rows, { column: 1, hint: HINT })));
}

/** `10 Gbit/s`; empty if the speed is not known. */
const speed = (bitsPerSecond: string | undefined): string =>
  bitsPerSecond === undefined || Number(bitsPerSecond) === 0 ? '' : bitRate(Number(bitsPerSecond));

function componentsText({ components }: TraceInfo): string {
  if (components.length === 0) return '';
  const passed = ({ edges }: ComponentJson): bigint => sum(edges.map(({ counters }) => counters));
  const dropped = ({ dropCounters }: ComponentJson): bigint =>
    dropCounters === undefined ? 0n : sum([dropCounters]);
  const rows = components
    .map((component) => ({ component, passed: passed(component), dropped: dropped(component) }))
    // Those with packets first.
    .sort((a, b) => Number(b.passed + b.dropped > 0n) - Number(a.passed + a.dropped > 0n))
    .map(({ component, dropped, passed }) => [
      String(component.id),
      component.type,
      within(component.name, 16),
      passed === 0n ? '' : count(passed),
      dropped === 0n ? '' : count(dropped),
      numberText(component.compartment),
      within(component.description, 26),
    ]);
  const columns = [
    { title: 'Id', align: 'right' },
    { title: 'Type' },
    { title: 'Driver' },
    { title: 'Passed', align: 'right' },
    { title: 'Dropped', align: 'right' },
    { title: 'Compartment', align: 'right' },
    { title: 'Description' },
  ] as const;
  return section(
    `Network stack components (${count(components.length)}; properties and per-edge counters with --json)`,
    table(columns, shortened(rows, { column: 2, hint: HINT })),
  );
}

const sum = (counters: readonly CountersJson[]): bigint =>
  counters.reduce((all, { packetsIn, packetsOut }) => all + BigInt(packetsIn) + BigInt(packetsOut), 0n);

function compartmentsText({ compartments }: TraceInfo): string {
  if (compartments.length === 0) return '';
  const rows = compartments.map((each) => [
    String(each.id),
    within(each.name ?? each.guid ?? '', 38),
    within(each.aliases.join(', ') || each.ifIndexes.join(', '), 24),
    addressText(each.addresses),
  ]);
  const columns = [
    { title: 'Id', align: 'right' },
    { title: 'Name' },
    { title: 'Interfaces' },
    { title: 'Addresses' },
  ] as const;
  return section(
    `Compartments (${count(compartments.length)})`,
    table(columns, shortened(rows, { column: 1, hint: HINT })),
  );
}

function filtersText({ filters }: TraceInfo): string {
  if (filters.length === 0) return '';
  const rows = filters.map(({ id, name, text }) => [String(id), within(name, 30), within(text, 60)]);
  const columns = [{ title: 'Id', align: 'right' }, { title: 'Name' }, { title: 'Match' }] as const;
  return section(
    filters.length === 1
      ? 'pktmon filters (1): only packets matching it were captured'
      : `pktmon filters (${count(filters.length)}): only packets matching any of them were captured`,
    table(columns, shortened(rows, { column: 1, hint: HINT })),
  );
}

function captureSourcesText({ captureSources }: TraceInfo): string {
  if (captureSources.length === 0) return '';
  const rows = captureSources.map(({ ifIndex, kind, layers, name }) => [
    String(ifIndex),
    kind,
    within(name, 40),
    within(layers.map((layer) => layer.name).join(', '), 40),
  ]);
  const columns = [
    { title: 'Index', align: 'right' },
    { title: 'Kind' },
    { title: 'Name' },
    { title: 'Layers' },
  ] as const;
  return section(
    `NDIS capture sources (${count(captureSources.length)})`,
    table(columns, shortened(rows, { column: 2, hint: HINT })),
  );
}

/** Members of teams and policies of ports. */
function policyTexts({ portPolicies, teamMembers }: TraceInfo): string[] {
  const members = teamMembers.map(({ connected, guid, index, name, team }) => [
    within(team, 40),
    index === undefined ? '' : String(index),
    within(name ?? guid ?? '', 40),
    connected ? '' : 'disconnected',
  ]);
  const policies = portPolicies.map((policy) => [
    within(policy.friendlyName || policy.portName, 30),
    within(policyText(policy), 40),
    within([...policy.acls, ...policy.aclDrops.map((acl) => `dropped by ${acl}`)].join('; '), 60),
  ]);
  return [
    members.length === 0
      ? ''
      : section(
          `Team members (${count(members.length)})`,
          table(
            [{ title: 'Team' }, { title: 'Index', align: 'right' }, { title: 'Member' }, { title: 'State' }],
            shortened(members, { hint: HINT }),
          ),
        ),
    policies.length === 0
      ? ''
      : section(
          `Port policies (${count(policies.length)})`,
          table(
            [{ title: 'Port' }, { title: 'Policy' }, { title: 'ACLs' }],
            shortened(policies, { hint: HINT }),
          ),
        ),
  ];
}

function switchText({ switchNics, switchPorts }: TraceInfo): string {
  if (switchNics.length + switchPorts.length === 0) return '';
  const rows = [
    ...switchNics.map((nic) => ({ kind: 'NIC', ...nic })),
    ...switchPorts.map((port) => ({ kind: 'port', ...port })),
  ].map(({ friendlyName, kind, name, vSwitch }) => [
    kind,
    within(friendlyName || name, 40),
    within(vSwitch, 40),
  ]);
  const columns = [{ title: 'Kind' }, { title: 'Name' }, { title: 'Virtual switch' }] as const;
  return section('Virtual switch NICs and ports', table(columns, shortened(rows, { column: 1, hint: HINT })));
}
