// LZX as cabinets hold it. Layout: "Microsoft LZX Data Compression Format" (Cabinet SDK), and [MS-PATCH] 2 without its
// DELTA parts.

/** Expanded size of each CFDATA except the last. */
const FRAME_SIZE = 32_768;
const LITERALS = 256;
/** Position slots by window bits, from 15 on. */
const SLOTS = [30, 32, 34, 36, 38, 42, 50] as const;
const MIN_WINDOW_BITS = 15;
const LENGTH_SYMBOLS = 249;
const ALIGNED_SYMBOLS = 8;
const PRETREE_SYMBOLS = 20;
const MAX_CODE_LENGTH = 16;
const MIN_MATCH = 2;
/** Lengths in a match's main symbol; the last one means that a length symbol follows. */
const PRIMARY_LENGTHS = 7;
/** Main symbols of one position slot: one for each primary length. */
const SLOT_SYMBOLS = 8;
const BlockType = { verbatim: 1, aligned: 2, uncompressed: 3 } as const;
/** Call instructions are translated in frames up to this number, and not in the last bytes of a frame. */
const MAX_TRANSLATED_FRAMES = 32_768;
const UNTRANSLATED_TAIL = 10;
const CALL = 0xe8;

/** The stream is not valid LZX; the message has the offset. */
export class LzxError extends Error {
  override readonly name = 'LzxError';
}

/** Expands the CFDATA blocks of one folder, in order. Memory: the window, at most 2 MiB. */
export class LzxExpander {
  readonly #window: Uint8Array;
  readonly #input = new BitReader();
  readonly #main: PrefixCode;
  readonly #lengths = new PrefixCode(LENGTH_SYMBOLS);
  readonly #aligned = new PrefixCode(ALIGNED_SYMBOLS);
  readonly #pretree = new PrefixCode(PRETREE_SYMBOLS);
  /** The last three offsets, latest first. */
  #r0 = 1;
  #r1 = 1;
  #r2 = 1;
  #position = 0;
  #frames = 0;
  #blockType = 0;
  #blockLength = 0;
  #blockLeft = 0;
  /** Size that call targets are counted from; 0 if they are not translated. */
  #translationSize = 0;
  #hasCalls = false;

  /**
   * @param windowBits 15 to 21, from CFFOLDER.typeCompress
   * @throws LzxError
   */
  constructor(windowBits: number) {
    const slots = SLOTS[windowBits - MIN_WINDOW_BITS];
    if (slots === undefined) throw new LzxError(`a window of 2^${windowBits} bytes`);
    this.#window = new Uint8Array(2 ** windowBits);
    this.#main = new PrefixCode(LITERALS + SLOT_SYMBOLS * slots);
  }

  /**
   * Expands one CFDATA.
   *
   * @param size bytes that it expands to, at most 32 KiB
   * @throws LzxError
   */
  expand(data: Uint8Array, size: number): Uint8Array {
    if (size > FRAME_SIZE) throw new LzxError(`a block of ${size} bytes`);
    this.#input.append(data);
    if (this.#frames === 0 && this.#input.bits(1) === 1) {
      this.#translationSize = ((this.#input.bits(16) << 16) | this.#input.bits(16)) >>> 0;
    }
    const start = this.#position;
    const end = start + size;
    while (this.#position < end) {
      if (this.#blockLeft === 0) this.#startBlock();
      const before = this.#position;
      const until = Math.min(end, before + this.#blockLeft);
      if (this.#blockType === BlockType.uncompressed) this.#copy(until);
      else this.#decode(until);
      this.#blockLeft -= this.#position - before;
    }
    this.#input.align();
    const frame = this.#take(start, size);
    if (this.#translationSize !== 0 && this.#hasCalls && this.#frames < MAX_TRANSLATED_FRAMES) {
      translateCalls(frame, start, this.#translationSize);
    }
    this.#frames += 1;
    return frame;
  }

  #startBlock(): void {
    const input = this.#input;
    if (this.#blockType === BlockType.uncompressed && this.#blockLength % 2 === 1) input.byte();
    this.#blockType = input.bits(3);
    this.#blockLength = (input.bits(16) << 8) | input.bits(8);
    this.#blockLeft = this.#blockLength;
    if (this.#blockLength === 0) throw new LzxError('an empty block');
    switch (this.#blockType) {
      case BlockType.aligned:
        this.#aligned.readPlainLengths(input, 3);
        this.#readTrees();
        break;
      case BlockType.verbatim:
        this.#readTrees();
        break;
      case BlockType.uncompressed:
        input.toBytes();
        this.#r0 = input.uint32();
        this.#r1 = input.uint32();
        this.#r2 = input.uint32();
        this.#hasCalls = true;
        break;
      default:
        throw new LzxError(`a block of type ${this.#blockType}`);
    }
  }

  #readTrees(): void {
    this.#main.readLengths(this.#input, this.#pretree, 0, LITERALS);
    this.#main.readLengths(this.#input, this.#pretree, LITERALS, this.#main.size);
    this.#main.build();
    if (this.#main.hasSymbol(CALL)) this.#hasCalls = true;
    this.#lengths.readLengths(this.#input, this.#pretree, 0, LENGTH_SYMBOLS);
    this.#lengths.build();
  }

  #copy(until: number): void {
    const window = this.#window;
    const mask = window.length - 1;
    for (; this.#position < until; this.#position++) window[this.#position & mask] = this.#input.byte();
  }

  /** Hot path. */
  #decode(until: number): void {
    const window = this.#window;
    const mask = window.length - 1;
    const input = this.#input;
    let position = this.#position;
    while (position < until) {
      const symbol = this.#main.decode(input);
      if (symbol < LITERALS) {
        window[position & mask] = symbol;
        position += 1;
        continue;
      }
      const primary = (symbol - LITERALS) & PRIMARY_LENGTHS;
      const length = MIN_MATCH + primary + (primary === PRIMARY_LENGTHS ? this.#lengths.decode(input) : 0);
      const offset = this.#offset((symbol - LITERALS) >> 3);
      if (offset > position || offset > window.length)
        throw new LzxError(`an offset of ${offset} at ${position}`);
      if (position + length > until) throw new LzxError(`a match over the end of its block at ${position}`);
      for (let n = 0; n < length; n++, position++) {
        window[position & mask] = window[(position - offset) & mask] ?? 0;
      }
    }
    this.#position = position;
  }

  #offset(slot: number): number {
    let offset: number;
    switch (slot) {
      case 0:
        return this.#r0;
      case 1:
        offset = this.#r1;
        this.#r1 = this.#r0;
        break;
      case 2:
        offset = this.#r2;
        this.#r2 = this.#r0;
        break;
      default: {
        const extra = extraBits(slot);
        const aligned = this.#blockType === BlockType.aligned && extra >= 3;
        offset = positionBase(slot) - 2;
        if (aligned) offset += this.#input.bits(extra - 3) * 8 + this.#aligned.decode(this.#input);
        else offset += this.#input.bits(extra);
        this.#r2 = this.#r1;
        this.#r1 = this.#r0;
      }
    }
    this.#r0 = offset;
    return offset;
  }

  /** A copy: the window keeps the bytes from before call targets were translated. */
  #take(start: number, size: number): Uint8Array {
    const from = start & (this.#window.length - 1);
    const first = this.#window.subarray(from, from + size);
    const frame = new Uint8Array(size);
    frame.set(first);
    frame.set(this.#window.subarray(0, size - first.length), first.length);
    return frame;
  }
}

/** Extra bits of a position slot. */
const extraBits = (slot: number): number => (slot < 4 ? 0 : Math.min(17, (slot >> 1) - 1));

/** The first formatted offset of a position slot: from 2^18 on, steps of 2^17. */
function positionBase(slot: number): number {
  if (slot < 4) return slot;
  const lastDoubling = 36;
  if (slot >= lastDoubling) return 2 ** 18 + (slot - lastDoubling) * 2 ** 17;
  return (2 + (slot & 1)) * 2 ** ((slot >> 1) - 1);
}

/** Call targets were made absolute so that they repeat: back to relative ones. */
function translateCalls(frame: Uint8Array, start: number, size: number): void {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  for (let at = 0; at < frame.length - UNTRANSLATED_TAIL; at++) {
    if (frame[at] !== CALL) continue;
    const target = view.getInt32(at + 1, true);
    const position = start + at;
    if (target >= -position && target < size) {
      view.setInt32(at + 1, target >= 0 ? target - position : target + size, true);
    }
    at += 4;
  }
}

/** Bits from 16-bit words, little-endian, highest bit first; and bytes. */
class BitReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #word = 0;
  #left = 0;

  /** Appends input after the unread rest. */
  append(data: Uint8Array): void {
    const rest = this.#bytes.subarray(this.#at);
    const joined = new Uint8Array(rest.length + data.length);
    joined.set(rest);
    joined.set(data, rest.length);
    this.#bytes = joined;
    this.#at = 0;
  }

  /** Hot path. */
  bit(): number {
    if (this.#left === 0) {
      this.#word = this.byte() | (this.byte() << 8);
      this.#left = 16;
    }
    this.#left -= 1;
    return (this.#word >> this.#left) & 1;
  }

  /** @param count 0 to 17 */
  bits(count: number): number {
    let value = 0;
    for (let n = 0; n < count; n++) value = (value << 1) | this.bit();
    return value;
  }

  /** Skips the rest of the word. */
  align(): void {
    this.#left = 0;
  }

  /** To the bytes of an uncompressed block: skips 1 to 16 bits, not 0 to 15. */
  toBytes(): void {
    if (this.#left === 0) this.bits(16);
    this.align();
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new LzxError('the data ends early');
    this.#at += 1;
    return byte;
  }

  uint32(): number {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
  }
}

/** A canonical prefix code: shorter codes first, those of one length in the order of their symbols. */
class PrefixCode {
  readonly #lengths: Uint8Array;
  readonly #counts = new Uint16Array(MAX_CODE_LENGTH + 1);
  readonly #symbols: Uint16Array;

  constructor(readonly size: number) {
    this.#lengths = new Uint8Array(size);
    this.#symbols = new Uint16Array(size);
  }

  hasSymbol(symbol: number): boolean {
    return this.#lengths[symbol] !== 0;
  }

  /** Reads lengths of this many bits each, and builds the code. */
  readPlainLengths(input: BitReader, bits: number): void {
    for (let symbol = 0; symbol < this.size; symbol++) this.#lengths[symbol] = input.bits(bits);
    this.build();
  }

  /** Reads lengths from `from` to before `to`, as differences to those of the previous block, in a separate code. */
  readLengths(input: BitReader, pretree: PrefixCode, from: number, to: number): void {
    pretree.readPlainLengths(input, 4);
    let symbol = from;
    const run = (count: number, length: (old: number) => number): void => {
      if (symbol + count > to) throw new LzxError('code lengths beyond their table');
      for (let n = 0; n < count; n++, symbol++) this.#lengths[symbol] = length(this.#lengths[symbol] ?? 0);
    };
    const changed = (old: number, difference: number): number => (old - difference + 17) % 17;
    while (symbol < to) {
      const code = pretree.decode(input);
      if (code === 17) {
        run(4 + input.bits(4), () => 0);
      } else if (code === 18) {
        run(20 + input.bits(5), () => 0);
      } else if (code === 19) {
        const count = 4 + input.bits(1);
        const difference = pretree.decode(input);
        if (difference > 16) throw new LzxError('a run of runs');
        // One length for all of them: the difference counts from the first one's.
        const length = changed(this.#lengths[symbol] ?? 0, difference);
        run(count, () => length);
      } else {
        run(1, (old) => changed(old, code));
      }
    }
  }

  /** @throws LzxError if there are more codes than bits can distinguish */
  build(): void {
    this.#counts.fill(0);
    for (const length of this.#lengths)
      if (length > 0) this.#counts[length] = (this.#counts[length] ?? 0) + 1;
    const next = new Uint16Array(MAX_CODE_LENGTH + 2);
    let room = 1;
    for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
      const count = this.#counts[length] ?? 0;
      room = room * 2 - count;
      if (room < 0) throw new LzxError('more codes than their lengths allow');
      next[length + 1] = (next[length] ?? 0) + count;
    }
    for (const [symbol, length] of this.#lengths.entries()) {
      if (length === 0) continue;
      const at = next[length] ?? 0;
      this.#symbols[at] = symbol;
      next[length] = at + 1;
    }
  }

  /** Hot path. */
  decode(input: BitReader): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
      code |= input.bit();
      const count = this.#counts[length] ?? 0;
      if (code - first < count) return this.#symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new LzxError('an unassigned code');
  }
}
