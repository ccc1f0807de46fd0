import { count } from '../../format/index.js';
import { EtlError } from '../errors.js';
import {
  BUFFER_HEADER_SIZE,
  BufferFlag,
  type BufferHeader,
  BufferType,
  looksLikeBufferHeader,
  readBufferHeader,
} from '../layout/buffer-header.js';
import { type Clock, UNIX_EPOCH_AS_FILETIME } from '../layout/clock.js';
import { EventRecord } from '../layout/event-record.js';
import { startOfRecord } from '../layout/record-header.js';
import {
  clockOf,
  LogFileMode,
  readTraceHeader,
  type TraceHeader,
  tellsClock,
  unknownTraceHeader,
} from '../layout/trace-header.js';
import { RecordCounts } from '../record-counts.js';
import { type BufferBlocks, type BufferGap, BufferTable } from './buffer-table.js';
import type { ByteSource } from './byte-source.js';
import { DamageLog, type DamageSummary } from './damage.js';
import {
  BlockPool,
  type BufferExtent,
  BufferReader,
  type RecordBlock,
  type Segment,
} from './record-block.js';
import { type Moment, TimeSpan } from './time-span.js';

/**
 * The first step, in bytes, of the search for the next buffer in damaged files: small, because the next buffer is often
 * near.
 */
const FIRST_SEARCH_BYTES = 128;
const SEARCH_BYTES = 64 * 1024;
/**
 * Maximum expansion of a compressed stream, in output bytes per input byte. Records of 64 KiB of zeros reach about
 * 3,000; more is made to fill a disk or to run for a day.
 */
const MAX_EXPANSION = 4096;
/** A compressed stream starts with a flag word, followed by the first record's first bytes. */
const FLAG_WORD = 4;
/**
 * Bytes that identify a buffer with certainty: its header, and the start of the record or compressed stream after it.
 */
const BUFFER_START = BUFFER_HEADER_SIZE + 8;

/**
 * Where the first whole buffer is searched for where the trace header is missing: the header's own buffer is no larger
 * than a session's largest, 16 MiB.
 */
const MISSING_HEADER_BYTES = 16 * 1024 * 1024;
/** Number of offsets tested for such a buffer; each costs a read. */
const MISSING_HEADER_CANDIDATES = 256;

/** Number of offsets inside damaged buffers tested for a trace header; each costs a read. */
const MAX_HEADER_CANDIDATES = 32;

/** Buffers of one processor overlap in time by less than this (100 ns units) unless its clock was set back. */
const OVERLAP = 10_000_000;

/** Results of a walk over a whole trace, except its records. */
export interface TraceSurvey {
  readonly buffers: number;
  readonly compressedBuffers: number;
  readonly records: number;
  /** By number of the processor. A second walk finds the same, unless the file changed. */
  readonly recordsByProcessor: ReadonlyMap<number, number>;
  /** Processors that wrote records. */
  readonly processors: number;
  /** Buffers whose header states that events or a buffer were lost before them. */
  readonly buffersAfterLoss: number;
  /** Sequence numbers without a buffer in the file; without those that a circular file overwrote. */
  readonly missingBuffers: number;
  /** Where; the first thousand of each trace in the file. */
  readonly gaps: readonly BufferGap[];
  /** Buffers with the sequence number of another one; the records of both are read. */
  readonly repeatedBuffers: number;
  /** FILETIME of the first and the last record but trace headers; undefined if there are none. */
  readonly firstTime: bigint | undefined;
  readonly lastTime: bigint | undefined;
}

/** Shares a trace's buffers out to several walks. */
export interface BufferClaims {
  /** Whether this walk reads a buffer; called once per number, in file order. */
  claims(buffer: number): boolean;
}

/** Results of a walk over some of a trace's buffers, except its {@link BufferTable}. */
interface SurveyFindings {
  readonly recordsByProcessor: ReadonlyMap<number, number>;
  readonly compressedBuffers: number;
  readonly buffersAfterLoss: number;
  /** The first and the last record but trace headers; undefined if there are none. */
  readonly first: Moment | undefined;
  readonly last: Moment | undefined;
  readonly damage: DamageSummary;
}

/** Results of a walk over some of a trace's buffers, as a message between threads. */
export interface SurveyShare extends SurveyFindings {
  readonly blocks: BufferBlocks;
}

export interface OpenOptions {
  /** FILETIME that keys count from; traces that are merged must share one. Default: the trace's own start. */
  readonly keyBase?: bigint;
  /** The trace's index among those that are merged. */
  readonly traceIndex?: number;
  /** Pool of the blocks into which the trace is read; default: its own. Traces that are merged may share one. */
  readonly pool?: BlockPool;
}

/** A buffer that was found in the file. */
interface LocatedBuffer {
  readonly extent: BufferExtent;
  readonly segment: Segment;
  readonly segmentIndex: number;
  /** Whether there are records in it that can be read. */
  readonly isRead: boolean;
}

/** A trace header, and the raw time of the record that carries it. */
interface FoundHeader {
  readonly header: TraceHeader;
  readonly time: bigint;
}

/** The header that a trace is opened with. */
interface OpeningHeader extends FoundHeader {
  /** Byte offset of its buffer; undefined for a header that only replaces a missing one. */
  readonly position: number | undefined;
}

/** Buffers of one processor in one segment, in the order in which they were filled. */
export interface Chain {
  readonly segment: Segment;
  /** Indexes into the trace's buffer table. */
  readonly buffers: readonly number[];
}

/**
 * One ETL file: its header, its buffers, its records.
 *
 * Opening reads the first buffer only. {@link survey} walks the whole file once, in file order; merging (merge.ts)
 * walks it again in time order.
 */
export class Trace {
  /** Bytes that could not be read; complete after {@link survey}. */
  readonly damage = new DamageLog();
  readonly source: ByteSource;
  readonly table = new BufferTable();
  readonly pool: BlockPool;
  readonly #segments: Segment[] = [];
  readonly #headers: TraceHeader[] = [];
  /** Byte offsets of the headers' buffers; undefined for a header that only replaces a missing one. */
  readonly #headerPositions: (number | undefined)[] = [];
  /** End of the search for a trace header inside damaged buffers, and the candidates found. */
  #searchedTo = 0;
  #headerCandidates = 0;
  readonly #keyBase: bigint;
  readonly #traceIndex: number;
  #survey: TraceSurvey | undefined;

  /**
   * @throws EtlError `empty`, or `not-etl` if there is no trace header near the start of the file and no buffer either
   */
  constructor(source: ByteSource, options: OpenOptions = {}) {
    this.source = source;
    this.pool = options.pool ?? new BlockPool();
    const found = this.#openHeader();
    this.#keyBase = options.keyBase ?? found.header.startTime;
    this.#traceIndex = options.traceIndex ?? 0;
    this.#addSegment(found, found.position);
  }

  /**
   * The first trace header. Where the file starts with buffers whose header is missing, and another trace follows, this is
   * the header of that one once {@link survey} found it.
   */
  get header(): TraceHeader {
    const header = this.#headers[this.#firstKnown];
    if (header === undefined) throw new Error('a trace has a header');
    return header;
  }

  /** That of {@link header}. */
  get clock(): Clock {
    const segment = this.#segments[this.#firstKnown];
    if (segment === undefined) throw new Error('a trace has a clock');
    return segment.clock;
  }

  /** All trace headers of the file, complete after {@link survey}: more than one where traces were concatenated. */
  get headers(): readonly TraceHeader[] {
    const known = this.#headers.filter((_, at) => this.#headerPositions[at] !== undefined);
    return known.length === 0 ? this.#headers : known;
  }

  /** Index of the first header that is in the file; 0 if none is. */
  get #firstKnown(): number {
    return Math.max(
      0,
      this.#headerPositions.findIndex((position) => position !== undefined),
    );
  }

  /** The first trace header of the file, or a replacement where the first buffers have none. */
  #openHeader(): OpeningHeader {
    const { source } = this;
    if (source.size === 0) throw new EtlError('empty', 0, 'the file is empty');
    const head = new Uint8Array(BUFFER_HEADER_SIZE);
    if (source.read(0, head) < BUFFER_HEADER_SIZE) {
      throw new EtlError('not-etl', 0, `${source.size} bytes are too few for an ETL buffer header (72)`);
    }
    const view = new DataView(head.buffer);
    const isBuffer = looksLikeBufferHeader(view, 0);
    const found = isBuffer ? this.#readTraceHeader(0, readBufferHeader(view, 0)) : undefined;
    const first = found === undefined ? this.#searchStart() : { ...found, position: 0 };
    if (first === undefined) {
      throw isBuffer
        ? new EtlError(
            'not-etl',
            BUFFER_HEADER_SIZE,
            'the first buffer does not start with a trace header (TRACE_LOGFILE_HEADER)',
          )
        : new EtlError('not-etl', 0, 'no ETL buffer header (WMI_BUFFER_HEADER) at the start');
    }
    return first;
  }

  /**
   * Searches the start of a file that does not start with a trace header: a file with other bytes before the trace, or
   * with buffers whose header is missing.
   *
   * A buffer without a trace header does not suffice: another buffer, the end of the file, or later a trace header must
   * follow it.
   *
   * @returns the header of the first buffer, or the replacement for a missing one; undefined if there is no buffer
   */
  #searchStart(): OpeningHeader | undefined {
    const { source } = this;
    let unsure: OpeningHeader | undefined;
    const limit = Math.min(source.size, MISSING_HEADER_BYTES);
    const head = new Uint8Array(BUFFER_HEADER_SIZE);
    let position = this.#nextBuffer(0, limit);
    for (let n = 0; n < MISSING_HEADER_CANDIDATES && position < limit; n++) {
      source.read(position, head);
      const header = readBufferHeader(new DataView(head.buffer), 0);
      const found = this.#readTraceHeader(position, header);
      if (found !== undefined) return unsure ?? { ...found, position };
      const end = position + header.bufferSize;
      const isFollowed = end === source.size || new HeaderPeek(source).isBuffer(end);
      if (isFollowed || unsure === undefined) {
        const extent = { position, sizeInFile: Math.min(header.bufferSize, source.size - position), header };
        const segment = segmentOf(unknownTraceHeader(0n), 0n, 0);
        const block = new BufferReader(source, extent, segment, new BlockPool(), undefined).next();
        if (block !== undefined) {
          unsure ??= { ...unknownTraceHeader(block.rawTime(0)), position: undefined };
          if (isFollowed) return unsure;
        }
      }
      position = this.#nextBuffer(position + 1, limit);
    }
    return undefined;
  }

  /** Reports a missing trace header: how far it matters is known after all headers were found. */
  #noteMissingHeader(): void {
    const [header] = this.#headers;
    const [position, next] = this.#headerPositions;
    if (header === undefined || position !== undefined) return;
    const isFiletime = header.clockType === 'system-time';
    const what = isFiletime
      ? 'times are read as FILETIMEs'
      : "dates are not known: times are the host's uptime at a clock of 10 MHz, counted from 1970";
    const where = next === undefined ? '' : ` for the buffers before offset ${next}`;
    this.damage.add({
      kind: 'trace-header',
      offset: 0,
      bytes: 0,
      reason: `the trace header is missing${where}; ${what}`,
    });
  }

  /**
   * {@link surveyRecords} at once.
   *
   * @param visit called for every record; the window is only valid during the call.
   */
  survey(visit?: (record: EventRecord) => void): TraceSurvey {
    const record = new EventRecord();
    const blocks = this.surveyRecords();
    for (let step = blocks.next(); ; step = blocks.next()) {
      if (step.done) return step.value;
      const block = step.value;
      if (visit !== undefined) {
        for (let n = 0; n < block.count; n++) {
          block.load(n, record);
          visit(record);
        }
      }
      block.release();
    }
  }

  /**
   * Walks every record of the file once, in file order. Only the first call returns records.
   *
   * Every block must be released.
   *
   * @returns the survey, after the last block
   */
  *surveyRecords(): Generator<RecordBlock, TraceSurvey, undefined> {
    return this.#survey ?? this.joinSurvey(yield* this.#walk(undefined));
  }

  /**
   * A part of {@link surveyRecords}, for work shared between threads: walks the records of some buffers.
   *
   * @param own selects these buffers
   * @returns an argument of {@link joinSurvey}, for this trace and those of the other threads
   */
  *surveyShare(own: BufferClaims): Generator<RecordBlock, SurveyShare, undefined> {
    const findings = yield* this.#walk(own);
    return { ...findings, blocks: this.table.blocks };
  }

  /**
   * Completes a survey that several have shared.
   *
   * @param own this trace's share
   */
  joinSurvey(own: SurveyFindings, ...others: readonly SurveyShare[]): TraceSurvey {
    const { table, damage } = this;
    const shares = [own, ...others];
    for (const { blocks } of others) table.join(blocks);
    damage.join(...shares.map((share) => share.damage));
    const chains = table.chains();
    this.#noteMissingHeader();
    for (const { buffers } of chains) this.#noteClockSetBack(buffers);
    const numbering = this.#numbering();
    damage.sort();
    const sum = (part: 'compressedBuffers' | 'buffersAfterLoss'): number =>
      shares.reduce((total, share) => total + share[part], 0);
    const times = new TimeSpan();
    const records = new RecordCounts();
    for (const { first, last, recordsByProcessor } of shares) {
      records.addAll(recordsByProcessor);
      if (first !== undefined) times.add(first);
      if (last !== undefined) times.add(last);
    }
    this.#survey = {
      buffers: table.length,
      compressedBuffers: sum('compressedBuffers'),
      records: [...records.byProcessor.values()].reduce((total, count) => total + count, 0),
      recordsByProcessor: records.byProcessor,
      processors: new Set(chains.map((chain) => chain.processor)).size,
      buffersAfterLoss: sum('buffersAfterLoss'),
      ...numbering,
      firstTime: times.first?.time,
      lastTime: times.last?.time,
    };
    return this.#survey;
  }

  /** The chains in a fixed order: segment, then processor. Walks the file first if that has not been done. */
  chains(): Chain[] {
    this.survey();
    return this.table.chains().map(({ segment, buffers }) => {
      const found = this.#segments[segment];
      if (found === undefined) throw new RangeError(`no segment ${segment}`);
      return { segment: found, buffers };
    });
  }

  /** A reader for one buffer, for a second walk. */
  reader(buffer: number, segment: Segment): BufferReader {
    return new BufferReader(this.source, this.table.extent(buffer), segment, this.pool, undefined);
  }

  *#walk(own: BufferClaims | undefined): Generator<RecordBlock, SurveyFindings, undefined> {
    const { table } = this;
    const damage = new DamageLog();
    const records = new RecordCounts();
    let compressedBuffers = 0;
    let buffersAfterLoss = 0;
    const times = new TimeSpan();
    const epochKey = Number(UNIX_EPOCH_AS_FILETIME - this.#keyBase);

    const noteTime = (key: number, block: RecordBlock, n: number): void => {
      if (!times.reachesTo(key)) return;
      times.add({ key, time: block.blockBytes.clock.filetime(block.rawTime(block.at(n))) });
    };

    for (const { extent, segment, segmentIndex, isRead } of this.#locatedBuffers()) {
      const { header } = extent;
      const buffer = table.length;
      table.add(extent, segmentIndex);
      if (own?.claims(buffer) === false) continue;
      if (header.flags & (BufferFlag.eventsLost | BufferFlag.bufferLost)) buffersAfterLoss += 1;
      if (header.flags & BufferFlag.compressed) compressedBuffers += 1;
      if (!isRead) continue;
      const reader = new BufferReader(this.source, extent, segment, this.pool, damage);
      for (let block = reader.next(); block !== undefined; block = reader.next()) {
        table.addBlock(block.minKey);
        records.add(header.processor, block.count);
        if (block.minKey < epochKey) noteTimesBefore(epochKey, block, damage);
        if (header.type !== BufferType.header) {
          noteTime(block.minKey, block, 0);
          noteTime(block.maxKey, block, block.count - 1);
        }
        block.walked = extent.position + extent.sizeInFile;
        block.bufferNumber = buffer;
        block.use();
        yield block;
      }
    }
    return {
      recordsByProcessor: records.byProcessor,
      compressedBuffers,
      buffersAfterLoss,
      first: times.first,
      last: times.last,
      damage,
    };
  }

  /** Finds the buffers of the file, one after the other, by their headers. */
  *#locatedBuffers(): Generator<LocatedBuffer, undefined, undefined> {
    const { source, damage } = this;
    const peek = new HeaderPeek(source);
    const { bytes: head, view } = peek;
    let position = 0;
    while (position < source.size) {
      if (!peek.at(position)) {
        damage.add({
          kind: 'torn-buffer',
          offset: position,
          bytes: source.size - position,
          reason: 'the file ends inside a buffer header',
        });
        break;
      }
      if (!looksLikeBufferHeader(view, 0)) {
        const next = this.#nextBuffer(position + 1, source.size);
        damage.add({
          kind: 'no-buffer',
          offset: position,
          bytes: next - position,
          reason: head.every((byte) => byte === 0) ? 'zeroed bytes' : 'bytes that are not a buffer',
        });
        position = next;
        continue;
      }
      const header = this.#believable(readBufferHeader(view, 0), position);
      const sizeInFile = this.#sizeInFile(header, position, peek);
      const extent = { position, sizeInFile, header };
      if (header.type === BufferType.header && position !== this.#headerPositions[0]) {
        const found = this.#readTraceHeader(position, header);
        if (found !== undefined) this.#addSegment(found, position);
      }
      const segmentIndex = this.#segments.length - 1;
      const segment = this.#segments[segmentIndex];
      if (segment === undefined) break;
      const isRead = header.type !== BufferType.contextSwap;
      const bytes = header.filledBytes - BUFFER_HEADER_SIZE;
      if (!isRead && bytes > 0) {
        damage.add({
          kind: 'unread-buffer',
          offset: position,
          bytes,
          reason: 'a buffer of compact context switches',
        });
      }
      position = this.#behind(extent, peek);
      yield { extent, segment, segmentIndex, isRead };
    }
    return undefined;
  }

  /** @param buffers a processor's, in the order of their numbers */
  #noteClockSetBack(buffers: readonly number[]): void {
    const { table } = this;
    let latest = Number.NEGATIVE_INFINITY;
    for (const buffer of buffers) {
      const earliest = table.minKey(buffer);
      if (earliest < latest - OVERLAP) {
        this.damage.add({
          kind: 'time',
          offset: table.extent(buffer).position,
          bytes: 0,
          reason: `the clock runs backwards: ${((latest - earliest) / 10_000_000).toFixed(1)} s from one buffer to the next`,
        });
      }
      latest = earliest;
    }
  }

  /** Counts of missing and repeated buffers, from the sequence numbers. */
  #numbering(): Pick<TraceSurvey, 'missingBuffers' | 'gaps' | 'repeatedBuffers'> {
    const headers = this.#headers;
    const isCircular = (at: number): boolean =>
      ((headers[at]?.logFileMode ?? 0) & LogFileMode.circular) !== 0;
    const gaps: BufferGap[] = [];
    let missingBuffers = 0;
    let repeatedBuffers = 0;
    const all = this.table.numbering(headers.length, (at) =>
      isCircular(at) ? Math.max(1, headers[at]?.processors ?? 0) : 0,
    );
    for (const [at, numbering] of all.entries()) {
      missingBuffers += numbering.missing;
      repeatedBuffers += numbering.repeated;
      for (const gap of numbering.gaps) gaps.push(gap);
      for (const offset of numbering.strays) {
        this.damage.add({
          kind: 'buffer-header',
          offset,
          bytes: 0,
          reason: 'a sequence number far from those of all other buffers',
        });
      }
      const { buffersWritten = 0, endTime } = headers[at] ?? {};
      const atEnd = buffersWritten - numbering.buffers - numbering.missing;
      // The count is that of a trace that was closed; a wrapped file wrote more than it has.
      if (atEnd <= 0 || endTime === 0n || isCircular(at)) continue;
      missingBuffers += atEnd;
      const firstSequence = numbering.buffers + numbering.missing;
      gaps.push({ offset: this.source.size, firstSequence, buffers: atEnd });
    }
    return { missingBuffers, gaps, repeatedBuffers };
  }

  /**
   * Bytes that the file has of a buffer: fewer than its size where the file ends in it, or where another trace starts in it
   * because the first one was cut before the two were concatenated.
   */
  #sizeInFile({ bufferSize }: BufferHeader, position: number, peek: HeaderPeek): number {
    const { source } = this;
    const end = Math.min(position + bufferSize, source.size);
    const isIntact = end === position + bufferSize && (end === source.size || peek.isBufferWithRecords(end));
    return (isIntact ? end : this.#nextTraceHeader(position + BUFFER_HEADER_SIZE, end)) - position;
  }

  /** The next offset from `from` up to `to` at which a buffer with a trace header starts; `to` if there is none. */
  #nextTraceHeader(from: number, to: number): number {
    // Damaged buffers may overlap: no byte is searched twice.
    for (let at = Math.max(from, this.#searchedTo); at < to; at = this.#searchedTo) {
      if (this.#headerCandidates === MAX_HEADER_CANDIDATES) break;
      const found = this.#nextBuffer(at, to, startsWithTraceHeader);
      this.#searchedTo = found === to ? to : found + 1;
      if (found === to) break;
      this.#headerCandidates += 1;
      const head = new Uint8Array(BUFFER_HEADER_SIZE);
      this.source.read(found, head);
      if (this.#readTraceHeader(found, readBufferHeader(new DataView(head.buffer), 0))) return found;
    }
    return to;
  }

  /**
   * Offset at which the walk continues after a buffer: its end, or less if its size is wrong and skips the next buffer.
   * (The end of a compressed buffer can only be known from its size.)
   */
  #behind({ position, sizeInFile, header }: BufferExtent, peek: HeaderPeek): number {
    const { source, damage } = this;
    const end = position + sizeInFile;
    const torn = sizeInFile < header.bufferSize;
    const compressed = (header.flags & BufferFlag.compressed) !== 0;
    if (!compressed && (torn || (end < source.size && !peek.isBuffer(end)))) {
      const next = this.#nextBuffer(position + Math.max(BUFFER_HEADER_SIZE, header.filledBytes), end);
      if (next < end) {
        damage.add({
          kind: 'buffer-header',
          offset: position,
          bytes: 0,
          reason: `buffer size ${count(header.bufferSize)}, but the next buffer starts after ${count(next - position)} bytes`,
        });
        return next;
      }
    }
    // A truncated buffer of a plain trace often lacks only the unused rest after its records.
    if (torn && (compressed || sizeInFile < header.filledBytes)) {
      damage.add({
        kind: 'torn-buffer',
        offset: position,
        bytes: header.bufferSize - sizeInFile,
        reason: `${end < source.size ? 'another trace starts' : 'file ends'} mid-buffer (${count(sizeInFile)} of ${count(header.bufferSize)} bytes present)`,
      });
    }
    return end;
  }

  /** Limits the size of a buffer that claims to expand to more than its stream can hold. */
  #believable(header: BufferHeader, position: number): BufferHeader {
    const { bufferSize, filledBytes, flags } = header;
    const limit = BUFFER_HEADER_SIZE + (bufferSize - BUFFER_HEADER_SIZE) * MAX_EXPANSION;
    if ((flags & BufferFlag.compressed) === 0 || filledBytes <= limit) return header;
    this.damage.add({
      kind: 'buffer-header',
      offset: position,
      bytes: filledBytes - limit,
      reason: `${count(bufferSize - BUFFER_HEADER_SIZE)} compressed bytes with a declared size of ${count(filledBytes)}`,
    });
    return { ...header, filledBytes: limit };
  }

  /**
   * The next offset from `from` up to `to` at which a wanted buffer starts, by default one with records; `to` if there
   * is none.
   */
  #nextBuffer(from: number, to: number, isWanted = startsWithRecord): number {
    const { source } = this;
    let places = 0;
    for (let base = from; base < to; base += places) {
      places = Math.min(Math.max(FIRST_SEARCH_BYTES, 4 * places), SEARCH_BYTES, to - base);
      const window = new Uint8Array(places + BUFFER_START);
      const view = new DataView(window.buffer);
      const got = source.read(base, window);
      const last = Math.min(places, got - BUFFER_START + 1);
      for (let at = 0; at < last; at++) {
        if (looksLikeBufferHeader(view, at) && isWanted(view, at)) return base + at;
      }
    }
    return to;
  }

  #readTraceHeader(position: number, bufferHeader: BufferHeader): FoundHeader | undefined {
    const size = Math.min(bufferHeader.filledBytes, bufferHeader.bufferSize, 64 * 1024);
    const bytes = new Uint8Array(size);
    const got = this.source.read(position, bytes);
    if (got < BUFFER_HEADER_SIZE + 32) return undefined;
    const view = new DataView(bytes.buffer, 0, got);
    const at = BUFFER_HEADER_SIZE;
    if (!isTraceHeaderRecord(view, at)) return undefined;
    const end = Math.min(at + view.getUint16(at + 4, true), got);
    const header = readTraceHeader(bytes.subarray(at + 32, Math.max(at + 32, end)));
    return header === undefined ? undefined : { header, time: view.getBigInt64(at + 16, true) };
  }

  /** @param position byte offset of the header's buffer; undefined for a replacement */
  #addSegment(found: FoundHeader, position: number | undefined): void {
    if (!tellsClock(found.header)) {
      this.damage.add({
        kind: 'time',
        offset: position ?? 0,
        bytes: 0,
        reason: 'the trace header does not state the frequency of its clock: intervals may be wrong',
      });
    }
    this.#headers.push(found.header);
    this.#headerPositions.push(position);
    this.#segments.push(segmentOf(found, this.#keyBase, this.#traceIndex));
  }
}

/** Examines buffer headers and the bytes after them. The next buffer's header is needed twice, and read once. */
class HeaderPeek {
  readonly bytes = new Uint8Array(BUFFER_START);
  readonly view = new DataView(this.bytes.buffer);
  readonly #source: ByteSource;
  #position = -1;
  #isWhole = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /**
   * Fills {@link bytes} from an offset.
   *
   * @returns false if the source ends before a header does
   */
  at(position: number): boolean {
    if (position !== this.#position) {
      this.#position = position;
      const read = this.#source.read(position, this.bytes);
      this.bytes.fill(0, read);
      this.#isWhole = read >= BUFFER_HEADER_SIZE;
    }
    return this.#isWhole;
  }

  /** Stricter than {@link isBuffer}; false for an empty buffer. */
  isBufferWithRecords(position: number): boolean {
    return this.isBuffer(position) && startsWithRecord(this.view, 0);
  }

  isBuffer(position: number): boolean {
    return this.at(position) && looksLikeBufferHeader(this.view, 0);
  }
}

function segmentOf({ header, time }: FoundHeader, keyBase: bigint, traceIndex: number): Segment {
  const clock = clockOf(header, time);
  return {
    clock,
    keyBase: Number(clock.startTime - keyBase),
    keyScale: 10_000_000 / clock.frequency,
    traceIndex,
  };
}

/** Times that pcapng cannot hold are written as its earliest. */
function noteTimesBefore(key: number, { count, keys, blockBytes }: RecordBlock, damage: DamageLog): void {
  let early = 0;
  for (let n = 0; n < count; n++) if ((keys[n] ?? 0) < key) early += 1;
  damage.add({
    kind: 'time',
    offset: blockBytes.bufferPosition,
    bytes: 0,
    reason: `${early} ${early === 1 ? 'record is' : 'records are'} dated before 1970, written as 1970-01-01`,
  });
}

/** Whether the bytes at `at` (8 of them must be there) start the record of a trace header. */
function isTraceHeaderRecord(view: DataView, at: number): boolean {
  const word = view.getUint32(at, true);
  const type = (word >>> 16) & 0xff;
  const hook = view.getUint16(at + 6, true);
  return word >>> 24 === 0xc0 && type >= 1 && type <= 2 && hook === 0;
}

/** Whether a buffer is that of a trace header, by its type and its first record. */
const startsWithTraceHeader = (view: DataView, at: number): boolean =>
  readBufferHeader(view, at).type === BufferType.header && isTraceHeaderRecord(view, at + BUFFER_HEADER_SIZE);

/** Many bytes have the shape of a header; that a record follows, or a compressed stream, makes it sure. */
function startsWithRecord(view: DataView, at: number): boolean {
  const { filledBytes, sequenceNumber, flags } = readBufferHeader(view, at);
  if (filledBytes <= BUFFER_HEADER_SIZE || sequenceNumber < 0) return false;
  const flagWord = flags & BufferFlag.compressed ? FLAG_WORD : 0;
  return startOfRecord(view, at + BUFFER_HEADER_SIZE + flagWord) !== undefined;
}
