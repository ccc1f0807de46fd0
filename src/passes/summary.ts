import { type BufferGap, type Damage, isoTime } from '../etl/index.js';
import type { ManifestProblem } from '../etw/index.js';
import { operatingSystemText } from '../host/index.js';
import type { CorrelationCounts } from '../packets/index.js';
import type { Hint } from './hints.js';
import type { UnknownComponents } from './interfaces.js';
import type { OneCopySummary } from './one-copy.js';
import type { DamagedPacket, TraceSession } from './trace-session.js';

/** What a provider put into the trace, and what became of it. `events = packets + merged + others`. */
export interface ProviderSummary {
  /** GUID, lower case; for kernel records without one, their group: `kernel`. */
  readonly id: string;
  readonly name?: string;
  /** All its records. */
  readonly events: number;
  /** Packets made of them. */
  readonly packets: number;
  /** Records whose content went into a packet: fragments, 802.11 metadata, out-of-band data. */
  readonly merged: number;
  /** All others. */
  readonly others: number;
}

export interface InterfaceSummary {
  /** Number in the output file. */
  readonly id: number;
  readonly name: string;
  readonly description?: string;
  /** The packet source: ndis, vswitch, pktmon, ras, wfp. */
  readonly source: string;
  readonly linkType: string;
  readonly packets: number;
  readonly drops: number;
  readonly mac?: string;
  readonly addresses?: readonly string[];
  readonly ifIndex?: number;
  readonly componentId?: number;
  readonly portId?: number;
  readonly vlan?: number;
  readonly vsid?: number;
  readonly vSwitch?: string;
  readonly compartment?: number;
  /** The computer's name, or the number of the host; present if traces are merged. */
  readonly host?: string;
  /** The inputs whose packets were seen there; present if traces are merged. */
  readonly traces?: readonly string[];
  /** The output that holds it. */
  readonly output?: string;
}

export interface DropSummary {
  /** The source's number; absent where only the fact is known. */
  readonly reason?: number;
  readonly text: string;
  /** Hexadecimal, as in the packet comments; absent where unknown. */
  readonly location?: string;
  readonly locationName?: string;
  readonly packets: number;
}

/** Packets that were seen in the context of a process. */
export interface ProcessSummary {
  readonly pid: number;
  /** Image name at the time of the packets, where the trace tells it. */
  readonly name?: string;
  readonly packets: number;
}

/** The file of everything that is not a packet. */
export interface SidecarOutputSummary {
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

/** What was lost before or while the trace was written, as Windows counted it. */
export interface LossSummary {
  readonly events: number;
  readonly buffers: number;
  /** Buffers whose header says that something was lost before them. */
  readonly buffersAfterLoss: number;
  /** RT_LostEvent records: losses of a real-time session. */
  readonly realTime: number;
  /** Buffers that the numbering says were written and are not in the file. */
  readonly missingBuffers: number;
}

/** What of the file could not be used; offsets and sizes in bytes. */
export interface DamageSummary {
  /** Places skipped or repaired, and changes of the file while it was read: also those that {@link items} has no room for. */
  readonly places: number;
  readonly bytes: number;
  /** The first thousand. */
  readonly items: readonly Damage[];
  /** Where buffers are missing; the first thousand. */
  readonly gaps: readonly BufferGap[];
  /** Buffers with a number that another one has: their records may be there twice. */
  readonly repeatedBuffers: number;
  /** Packet events that are not as their layout says and stay events; the first hundred. */
  readonly packetEvents: readonly DamagedPacket[];
}

export interface TraceSummary {
  readonly input: string;
  readonly bytes: number;
  readonly host?: string;
  readonly os?: string;
  readonly build: number;
  /** ISO 8601, UTC, seven decimals. */
  readonly start: string;
  readonly end?: string;
  /** False where the session was never closed: EndTime is 0. */
  readonly closed: boolean;
  readonly lost: LossSummary;
  readonly damage: DamageSummary;
  /**
   * Parts of packets whose rest is not in the trace, events of packet sources that are not as their layout says, and
   * what limits left out (members of LimitedPart, present if the limit was reached).
   */
  readonly incomplete: Readonly<Record<string, number>>;
}

/** What a conversion did. JSON-ready. */
export interface ConvertSummary {
  readonly traces: readonly TraceSummary[];
  readonly outputs: readonly OutputSummary[];
  readonly packets: number;
  /** Packets that the options left out. */
  readonly filtered: number;
  readonly drops: readonly DropSummary[];
  /** Which appearances are one packet: counts over all packets of the traces, whatever the options left out. */
  readonly identity: CorrelationCounts;
  /** Present if one copy of each packet was asked for. */
  readonly oneCopy?: OneCopySummary;
  /** ISO 8601 of the first and the last packet. */
  readonly firstPacket?: string;
  readonly lastPacket?: string;
  readonly events: number;
  /** Events that `providers` and `level` left out. */
  readonly eventsLeftOut: number;
  readonly providers: readonly ProviderSummary[];
  readonly sidecar?: SidecarOutputSummary;
  /** Manifests that could not be read. */
  readonly manifestProblems: readonly ManifestProblem[];
  readonly processes: readonly ProcessSummary[];
  readonly interfaces: readonly InterfaceSummary[];
  /** Facts that a user may want to act on. */
  readonly hints: readonly Hint[];
  /** Names given as `components` that no interface has; absent if all have a match. */
  readonly unknownComponents?: UnknownComponents;
  readonly seconds: number;
}

/** What the summary says about one trace; after both passes. */
export function traceSummary(session: TraceSession): TraceSummary {
  const { changes, damagedPacketCount, damagedPackets, decoder, host, input, loss, survey, trace } = session;
  const { header, damage } = trace;
  const { end, start } = session.times;
  const { computerName } = host.system;
  const os = operatingSystemText(host.system, header);
  return {
    input: input.name,
    bytes: input.source.size,
    ...(computerName !== undefined && { host: computerName }),
    ...(os !== undefined && { os }),
    build: header.build,
    start: isoTime(start),
    ...(end !== undefined && { end: isoTime(end) }),
    closed: end !== undefined,
    lost: {
      events: loss.eventsLost,
      buffers: loss.buffersLost,
      buffersAfterLoss: loss.buffersAfterLoss,
      realTime: loss.realTimeLosses,
      missingBuffers: loss.missingBuffers,
    },
    damage: {
      places: damage.total + changes.length,
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
