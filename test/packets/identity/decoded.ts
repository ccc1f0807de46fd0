import { openFile } from '../../../src/io/input.js';
import { nodeRuntime } from '../../../src/io/node-runtime.js';
import type { CorrelatorOptions } from '../../../src/packets/identity/correlator.js';
import { type HostTopology, LocationTable, Packet, PacketCorrelator } from '../../../src/packets/index.js';
import { EventLoopYielder } from '../../../src/passes/event-loop-yielder.js';
import { runPass } from '../../../src/passes/run-pass.js';
import { prepare } from '../../../src/passes/survey.js';
import { DirectReader } from '../../../src/passes/trace-reader.js';
import type { TraceSession } from '../../../src/passes/trace-session.js';

/** The packets of a trace in time order, each an object of its own, and what the trace says about its places. */
export interface Decoded {
  readonly packets: readonly Packet[];
  readonly topology: HostTopology;
}

export async function decodeFile(input: string): Promise<Decoded> {
  const opened = [await openFile(input)];
  try {
    const yielder = new EventLoopYielder(undefined, nodeRuntime.nextTurn);
    const sessions = await prepare(opened, new DirectReader(), {}, undefined, yielder, nodeRuntime);
    const packets: Packet[] = [];
    await runPass(sessions, { packet: (packet) => void packets.push(copyOf(packet)) }, { yielder });
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
  const copy = Object.assign(new Packet(packet.captureLocation), packet);
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
    if (packet.captureLocation.source !== 'pktmon') return copy;
    const count = (counters.get(packet.processor) ?? 0) + 1;
    counters.set(packet.processor, count);
    copy.nblHigh = packet.processor << 16;
    copy.nblLow = count;
    copy.appearance = 0;
    return copy;
  });
}

/** The correlator's result for one appearance. */
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
