import type { Random } from '../samples/scenarios/index.js';
import { type CaseRecord, joinRecords, splitRecords } from './records.js';
import type { TargetName } from './targets.js';

/** Numbers at which code often fails. */
const NUMBERS = [
  0, 1, 2, 3, 4, 7, 8, 16, 71, 72, 73, 80, 127, 128, 255, 256, 0x3ff, 0x400, 0x7fff, 0x8000, 0xffff, 0x1_0000,
  0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
];

/** Limit of a case's size: longer ones are slow and find nothing more. */
const MAX_CASE = 160 * 1024;

type Mutator = (input: Uint8Array, random: Random, others: readonly Uint8Array[]) => Uint8Array;

const pick = <T>(list: readonly T[], random: Random): T | undefined =>
  list[random.between(0, list.length - 1)];

const changed = (input: Uint8Array, change: (copy: Uint8Array, view: DataView) => void): Uint8Array => {
  const copy = input.slice();
  change(copy, new DataView(copy.buffer));
  return copy;
};

function writeNumber(input: Uint8Array, at: number, size: 1 | 2 | 4 | 8, value: number): Uint8Array {
  return changed(input, (copy, view) => {
    if (at < 0 || at + size > copy.length) return;
    if (size === 1) view.setUint8(at, value & 0xff);
    else if (size === 2) view.setUint16(at, value & 0xffff, true);
    else if (size === 4) view.setUint32(at, value >>> 0, true);
    else view.setBigInt64(at, BigInt(value), true);
  });
}

const withBytes = (input: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(input.length - removed + added.length);
  bytes.set(input.subarray(0, at));
  bytes.set(added, at);
  bytes.set(input.subarray(at + removed), at + added.length);
  return bytes.length > MAX_CASE ? bytes.subarray(0, MAX_CASE) : bytes;
};

/** Mutations of any bytes. */
const GENERAL: readonly Mutator[] = [
  (input, random) =>
    changed(input, (copy) => {
      const at = random.between(0, copy.length - 1);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.between(0, 7));
    }),
  (input, random) =>
    changed(input, (copy) => {
      for (let n = random.between(1, 8); n > 0; n--)
        copy[random.between(0, copy.length - 1)] = random.between(0, 255);
    }),
  (input, random) => {
    const size = pick([1, 2, 4, 8] as const, random) ?? 4;
    return writeNumber(input, random.between(0, input.length - 1), size, pick(NUMBERS, random) ?? 0);
  },
  (input, random) =>
    changed(input, (copy, view) => {
      const at = random.between(0, Math.max(0, copy.length - 4));
      if (at + 4 <= copy.length)
        view.setUint32(at, view.getUint32(at, true) + random.between(0, 16) - 8, true);
    }),
  (input, random) => {
    const at = random.between(0, input.length - 1);
    return withBytes(input, at, random.between(1, Math.min(64, input.length - at)), new Uint8Array(0));
  },
  (input, random) => {
    const at = random.between(0, input.length - 1);
    const length = random.between(1, Math.min(256, input.length - at));
    return withBytes(input, random.between(0, input.length), 0, input.slice(at, at + length));
  },
  (input, random) => input.slice(0, random.between(1, input.length)),
  (input, random) =>
    changed(input, (copy) => {
      const at = random.between(0, copy.length - 1);
      copy.fill(random.between(0, 1) * 0xff, at, at + random.between(1, 512));
    }),
  (input, random, others) => {
    const other = pick(others, random) ?? input;
    const from = random.between(0, other.length - 1);
    const part = other.slice(from, from + random.between(1, 1024));
    const at = random.between(0, input.length - 1);
    return withBytes(input, at, Math.min(part.length, input.length - at), part);
  },
];

/** Offsets of the buffers of a file, from their headers. */
function buffersOf(input: Uint8Array): number[] {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const starts: number[] = [];
  for (let at = 0; at + 72 <= input.length && starts.length < 1000; ) {
    starts.push(at);
    const size = view.getUint32(at, true);
    if (size < 72) break;
    at += size;
  }
  return starts;
}

/** Where the records of a plain buffer start. */
function recordsOf(input: Uint8Array, buffer: number): number[] {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const end = Math.min(input.length, buffer + view.getUint32(buffer + 48, true));
  const starts: number[] = [];
  for (let at = buffer + 72; at + 8 <= end && starts.length < 4096; ) {
    starts.push(at);
    const type = view.getUint8(at + 2);
    const size = view.getUint16(at + (type <= 4 || type === 0x10 || type === 0x11 ? 4 : 0), true);
    if (size < 8) break;
    at += (size + 7) & ~7;
  }
  return starts;
}

/** Fields of WMI_BUFFER_HEADER, and of the start of a record. */
const BUFFER_FIELDS = [
  [0, 4],
  [4, 4],
  [16, 8],
  [24, 8],
  [40, 2],
  [44, 4],
  [48, 4],
  [52, 2],
  [54, 2],
] as const;
const RECORD_FIELDS = [
  [0, 2],
  [2, 1],
  [3, 1],
  [4, 2],
  [6, 2],
  [16, 8],
  [40, 2],
] as const;

const onBuffer =
  (change: (input: Uint8Array, at: number, end: number, random: Random) => Uint8Array): Mutator =>
  (input, random) => {
    const starts = buffersOf(input);
    const n = random.between(0, Math.max(0, starts.length - 1));
    const at = starts[n];
    return at === undefined ? input : change(input, at, starts[n + 1] ?? input.length, random);
  };

/** Mutations of the container of a trace. */
const CONTAINER: readonly Mutator[] = [
  onBuffer((input, at, _end, random) => {
    const [offset, size] = pick(BUFFER_FIELDS, random) ?? [0, 4];
    const value =
      random.between(0, 2) === 0 ? random.between(0, 2 * input.length) : (pick(NUMBERS, random) ?? 0);
    return writeNumber(input, at + offset, size, value);
  }),
  onBuffer((input, at, _end, random) => {
    const record = pick(recordsOf(input, at), random);
    const [offset, size] = pick(RECORD_FIELDS, random) ?? [0, 2];
    const value = random.between(0, 1) === 0 ? random.between(0, 4096) : (pick(NUMBERS, random) ?? 0);
    return record === undefined ? input : writeNumber(input, record + offset, size, value);
  }),
  onBuffer((input, at, end) => withBytes(input, at, end - at, new Uint8Array(0))),
  onBuffer((input, at, end, random) =>
    withBytes(input, pick(buffersOf(input), random) ?? 0, 0, input.slice(at, end)),
  ),
  onBuffer((input, at, end, random) =>
    withBytes(
      input,
      at + random.between(0, Math.max(0, end - at - 1)),
      0,
      new Uint8Array(random.between(1, 600)),
    ),
  ),
  onBuffer((input, at, _end, random) =>
    // The first tokens of a compressed stream: flags, offsets, lengths in their long forms.
    writeNumber(input, at + 72 + random.between(0, 32), 4, pick(NUMBERS, random) ?? 0),
  ),
];

const onRecord =
  (
    change: (records: CaseRecord[], n: number, random: Random, others: readonly Uint8Array[]) => void,
  ): Mutator =>
  (input, random, others) => {
    const records = splitRecords(input);
    if (records.length > 0) change(records, random.between(0, records.length - 1), random, others);
    return joinRecords(records);
  };

const inRecord =
  (mutator: Mutator): Mutator =>
  (input, random, others) =>
    onRecord((records, n) => {
      const { processor = 0, record = new Uint8Array(0) } = records[n] ?? {};
      // Mostly after the header, so that the record keeps its type.
      const from = random.between(0, 7) === 0 ? 0 : Math.min(record.length - 1, record[2] === 0x14 ? 48 : 80);
      const body = mutator(record.slice(from), random, others);
      records[n] = { processor, record: withBytes(record.slice(0, from), from, 0, body).slice(0, 65_000) };
    })(input, random, others);

/** Mutations of a list of records. */
const RECORDS: readonly Mutator[] = [
  ...GENERAL.map(inRecord),
  ...GENERAL.slice(0, 4).map(inRecord),
  onRecord((records, n) => records.splice(n, 1)),
  onRecord((records, n, random) => {
    const record = records[n];
    if (record !== undefined) records.splice(random.between(0, records.length), 0, record);
  }),
  onRecord((records, n, random, others) => {
    const more = splitRecords(pick(others, random) ?? new Uint8Array(0));
    records.splice(n, random.between(0, 1), ...more.slice(0, random.between(0, 6)));
  }),
  onRecord((records, n, random) => {
    const { record = new Uint8Array(0) } = records[n] ?? {};
    records[n] = { processor: random.between(0, 3), record };
  }),
  // Event id, version, keyword: another layout for the same bytes.
  onRecord((records, n, random) => {
    const { processor = 0, record = new Uint8Array(0) } = records[n] ?? {};
    const at = pick([40, 42, 45, 48, 52, 4], random) ?? 40;
    records[n] = {
      processor,
      record: writeNumber(record, at, at === 40 ? 2 : 1, pick(NUMBERS, random) ?? 0),
    };
  }),
];

/** Pieces of manifests and of ipconfig's output, which single bytes would hardly make. */
const WORDS = [
  '<template tid="T">',
  '</template>',
  '<data name="a" inType="win:UInt32"/>',
  '<data name="b" inType="win:Binary" length="a"/>',
  '<data name="c" inType="win:UnicodeString" count="a"/>',
  '<struct name="s" count="a">',
  '</struct>',
  ' version="1"',
  ' template="T"',
  ' message="$(string.m)"',
  '%1 %2!x! %3!*s! %n%%',
  '&lt;&#x10FFFF;&nope;',
  '<!DOCTYPE x [<!ENTITY e "e">]>&e;',
  '4294967296',
  '-1',
  '\nIPv4 Address. . . : 10.0.0.1(Preferred)\n',
  '\n==============\nCompartment 2\n',
  'CompartmentId : 2\r\n',
  '{"IPAddress":"::1%5","PrefixLength":300}',
];

const insertWord: Mutator = (input, random) =>
  withBytes(input, random.between(0, input.length), 0, new TextEncoder().encode(pick(WORDS, random) ?? ''));

const MUTATORS: Readonly<Record<TargetName, readonly Mutator[]>> = {
  container: [...CONTAINER, ...CONTAINER, ...GENERAL],
  conversion: [...CONTAINER, ...GENERAL],
  lz77: GENERAL,
  records: RECORDS,
  manifest: [insertWord, insertWord, ...GENERAL],
  compartments: [insertWord, insertWord, ...GENERAL],
  paths: RECORDS,
  diagnosis: RECORDS,
  archives: GENERAL,
};

/** A new case from one that is known: one to eight changes, few more often than many. */
export function mutate(
  target: TargetName,
  input: Uint8Array,
  random: Random,
  others: readonly Uint8Array[],
): Uint8Array {
  let output = input;
  for (let n = 0; n < 8; n++) {
    if (output.length === 0) output = Uint8Array.of(0);
    const mutator = pick(MUTATORS[target], random);
    if (mutator !== undefined) output = mutator(output, random, others);
    if (random.between(0, 1) === 0) break;
  }
  return output;
}
