import { concat } from '../../samples/encoder/index.js';
import { pings, type Scenario, type TruthPacket } from '../../samples/scenarios/index.js';

/** A damaged trace, and the expected result of its conversion. */
export interface DamageCase {
  readonly name: string;
  readonly file: Uint8Array;
  /** Packets that the damage did not touch, by their bytes; those with a time must have that time. */
  readonly intact: readonly ExpectedPacket[];
  /** Kind and offset of each damaged section; -1: any offset. */
  readonly damage: readonly (readonly [kind: string, offset: number])[];
  /** Offsets where buffers are missing, and how many. */
  readonly gaps?: readonly (readonly [offset: number, buffers: number])[];
  readonly repeatedBuffers?: number;
  /** Whether it is damage: two whole traces one after the other are none. */
  readonly isTrouble: boolean;
  /** Words that the summary for people must have. */
  readonly words: readonly string[];
  /** Words that it must not have. */
  readonly otherWords?: readonly string[];
}

export interface ExpectedPacket {
  readonly bytes: Uint8Array;
  /** Unix time in 100 ns; undefined if the damage hit the clock. */
  readonly time: bigint | undefined;
}

const BUFFER = 2048;
const HEADER = 72;
/** 100 ns between 1601 and 1970. */
const EPOCH = 116_444_736_000_000_000n;
const HOUR = 36_000_000_000n;
const YEAR_2300 = 104_136_192_000_000_000n + EPOCH;

/** A hundred pings in plain buffers of one processor, and the same in compressed ones. */
const base = pings(100, { type: 'qpc' }, { form: 'live', bufferSize: BUFFER, processors: 1 });
const packed = pings(
  100,
  { type: 'qpc' },
  { form: 'live', bufferSize: BUFFER, processors: 1, compression: 'matches' },
);

/** One buffer of a file: its offset, and the offsets of its records in the file. */
interface PlacedBuffer {
  readonly at: number;
  readonly size: number;
  readonly records: readonly number[];
  /** Number of its first packet. */
  readonly firstPacket: number;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The buffers after the header's own; for compressed ones `counts` says how many packets each has. */
function buffersOf(file: Uint8Array, counts?: readonly number[]): PlacedBuffer[] {
  const view = viewOf(file);
  const buffers: PlacedBuffer[] = [];
  let firstPacket = 0;
  for (let at = view.getUint32(0, true); at < file.length; at += view.getUint32(at, true)) {
    const records: number[] = [];
    const end = counts === undefined ? at + view.getUint32(at + 48, true) : at;
    for (let record = at + HEADER; record < end; record += (view.getUint16(record, true) + 7) & ~7) {
      records.push(record);
    }
    buffers.push({ at, size: view.getUint32(at, true), records, firstPacket });
    firstPacket += counts?.[buffers.length - 1] ?? records.length;
  }
  return buffers;
}

const plainBuffers = buffersOf(base.plain);
const packedBuffers = buffersOf(
  packed.plain,
  plainBuffers.map(({ records }) => records.length),
);

function buffer(number: number, of: readonly PlacedBuffer[] = plainBuffers): PlacedBuffer {
  const found = of[number];
  if (found === undefined) throw new RangeError(`buffer ${number} of ${of.length}`);
  return found;
}

function changed(file: Uint8Array, change: (bytes: Uint8Array, view: DataView) => void): Uint8Array {
  const copy = file.slice();
  change(copy, viewOf(copy));
  return copy;
}

const expected = ({ bytes, time }: TruthPacket): ExpectedPacket => ({ bytes, time });
const all = (scenario: Scenario): ExpectedPacket[] => scenario.truth.packets.map(expected);
const withoutTime = ({ bytes }: TruthPacket): ExpectedPacket => ({ bytes, time: undefined });

/** All packets of the pings but these. */
const without = (...numbers: readonly number[]): ExpectedPacket[] =>
  base.truth.packets.filter((_, number) => !numbers.includes(number)).map(expected);

const numbersOf = (...buffers: readonly PlacedBuffer[]): number[] =>
  buffers.flatMap(({ firstPacket }) => {
    const next = plainBuffers.find((other) => other.firstPacket > firstPacket);
    const end = next?.firstPacket ?? base.truth.packets.length;
    return Array.from({ length: end - firstPacket }, (_, n) => firstPacket + n);
  });

function tornLastBuffer(): DamageCase {
  const last = buffer(plainBuffers.length - 1);
  const cutRecord = last.records.at(-1) ?? 0;
  return {
    name: 'a torn last buffer',
    file: base.plain.subarray(0, cutRecord + 100),
    intact: without(99),
    damage: [
      ['record', cutRecord],
      ['torn-buffer', last.at],
    ],
    isTrouble: true,
    words: ['file ends mid-buffer'],
  };
}

function zeroedPages(): DamageCase {
  const whole = buffer(3);
  const part = buffer(5);
  const [, second = 0, , fourth = 0] = part.records;
  return {
    name: 'zeroed pages: a whole buffer, and two records of another',
    file: changed(base.plain, (bytes) => {
      bytes.fill(0, whole.at, whole.at + whole.size);
      bytes.fill(0, second, fourth);
    }),
    intact: without(...numbersOf(whole), part.firstPacket + 1, part.firstPacket + 2),
    damage: [
      ['no-buffer', whole.at],
      ['record', second],
    ],
    gaps: [[buffer(4).at, 1]],
    isTrouble: true,
    words: ['zeroed bytes', 'zeroed bytes between records', '1 buffer missing'],
  };
}

const impossibleSizes = [0, 71, 0xffff_ffff].map((size): DamageCase => {
  const hit = buffer(4);
  return {
    name: `a buffer header with a size of ${size}`,
    file: changed(base.plain, (_, view) => view.setUint32(hit.at, size, true)),
    intact: without(...numbersOf(hit)),
    damage: [['no-buffer', hit.at]],
    gaps: [[buffer(5).at, 1]],
    isTrouble: true,
    words: ['bytes that are not a buffer'],
  };
});

function recordOverItsBuffer(): DamageCase {
  const { records, firstPacket } = buffer(2);
  const hit = records[3] ?? 0;
  return {
    name: 'a record that runs over its buffer',
    file: changed(base.plain, (_, view) => view.setUint16(hit, 60_000, true)),
    intact: without(firstPacket + 3),
    damage: [['record', hit]],
    isTrouble: true,
    words: ['record length 60,000 exceeds the buffer'],
  };
}

/** Records before the cut are there, as many as expand; the buffer's others are not promised. */
function cutStream(): DamageCase {
  const hit = buffer(4, packedBuffers);
  const file = concat([
    packed.plain.subarray(0, hit.at + hit.size - 30),
    packed.plain.subarray(hit.at + hit.size),
  ]);
  viewOf(file).setUint32(hit.at, hit.size - 30, true);
  return {
    name: 'an LZ77 stream that is cut',
    file,
    intact: without(...numbersOf(buffer(4))).concat(
      base.truth.packets.slice(buffer(4).firstPacket, buffer(4).firstPacket + 2).map(expected),
    ),
    damage: [
      ['lz77', hit.at],
      ['record', hit.at],
    ],
    isTrouble: true,
    words: ['the compressed stream is cut'],
  };
}

function streamOutsideItself(): DamageCase {
  const hit = buffer(4, packedBuffers);
  return {
    name: 'an LZ77 stream that points outside itself',
    file: changed(packed.plain, (_, view) => view.setUint32(hit.at + HEADER, 0xffff_ffff, true)),
    intact: without(...numbersOf(buffer(4))),
    damage: [['lz77', hit.at]],
    isTrouble: true,
    words: ['the compressed stream points outside itself'],
  };
}

function bufferOf4GiB(): DamageCase {
  const hit = buffer(4, packedBuffers);
  return {
    name: 'a compressed buffer that claims 4 GiB',
    file: changed(packed.plain, (_, view) => view.setUint32(hit.at + 48, 0xffff_ffff, true)),
    intact: without(...numbersOf(buffer(4))),
    damage: [['no-buffer', hit.at]],
    gaps: [[buffer(5, packedBuffers).at, 1]],
    isTrouble: true,
    words: ['bytes that are not a buffer'],
  };
}

/** One literal, then a match of 4 GiB: the stream's own claim, where the header's is believable. */
function matchOf4GiB(): DamageCase {
  const hit = buffer(4, packedBuffers);
  const bomb = Uint8Array.of(255, 255, 255, 127, 0, 7, 0, 15, 255, 0, 0, 255, 255, 255, 255);
  return {
    name: 'an LZ77 match that claims 4 GiB',
    file: changed(packed.plain, (bytes) => bytes.set(bomb, hit.at + HEADER)),
    intact: without(...numbersOf(buffer(4))),
    damage: [['record', hit.at]],
    isTrouble: true,
    words: ['zeroed bytes up to the end of the buffer'],
  };
}

function zeroedEnd(): DamageCase {
  const { at, firstPacket, records, size } = buffer(3);
  const [, , , , , sixth = 0] = records;
  return {
    name: 'a buffer whose end was never written',
    file: changed(base.plain, (bytes) => bytes.fill(0, sixth, at + size)),
    intact: without(...numbersOf(buffer(3)).filter((number) => number >= firstPacket + 5)),
    damage: [['record', sixth]],
    isTrouble: true,
    words: ['zeroed bytes up to the end of the buffer'],
  };
}

function twoTraces(): DamageCase {
  const later = pings(20, { type: 'systemTime', start: 17_400_000_000_000_000n }, { form: 'windows7' });
  return {
    name: 'two traces concatenated',
    file: concat([base.plain, later.plain]),
    intact: [...all(base), ...all(later)],
    damage: [],
    isTrouble: false,
    words: [],
  };
}

/** A trace of another clock and another year than {@link base}: the times tell which header they were read with. */
const other = pings(
  20,
  { type: 'systemTime', start: 17_500_000_000_000_000n },
  { form: 'windows7', bufferSize: BUFFER },
);

/** Bytes before a trace do not touch its header: times are those of the trace. */
function bytesBefore(name: string, bytes: Uint8Array): DamageCase {
  return {
    name: `${name} before a trace`,
    file: concat([bytes, base.plain]),
    intact: all(base),
    damage: [['no-buffer', 0]],
    isTrouble: true,
    words: ['from 2'],
    otherWords: ['the trace header is missing', '1970'],
  };
}

const scattered = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * 167 + (at >>> 3) * 59) & 0xff);

function bytesBeforeAndBetween(): DamageCase {
  return {
    name: 'bytes before and between two traces of different clocks',
    file: concat([scattered(100), base.plain, scattered(333), other.plain]),
    intact: [...all(base), ...all(other)],
    damage: [
      ['no-buffer', 0],
      ['no-buffer', 100 + base.plain.length],
    ],
    isTrouble: true,
    words: [],
    otherWords: ['the trace header is missing', '1970'],
  };
}

function buffersBeforeTrace(): DamageCase {
  const rest = base.plain.subarray(buffer(0).at);
  return {
    name: 'buffers whose header is missing before a whole trace',
    file: concat([rest, other.plain]),
    intact: [...base.truth.packets.slice(20).map(withoutTime), ...all(other)],
    damage: [['trace-header', 0]],
    isTrouble: true,
    words: [`the trace header is missing for the buffers before offset ${rest.length};`, 'from 2025-06-15 '],
  };
}

function tornBufferBeforeTrace(): DamageCase {
  const { at, records } = buffer(3);
  const torn = base.plain.subarray(at, (records[2] ?? 0) + 50);
  return {
    name: 'a torn buffer whose header is missing before a whole trace',
    file: concat([torn, other.plain]),
    intact: all(other),
    damage: [
      ['trace-header', 0],
      ['torn-buffer', 0],
    ],
    isTrouble: true,
    words: [`the trace header is missing for the buffers before offset ${torn.length};`],
  };
}

/** The torn buffer's size leads into the second trace. */
function cutTraceBeforeTrace(): DamageCase {
  const last = buffer(plainBuffers.length - 2);
  const cut = base.plain.subarray(0, (last.records.at(-1) ?? 0) + 50);
  return {
    name: 'a trace that was cut inside a buffer before a whole trace',
    file: concat([cut, other.plain]),
    intact: [...without(...numbersOf(last, buffer(plainBuffers.length - 1))), ...all(other)],
    damage: [['torn-buffer', last.at]],
    gaps: [[cut.length + other.plain.length, 1]],
    isTrouble: true,
    words: ['another trace starts mid-buffer'],
  };
}

function missingHeader(): DamageCase {
  return {
    name: 'a missing header buffer',
    file: base.plain.subarray(buffer(0).at),
    intact: base.truth.packets.map(withoutTime),
    damage: [['trace-header', 0]],
    isTrouble: true,
    words: ['the trace header is missing', 'counted from 1970'],
  };
}

function zeroedHeader(): DamageCase {
  return {
    name: 'a zeroed header buffer',
    file: changed(base.plain, (bytes) => bytes.fill(0, 0, buffer(0).at)),
    intact: base.truth.packets.map(withoutTime),
    damage: [
      ['trace-header', 0],
      ['no-buffer', 0],
    ],
    isTrouble: true,
    words: ['the trace header is missing', 'zeroed bytes'],
  };
}

function missingMiddle(): DamageCase {
  const [first, second, behind] = [buffer(4), buffer(5), buffer(6)];
  return {
    name: 'a missing middle',
    file: concat([base.plain.subarray(0, first.at), base.plain.subarray(behind.at)]),
    intact: without(...numbersOf(first, second)),
    damage: [],
    gaps: [[first.at, 2]],
    isTrouble: true,
    words: ['2 buffers missing from the file', 'buffers 5-6'],
  };
}

function missingEnd(): DamageCase {
  const last = buffer(plainBuffers.length - 1);
  return {
    name: 'a missing end, cut between two buffers',
    file: base.plain.subarray(0, last.at),
    intact: without(...numbersOf(last)),
    damage: [],
    gaps: [[last.at, 1]],
    isTrouble: true,
    words: ['1 buffer missing from the file'],
  };
}

function repeatedNumbers(): DamageCase {
  const [first, second, behind] = [buffer(4), buffer(5), buffer(6)];
  return {
    name: 'repeated sequence numbers',
    file: changed(base.plain, (_, view) => {
      view.setBigInt64(second.at + 24, view.getBigInt64(first.at + 24, true), true);
    }),
    intact: all(base),
    damage: [],
    gaps: [[behind.at, 1]],
    repeatedBuffers: 1,
    isTrouble: true,
    words: ['1 buffer with a repeated sequence number'],
  };
}

function clockSetBack(): DamageCase {
  const hit = plainBuffers.slice(6);
  const numbers = numbersOf(...hit);
  return {
    name: 'a clock that runs backwards',
    file: changed(base.plain, (_, view) => {
      for (const record of hit.flatMap(({ records }) => records)) {
        view.setBigInt64(record + 16, view.getBigInt64(record + 16, true) - HOUR, true);
      }
    }),
    intact: base.truth.packets.map(({ bytes, time }, number) => ({
      bytes,
      time: numbers.includes(number) ? time - HOUR : time,
    })),
    damage: [['time', buffer(6).at]],
    isTrouble: true,
    words: ['the clock runs backwards: 3600.0 s'],
  };
}

function farTimes(): DamageCase {
  const { firstPacket, records } = buffer(5);
  const [in1601 = 0, in2300 = 0] = records;
  const file = changed(base.plain, (_, view) => {
    // The header's own record: its raw time is that of StartTime, which stands 240 bytes into TRACE_LOGFILE_HEADER …
    const raw = view.getBigInt64(HEADER + 16, true);
    // … behind 56 bytes, two pointers, 172 of time zone and 4 of padding, BootTime and PerfFreq.
    const startTime = view.getBigInt64(HEADER + 32 + 264, true);
    view.setBigInt64(in1601 + 16, raw - startTime + 5n, true);
    view.setBigInt64(in2300 + 16, raw - startTime + YEAR_2300, true);
  });
  return {
    name: 'timestamps in 1601 and in 2300',
    file,
    intact: base.truth.packets.map(({ bytes, time }, number) => ({
      bytes,
      time: number === firstPacket ? 0n : number === firstPacket + 1 ? YEAR_2300 - EPOCH : time,
    })),
    damage: [
      ['time', buffer(5).at],
      ['time', -1],
    ],
    isTrouble: true,
    words: ['1 record is dated before 1970'],
  };
}

export const damageCases: readonly DamageCase[] = [
  tornLastBuffer(),
  zeroedPages(),
  zeroedEnd(),
  ...impossibleSizes,
  recordOverItsBuffer(),
  cutStream(),
  streamOutsideItself(),
  bufferOf4GiB(),
  matchOf4GiB(),
  twoTraces(),
  missingHeader(),
  zeroedHeader(),
  bytesBefore('zeros', new Uint8Array(4096)),
  bytesBefore('other bytes', scattered(5001)),
  bytesBeforeAndBetween(),
  buffersBeforeTrace(),
  tornBufferBeforeTrace(),
  cutTraceBeforeTrace(),
  missingMiddle(),
  missingEnd(),
  repeatedNumbers(),
  clockSetBack(),
  farTimes(),
];
