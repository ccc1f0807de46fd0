import {
  type BufferContent,
  classicRecord,
  encodeTrace,
  eventRecord,
  instanceRecord,
  messageRecord,
  opaqueRecord,
  perfinfoRecord,
  systemRecord,
  TraceClock,
} from '../samples/encoder/index.js';
import { Random } from '../samples/scenarios/index.js';
import { EventRecord, mergeTraces, Trace, UNIX_EPOCH_AS_FILETIME } from '../src/etl/index.js';
import { memorySource } from '../test/support/memory-source.js';
import { type ReferenceRecord, readReference, referenceTime } from '../test/support/reference-reader.js';

const PROVIDER = '4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac';
const START = 17_180_507_150_000_000n;

export interface RandomTrace {
  readonly file: Uint8Array;
  /** The choices that made it, for people. */
  readonly description: string;
}

const pick = <const T>(random: Random, list: readonly [T, ...T[]]): T =>
  list[random.between(0, list.length - 1)] ?? list[0];

function randomRecord(random: Random, time: bigint, pointerSize: 4 | 8): Uint8Array {
  const size = random.between(0, 5) === 0 ? random.between(0, 3000) : random.between(0, 80);
  const data = Uint8Array.from({ length: size }, (_, n) => (n % 5 === 0 ? random.u32() & 0xff : n & 0xff));
  const id = random.between(0, 0xffff);
  switch (random.between(0, 8)) {
    case 0:
      return classicRecord({ eventClass: PROVIDER, opcode: id & 0xff, time, data, pointerSize });
    case 1:
      return systemRecord({ hook: id, time, data, pointerSize });
    case 2:
      return systemRecord({ hook: id, time, data, pointerSize }, 'compact');
    case 3:
      return perfinfoRecord({ hook: id, time, data, pointerSize });
    case 4:
      return messageRecord({ number: id, guid: PROVIDER, time, data });
    case 5:
      return opaqueRecord(0x0d, data);
    case 6:
      return instanceRecord({
        eventClass: PROVIDER,
        opcode: id & 0xff,
        time,
        data,
        pointerSize,
        instanceId: 1,
        parentInstanceId: 2,
      });
    default:
      return eventRecord({ provider: PROVIDER, id, time, data, pointerSize });
  }
}

/** A whole trace: any form, clock, compression, buffer size, pointer size, order on disk. */
export function randomTrace(seed: number): RandomTrace {
  const random = new Random(seed);
  const type = pick(random, ['qpc', 'systemTime', 'cpuCycles']);
  const perfFrequency = pick(random, [10_000_000n, 2_994_853n, 3_579_545n, 14_318_180n, 1_000_000_000n]);
  const clock = new TraceClock({
    type,
    start: START,
    perfFrequency,
    cpuMegahertz: random.between(800, 5000),
    ...(type === 'systemTime' ? {} : { startTicks: BigInt(random.u32()) * BigInt(random.between(1, 1000)) }),
  });
  const pointerSize = pick(random, [8, 8, 4] as const);
  const form = pick(random, ['live', 'merged', 'windows7']);
  const compression = pick(random, ['none', 'matches', 'literals']);
  const bufferSize = pick(random, [8192, 4104, 65_536, 16_384]);
  let time = clock.startTicks;
  const buffers: BufferContent[] = Array.from({ length: random.between(0, 8) }, () => {
    const records: Uint8Array[] = [];
    let room = bufferSize - 200;
    for (let n = random.between(0, 12); n > 0; n--) {
      time += BigInt(random.between(0, 2000));
      const record = randomRecord(random, time, pointerSize);
      room -= (record.length + 7) & ~7;
      if (room < 0) break;
      records.push(record);
    }
    return { processor: random.between(0, 5), records };
  });
  const order = buffers.map((_, n) => n).sort(() => random.between(0, 2) - 1);
  return {
    file: encodeTrace({ clock, form, compression, bufferSize, pointerSize }, buffers, order),
    description: `${form} ${compression} ${type} ${bufferSize} ${pointerSize}`,
  };
}

export interface Comparison {
  /** Records of the reference. */
  readonly records: number;
  /** The first difference, as text; undefined if both agree. */
  readonly difference: string | undefined;
}

/** Reads a trace in both ways. The reference rejects any deviation from the layout: only whole traces. */
export function compareReadings(file: Uint8Array): Comparison {
  const reference = readReference(file);
  const expected = reference.buffers.flatMap(({ position, processor, records }) =>
    records.map((record) => ({ position, processor, record })),
  );
  const count = expected.length;
  const result = (difference: string | undefined): Comparison => ({ records: count, difference });
  const trace = new Trace(memorySource(file));
  const header = trace.header;
  const { header: plain } = reference;
  if (
    header.build !== plain.build ||
    header.startTime !== plain.startTime ||
    header.pointerSize !== plain.pointerSize ||
    header.loggerName !== plain.loggerName ||
    header.fileName !== plain.logFileName ||
    header.buffersWritten !== plain.buffersWritten
  ) {
    return result('the trace headers differ');
  }
  let at = 0;
  let difference: string | undefined;
  trace.survey((record) => {
    const other = expected[at];
    at += 1;
    difference ??=
      other === undefined
        ? `a record of its own in the buffer at ${record.bufferPosition}`
        : differenceOf(record, other, (raw) => referenceTime(plain, raw) + UNIX_EPOCH_AS_FILETIME);
  });
  if (at !== count) difference ??= `${at} records, the reference has ${count}`;
  const [first] = trace.damage.items;
  if (first !== undefined) difference ??= `damage at ${first.offset}: ${first.reason}`;
  if (difference !== undefined) return result(difference);
  return result(differenceOfOrder(trace, expected));
}

interface Placed {
  readonly position: number;
  readonly processor: number;
  readonly record: ReferenceRecord;
}

function differenceOf(
  record: EventRecord,
  { position, processor, record: other }: Placed,
  filetime: (raw: bigint) => bigint,
): string | undefined {
  const where = `the record at ${other.offset} of the buffer at ${position}`;
  if (record.bufferPosition !== position) return `${where}: in the buffer at ${record.bufferPosition}`;
  if (record.processor !== processor) return `${where}: processor ${record.processor}, not ${processor}`;
  if (record.headerType !== other.type) return `${where}: type ${record.headerType}, not ${other.type}`;
  if (record.size !== other.size) return `${where}: ${record.size} bytes, not ${other.size}`;
  const own = record.bytes.subarray(record.offset, record.offset + record.size);
  if (!own.every((byte, n) => byte === other.bytes[n])) return `${where}: other bytes`;
  if (other.time !== undefined && record.rawTime() !== other.time) return `${where}: another raw time`;
  if (other.time !== undefined && record.filetime() !== filetime(other.time)) return `${where}: another time`;
  const kind = kindOf(record);
  return kind === undefined || kind === other.kind ? undefined : `${where}: ${kind}, not ${other.kind}`;
}

/** The reference's name of a record's kind; undefined for those of which it has only the type. */
function kindOf(record: EventRecord): string | undefined {
  switch (record.kind) {
    case 'event':
      return `${record.providerId}/${record.id}`;
    case 'classic':
    case 'instance':
      return `${record.providerId}:${record.opcode}`;
    case 'system':
    case 'perfinfo':
      return `hook 0x${record.id.toString(16).padStart(4, '0')}`;
    default:
      return undefined;
  }
}

/** All records once, by time: times of records that have one never decrease. */
function differenceOfOrder(trace: Trace, expected: readonly Placed[]): string | undefined {
  const record = new EventRecord();
  const left = new Map<string, number>();
  const key = (position: number, bytes: Uint8Array): string =>
    `${position}:${Buffer.from(bytes).toString('latin1')}`;
  for (const { position, record: other } of expected) {
    const name = key(position, other.bytes);
    left.set(name, (left.get(name) ?? 0) + 1);
  }
  let last: bigint | undefined;
  for (const batch of mergeTraces([trace])) {
    for (let n = 0; n < batch.count; n++) {
      batch.load(n, record);
      const name = key(
        record.bufferPosition,
        record.bytes.subarray(record.offset, record.offset + record.size),
      );
      const count = left.get(name) ?? 0;
      if (count === 0) return 'the merge gives a record that is not in the file';
      if (count === 1) left.delete(name);
      else left.set(name, count - 1);
      const raw = record.rawTime();
      if (last !== undefined && raw < last) return 'the merge steps back in time';
      last = raw;
    }
  }
  return left.size === 0 ? undefined : `the merge leaves out ${left.size} records`;
}
