import {
  BUFFER_HEADER_SIZE,
  BufferFlag,
  type BufferHeader,
  BufferType,
  looksLikeBufferHeader,
  readBufferHeader,
} from './buffer-header.js';
import { BufferTable } from './buffer-table.js';
import type { ByteSource } from './byte-source.js';
import { DamageLog } from './damage.js';
import { EtlError } from './errors.js';
import { EventRecord } from './event-record.js';
import { type BufferPlace, BufferReader, type Piece, PiecePool, type Segment } from './piece.js';
import { startOfRecord } from './record-header.js';
import { clockOf, readTraceHeader, type TraceHeader } from './trace-header.js';

/** Where damaged files are searched for the next buffer, this much at a time. */
const SEARCH_BYTES = 64 * 1024;
/**
 * A compressed stream is not believed to expand to more than this for each of its bytes. Records of 64 KiB that are all
 * zeros reach about 3,000; what goes beyond is made to fill a disk or a day.
 */
const MAX_EXPANSION = 4096;
/** What makes a buffer header sure: its 72 bytes, and the record behind them, or the compressed stream. */
const BUFFER_START = BUFFER_HEADER_SIZE + 8;

/** What the walk over a whole trace found, besides its records. */
export interface TraceSurvey {
  readonly buffers: number;
  readonly compressedBuffers: number;
  readonly records: number;
  /** Processors that wrote records. */
  readonly processors: number;
  /** Buffers whose header says that events, or a buffer, were lost before them. */
  readonly buffersAfterLoss: number;
  /** FILETIME of the first and the last record but trace headers; undefined where there are none. */
  readonly firstTime: bigint | undefined;
  readonly lastTime: bigint | undefined;
}

export interface OpenOptions {
  /** FILETIME that keys count from; traces that are merged must share one. Default: the trace's own start. */
  readonly keyBase?: bigint;
  /** The trace's place among those that are merged. */
  readonly traceIndex?: number;
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
 * walks it again in the order of time.
 */
export class Trace {
  readonly header: TraceHeader;
  /** What could not be read; complete after {@link survey}. */
  readonly damage = new DamageLog();
  readonly source: ByteSource;
  /** Trace headers found: more than one where traces were concatenated. */
  readonly segments: readonly Segment[];
  readonly table = new BufferTable();
  readonly #segments: Segment[] = [];
  readonly #keyBase: bigint;
  readonly #traceIndex: number;
  #survey: TraceSurvey | undefined;

  /**
   * @throws EtlError `empty`, or `not-etl` where the file does not start with a trace header.
   */
  constructor(source: ByteSource, options: OpenOptions = {}) {
    this.source = source;
    this.segments = this.#segments;
    if (source.size === 0) throw new EtlError('empty', 0, 'the file is empty');
    const head = new Uint8Array(BUFFER_HEADER_SIZE);
    if (source.read(0, head) < BUFFER_HEADER_SIZE) {
      throw new EtlError('not-etl', 0, `${source.size} bytes are too few for an ETL buffer header (72)`);
    }
    const view = new DataView(head.buffer);
    if (!looksLikeBufferHeader(view, 0)) {
      throw new EtlError('not-etl', 0, 'no ETL buffer header (WMI_BUFFER_HEADER) at the start');
    }
    const found = this.#readTraceHeader(0, readBufferHeader(view, 0));
    if (found === undefined) {
      throw new EtlError(
        'not-etl',
        BUFFER_HEADER_SIZE,
        'the first buffer does not start with a trace header (TRACE_LOGFILE_HEADER)',
      );
    }
    this.header = found.header;
    this.#keyBase = options.keyBase ?? found.header.startTime;
    this.#traceIndex = options.traceIndex ?? 0;
    this.#addSegment(found);
  }

  /**
   * Walks every record of the file once, in the order of the file. Runs once; the visitor of a second call sees nothing.
   *
   * @param visit called for every record; the window is only valid during the call.
   */
  survey(visit?: (record: EventRecord) => void): TraceSurvey {
    const steps = this.surveySteps(visit);
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  }

  /** {@link survey}, in steps: yields the bytes walked so far, and returns what was found. */
  *surveySteps(visit?: (record: EventRecord) => void): Generator<number, TraceSurvey, undefined> {
    this.#survey ??= yield* this.#walk(visit);
    return this.#survey;
  }

  /** The chains in a fixed order: segment, then processor. Walks the file first where nobody has. */
  chains(): Chain[] {
    this.survey();
    return this.table.chains().map(({ segment, buffers }) => {
      const found = this.#segments[segment];
      if (found === undefined) throw new RangeError(`no segment ${segment}`);
      return { segment: found, buffers };
    });
  }

  /** A reader for one buffer, for a second walk. */
  reader(buffer: number, segment: Segment, pool: PiecePool): BufferReader {
    return new BufferReader(this.source, this.table.place(buffer), segment, pool, undefined);
  }

  *#walk(visit?: (record: EventRecord) => void): Generator<number, TraceSurvey, undefined> {
    const { source, table, damage } = this;
    const record = new EventRecord();
    const pool = new PiecePool();
    const head = new Uint8Array(BUFFER_HEADER_SIZE);
    const view = new DataView(head.buffer);
    let position = 0;
    let records = 0;
    let compressedBuffers = 0;
    let buffersAfterLoss = 0;
    let firstTime: bigint | undefined;
    let lastTime: bigint | undefined;
    let lastKey = Number.NEGATIVE_INFINITY;
    let firstKey = Number.POSITIVE_INFINITY;

    const timeOf = (piece: Piece, n: number): bigint => {
      piece.load(piece.at(n), record);
      return record.filetime();
    };

    while (position < source.size) {
      const got = source.read(position, head);
      if (got < BUFFER_HEADER_SIZE) {
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
          reason: head.every((byte) => byte === 0) ? 'zeroed bytes' : 'bytes that are no buffer',
        });
        position = next;
        continue;
      }
      const header = this.#believable(readBufferHeader(view, 0), position);
      const sizeInFile = Math.min(header.bufferSize, source.size - position);
      const place = { position, sizeInFile, header };
      if (header.type === BufferType.header && position > 0) {
        const found = this.#readTraceHeader(position, header);
        if (found !== undefined) this.#addSegment(found);
      }
      const segmentIndex = this.#segments.length - 1;
      const segment = this.#segments[segmentIndex];
      if (segment === undefined) break;
      if (header.flags & (BufferFlag.eventsLost | BufferFlag.bufferLost)) buffersAfterLoss += 1;
      if (header.flags & BufferFlag.compressed) compressedBuffers += 1;
      if (header.type === BufferType.contextSwap) {
        const bytes = header.filledBytes - BUFFER_HEADER_SIZE;
        if (bytes > 0) {
          damage.add({
            kind: 'unread-buffer',
            offset: position,
            bytes,
            reason: 'a buffer of compact context switches',
          });
        }
        position = this.#behind(place);
        continue;
      }
      table.add(place, segmentIndex);
      const reader = new BufferReader(source, place, segment, pool, damage);
      for (let piece = reader.next(); piece !== undefined; piece = reader.next()) {
        table.addPiece(piece.minKey);
        records += piece.count;
        if (header.type !== BufferType.header) {
          if (piece.minKey < firstKey) {
            firstKey = piece.minKey;
            firstTime = timeOf(piece, 0);
          }
          if (piece.maxKey > lastKey) {
            lastKey = piece.maxKey;
            lastTime = timeOf(piece, piece.count - 1);
          }
        }
        if (visit !== undefined) {
          for (let n = 0; n < piece.count; n++) {
            piece.load(n, record);
            visit(record);
          }
        }
        pool.giveBack(piece);
        yield position + sizeInFile;
      }
      position = this.#behind(place);
    }
    const chains = table.chains();
    return {
      buffers: table.length,
      compressedBuffers,
      records,
      processors: new Set(chains.map((chain) => chain.processor)).size,
      buffersAfterLoss,
      firstTime,
      lastTime,
    };
  }

  /**
   * Where to go on behind a buffer: at its end, or nearer where its size is wrong and leads past the next one. (Of a
   * compressed buffer it is not known where it ends if not there.)
   */
  #behind({ position, sizeInFile, header }: BufferPlace): number {
    const { source, damage } = this;
    const end = position + sizeInFile;
    const torn = sizeInFile < header.bufferSize;
    const compressed = (header.flags & BufferFlag.compressed) !== 0;
    if (!compressed && (torn || (end < source.size && !this.#isBuffer(end)))) {
      const next = this.#nextBuffer(position + Math.max(BUFFER_HEADER_SIZE, header.filledBytes), end);
      if (next < end) {
        damage.add({
          kind: 'buffer-header',
          offset: position,
          bytes: 0,
          reason: `a size of ${header.bufferSize} bytes, but the next buffer stands after ${next - position}`,
        });
        return next;
      }
    }
    // A torn buffer of a plain trace often lacks only the unused rest behind its records.
    if (torn && (compressed || sizeInFile < header.filledBytes)) {
      damage.add({
        kind: 'torn-buffer',
        offset: position,
        bytes: header.bufferSize - sizeInFile,
        reason: `the file ends after ${sizeInFile} of the buffer's ${header.bufferSize} bytes`,
      });
    }
    return end;
  }

  /** A buffer that says it expands to more than its stream can hold is read as far as that. */
  #believable(header: BufferHeader, position: number): BufferHeader {
    const { bufferSize, filledBytes, flags } = header;
    const limit = BUFFER_HEADER_SIZE + (bufferSize - BUFFER_HEADER_SIZE) * MAX_EXPANSION;
    if ((flags & BufferFlag.compressed) === 0 || filledBytes <= limit) return header;
    this.damage.add({
      kind: 'buffer-header',
      offset: position,
      bytes: filledBytes - limit,
      reason: `${bufferSize - BUFFER_HEADER_SIZE} compressed bytes, said to expand to ${filledBytes}`,
    });
    return { ...header, filledBytes: limit };
  }

  #isBuffer(position: number): boolean {
    const head = new Uint8Array(BUFFER_HEADER_SIZE);
    return (
      this.source.read(position, head) === BUFFER_HEADER_SIZE &&
      looksLikeBufferHeader(new DataView(head.buffer), 0)
    );
  }

  /** The next place from `from` up to `to` where a buffer with records starts; `to` where there is none. */
  #nextBuffer(from: number, to: number): number {
    const { source } = this;
    const window = new Uint8Array(SEARCH_BYTES + BUFFER_START);
    const view = new DataView(window.buffer);
    for (let base = from; base < to; base += SEARCH_BYTES) {
      const got = source.read(base, window);
      const last = Math.min(SEARCH_BYTES, to - base, got - BUFFER_START + 1);
      for (let at = 0; at < last; at++) {
        if (looksLikeBufferHeader(view, at) && startsWithRecord(view, at)) return base + at;
      }
    }
    return to;
  }

  #readTraceHeader(
    position: number,
    bufferHeader: BufferHeader,
  ): { header: TraceHeader; time: bigint } | undefined {
    const size = Math.min(bufferHeader.filledBytes, bufferHeader.bufferSize, 64 * 1024);
    const bytes = new Uint8Array(size);
    const got = this.source.read(position, bytes);
    if (got < BUFFER_HEADER_SIZE + 32) return undefined;
    const view = new DataView(bytes.buffer, 0, got);
    const at = BUFFER_HEADER_SIZE;
    const word = view.getUint32(at, true);
    const type = (word >>> 16) & 0xff;
    const hook = view.getUint16(at + 6, true);
    if (word >>> 24 !== 0xc0 || type < 1 || type > 2 || hook !== 0) return undefined;
    const end = Math.min(at + view.getUint16(at + 4, true), got);
    const header = readTraceHeader(bytes.subarray(at + 32, Math.max(at + 32, end)));
    return header === undefined ? undefined : { header, time: view.getBigInt64(at + 16, true) };
  }

  #addSegment(found: { header: TraceHeader; time: bigint }): void {
    const clock = clockOf(found.header, found.time);
    this.#segments.push({
      clock,
      keyBase: Number(clock.startTime - this.#keyBase),
      keyScale: 10_000_000 / clock.frequency,
      traceIndex: this.#traceIndex,
    });
  }
}

/** Many bytes have the shape of a header; that a record follows, or a compressed stream, makes it sure. */
function startsWithRecord(view: DataView, at: number): boolean {
  const { filledBytes, sequenceNumber, flags } = readBufferHeader(view, at);
  if (filledBytes <= BUFFER_HEADER_SIZE || sequenceNumber < 0) return false;
  // A compressed stream starts with a flag word, then the first record's first bytes.
  const flagWord = flags & BufferFlag.compressed ? 4 : 0;
  return startOfRecord(view, at + BUFFER_HEADER_SIZE + flagWord) !== undefined;
}
