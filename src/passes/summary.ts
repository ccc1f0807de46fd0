import {
  type BufferGap,
  type ClockType,
  type Damage,
  isoTime,
  LOG_FILE_MODES,
  type TraceHeader,
} from '../etl/index.js';
import type { ManifestProblem } from '../etw/index.js';
import {
  type CaptureFilter,
  type HostInfoFileReport,
  type InterfaceJson,
  operatingSystemText,
} from '../host/index.js';
import type { CorrelationCounts, DropCountJson } from '../packets/index.js';
import type { ChecksumSummary } from './checksum-counts.js';
import type { Hint } from './hints.js';
import type { UnknownComponents } from './interfaces.js';
import type { OneCopySummary } from './one-copy.js';
import type { DamagedPacket, TraceSession } from './trace-session.js';

/** Record counts of one provider, by outcome: `records = packets + merged + events`. */
export interface ProviderSummary {
  /** GUID, lower case; for kernel records without one, their group: `kernel`. */
  readonly id: string;
  readonly name?: string;
  readonly records: number;
  /** Packets made of them. */
  readonly packets: number;
  /** Records whose content went into a packet: fragments, 802.11 metadata, out-of-band data. */
  readonly merged: number;
  /** All others. */
  readonly events: number;
}

/** An interface of the pcapng with its packets. */
export interface InterfaceSummary extends InterfaceJson {
  /** Number in the output file. */
  readonly id: number;
  /** The computer's name, or the number of the host; present if traces are merged. */
  readonly host?: string;
  /** The inputs that have packets of this interface; present if traces are merged. */
  readonly traces?: readonly string[];
  /** The output that holds it. */
  readonly output?: string;
  readonly packets: number;
  /** Of those, dropped packets. */
  readonly dropped: number;
}

/** Packets logged in the context of a process. */
export interface ProcessSummary {
  readonly pid: number;
  /** Image name at the time of the packets, if the trace has it. */
  readonly name?: string;
  readonly packets: number;
}

/** Packets of the flows that a process owns. */
export interface OwnerSummary {
  readonly pid: number;
  /** Image name, if the trace has it. */
  readonly name?: string;
  /** Path of the image, where the source has it. */
  readonly path?: string;
  readonly packets: number;
}

/** The file with the events. */
export interface EventsFileSummary {
  readonly path: string;
  readonly bytes: number;
  readonly events: number;
}

export interface OutputSummary {
  readonly path: string;
  readonly bytes: number;
  readonly packets: number;
  /** Events between the packets. */
  readonly events?: number;
  readonly linkTypes: readonly string[];
}

/** Losses before or while the trace was written, as Windows counted them. */
export interface LossSummary {
  readonly events: number;
  readonly buffers: number;
  /** Buffers whose header states a loss before them. */
  readonly buffersAfterLoss: number;
  /** RT_LostEvent records: losses of a real-time session. */
  readonly realTime: number;
  /** Sequence numbers without a buffer in the file. */
  readonly missingBuffers: number;
}

/** Parts of the file that could not be used; offsets and sizes in bytes. */
export interface DamageJson {
  /**
   * Sections skipped or repaired, and changes of the file during the run: all of them, also those beyond the limit of
   * {@link items}.
   */
  readonly sections: number;
  readonly bytes: number;
  /** The first thousand. */
  readonly items: readonly Damage[];
  /** Where buffers are missing; the first thousand. */
  readonly gaps: readonly BufferGap[];
  /** Buffers with a number that another one has: their records may be there twice. */
  readonly repeatedBuffers: number;
  /** Packet events with an invalid layout, which stay events; the first hundred. */
  readonly packetEvents: readonly DamagedPacket[];
}

/** How the trace was recorded. */
export interface LoggerJson {
  readonly name: string;
  /** The file's name on the traced machine. */
  readonly fileName: string;
  /** Names of EVENT_TRACE_*_MODE bits, and the hexadecimal number. */
  readonly modes: readonly string[];
  readonly modeBits: string;
  /** MiB; absent for no limit. */
  readonly maximumFileSize?: number;
  readonly pointerSize: number;
}

/** Facts about a trace that are known before its records are converted. */
export interface TraceFacts {
  readonly input: string;
  readonly bytes: number;
  /** The computer's name. */
  readonly host?: string;
  /** Product and build: `Windows Server 2022 Datacenter (20348.2461)`. */
  readonly os?: string;
  readonly build: number;
  readonly processors: number;
  /** ISO 8601, UTC, seven decimals. */
  readonly start: string;
  readonly end?: string;
  /** False if the session was never closed: EndTime is 0. */
  readonly closed: boolean;
  /** Ticks per second; 10^7 for system time. */
  readonly clock: { readonly type: ClockType; readonly frequency: number };
  readonly logger: LoggerJson;
  /** pktmon's packet filters. */
  readonly filters: readonly CaptureFilter[];
  /** Files saved on the host that were read: given, or beside the trace in its archive. */
  readonly hostInfo?: readonly HostInfoFileReport[];
  readonly lost: LossSummary;
}

/** A trace: its origin, and how far it can be trusted. */
export interface TraceSummary extends TraceFacts {
  readonly damage: DamageJson;
  /**
   * Parts of packets whose rest is not in the trace, events of packet sources with an invalid layout, and records beyond
   * limits (members of LimitedPart, present if the limit was reached).
   */
  readonly incomplete: Readonly<Record<string, number>>;
}

/** The result of a conversion. JSON-ready. */
export interface ConvertSummary {
  readonly format: 'etlcap-summary';
  readonly formatVersion: 1;
  readonly traces: readonly TraceSummary[];
  readonly outputs: readonly OutputSummary[];
  /** Records of all traces. */
  readonly records: number;
  /** Packets written. */
  readonly packets: number;
  /** Packets that the options excluded. */
  readonly packetsExcluded: number;
  /** Records that are neither packets nor parts of packets. */
  readonly events: number;
  /** Events that `providers` and `level` excluded. */
  readonly eventsExcluded: number;
  readonly drops: readonly DropCountJson[];
  /** Counts of packet identification over all packets of the traces, also those excluded by filters. */
  readonly identity: CorrelationCounts;
  /** Present if one copy of each packet was requested. */
  readonly oneCopy?: OneCopySummary;
  /** ISO 8601 of the first and the last packet. */
  readonly firstPacket?: string;
  readonly lastPacket?: string;
  readonly providers: readonly ProviderSummary[];
  readonly eventsFile?: EventsFileSummary;
  /** Manifests that could not be read. */
  readonly manifestProblems: readonly ManifestProblem[];
  readonly processes: readonly ProcessSummary[];
  /** Processes that own the flows of packets, from events about connections. */
  readonly owners: readonly OwnerSummary[];
  /** Frames written whose checksums were left to the NIC. */
  readonly checksumsLeftToNic: ChecksumSummary;
  readonly interfaces: readonly InterfaceSummary[];
  /** Facts that a user may want to act on. */
  readonly hints: readonly Hint[];
  /** Names given as `components` that no interface has; absent if all have a match. */
  readonly unknownComponents?: UnknownComponents;
  readonly seconds: number;
}

/** A trace after its survey. */
export function traceFacts(session: TraceSession): TraceFacts {
  const { host, input, loss, trace } = session;
  const { clock, header } = trace;
  const { end, start } = session.times;
  const { computerName } = host.system;
  const { hostInfoFiles } = session.group;
  const os = operatingSystemText(host.system, header);
  return {
    input: input.name,
    bytes: input.source.size,
    ...(computerName !== undefined && { host: computerName }),
    ...(os !== undefined && { os }),
    build: header.build,
    processors: header.processors,
    start: isoTime(start),
    ...(end !== undefined && { end: isoTime(end) }),
    closed: end !== undefined,
    clock: { type: header.clockType, frequency: clock.frequency },
    logger: loggerJson(header),
    filters: host.filters,
    ...(hostInfoFiles.length > 0 && { hostInfo: hostInfoFiles }),
    lost: {
      events: loss.eventsLost,
      buffers: loss.buffersLost,
      buffersAfterLoss: loss.buffersAfterLoss,
      realTime: loss.realTimeLosses,
      missingBuffers: loss.missingBuffers,
    },
  };
}

/** A trace after both passes. */
export function traceSummary(session: TraceSession): TraceSummary {
  const { changes, damagedPacketCount, damagedPackets, decoder, survey } = session;
  const { damage } = session.trace;
  return {
    ...traceFacts(session),
    damage: {
      sections: damage.total + changes.length,
      bytes: changes.reduce((sum, { bytes }) => sum + bytes, damage.bytes),
      // Changes of the file first: they concern all of it.
      items: [...changes, ...damage.items],
      gaps: survey.gaps,
      repeatedBuffers: survey.repeatedBuffers,
      packetEvents: damagedPackets,
    },
    incomplete: {
      ...decoder.losses,
      damagedPackets: damagedPacketCount,
      ...session.group.limitsFor(session),
    },
  };
}

function loggerJson(header: TraceHeader): LoggerJson {
  const { fileName, logFileMode, loggerName, maximumFileSize, pointerSize } = header;
  return {
    name: loggerName,
    fileName,
    modes: LOG_FILE_MODES.filter(([bit]) => (logFileMode & bit) !== 0).map(([, name]) => name),
    modeBits: `0x${logFileMode.toString(16).padStart(8, '0')}`,
    ...(maximumFileSize > 0 && { maximumFileSize }),
    pointerSize,
  };
}
