import { Packet } from '../../src/capture/index.js';
import { EventRecord } from '../../src/etl/index.js';
import {
  type CorrelatorOptions,
  type HostTopology,
  LocationTable,
  PacketCorrelator,
} from '../../src/identity/index.js';
import { openFile } from '../../src/pipeline/input.js';
import { prepare } from '../../src/pipeline/prepare.js';
import { DirectReader } from '../../src/pipeline/reading/index.js';
import type { TraceSession } from '../../src/pipeline/session.js';
import { batches, Turns } from '../../src/pipeline/streams.js';

/** The packets of a trace in order of time, each an object of its own, and what the trace says about its places. */
export interface Decoded {
  readonly packets: readonly Packet[];
  readonly topology: HostTopology;
}

export async function decodeFile(input: string): Promise<Decoded> {
  const opened = [await openFile(input)];
  try {
    const turns = new Turns(undefined);
    const sessions = await prepare(opened, new DirectReader(), {}, undefined, turns);
    const packets: Packet[] = [];
    const record = new EventRecord();
    for await (const batch of batches(sessions, turns)) {
      for (let n = 0; n < batch.count; n++) {
        const session = sessions[batch.load(n, record)];
        if (session?.decoder.decode(record) === 'packet') packets.push(copyOf(session.decoder.packet));
      }
      batch.release();
    }
    const [session] = sessions;
    if (session === undefined) throw new Error('a trace has a session');
    return { packets, topology: topologyOf(session) };
  } finally {
    for (const input of opened) input.close();
  }
}

function topologyOf({ host }: TraceSession): HostTopology {
  const interfaces = new Map(
    [...host.interfaces].map(([ifIndex, { description, mac }]) => [
      ifIndex,
      {
        ...(mac && { mac }),
        isVirtual: description.startsWith('Hyper-V Virtual Ethernet Adapter'),
        isUpper: description.startsWith('Microsoft Network Adapter Multiplexor Driver'),
      },
    ]),
  );
  return { components: host.components, interfaces };
}

function copyOf(packet: Packet): Packet {
  const copy = Object.assign(new Packet(packet.place), packet);
  copy.point(packet.bytes.slice(packet.start, packet.start + packet.length), undefined, 0, packet.length);
  return copy;
}

/**
 * The packets as Windows 11 24H2 and later would have numbered them: every appearance has a PktGroupId of its own
 * (processor << 48 | counter), and AppearanceCount is 0.
 */
export function withoutNumbers(packets: readonly Packet[]): Packet[] {
  const counters = new Map<number, number>();
  return packets.map((packet) => {
    const copy = copyOf(packet);
    if (packet.place.source !== 'pktmon') return copy;
    const count = (counters.get(packet.processor) ?? 0) + 1;
    counters.set(packet.processor, count);
    copy.nblHigh = packet.processor << 16;
    copy.nblLow = count;
    copy.appearance = 0;
    return copy;
  });
}

/** What the correlator says about one appearance. */
export interface Seen {
  readonly packet: number;
  readonly hop: number;
  readonly match: string | undefined;
  readonly parent: number;
  readonly parts: readonly number[];
  readonly ambiguous: boolean;
}

export function correlate(
  { topology }: Decoded,
  packets: readonly Packet[],
  options: CorrelatorOptions = {},
): { readonly seen: readonly Seen[]; readonly counts: PacketCorrelator['counts'] } {
  const locations = new LocationTable();
  locations.addHost(0, topology);
  const correlator = new PacketCorrelator(options);
  const seen = packets.map((packet) => {
    const {
      ambiguous,
      hop,
      match,
      packet: number,
      parent,
      parts,
    } = correlator.see(packet, locations.locate(packet, 0));
    return { packet: number, hop, match, parent, parts: [...parts], ambiguous };
  });
  return { seen, counts: correlator.counts };
}

/** The indexes of the appearances of each group, as one text for each. */
export function groupsOf(names: readonly (string | number)[]): string[] {
  const groups = new Map<string | number, number[]>();
  names.forEach((name, at) => {
    const group = groups.get(name) ?? [];
    group.push(at);
    groups.set(name, group);
  });
  return [...groups.values()].map((group) => group.join(' '));
}
