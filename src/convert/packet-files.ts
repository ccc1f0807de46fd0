import type { UnixTicks } from '../etl/index.js';
import { LINKTYPE_ETW } from '../events/index.js';
import { type InterfaceDetails, linkTypeName, SNAP_LENGTH } from '../host/index.js';
import { LinkType } from '../net/index.js';
import { type CommentEncoder, offloadFlags, type Packet } from '../packets/index.js';
import type { Output, OutputBytes, OutputSummary } from '../passes/index.js';
import {
  type EnhancedPacket,
  type InterfaceStatistics,
  type JournalField,
  PcapngWriter,
  PcapWriter,
  type SectionHeader,
} from '../pcap-writer/index.js';

/**
 * Raw IP in libpcap's internal numbering (DLT_RAW, 12) instead of LINKTYPE_RAW (101): libpcap 1.10 rejects a file with
 * several raw interfaces otherwise, because it compares the later ones' 101 with the first one's 12. Wireshark treats
 * both as equal.
 */
const DLT_RAW = 12;

/** if_tsresol: 10^-7 s, the 100 ns of Windows. */
const TSRESOL_100NS = 7;

/** epb_verdict types: 0 hardware, 1 Linux eBPF TC, 2 Linux eBPF XDP (pcapng, Enhanced Packet Block options). */
const VERDICT_XDP = 2;
/** A dropped packet as etl2pcapng marks it: XDP_DROP (1), 64 bits. */
const XDP_DROP = Uint8Array.of(VERDICT_XDP, 1, 0, 0, 0, 0, 0, 0, 0);

/** Bytes that are collected before they are written: a size that fits into a processor's own cache. */
const HAND_ON_BYTES = 256 * 1024;
/** Bytes reserved for them and for the packet that exceeds the limit. */
const CHUNK_BYTES = HAND_ON_BYTES + 128 * 1024;

interface PacketFile {
  /** Link type in interface blocks, if not the packets' own. */
  writtenLinkType?: number;
  readonly output: Output;
  readonly writer: PcapngWriter | PcapWriter;
  readonly linkTypes: Set<number>;
  packets: number;
  /** Inline events. */
  events: number;
  /** Bytes that were written. */
  bytes: number;
}

/** Where an interface of the conversion is. */
interface PlacedInterface {
  readonly file: PacketFile;
  /** Its number there. */
  readonly id: number;
}

/** An Enhanced Packet Block without anything in it. */
const NO_PACKET: EnhancedPacket = {
  interfaceId: 0,
  timeHigh: 0,
  timeLow: 0,
  bytes: new Uint8Array(0),
  view: undefined,
  start: 0,
  length: 0,
  originalLength: 0,
  flags: -1,
  hasPacketId: false,
  packetIdHigh: 0,
  packetIdLow: 0,
  verdict: undefined,
  processId: -1,
  threadId: -1,
  comment: undefined,
  commentLength: 0,
  commentWriter: undefined,
};

/** Opens an output for a link type, or, with undefined, for all. */
export type OpenOutput = (linkType: number | undefined) => Promise<Output> | Output;

/**
 * The pcapng files of one conversion: one, or one for each link type. Interfaces are described before packets.
 */
export class PacketFiles {
  readonly #files: PacketFile[] = [];
  readonly #byLinkType = new Map<number, PacketFile>();
  readonly #section: SectionHeader;
  /** By number in the conversion; undefined if the link type has no file. */
  readonly #interfaces: (PlacedInterface | undefined)[] = [];
  /** Bytes to be written before those that the writers still have. */
  #full: OutputBytes[] = [];
  readonly #verdict: boolean;
  /** Filled again for every packet. */
  readonly #block: EnhancedPacket = { ...NO_PACKET };
  /** Where LINKTYPE_ETW frames go. */
  #events: { readonly file: PacketFile; readonly id: number } | undefined;

  /** The output that reached the limit. */
  full: Output | undefined;
  readonly #limit: number;
  readonly #format: 'pcapng' | 'pcap';

  /** @param limit bytes of each file */
  constructor(section: SectionHeader, verdict: boolean, limit: number, format: 'pcapng' | 'pcap') {
    this.#section = section;
    this.#format = format;
    this.#limit = limit;
    this.#verdict = verdict;
  }

  /**
   * Opens the outputs, and starts their sections.
   *
   * @param linkTypes of all interfaces, in the order of the files
   */
  async open(linkTypes: readonly number[], split: boolean, openOutput: OpenOutput): Promise<void> {
    if (split) {
      for (const linkType of new Set(linkTypes)) {
        const file = this.#start(await openOutput(linkType), linkType);
        const isOne = linkTypes.indexOf(linkType) === linkTypes.lastIndexOf(linkType);
        if (linkType === LinkType.raw && !isOne) file.writtenLinkType = DLT_RAW;
        this.#byLinkType.set(linkType, file);
      }
    } else {
      const file = this.#start(await openOutput(undefined), linkTypes[0]);
      for (const linkType of Object.values(LinkType)) this.#byLinkType.set(linkType, file);
    }
  }

  /** @param linkType of a pcap file, which has one */
  #start(output: Output, linkType: number | undefined): PacketFile {
    const writer =
      this.#format === 'pcap' && linkType !== undefined
        ? new PcapWriter(linkType, SNAP_LENGTH, CHUNK_BYTES)
        : new PcapngWriter(CHUNK_BYTES);
    if (writer instanceof PcapngWriter) writer.sectionHeader(this.#section);
    const file: PacketFile = {
      output,
      writer,
      linkTypes: new Set<number>(),
      packets: 0,
      events: 0,
      bytes: 0,
    };
    this.#files.push(file);
    return file;
  }

  /** Describes one more interface. @returns its number in the conversion. */
  addInterface(details: InterfaceDetails): number {
    const number = this.#interfaces.length;
    const file = this.#byLinkType.get(details.linkType);
    if (file === undefined) {
      this.#interfaces.push(undefined);
      return number;
    }
    const { comment, description, filter, ipv4, ipv6, mac, name, os, rxSpeed, speed, txSpeed } = details;
    if (file.writer instanceof PcapWriter) {
      this.#interfaces.push({ file, id: number });
      file.linkTypes.add(details.linkType);
      return number;
    }
    const id = file.writer.interfaceDescription({
      linkType: file.writtenLinkType ?? details.linkType,
      // libpcap rejects files whose interfaces have different snap lengths.
      snapLength: SNAP_LENGTH,
      tsresol: TSRESOL_100NS,
      name,
      ipv4,
      ipv6,
      ...(description !== undefined && { description }),
      ...(mac && { mac }),
      ...(speed !== undefined ? { speed } : { ...(txSpeed && { txSpeed }), ...(rxSpeed && { rxSpeed }) }),
      ...(filter !== undefined && { filter }),
      ...(os !== undefined && { os }),
      ...(comment !== '' && { comments: [comment] }),
    });
    this.#interfaces.push({ file, id });
    file.linkTypes.add(details.linkType);
    return number;
  }

  /**
   * Hot path. Appends a packet of the interface with this number.
   *
   * @param comments prepared for the packet
   */
  addPacket(number: number, packet: Packet, comments: CommentEncoder | undefined): void {
    const placed = this.#interfaces[number];
    if (placed === undefined) return;
    const { file } = placed;
    const block = this.#block;
    block.interfaceId = placed.id;
    block.timeHigh = packet.timeHigh;
    block.timeLow = packet.timeLow;
    // References cost more to store than to compare, and many packets are in one buffer.
    if (block.bytes !== packet.bytes) {
      block.bytes = packet.bytes;
      block.view = packet.view;
    }
    block.start = packet.start;
    block.length = packet.length;
    block.originalLength = packet.originalLength;
    const flags = packet.direction | offloadFlags(packet.offload);
    block.flags = flags === 0 ? -1 : flags;
    const identity = packet.sighting?.packet ?? 0;
    block.hasPacketId = identity !== 0;
    block.packetIdHigh = identity > 0xffff_ffff ? Math.floor(identity / 2 ** 32) : 0;
    block.packetIdLow = identity >>> 0;
    block.verdict = this.#verdict && packet.dropped ? XDP_DROP : undefined;
    block.processId = packet.processId;
    block.threadId = packet.threadId;
    const plain = comments?.plain;
    const writer = plain === undefined ? comments : undefined;
    if (block.commentWriter !== writer) block.commentWriter = writer;
    if (block.comment !== plain) block.comment = plain;
    block.commentLength = plain === undefined ? 0 : plain.length;
    if (file.writer instanceof PcapngWriter) file.writer.enhancedPacket(block);
    else file.writer.packet(block);
    file.packets += 1;
    this.#handOnWhatIsFull(file);
  }

  /** Opens a separate file for events if there are no packets and therefore no file for both. */
  openForEvents(output: Output): void {
    this.#start(output, undefined);
  }

  /** Describes the interface of inline events: in the packets' file, or, if packets are split, in a separate one. */
  openEvents(name: string, ownOutput: Output | undefined): void {
    const file = ownOutput === undefined ? this.#files[0] : this.#start(ownOutput, undefined);
    if (file === undefined || file.writer instanceof PcapWriter) return;
    file.linkTypes.add(LINKTYPE_ETW);
    const id = file.writer.interfaceDescription({
      linkType: LINKTYPE_ETW,
      snapLength: SNAP_LENGTH,
      tsresol: TSRESOL_100NS,
      name,
      description: 'What the trace holds besides packets',
    });
    this.#events = { file, id };
  }

  /** Appends an event as a LINKTYPE_ETW frame. */
  addEtwEvent(frame: Uint8Array, { timeHigh, timeLow }: UnixTicks): void {
    if (this.#events === undefined) return;
    const { file, id } = this.#events;
    if (file.writer instanceof PcapWriter) return;
    file.writer.enhancedPacket({
      ...NO_PACKET,
      interfaceId: id,
      timeHigh,
      timeLow,
      bytes: frame,
      length: frame.length,
      originalLength: frame.length,
    });
    file.events += 1;
    this.#handOnWhatIsFull(file);
  }

  /** Appends an event as a journal entry, which has no interface: to every file. */
  addJournal(fields: readonly JournalField[]): void {
    for (const file of this.#files) {
      if (file.writer instanceof PcapWriter) continue;
      file.writer.systemdJournal(fields);
      file.events += 1;
      this.#handOnWhatIsFull(file);
    }
  }

  addStatistics(number: number, statistics: Omit<InterfaceStatistics, 'interfaceId'>): void {
    const placed = this.#interfaces[number];
    if (placed?.file.writer instanceof PcapngWriter)
      placed.file.writer.interfaceStatistics({ ...statistics, interfaceId: placed.id });
  }

  /** Number of an interface in its file, and the file's name; undefined if its link type has no file. */
  placeOf(number: number): { id: number; output: string } | undefined {
    const placed = this.#interfaces[number];
    return placed && { id: placed.id, output: placed.file.output.name };
  }

  /** The collected bytes if they are worth a write; everything with `all`. */
  take(all: boolean): readonly OutputBytes[] {
    if (all) for (const file of this.#files) if (file.writer.pending > 0) this.#handOn(file);
    const taken = this.#full;
    if (taken.length > 0) this.#full = [];
    return taken;
  }

  #handOnWhatIsFull(file: PacketFile): void {
    const { pending } = file.writer;
    if (file.bytes + pending >= this.#limit) this.full ??= file.output;
    if (pending >= HAND_ON_BYTES) this.#handOn(file);
  }

  #handOn(file: PacketFile): void {
    const { output, writer } = file;
    const bytes = writer.take();
    file.bytes += bytes.length;
    this.#full.push({ output, bytes, done: () => writer.giveBack(bytes) });
  }

  /** The outputs, which are completed together with the others of the run. */
  get outputs(): readonly Output[] {
    return this.#files.map(({ output }) => output);
  }

  /** Contents of the files; complete after the last bytes were written. */
  summaries(): OutputSummary[] {
    return this.#files.map(({ events, output, packets, linkTypes }) => ({
      path: output.name,
      bytes: output.bytes,
      packets,
      ...(events > 0 && { events }),
      linkTypes: [...linkTypes].map((type) => (type === LINKTYPE_ETW ? 'etw' : linkTypeName(type))),
    }));
  }

  async discard(): Promise<void> {
    for (const { output } of this.#files) await output.discard();
  }
}
