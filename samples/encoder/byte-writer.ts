const LATIN1_LIMIT = 0x100;

/** Writes little-endian fields one after the other into a buffer that grows. */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  /** Bytes written so far. */
  length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  #reserve(count: number): number {
    const at = this.length;
    const end = at + count;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, at));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.length = end;
    return at;
  }

  u8(value: number): this {
    const at = this.#reserve(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#reserve(2);
    this.#view.setUint16(at, value, true);
    return this;
  }

  u32(value: number): this {
    const at = this.#reserve(4);
    this.#view.setUint32(at, value, true);
    return this;
  }

  u64(value: bigint): this {
    const at = this.#reserve(8);
    this.#view.setBigUint64(at, BigInt.asUintN(64, value), true);
    return this;
  }

  f32(value: number): this {
    const at = this.#reserve(4);
    this.#view.setFloat32(at, value, true);
    return this;
  }

  f64(value: number): this {
    const at = this.#reserve(8);
    this.#view.setFloat64(at, value, true);
    return this;
  }

  /** A pointer or size_t of the trace's width; the upper half of a 64-bit value is cut in a 32-bit trace. */
  pointer(value: bigint, pointerSize: 4 | 8): this {
    return pointerSize === 8 ? this.u64(value) : this.u32(Number(BigInt.asUintN(32, value)));
  }

  bytes(value: Uint8Array): this {
    const at = this.#reserve(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  zeros(count: number): this {
    const at = this.#reserve(count);
    this.#bytes.fill(0, at, at + count);
    return this;
  }

  /** Zeros up to the next multiple of `alignment`. */
  align(alignment: number): this {
    return this.zeros((alignment - (this.length % alignment)) % alignment);
  }

  /** UTF-16LE without terminator. */
  utf16(text: string): this {
    const at = this.#reserve(text.length * 2);
    for (let index = 0; index < text.length; index++) {
      this.#view.setUint16(at + index * 2, text.charCodeAt(index), true);
    }
    return this;
  }

  /** UTF-16LE with its NUL. */
  utf16z(text: string): this {
    return this.utf16(text).u16(0);
  }

  /**
   * UTF-16LE in a field of fixed size, filled up with NULs.
   *
   * @param units size of the field in 16-bit units
   * @throws RangeError if text and NUL do not fit
   */
  utf16Fixed(text: string, units: number): this {
    if (text.length >= units) throw new RangeError(`"${text}" does not fit into ${units} units`);
    return this.utf16(text).zeros((units - text.length) * 2);
  }

  /**
   * One byte per character, without terminator.
   *
   * @throws RangeError for a character above U+00FF
   */
  ansi(text: string): this {
    const at = this.#reserve(text.length);
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit >= LATIN1_LIMIT) throw new RangeError(`"${text}" is not Latin-1`);
      this.#view.setUint8(at + index, unit);
    }
    return this;
  }

  ansiz(text: string): this {
    return this.ansi(text).u8(0);
  }

  utf8z(text: string): this {
    return this.bytes(new TextEncoder().encode(text)).u8(0);
  }

  /** A GUID in the order of Windows' structure: the first three groups little-endian. */
  guid(text: string): this {
    return this.bytes(guidBytes(text));
  }

  setU16(at: number, value: number): this {
    this.#view.setUint16(at, value, true);
    return this;
  }

  setU32(at: number, value: number): this {
    this.#view.setUint32(at, value, true);
    return this;
  }

  /** A copy of the written bytes. */
  take(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }
}

const GUID_PATTERN = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i;
const GUID_GROUPS = [4, 2, 2];

/**
 * A GUID as Windows lays it out in memory.
 *
 * @throws RangeError if the text is not a GUID
 */
export function guidBytes(text: string): Uint8Array {
  const groups = GUID_PATTERN.exec(text);
  if (groups === null) throw new RangeError(`"${text}" is not a GUID`);
  const digits = groups.slice(1).join('');
  const bytes = hexBytes(digits);
  let at = 0;
  for (const size of GUID_GROUPS) {
    bytes.subarray(at, at + size).reverse();
    at += size;
  }
  return bytes;
}

/** Bytes from hexadecimal digits; spaces, colons and line breaks between them are ignored. */
export function hexBytes(text: string): Uint8Array {
  const digits = text.replace(/[\s:]/g, '');
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits))
    throw new RangeError(`"${text}" is not hexadecimal`);
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

/** Several pieces as one. */
export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
