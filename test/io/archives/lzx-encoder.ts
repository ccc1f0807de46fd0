/** LZX as the Cabinet SDK describes it, plain and slow: what the reader in src is tested with. */

const FRAME_SIZE = 32_768;
const MAIN_LITERALS = 256;
const SLOTS: Readonly<Record<number, number>> = { 15: 30, 16: 32, 17: 34, 18: 36, 19: 38, 20: 42, 21: 50 };

export type LzxBlockKind = 'verbatim' | 'aligned' | 'uncompressed';

export interface LzxOptions {
  readonly windowBits: number;
  /** Kinds and lengths of blocks, repeatedly. */
  readonly blocks: readonly (readonly [kind: LzxBlockKind, length: number])[];
  /** Call targets made absolute, with this size. */
  readonly translationSize?: number;
}

/** A literal, or a match: length 2 to 257, the formatted offset (0 to 2: a repeated one), the bits behind its slot. */
type Token =
  | { readonly literal: number }
  | { readonly length: number; readonly slot: number; readonly extra: number; readonly extraBits: number };

/** The content of the CFDATA blocks of a folder. */
export function lzxFrames(plain: Uint8Array, options: LzxOptions): Buffer[] {
  const data =
    options.translationSize === undefined ? plain : withAbsoluteCalls(plain, options.translationSize);
  const encoder = new Encoder(data, options);
  return encoder.frames();
}

class Encoder {
  readonly #data: Uint8Array;
  readonly #options: LzxOptions;
  readonly #out = new BitWriter();
  readonly #mainLengths: Uint8Array;
  readonly #lengthLengths = new Uint8Array(249);
  /** Where three bytes stood last. */
  readonly #seen = new Map<number, number>();
  #repeats: [number, number, number] = [1, 1, 1];

  constructor(data: Uint8Array, options: LzxOptions) {
    this.#data = data;
    this.#options = options;
    this.#mainLengths = new Uint8Array(MAIN_LITERALS + 8 * (SLOTS[options.windowBits] ?? 0));
  }

  frames(): Buffer[] {
    const { blocks, translationSize } = this.#options;
    const frames: Buffer[] = [];
    this.#out.bits(translationSize === undefined ? 0 : 1, 1);
    if (translationSize !== undefined) {
      this.#out.bits(translationSize >>> 16, 16);
      this.#out.bits(translationSize & 0xffff, 16);
    }
    let at = 0;
    for (let n = 0; at < this.#data.length; n++) {
      const [kind, length] = blocks[n % blocks.length] ?? ['verbatim', FRAME_SIZE];
      const end = Math.min(this.#data.length, at + length);
      this.#out.bits({ verbatim: 1, aligned: 2, uncompressed: 3 }[kind], 3);
      this.#out.bits((end - at) >> 8, 16);
      this.#out.bits((end - at) & 0xff, 8);
      // Where frames end inside the block, the bits start on a new word.
      if (kind === 'uncompressed') {
        this.#out.endBits();
        for (const repeat of this.#repeats) this.#out.uint32(repeat);
        for (let from = at; from < end; from = nextFrame(from, end)) {
          this.#out.raw(this.#data.subarray(from, nextFrame(from, end)));
          if (nextFrame(from, end) % FRAME_SIZE === 0 && nextFrame(from, end) < end)
            frames.push(this.#out.take());
        }
        if ((end - at) % 2 === 1) this.#out.raw(Uint8Array.of(0));
      } else {
        const parts: Token[][] = [];
        for (let from = at; from < end; from = nextFrame(from, end))
          parts.push(this.#tokens(from, nextFrame(from, end)));
        this.#writeTrees(parts.flat(), kind);
        for (const [part, tokens] of parts.entries()) {
          if (part > 0) {
            this.#out.align();
            frames.push(this.#out.take());
          }
          this.#writeTokens(tokens, kind);
        }
      }
      at = end;
      if (at % FRAME_SIZE === 0 || at === this.#data.length) {
        this.#out.align();
        frames.push(this.#out.take());
      }
    }
    return frames;
  }

  #tokens(from: number, to: number): Token[] {
    const data = this.#data;
    const tokens: Token[] = [];
    const window = 2 ** this.#options.windowBits - 3;
    for (let at = from; at < to; ) {
      const key = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
      const before = this.#seen.get(key);
      let length = 0;
      if (before !== undefined && at - before <= window) {
        while (length < 257 && at + length < to && data[before + length] === data[at + length]) length += 1;
      }
      if (before === undefined || length < 3) {
        tokens.push({ literal: data[at] ?? 0 });
        length = 1;
      } else {
        tokens.push(this.#match(length, at - before));
      }
      this.#seen.set(key, at);
      at += length;
    }
    return tokens;
  }

  #match(length: number, offset: number): Token {
    const [r0, r1, r2] = this.#repeats;
    const repeat = this.#repeats.indexOf(offset);
    if (repeat === 1) this.#repeats = [r1, r0, r2];
    else if (repeat === 2) this.#repeats = [r2, r1, r0];
    else if (repeat < 0) this.#repeats = [offset, r0, r1];
    if (repeat >= 0) return { length, slot: repeat, extra: 0, extraBits: 0 };
    const formatted = offset + 2;
    // Slots from the table of the specification: 3 alone, then two of each size, from 36 on all of 2^17.
    let slot = 3;
    let base = 3;
    for (;;) {
      const bits = slot < 4 ? 0 : Math.min(17, Math.floor(slot / 2) - 1);
      if (formatted < base + 2 ** bits) return { length, slot, extra: formatted - base, extraBits: bits };
      base += 2 ** bits;
      slot += 1;
    }
  }

  #writeTrees(tokens: readonly Token[], kind: LzxBlockKind): void {
    const main = new Set<number>();
    const lengths = new Set<number>();
    for (const token of tokens) {
      main.add(mainSymbol(token));
      if ('length' in token && token.length >= 9) lengths.add(token.length - 9);
    }
    // Eight codes of three bits.
    if (kind === 'aligned') for (let n = 0; n < 8; n++) this.#out.bits(3, 3);
    const newMain = evenLengths(main, this.#mainLengths.length);
    this.#writeLengths(this.#mainLengths, newMain, 0, MAIN_LITERALS);
    this.#writeLengths(this.#mainLengths, newMain, MAIN_LITERALS, newMain.length);
    this.#writeLengths(this.#lengthLengths, evenLengths(lengths, 249), 0, 249);
  }

  /** Differences to the lengths before, runs of zeros as 17 and 18, runs of one length as 19. */
  #writeLengths(old: Uint8Array, fresh: Uint8Array, from: number, to: number): void {
    const pretree = new Uint8Array(20).fill(5).fill(4, 0, 12);
    for (const length of pretree) this.#out.bits(length, 4);
    const codes = canonicalCodes(pretree);
    const say = (symbol: number): void => this.#out.bits(codes[symbol] ?? 0, pretree[symbol] ?? 0);
    for (let at = from; at < to; ) {
      const value = fresh[at] ?? 0;
      let run = 1;
      while (at + run < to && fresh[at + run] === value) run += 1;
      const difference = ((old[at] ?? 0) - value + 17) % 17;
      let count = 1;
      if (value === 0 && run >= 20) {
        count = Math.min(run, 51);
        say(18);
        this.#out.bits(count - 20, 5);
      } else if (value === 0 && run >= 4) {
        count = Math.min(run, 19);
        say(17);
        this.#out.bits(count - 4, 4);
      } else if (run >= 4) {
        count = Math.min(run, 5);
        say(19);
        this.#out.bits(count - 4, 1);
        say(difference);
      } else {
        say(difference);
      }
      for (let n = 0; n < count; n++) old[at + n] = value;
      at += count;
    }
  }

  #writeTokens(tokens: readonly Token[], kind: LzxBlockKind): void {
    const main = canonicalCodes(this.#mainLengths);
    const lengths = canonicalCodes(this.#lengthLengths);
    for (const token of tokens) {
      const symbol = mainSymbol(token);
      this.#out.bits(main[symbol] ?? 0, this.#mainLengths[symbol] ?? 0);
      if ('literal' in token) continue;
      const { extra, extraBits, length } = token;
      if (length >= 9) this.#out.bits(lengths[length - 9] ?? 0, this.#lengthLengths[length - 9] ?? 0);
      if (kind === 'aligned' && extraBits >= 3) {
        this.#out.bits(extra >> 3, extraBits - 3);
        this.#out.bits(extra & 7, 3);
      } else {
        this.#out.bits(extra, extraBits);
      }
    }
  }
}

const nextFrame = (at: number, end: number): number =>
  Math.min(end, (Math.floor(at / FRAME_SIZE) + 1) * FRAME_SIZE);

function mainSymbol(token: Token): number {
  if ('literal' in token) return token.literal;
  return MAIN_LITERALS + token.slot * 8 + Math.min(7, token.length - 2);
}

/** A complete code over the symbols in use: all as long as each other, or one bit shorter. */
function evenLengths(used: ReadonlySet<number>, size: number): Uint8Array {
  const lengths = new Uint8Array(size);
  const symbols = [...used].sort((a, b) => a - b);
  if (symbols.length === 1) symbols.push(symbols[0] === 0 ? 1 : 0);
  const bits = Math.ceil(Math.log2(symbols.length));
  const short = 2 ** bits - symbols.length;
  for (const [at, symbol] of symbols.entries()) lengths[symbol] = at < short ? bits - 1 : bits;
  return lengths;
}

/** RFC 1951, 3.2.2: the same rule. */
function canonicalCodes(lengths: Uint8Array): number[] {
  const codes: number[] = [];
  let code = 0;
  for (let length = 1; length <= 16; length++) {
    code <<= 1;
    for (const [symbol, each] of lengths.entries()) if (each === length) codes[symbol] = code++;
  }
  return codes;
}

/** Relative call targets made absolute, frame by frame. */
function withAbsoluteCalls(plain: Uint8Array, size: number): Uint8Array {
  const data = Uint8Array.from(plain);
  const view = new DataView(data.buffer);
  for (let frame = 0; frame < data.length; frame += FRAME_SIZE) {
    const end = Math.min(data.length, frame + FRAME_SIZE) - 10;
    for (let at = frame; at < end; at++) {
      if (data[at] !== 0xe8) continue;
      const relative = view.getInt32(at + 1, true);
      if (relative >= -at && relative < size - at) view.setInt32(at + 1, relative + at, true);
      else if (relative >= size - at && relative < size) view.setInt32(at + 1, relative - size, true);
      at += 4;
    }
  }
  return data;
}

/** 16-bit words, little-endian, filled from their highest bit. */
class BitWriter {
  #bytes: number[] = [];
  #word = 0;
  #used = 0;

  bits(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.#word = (this.#word << 1) | ((value >> bit) & 1);
      this.#used += 1;
      if (this.#used === 16) this.#flush();
    }
  }

  align(): void {
    while (this.#used > 0) this.bits(0, 1);
  }

  /** Before an uncompressed block: 1 to 16 bits. */
  endBits(): void {
    this.bits(0, 1);
    this.align();
  }

  uint32(value: number): void {
    for (const shift of [0, 8, 16, 24]) this.#bytes.push((value >>> shift) & 0xff);
  }

  raw(bytes: Uint8Array): void {
    for (const byte of bytes) this.#bytes.push(byte);
  }

  take(): Buffer {
    const taken = Buffer.from(this.#bytes);
    this.#bytes = [];
    return taken;
  }

  #flush(): void {
    this.#bytes.push(this.#word & 0xff, this.#word >> 8);
    this.#word = 0;
    this.#used = 0;
  }
}
