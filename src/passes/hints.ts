import { isoTime, UNIX_EPOCH_AS_FILETIME } from '../etl/index.js';
import { isProviderNamed } from '../events/index.js';
import { count as number } from '../format/index.js';
import type { CaptureLocation, Component, DataPathState, FlowCounters } from '../host/index.js';
import type { CopyChoice } from './one-copy.js';
import type { ConversionOptions } from './options.js';
import type { SeenPackets } from './seen-packets.js';
import type { HostGroup, TraceSession } from './trace-session.js';

/** The subject of a hint. Public: scripts compare it. */
export type HintId =
  /** pktmon counted packets and logged none. `count`: packets counted. */
  | 'countersWithoutPackets'
  /** pktmon's counters exceed the packets in the trace. `count`: by how many. */
  | 'countersExceedPackets'
  /** Another file of the capture describes pktmon's components. `count`: components without description. */
  | 'componentsElsewhere'
  /** pktmon records that no link type describes; `details` by type. */
  | 'payloadWithoutHeaders'
  /** The capture kept a part of packets. `count`: such packets. */
  | 'truncatedPackets'
  /** An output has several link types. `count`: link types. */
  | 'severalLinkTypes'
  /** Packets were recorded at several locations. `count`: frames beyond the first of each packet. */
  | 'severalCopies'
  /** One copy of each packet was requested, and the trace has one copy only. `count`: packets. */
  | 'singleCopies'
  /** Checksums of outbound packets were left to the NIC. `count`: frames. */
  | 'checksumsLeft'
  /** SR-IOV took traffic of a guest's NIC away from the capture. `count`: NICs; `details`: by NIC, changes of the state. */
  | 'vfDataPath'
  /** Events without a schema; `details` by provider. */
  | 'undecodedEvents'
  /** Events decoded only up to a field that their manifest does not locate; `details` by manifest, event and field. */
  | 'incompleteManifest'
  /** No event matches the options. `count`: events excluded. */
  | 'noEventsMatch'
  /** The packet files are pcap, which holds packets only. `count`: 1. */
  | 'pcapFormat'
  /** An output reached the limit of its size, and the conversion ended early. `count`: the limit in bytes. */
  | 'outputLimitReached';

/** A fact about a trace or its conversion that a user may want to act on. JSON-ready. */
export interface Hint {
  readonly id: HintId;
  /** One or two sentences for people. Names in it come from the trace, unescaped. */
  readonly text: string;
  readonly count: number;
  /** The option that helps: of etlcap, or of the tool that captured. */
  readonly option?: string;
  readonly details?: readonly HintDetail[];
}

/** A part of {@link Hint.count}. */
export interface HintDetail {
  readonly name: string;
  readonly count: number;
}

/** The facts from which hints are derived. */
export interface HintFacts {
  readonly sessions: readonly TraceSession[];
  /** All packets. */
  readonly seen: SeenPackets;
  /** The part of {@link seen} that filters excluded. */
  readonly excluded: SeenPackets;
  /** Link types of each output file. */
  readonly linkTypes: readonly (readonly string[])[];
  /** Events without a schema, by provider. */
  readonly undecoded: ReadonlyMap<string, number>;
  /** Frames written whose checksums were left to the NIC; absent: not counted. */
  readonly checksumsLeft?: number;
  /**
   * Frames that are further copies of a packet: of the frames that filters did not exclude, or, if one copy of each
   * packet was requested, of all in the trace.
   */
  readonly furtherCopies: number;
  readonly options: Pick<ConversionOptions, 'oneCopy'>;
}

/** Names that a text lists before it counts the rest. */
const MAX_NAMES = 5;
/** pktmon's types without link layer, and some that are new. */
const MAX_TYPES = 12;

/** All hints of a conversion or an inspection; hints about missing packets are first. */
export function hintsOf(facts: HintFacts): Hint[] {
  return [
    ...counterHints(facts),
    ...componentHints(facts),
    ...payloadHints(facts),
    ...truncationHints(facts),
    ...linkTypeHints(facts),
    ...copyHints(facts),
    ...checksumHints(facts),
    ...dataPathHints(facts),
    ...undecodedHints(facts),
    ...incompleteManifestHints(facts),
  ];
}

/**
 * The hint that no event matches the options.
 *
 * @param excluded number of events that they excluded
 */
export function noEventsHint(
  { level, providers }: Pick<ConversionOptions, 'level' | 'providers'>,
  excluded: number,
  sessions: readonly TraceSession[],
): Hint {
  const options = [
    ...(providers === undefined ? [] : ['--providers']),
    ...(level === undefined ? [] : ['--level']),
  ].join(' and ');
  const unknown = (providers ?? [])
    .filter((name) => !hasProvider(name, sessions))
    .map((name) => `; no provider called "${name}" in this trace`);
  return {
    id: 'noEventsMatch',
    text: `no events match ${options} (${number(excluded)} excluded)${unknown.join('')}`,
    count: excluded,
    option: options,
  };
}

const hasProvider = (wanted: string, sessions: readonly TraceSession[]): boolean =>
  sessions.some((session) =>
    session.providers
      .summary((id) => session.providerName(id))
      .some(({ id, name = id }) => isProviderNamed(wanted, id) || isProviderNamed(wanted, name)),
  );

const plural = (value: number | bigint, noun: string): string =>
  `${number(value)} ${noun}${BigInt(value) === 1n ? '' : 's'}`;

function listed(details: readonly HintDetail[], most = MAX_NAMES): string {
  const names = details.slice(0, most).map(({ count, name }) => `${name} ${number(count)}`);
  const rest = details.length - names.length;
  return [...names, ...(rest > 0 ? [`${number(rest)} more`] : [])].join(', ');
}

const byCount = (counts: ReadonlyMap<string, number>): HintDetail[] =>
  [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));

const sumOf = ({ packetsIn, packetsOut }: FlowCounters): bigint => packetsIn + packetsOut;
const passedBy = ({ edges }: Component): bigint =>
  edges.reduce((sum, { counters }) => sum + sumOf(counters), 0n);
const droppedBy = ({ drops }: Component): bigint => (drops === undefined ? 0n : sumOf(drops));

/** Traces of one host and boot describe the same components. */
const groupsOf = (sessions: readonly TraceSession[]): Map<HostGroup, TraceSession> =>
  new Map(sessions.map((session) => [session.group, session]));

function counterHints({ seen, sessions }: HintFacts): Hint[] {
  let [passed, dropped, excess, counted, logged] = [0n, 0n, 0n, 0n, 0n];
  for (const session of groupsOf(sessions).values()) {
    const atComponent = loggedByComponent(seen, session);
    for (const component of session.host.components.values()) {
      const own = [passedBy(component), droppedBy(component)] as const;
      passed += own[0];
      dropped += own[1];
      const both = own[0] + own[1];
      const here = atComponent.get(component.id) ?? 0n;
      if (both <= here) continue;
      counted += both;
      logged += here;
      excess += both - here;
    }
  }
  if (excess === 0n) return [];
  if (seen.packets === 0) {
    return [
      {
        id: 'countersWithoutPackets',
        text:
          `pktmon counted ${plural(passed, 'packet')} passed and ${number(dropped)} dropped, but the file has no packet records: ` +
          'it ran with --counters-only, or the records were overwritten or are in another file of the capture. ' +
          'etlcap info lists the counters of each component.',
        count: Number(passed + dropped),
      },
    ];
  }
  return [
    {
      id: 'countersExceedPackets',
      text:
        `pktmon's counters exceed the logged packets by ${number(excess)} (${number(counted)} counted, ` +
        `${number(logged)} logged at the same components): packet records were lost, overwritten by a circular log, ` +
        'or are in another file of the capture.',
      count: Number(excess),
    },
  ];
}

function loggedByComponent(seen: SeenPackets, session: TraceSession): Map<number, bigint> {
  const logged = new Map<number, bigint>();
  for (const [captureLocation, { packets }] of seen.byCaptureLocation) {
    const { componentId } = captureLocation;
    if (componentId === undefined || !isOf(captureLocation, session)) continue;
    logged.set(componentId, (logged.get(componentId) ?? 0n) + BigInt(packets));
  }
  return logged;
}

const isOf = (captureLocation: CaptureLocation, { group }: TraceSession): boolean =>
  group.registry.has(captureLocation);

function componentHints({ seen, sessions }: HintFacts): Hint[] {
  let missing = 0;
  for (const session of groupsOf(sessions).values()) {
    // A component that came and went while others are described is no sign of another file.
    if (session.host.components.size > 0) continue;
    const ids = [...seen.byCaptureLocation.keys()].flatMap((captureLocation) =>
      isOf(captureLocation, session) ? (captureLocation.componentId ?? []) : [],
    );
    missing += new Set(ids).size;
  }
  if (missing === 0) return [];
  return [
    {
      id: 'componentsElsewhere',
      text:
        `No description of pktmon's ${plural(missing, 'component')} in this file: pktmon writes the descriptions to ` +
        'the last file of a capture, when it is stopped. Convert all files of the capture together: ' +
        'etlcap PktMon1.etl PktMon2.etl --merge OUT.pcapng. Or name them by "pktmon list --all --json" of the host, ' +
        'saved before it restarts: --host-info FILE',
      count: missing,
      option: '--merge',
    },
  ];
}

function payloadHints({ sessions }: HintFacts): Hint[] {
  const counts = new Map<string, number>();
  for (const { decoder } of sessions) {
    for (const [type, count] of decoder.unwritable) counts.set(type, (counts.get(type) ?? 0) + count);
  }
  const details = byCount(counts);
  const count = details.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return [];
  return [
    {
      id: 'payloadWithoutHeaders',
      text:
        `${plural(count, 'pktmon record')} without link layer and IP header cannot be written as ` +
        `${count === 1 ? 'a packet' : 'packets'} (by packet type: ${listed(details, MAX_TYPES)}). ` +
        `The bytes are in the events (FramePayload).`,
      count,
      details,
    },
  ];
}

/** How to capture whole packets, by the source of the truncated ones. */
const WHOLE_PACKETS: Readonly<Partial<Record<CaptureLocation['source'], string>>> = {
  pktmon: 'pktmon start --capture --pkt-size 0',
  ndis: 'netsh trace start capture=yes without packettruncatebytes, or Add-NetEventPacketCaptureProvider -TruncationLength 65535',
};

function truncationHints({ excluded, seen }: HintFacts): Hint[] {
  let [count, packets, longest] = [0, 0, 0];
  const sources = new Set<CaptureLocation['source']>();
  for (const [captureLocation, { longestTruncated, packets: all, truncated }] of seen.byCaptureLocation) {
    const left = excluded.byCaptureLocation.get(captureLocation);
    packets += all - (left?.packets ?? 0);
    const own = truncated - (left?.truncated ?? 0);
    if (own === 0) continue;
    count += own;
    longest = Math.max(longest, longestTruncated);
    sources.add(captureLocation.source === 'vswitch' ? 'ndis' : captureLocation.source);
  }
  if (count === 0) return [];
  const ways = [...sources].flatMap((source) => WHOLE_PACKETS[source] ?? []);
  return [
    {
      id: 'truncatedPackets',
      text:
        `${number(count)} of ${plural(packets, 'packet')} ${count === 1 ? 'is' : 'are'} truncated ` +
        `(at most ${plural(longest, 'byte')} of each captured).` +
        (ways.length === 0 ? '' : ` To capture whole packets: ${ways.join('; ')}`),
      count,
      ...(sources.has('pktmon') && { option: '--pkt-size 0' }),
    },
  ];
}

function linkTypeHints({ linkTypes }: HintFacts): Hint[] {
  const [most = []] = [...linkTypes].sort((a, b) => b.length - a.length);
  if (most.length < 2) return [];
  return [
    {
      id: 'severalLinkTypes',
      text:
        `${number(most.length)} link types in one file (${most.join(', ')}): Wireshark reads it; tcpdump, Zeek, Suricata ` +
        'and other tools built on libpcap reject it. --split linktype writes one file per link type.',
      count: most.length,
      option: '--split linktype',
    },
  ];
}

function copyHints({ excluded, furtherCopies, options, seen }: HintFacts): Hint[] {
  const frames = seen.packets - excluded.packets;
  if (options.oneCopy !== undefined) return singleCopyHints(options.oneCopy, seen.packets, furtherCopies);
  if (furtherCopies === 0) return [];
  return [
    {
      id: 'severalCopies',
      text:
        `${number(furtherCopies)} of ${plural(frames, 'frame')} ${furtherCopies === 1 ? 'is a further copy' : 'are further copies'} ` +
        `of ${plural(frames - furtherCopies, 'packet')}, recorded at other locations. Wireshark reports copies as retransmissions or ` +
        'duplicates; Zeek, Suricata and traffic statistics count each copy. --one-copy nic writes one copy of each packet, ' +
        'as it crossed the wire; --one-copy stack as TCP/IP saw it.',
      count: furtherCopies,
      option: '--one-copy nic',
    },
  ];
}

/** @param furtherCopies in the trace, whether they were written or not */
function singleCopyHints(oneCopy: CopyChoice, packets: number, furtherCopies: number): Hint[] {
  if (furtherCopies > 0 || packets === 0) return [];
  return [
    {
      id: 'singleCopies',
      text: `The trace has one copy of each packet: --one-copy ${oneCopy} changes nothing.`,
      count: packets,
    },
  ];
}

function checksumHints({ checksumsLeft: count = 0 }: HintFacts): Hint[] {
  if (count === 0) return [];
  return [
    {
      id: 'checksumsLeft',
      text:
        `The checksums of ${plural(count, 'outbound frame')} were left to the NIC (checksum offload): they are invalid in the ` +
        'capture, not on the wire. Wireshark reports them if checksum validation is on; Zeek drops such packets unless it runs with -C.',
      count,
    },
  ];
}

function dataPathHints({ sessions }: HintFacts): Hint[] {
  const texts: string[] = [];
  const details: HintDetail[] = [];
  for (const session of groupsOf(sessions).values()) {
    const byNic = new Map<string, DataPathState[]>();
    for (const state of session.host.dataPaths) {
      const states = byNic.get(state.miniport) ?? [];
      // A rundown repeats the state.
      if (states.at(-1)?.active !== state.active) states.push(state);
      byNic.set(state.miniport, states);
    }
    for (const [nic, states] of byNic) {
      const first = states.find(({ active }) => active);
      if (first === undefined) continue;
      const end = states.find(({ active, time }) => !active && time > first.time);
      const since = isoTime(first.time + UNIX_EPOCH_AS_FILETIME);
      const until = end === undefined ? '' : ` until ${isoTime(end.time + UNIX_EPOCH_AS_FILETIME)}`;
      texts.push(`${nic || 'a NIC'}, from ${since} on${until}`);
      details.push({ name: nic, count: states.length });
    }
  }
  if (texts.length === 0) return [];
  const rest = texts.length - MAX_NAMES;
  return [
    {
      id: 'vfDataPath',
      text:
        `SR-IOV: packets went through a virtual function, not through the virtual switch and this capture (${texts.slice(0, MAX_NAMES).join('; ')}` +
        `${rest > 0 ? `; ${number(rest)} more` : ''}). Packets that are missing then are not lost.`,
      count: texts.length,
      details,
    },
  ];
}

function undecodedHints({ sessions, undecoded }: HintFacts): Hint[] {
  const details = byCount(undecoded).map(({ count, name }) => ({
    name: sessions.map((session) => session.providerName(name)).find((found) => found !== undefined) ?? name,
    count,
  }));
  const count = details.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return [];
  return [
    {
      id: 'undecodedEvents',
      text:
        `${plural(count, 'event')} of ${plural(details.length, 'provider')} could not be decoded (${listed(details)}). ` +
        'Save the manifest on a Windows host that has the provider (wevtutil gp NAME /ge:true /gm:true /f:xml > NAME.xml) and ' +
        'pass it with --manifest NAME.xml',
      count,
      option: '--manifest',
      details,
    },
  ];
}

function incompleteManifestHints({ sessions }: HintFacts): Hint[] {
  const counts = new Map<string, number>();
  for (const { events } of sessions) {
    for (const [name, count] of events.partlyDecoded) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const details = byCount(counts);
  const count = details.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return [];
  return [
    {
      id: 'incompleteManifest',
      text:
        `${plural(count, 'event')} could only be decoded in part, because the manifest has no length or type for a ` +
        `field (${listed(details)}). The remaining bytes are kept in the member "bytes". Use a manifest saved with ` +
        'wevtutil gp NAME /ge:true /gm:true /f:xml on a Windows host',
      count,
      option: '--manifest',
      details,
    },
  ];
}
