/**
 * A plain pcapng reader, written from draft-ietf-opsawg-pcapng and independent of src/pcap-writer. Strict: whatever
 * the specification does not allow a writer to write throws, and so does whatever this reader does not know.
 */

export interface PcapngSection {
  littleEndian: boolean;
  comments: string[];
  custom: ReadCustomOption[];
  hardware: string | undefined;
  os: string | undefined;
  userAppl: string | undefined;
  interfaces: ReadInterface[];
  packets: ReadPacket[];
  statistics: ReadStatistics[];
  nameResolutions: ReadNameResolution[];
  /** One per block: fields in order. */
  journal: ReadJournalEntry[];
  customBlocks: ReadCustomBlock[];
  /** All blocks in file order, the section header left out. */
  blocks: ReadBlock[];
}

export type ReadBlock =
  | { kind: 'interface'; block: ReadInterface }
  | { kind: 'packet'; block: ReadPacket }
  | { kind: 'statistics'; block: ReadStatistics }
  | { kind: 'nameResolution'; block: ReadNameResolution }
  | { kind: 'journal'; block: ReadJournalEntry }
  | { kind: 'custom'; block: ReadCustomBlock };

export interface ReadCustomOption {
  code: number;
  pen: number;
  /** A string for 2988 and 19372, octets for 2989 and 19373. */
  value: string | Uint8Array;
}

export interface ReadInterface {
  linkType: number;
  snapLength: number;
  comments: string[];
  custom: ReadCustomOption[];
  name: string | undefined;
  description: string | undefined;
  ipv4: { address: Uint8Array; mask: Uint8Array }[];
  ipv6: { address: Uint8Array; prefixLength: number }[];
  mac: Uint8Array | undefined;
  eui: Uint8Array | undefined;
  speed: bigint | undefined;
  tsresol: number | undefined;
  filter: string | undefined;
  os: string | undefined;
  hardware: string | undefined;
  txSpeed: bigint | undefined;
  rxSpeed: bigint | undefined;
}

export interface ReadPacket {
  interfaceId: number;
  /** In units of the interface's if_tsresol. */
  timestamp: bigint;
  data: Uint8Array;
  originalLength: number;
  comments: string[];
  custom: ReadCustomOption[];
  flags: number | undefined;
  hashes: Uint8Array[];
  dropCount: bigint | undefined;
  packetId: bigint | undefined;
  queue: number | undefined;
  verdicts: Uint8Array[];
  processId: number | undefined;
  threadId: number | undefined;
}

export interface ReadStatistics {
  interfaceId: number;
  timestamp: bigint;
  comments: string[];
  custom: ReadCustomOption[];
  startTime: bigint | undefined;
  endTime: bigint | undefined;
  ifRecv: bigint | undefined;
  ifDrop: bigint | undefined;
  filterAccept: bigint | undefined;
  osDrop: bigint | undefined;
  usrDeliv: bigint | undefined;
}

export interface ReadNameResolution {
  records: { address: Uint8Array; names: string[] }[];
  comments: string[];
  custom: ReadCustomOption[];
  dnsName: string | undefined;
  dnsIPv4: Uint8Array | undefined;
  dnsIPv6: Uint8Array | undefined;
}

export interface ReadJournalEntry {
  /** Name, value, and whether it was in the binary form. */
  fields: { name: string; value: Uint8Array; binary: boolean }[];
}

export interface ReadCustomBlock {
  pen: number;
  copyable: boolean;
  /** With the padding: the block does not tell where it starts. */
  data: Uint8Array;
}

const BlockType = {
  sectionHeader: 0x0a0d0d0a,
  interfaceDescription: 1,
  nameResolution: 4,
  interfaceStatistics: 5,
  enhancedPacket: 6,
  systemdJournal: 9,
  custom: 0x00000bad,
  customNoCopy: 0x40000bad,
} as const;

/** Reads a file of any number of sections. */
export function readPcapng(bytes: Uint8Array): PcapngSection[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sections: PcapngSection[] = [];
  let at = 0;
  while (at < bytes.length) {
    demand(bytes.length - at >= 12, at, 'rest of the file is too short for a block');
    let section = sections.at(-1);
    if (view.getUint32(at, true) === BlockType.sectionHeader) {
      section = emptySection(byteOrder(view, at));
      sections.push(section);
    }
    demand(section !== undefined, at, 'file does not start with a section header');
    const little = section.littleEndian;
    const type = view.getUint32(at, little);
    const total = view.getUint32(at + 4, little);
    demand(total >= 12 && total % 4 === 0, at, `block total length ${total}`);
    demand(at + total <= bytes.length, at, `block of ${total} bytes goes beyond the file`);
    demand(view.getUint32(at + total - 4, little) === total, at, 'the two block total lengths differ');
    readBlock(section, type, new Cursor(bytes.subarray(at + 8, at + total - 4), little, at + 8));
    at += total;
  }
  demand(sections.length > 0, 0, 'no section');
  return sections;
}

/** Reads a file that must have exactly one section. */
export function readSection(bytes: Uint8Array): PcapngSection {
  const sections = readPcapng(bytes);
  const [section] = sections;
  if (section === undefined || sections.length !== 1)
    throw new Error(`${sections.length} sections, expected one`);
  return section;
}

function byteOrder(view: DataView, at: number): boolean {
  const magic = view.getUint32(at + 8, true);
  demand(magic === 0x1a2b3c4d || magic === 0x4d3c2b1a, at, 'byte-order magic');
  return magic === 0x1a2b3c4d;
}

function emptySection(littleEndian: boolean): PcapngSection {
  return {
    littleEndian,
    comments: [],
    custom: [],
    hardware: undefined,
    os: undefined,
    userAppl: undefined,
    interfaces: [],
    packets: [],
    statistics: [],
    nameResolutions: [],
    journal: [],
    customBlocks: [],
    blocks: [],
  };
}

function readBlock(section: PcapngSection, type: number, body: Cursor): void {
  switch (type) {
    case BlockType.sectionHeader:
      readSectionHeader(section, body);
      return;
    case BlockType.interfaceDescription: {
      const block = readInterface(body);
      section.interfaces.push(block);
      section.blocks.push({ kind: 'interface', block });
      return;
    }
    case BlockType.enhancedPacket: {
      const block = readPacket(section, body);
      section.packets.push(block);
      section.blocks.push({ kind: 'packet', block });
      return;
    }
    case BlockType.interfaceStatistics: {
      const block = readStatistics(section, body);
      section.statistics.push(block);
      section.blocks.push({ kind: 'statistics', block });
      return;
    }
    case BlockType.nameResolution: {
      const block = readNameResolution(body);
      section.nameResolutions.push(block);
      section.blocks.push({ kind: 'nameResolution', block });
      return;
    }
    case BlockType.systemdJournal: {
      const block = readJournalEntry(body);
      section.journal.push(block);
      section.blocks.push({ kind: 'journal', block });
      return;
    }
    case BlockType.custom:
    case BlockType.customNoCopy: {
      const block = { pen: body.u32(), copyable: type === BlockType.custom, data: body.bytes(body.left) };
      section.customBlocks.push(block);
      section.blocks.push({ kind: 'custom', block });
      return;
    }
    default:
      fail(body.position, `unknown block type 0x${type.toString(16)}`);
  }
}

function readSectionHeader(section: PcapngSection, body: Cursor): void {
  body.u32();
  const major = body.u16();
  const minor = body.u16();
  demand(major === 1 && minor === 0, body.position, `version ${major}.${minor}`);
  const length = body.u64();
  // The sections that the project and editcap write do not tell their length.
  demand(length === 0xffff_ffff_ffff_ffffn, body.position, `section length ${length}`);
  const options = new Options(body, { single: [2, 3, 4] });
  section.comments = options.comments();
  section.custom = options.custom();
  section.hardware = options.text(2);
  section.os = options.text(3);
  section.userAppl = options.text(4);
}

function readInterface(body: Cursor): ReadInterface {
  const linkType = body.u16();
  demand(body.u16() === 0, body.position, 'reserved field of the interface description is not 0');
  const snapLength = body.u32();
  const options = new Options(body, {
    single: [2, 3, 6, 7, 8, 9, 11, 12, 15, 16, 17],
    repeated: [4, 5],
    lengths: { 4: 8, 5: 17, 6: 6, 7: 8, 8: 8, 9: 1, 16: 8, 17: 8 },
  });
  const filter = options.value(11);
  demand(filter === undefined || filter[0] === 0, body.position, 'if_filter is not text');
  const [speed, txSpeed, rxSpeed] = [options.u64(8), options.u64(16), options.u64(17)];
  const hasBoth = txSpeed !== undefined && rxSpeed !== undefined;
  demand(
    speed === undefined || (txSpeed ?? rxSpeed) === undefined,
    body.position,
    'if_speed beside tx or rx speed',
  );
  demand(!hasBoth || txSpeed !== rxSpeed, body.position, 'equal speeds are if_speed');
  for (const value of options.all(5)) demand((value[16] ?? 0) <= 128, body.position, 'IPv6 prefix length');
  return {
    linkType,
    snapLength,
    comments: options.comments(),
    custom: options.custom(),
    name: options.text(2),
    description: options.text(3),
    ipv4: options.all(4).map((value) => ({ address: value.slice(0, 4), mask: value.slice(4) })),
    ipv6: options.all(5).map((value) => ({ address: value.slice(0, 16), prefixLength: value[16] ?? 0 })),
    mac: options.value(6),
    eui: options.value(7),
    speed,
    tsresol: options.value(9)?.[0],
    filter: filter === undefined ? undefined : utf8(filter.subarray(1), body.position),
    os: options.text(12),
    hardware: options.text(15),
    txSpeed,
    rxSpeed,
  };
}

function readPacket(section: PcapngSection, body: Cursor): ReadPacket {
  const interfaceId = body.u32();
  const description = section.interfaces[interfaceId];
  demand(
    description !== undefined,
    body.position,
    `packet on interface ${interfaceId}, which has no description`,
  );
  const timestamp = body.timestamp();
  const length = body.u32();
  const originalLength = body.u32();
  demand(length <= originalLength, body.position, `captured ${length} of ${originalLength} bytes`);
  const { snapLength } = description;
  demand(
    snapLength === 0 || length <= snapLength,
    body.position,
    `captured ${length}, snap length ${snapLength}`,
  );
  const data = body.padded(length);
  const options = new Options(body, {
    single: [2, 4, 5, 6, 8],
    repeated: [3, 7],
    lengths: { 2: 4, 4: 8, 5: 8, 6: 4, 8: 8 },
  });
  const verdicts = options.all(7);
  for (const verdict of verdicts) demand(verdict.length >= 1, body.position, 'empty epb_verdict');
  const ids = options.cursor(8);
  return {
    interfaceId,
    timestamp,
    data,
    originalLength,
    comments: options.comments(),
    custom: options.custom(),
    flags: options.cursor(2)?.u32(),
    hashes: options.all(3),
    dropCount: options.u64(4),
    packetId: options.u64(5),
    queue: options.cursor(6)?.u32(),
    verdicts,
    processId: ids?.u32(),
    threadId: ids?.u32(),
  };
}

function readStatistics(section: PcapngSection, body: Cursor): ReadStatistics {
  const interfaceId = body.u32();
  demand(interfaceId < section.interfaces.length, body.position, `statistics of interface ${interfaceId}`);
  const timestamp = body.timestamp();
  const single = [2, 3, 4, 5, 6, 7, 8];
  const lengths = Object.fromEntries(single.map((code) => [code, 8]));
  const options = new Options(body, { single, lengths });
  return {
    interfaceId,
    timestamp,
    comments: options.comments(),
    custom: options.custom(),
    startTime: options.cursor(2)?.timestamp(),
    endTime: options.cursor(3)?.timestamp(),
    ifRecv: options.u64(4),
    ifDrop: options.u64(5),
    filterAccept: options.u64(6),
    osDrop: options.u64(7),
    usrDeliv: options.u64(8),
  };
}

function readNameResolution(body: Cursor): ReadNameResolution {
  const addressLengths = new Map([
    [1, 4],
    [2, 16],
    [3, 6],
    [4, 8],
  ]);
  const records: ReadNameResolution['records'] = [];
  for (;;) {
    const type = body.u16();
    const length = body.u16();
    if (type === 0) {
      demand(length === 0, body.position, 'nrb_record_end with a value');
      break;
    }
    const addressLength = addressLengths.get(type);
    demand(addressLength !== undefined, body.position, `name record type ${type}`);
    demand(length >= addressLength + 2, body.position, `name record of ${length} bytes`);
    const value = body.padded(length);
    demand(value.at(-1) === 0, body.position, 'name without a terminating zero octet');
    const names = utf8(value.subarray(addressLength, -1), body.position).split('\0');
    for (const name of names) demand(name !== '', body.position, 'empty name');
    records.push({ address: value.slice(0, addressLength), names });
  }
  const options = new Options(body, { single: [2, 3, 4], lengths: { 3: 4, 4: 16 } });
  return {
    records,
    comments: options.comments(),
    custom: options.custom(),
    dnsName: options.text(2),
    dnsIPv4: options.value(3),
    dnsIPv6: options.value(4),
  };
}

/** systemd's Journal Export Format: `NAME=text\n`, or `NAME\n`, u64 little-endian length, octets, `\n`. */
function readJournalEntry(body: Cursor): ReadJournalEntry {
  const position = body.position;
  const padded = body.bytes(body.left);
  let end = padded.length;
  while (end > 0 && padded[end - 1] === 0) end--;
  demand(padded.length - end < 4, position, 'journal entry with more padding than to 32 bits');
  const entry = padded.subarray(0, end);
  const fields: ReadJournalEntry['fields'] = [];
  let at = 0;
  while (at < entry.length) {
    const lineEnd = entry.indexOf(0x0a, at);
    demand(lineEnd >= 0, position + at, 'journal line without an end');
    const line = entry.subarray(at, lineEnd);
    const equals = line.indexOf(0x3d);
    const name = utf8(equals < 0 ? line : line.subarray(0, equals), position + at);
    demand(/^[A-Z_][A-Z0-9_]{0,63}$/.test(name), position + at, `journal field name ${JSON.stringify(name)}`);
    if (equals >= 0) {
      const value = line.slice(equals + 1);
      demand(
        !value.some((octet) => octet < 0x20 && octet !== 9),
        position + at,
        'control character in journal text',
      );
      utf8(value, position + at);
      fields.push({ name, value, binary: false });
      at = lineEnd + 1;
      continue;
    }
    demand(entry.length - lineEnd - 1 >= 8, position + at, 'journal entry ends in a length');
    const view = new DataView(entry.buffer, entry.byteOffset + lineEnd + 1, 8);
    const length = Number(view.getBigUint64(0, true));
    const start = lineEnd + 9;
    demand(entry[start + length] === 0x0a, position + at, `journal value of ${length} bytes without an end`);
    fields.push({ name, value: entry.slice(start, start + length), binary: true });
    at = start + length + 1;
  }
  const named = fields.filter(({ name }) => name === '__REALTIME_TIMESTAMP');
  demand(named.length > 0, position, 'journal entry without __REALTIME_TIMESTAMP');
  return { fields };
}

interface OptionRules {
  /** Codes that may appear once. */
  single: readonly number[];
  /** Codes that may appear more than once. */
  repeated?: readonly number[];
  /** Lengths of those that have a fixed one. */
  lengths?: Readonly<Record<number, number>>;
}

const OPT_COMMENT = 1;
const OPT_CUSTOM = [2988, 2989, 19372, 19373];
const OPT_CUSTOM_TEXT = [2988, 19372];

/** The options at the end of a block body, up to its last byte. */
class Options {
  readonly #options: { code: number; cursor: () => Cursor }[] = [];

  constructor(body: Cursor, rules: OptionRules) {
    if (body.left === 0) return;
    const seen = new Set<number>();
    for (;;) {
      demand(body.left >= 4, body.position, 'option list without opt_endofopt');
      const code = body.u16();
      const length = body.u16();
      if (code === 0) {
        demand(length === 0, body.position, 'opt_endofopt with a value');
        demand(body.left === 0, body.position, 'bytes behind opt_endofopt');
        demand(this.#options.length > 0, body.position, 'empty option list');
        return;
      }
      const repeatable =
        code === OPT_COMMENT || OPT_CUSTOM.includes(code) || rules.repeated?.includes(code) === true;
      demand(
        repeatable || rules.single.includes(code),
        body.position,
        `option ${code} is unknown in this block`,
      );
      demand(repeatable || !seen.has(code), body.position, `option ${code} more than once`);
      seen.add(code);
      const fixed = rules.lengths?.[code];
      demand(fixed === undefined || fixed === length, body.position, `option ${code} has ${length} bytes`);
      const position = body.position;
      const value = body.padded(length);
      this.#options.push({ code, cursor: () => new Cursor(value, body.littleEndian, position) });
    }
  }

  all(code: number): Uint8Array[] {
    return this.#with(code).map((cursor) => cursor.rest());
  }

  value(code: number): Uint8Array | undefined {
    return this.all(code)[0];
  }

  cursor(code: number): Cursor | undefined {
    return this.#with(code)[0];
  }

  u64(code: number): bigint | undefined {
    return this.cursor(code)?.u64();
  }

  text(code: number): string | undefined {
    return this.cursor(code)?.text();
  }

  comments(): string[] {
    return this.#with(OPT_COMMENT).map((cursor) => cursor.text());
  }

  custom(): ReadCustomOption[] {
    return this.#options
      .filter(({ code }) => OPT_CUSTOM.includes(code))
      .map(({ code, cursor }) => {
        const value = cursor();
        const pen = value.u32();
        return { code, pen, value: OPT_CUSTOM_TEXT.includes(code) ? value.text() : value.rest() };
      });
  }

  #with(code: number): Cursor[] {
    return this.#options.filter((option) => option.code === code).map(({ cursor }) => cursor());
  }
}

/** Reads forward through a part of the file and never beyond it. */
class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly littleEndian: boolean;
  readonly #filePosition: number;
  #at = 0;

  constructor(bytes: Uint8Array, littleEndian: boolean, filePosition: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.littleEndian = littleEndian;
    this.#filePosition = filePosition;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** Where in the file the next byte is. */
  get position(): number {
    return this.#filePosition + this.#at;
  }

  bytes(length: number): Uint8Array {
    demand(length <= this.left, this.position, `${length} bytes where ${this.left} are left`);
    const bytes = this.#bytes.slice(this.#at, this.#at + length);
    this.#at += length;
    return bytes;
  }

  /** Bytes that are padded with zeroes to 32 bits. */
  padded(length: number): Uint8Array {
    const bytes = this.bytes(length);
    const padding = this.bytes((4 - (length % 4)) % 4);
    demand(!padding.some((octet) => octet !== 0), this.position, 'padding is not zero');
    return bytes;
  }

  rest(): Uint8Array {
    return this.bytes(this.left);
  }

  text(): string {
    const text = utf8(this.rest(), this.position);
    demand(!text.includes('\0'), this.position, 'zero octet in a string');
    return text;
  }

  u16(): number {
    return this.#number(2, (at) => this.#view.getUint16(at, this.littleEndian));
  }

  u32(): number {
    return this.#number(4, (at) => this.#view.getUint32(at, this.littleEndian));
  }

  u64(): bigint {
    return this.#number(8, (at) => this.#view.getBigUint64(at, this.littleEndian));
  }

  /** Upper 32 bits, then lower 32 bits. */
  timestamp(): bigint {
    const upper = BigInt(this.u32());
    return (upper << 32n) | BigInt(this.u32());
  }

  #number<T>(size: number, read: (at: number) => T): T {
    demand(size <= this.left, this.position, `number of ${size} bytes where ${this.left} are left`);
    const value = read(this.#at);
    this.#at += size;
    return value;
  }
}

function utf8(bytes: Uint8Array, position: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`pcapng at ${position}: not valid UTF-8`, { cause });
  }
}

function demand(condition: boolean, position: number, problem: string): asserts condition {
  if (!condition) fail(position, problem);
}

function fail(position: number, problem: string): never {
  throw new Error(`pcapng at ${position}: ${problem}`);
}
