import { isHiddenUnit } from '../etw/index.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DELETE = 0x7f;
const LOWER_DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const UPPER_DIGITS = Uint8Array.from('0123456789ABCDEF', (digit) => digit.charCodeAt(0));

/** The bytes of a GUID in the order of its text (guiddef.h: u32, u16, u16 little-endian, eight bytes); -1: a hyphen. */
const GUID_ORDER = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15] as const;

/** The character after the backslash of a short escape; 0: `\u00XX` (RFC 8259 section 7, as in JSON.stringify). */
const SHORT_ESCAPES = (() => {
  const table = new Uint8Array(0x20);
  for (const [code, letter] of [
    [0x08, 'b'],
    [0x09, 't'],
    [0x0a, 'n'],
    [0x0c, 'f'],
    [0x0d, 'r'],
  ] as const) {
    table[code] = letter.charCodeAt(0);
  }
  return table;
})();

const TWO_32 = 4_294_967_296;
/** Upper halves below this make numbers that a double holds exactly. */
const EXACT_HIGH = 0x20_0000;

/** JSON text as UTF-8, appended piece by piece. Hot path: everything in it writes straight into the bytes. */
export class JsonBytes {
  bytes: Uint8Array;
  length = 0;
  readonly #size: number;
  readonly #encoder = new TextEncoder();

  /** @param size bytes to reserve at a time */
  constructor(size: number) {
    this.#size = size;
    this.bytes = new Uint8Array(size);
  }

  /** Returns the bytes, which the caller then owns; continues in a new buffer. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, this.length);
    this.bytes = new Uint8Array(this.#size);
    this.length = 0;
    return taken;
  }

  /** Reserves `count` more bytes. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  /** Appends text unchanged. */
  text(text: string): void {
    this.reserve(text.length * 3);
    this.length += this.#encoder.encodeInto(text, this.bytes.subarray(this.length)).written;
  }

  /** Appends ASCII text unchanged. */
  ascii(text: string): void {
    this.reserve(text.length);
    const { bytes } = this;
    let at = this.length;
    for (let n = 0; n < text.length; n++) bytes[at++] = text.charCodeAt(n);
    this.length = at;
  }

  raw(piece: Uint8Array): void {
    this.reserve(piece.length);
    const { bytes } = this;
    let at = this.length;
    // Short pieces: a loop is faster than a call of set.
    for (let n = 0; n < piece.length; n++) bytes[at++] = piece[n] ?? 0;
    this.length = at;
  }

  /** A whole number, 0 to 2^53 - 1. */
  decimal(value: number): void {
    this.reserve(17);
    let digits = 1;
    for (let limit = 10; limit <= value; limit *= 10) digits += 1;
    this.digits(value, digits);
  }

  /** The last `count` decimal digits of a whole number; the bytes must have been reserved. */
  digits(value: number, count: number): void {
    const { bytes } = this;
    let rest = value;
    for (let at = this.length + count - 1; at >= this.length; at--) {
      const next = Math.floor(rest / 10);
      bytes[at] = 0x30 + (rest - next * 10);
      rest = next;
    }
    this.length += count;
  }

  /** 64 bits unsigned, decimal. */
  decimal64(high: number, low: number): void {
    if (high < EXACT_HIGH) this.decimal(high * TWO_32 + low);
    else this.ascii(((BigInt(high) << 32n) | BigInt(low)).toString());
  }

  /** `0x` and the hexadecimal digits of 64 bits, at least `least` of them. */
  hex(high: number, low: number, least: number, upper: boolean): void {
    this.reserve(18);
    const table = upper ? UPPER_DIGITS : LOWER_DIGITS;
    const { bytes } = this;
    bytes[this.length++] = 0x30;
    bytes[this.length++] = 0x78;
    const used = high !== 0 ? 16 - (Math.clz32(high) >> 2) : 8 - (Math.clz32(low) >> 2);
    for (let digit = Math.max(used, least) - 1; digit >= 0; digit--) {
      const half = digit >= 8 ? high : low;
      bytes[this.length++] = table[(half >>> (4 * (digit & 7))) & 0xf] ?? 0;
    }
  }

  /** A GUID in its 36 characters. */
  guid(from: Uint8Array, start: number): void {
    this.reserve(36);
    const { bytes } = this;
    let at = this.length;
    for (const place of GUID_ORDER) {
      if (place < 0) {
        bytes[at++] = 0x2d;
        continue;
      }
      const byte = from[start + place] ?? 0;
      bytes[at++] = LOWER_DIGITS[byte >> 4] ?? 0;
      bytes[at++] = LOWER_DIGITS[byte & 0xf] ?? 0;
    }
    this.length = at;
  }

  /**
   * The inside of a JSON string from UTF-16.
   *
   * @returns false, with part of it written, if the text has surrogates (pairs, or lone ones that need escapes) or
   *   hidden characters that need escapes
   */
  utf16(from: Uint8Array, start: number, units: number): boolean {
    this.reserve(units * 6);
    const { bytes } = this;
    const end = start + units * 2;
    let to = this.length;
    for (let at = start; at < end; at += 2) {
      const unit = (from[at] ?? 0) | ((from[at + 1] ?? 0) << 8);
      if (unit < 0x80) {
        if (unit >= 0x20 && unit !== QUOTE && unit !== BACKSLASH && unit !== DELETE) bytes[to++] = unit;
        else if (unit === DELETE) return false;
        else to = this.#escape(to, unit);
      } else if (isHiddenUnit(unit)) {
        return false;
      } else if (unit < 0x800) {
        bytes[to++] = 0xc0 | (unit >> 6);
        bytes[to++] = 0x80 | (unit & 0x3f);
      } else {
        if (unit >= 0xd800 && unit < 0xe000) return false;
        bytes[to++] = 0xe0 | (unit >> 12);
        bytes[to++] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[to++] = 0x80 | (unit & 0x3f);
      }
    }
    this.length = to;
    return true;
  }

  /**
   * The inside of a JSON string from ASCII.
   *
   * @returns false, with part of it written, if it is not ASCII, or has a DEL
   */
  asciiBytes(from: Uint8Array, start: number, count: number): boolean {
    this.reserve(count * 6);
    const { bytes } = this;
    let to = this.length;
    for (let at = start; at < start + count; at++) {
      const code = from[at] ?? 0;
      if (code >= DELETE) return false;
      if (code >= 0x20 && code !== QUOTE && code !== BACKSLASH) bytes[to++] = code;
      else to = this.#escape(to, code);
    }
    this.length = to;
    return true;
  }

  #escape(to: number, code: number): number {
    const { bytes } = this;
    let at = to;
    bytes[at++] = BACKSLASH;
    const letter = code < 0x20 ? SHORT_ESCAPES[code] : code;
    if (letter) {
      bytes[at++] = letter;
      return at;
    }
    for (const digit of [0x75, 0x30, 0x30, LOWER_DIGITS[code >> 4] ?? 0, LOWER_DIGITS[code & 0xf] ?? 0]) {
      bytes[at++] = digit;
    }
    return at;
  }
}
