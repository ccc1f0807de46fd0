import { isReopened, newTcpSide, noteSegment, TcpFlag, type TcpSide, tcpHeader } from '../diagnosis/index.js';
import type { UnixTicks } from '../etl/index.js';
import type { FlowOwner } from '../host/index.js';
import type { FrameLayout } from '../net/index.js';
import type { Packet } from '../packets/index.js';
import type { Conversation, Flow } from '../paths/index.js';

/** Conversations of a trace; packets of further ones are counted. */
const MAX_CONVERSATIONS = 100_000;
/** TCP connections whose sequence numbers are known; the one unused for longest is forgotten. */
const MAX_CONNECTIONS = 10_000;
/** Compartments that a conversation lists. */
const MAX_COMPARTMENTS = 16;
/** Packets whose conversation is known when a translated appearance follows; a power of two. */
const RECENT = 65_536;

/** One conversation; `a` is the source of the first packet, `b` its destination. */
export interface ConversationRow {
  /** Of the first packet. */
  readonly flow: Flow;
  readonly first: UnixTicks;
  last: UnixTicks;
  packets: number;
  fromA: number;
  /** Of the packets, each counted once. */
  bytes: number;
  drops: number;
  retransmissions: number;
  resets: number;
  /** Microseconds from SYN to the acknowledgement that completes the handshake. */
  roundTrip: number | undefined;
  owner: FlowOwner | undefined;
  readonly compartments: Set<number>;
  /** The endpoints after address translation, in the order of `a` and `b`. */
  translated: readonly [string, string] | undefined;
}

/** The row of a flow, and whether the flow's `a` (see {@link Conversation}) is the row's `b`. */
interface Entry {
  readonly row: ConversationRow;
  readonly flipped: boolean;
}

interface TcpState {
  sides: readonly [TcpSide, TcpSide];
  /** Ticks of the last SYN, until the handshake is complete; and the side that sent it. */
  synTicks: bigint | undefined;
  opener: 0 | 1;
  hasSynAck: boolean;
}

/**
 * Counts packets by conversation, in bounded memory. A packet counts once, at its first appearance; drops and
 * compartments at any. Flows before and after address translation are one conversation.
 */
export class ConversationTable {
  readonly rows: ConversationRow[] = [];
  /** Packets of conversations beyond the limit. */
  omitted = 0;
  readonly #byFlow = new Map<Conversation, Entry>();
  readonly #tcp = new Map<ConversationRow, TcpState>();
  /** By the lower bits of the packet's number: number, entry, and whether the packet was sent by the row's `a`. */
  readonly #recentPackets = new Float64Array(RECENT);
  readonly #recentRows: (ConversationRow | undefined)[] = new Array(RECENT).fill(undefined);
  readonly #recentFromA = new Uint8Array(RECENT);

  /**
   * Hot path.
   *
   * @param flow of this appearance, with its headers
   * @param compartment undefined: unknown
   */
  add(packet: Packet, flow: Flow, layout: FrameLayout, compartment: number | undefined): void {
    const { sighting } = packet;
    if (sighting === undefined || flow.source === undefined) return;
    if (sighting.hop > 1 && sighting.match === 'translated') this.#learn(sighting.packet, flow);
    const isNew = sighting.hop === 1 && sighting.parent === 0 && sighting.parts.length === 0;
    const entry = this.#byFlow.get(flow.conversation) ?? (isNew ? this.#open(packet, flow) : undefined);
    if (entry === undefined) {
      if (isNew) this.omitted += 1;
      return;
    }
    const { row } = entry;
    if (compartment !== undefined && row.compartments.size < MAX_COMPARTMENTS)
      row.compartments.add(compartment);
    if (packet.owner !== undefined) row.owner ??= packet.owner;
    if (sighting.firstDrop) row.drops += 1;
    if (!isNew) return;
    const isFromA = flow.isFromA !== entry.flipped;
    const at = sighting.packet % RECENT;
    this.#recentPackets[at] = sighting.packet;
    this.#recentRows[at] = row;
    this.#recentFromA[at] = Number(isFromA);
    row.packets += 1;
    if (isFromA) row.fromA += 1;
    row.bytes += packet.originalLength;
    row.last = { timeHigh: packet.timeHigh, timeLow: packet.timeLow };
    if (layout.tcpFlags >= 0 && flow.protocol === 'TCP') this.#addSegment(packet, layout, row, isFromA);
  }

  #open({ timeHigh, timeLow }: Packet, flow: Flow): Entry | undefined {
    if (this.rows.length >= MAX_CONVERSATIONS) return undefined;
    const first = { timeHigh, timeLow };
    const row: ConversationRow = {
      flow,
      first,
      last: first,
      packets: 0,
      fromA: 0,
      bytes: 0,
      drops: 0,
      retransmissions: 0,
      resets: 0,
      roundTrip: undefined,
      owner: undefined,
      compartments: new Set(),
      translated: undefined,
    };
    const entry = { row, flipped: !flow.isFromA };
    this.rows.push(row);
    this.#byFlow.set(flow.conversation, entry);
    return entry;
  }

  /** Packets with the translated addresses belong to the conversation of the packet's first appearance. */
  #learn(packet: number, flow: Flow): void {
    const at = packet % RECENT;
    const row = this.#recentPackets[at] === packet ? this.#recentRows[at] : undefined;
    if (row === undefined || this.#byFlow.get(flow.conversation)?.row === row) return;
    const isFromA = this.#recentFromA[at] === 1;
    // Conversations that were counted on their own remain rows.
    if (this.#byFlow.has(flow.conversation) || this.#byFlow.size >= 2 * MAX_CONVERSATIONS) return;
    this.#byFlow.set(flow.conversation, { row, flipped: flow.isFromA !== isFromA });
    const { a, b } = flow.conversation;
    row.translated ??= flow.isFromA === isFromA ? [a, b] : [b, a];
  }

  #addSegment(packet: Packet, layout: FrameLayout, row: ConversationRow, isFromA: boolean): void {
    const end = packet.start + packet.length;
    const header = tcpHeader({
      // Offsets in the layout count from the start of the array.
      bytes: packet.bytes.subarray(0, end),
      frame: layout,
      originalLength: packet.start + packet.originalLength,
    });
    if (header === undefined) return;
    const from = isFromA ? 1 : 0;
    const isSyn = (header.flags & (TcpFlag.syn | TcpFlag.ack | TcpFlag.rst)) === TcpFlag.syn;
    if ((header.flags & TcpFlag.rst) !== 0) row.resets += 1;
    const known = this.#tcp.get(row);
    const state = known === undefined || (isSyn && isReopened(known, header, from)) ? newState() : known;
    // The order of use matters only if some are about to be forgotten.
    if (state !== known || this.#tcp.size > MAX_CONNECTIONS / 2) {
      this.#tcp.delete(row);
      if (this.#tcp.size >= MAX_CONNECTIONS) this.#forgetOldest();
      this.#tcp.set(row, state);
    }
    const ticks = (BigInt(packet.timeHigh) << 32n) | BigInt(packet.timeLow);
    const sender = state.sides[from];
    if (noteSegment(sender, header, ticks, layout.identification).isRetransmission) row.retransmissions += 1;
    if (isSyn) {
      state.synTicks = ticks;
      state.opener = from;
      state.hasSynAck = false;
    } else if (state.synTicks !== undefined && (header.flags & TcpFlag.ack) !== 0) {
      if (from !== state.opener) state.hasSynAck ||= (header.flags & TcpFlag.syn) !== 0;
      else if (state.hasSynAck) {
        row.roundTrip ??= Number(ticks - state.synTicks) / 10;
        state.synTicks = undefined;
      }
    }
  }

  #forgetOldest(): void {
    const [oldest] = this.#tcp.keys();
    if (oldest !== undefined) this.#tcp.delete(oldest);
  }
}

const newState = (): TcpState => ({
  sides: [newTcpSide(), newTcpSide()],
  synTicks: undefined,
  opener: 0,
  hasSynAck: false,
});
