/** Writes little-endian values one after the other, for test payloads. */
export class ByteWriter {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  u8(value: number): this {
    this.#bytes.push(value & 0xff);
    return this;
  }

  u16(value: number): this {
    return this.u8(value).u8(value >>> 8);
  }

  u32(value: number): this {
    return this.u16(value).u16(value >>> 16);
  }

  u64(value: bigint): this {
    const bits = BigInt.asUintN(64, value);
    return this.u32(Number(bits & 0xffff_ffffn)).u32(Number(bits >> 32n));
  }

  pointer(value: bigint, size: 4 | 8): this {
    return size === 8 ? this.u64(value) : this.u32(Number(value));
  }

  bytes(values: Iterable<number>): this {
    for (const value of values) this.u8(value);
    return this;
  }

  wide(text: string): this {
    for (let at = 0; at < text.length; at++) this.u16(text.charCodeAt(at));
    return this;
  }

  wideSz(text: string): this {
    return this.wide(text).u16(0);
  }

  utf8Sz(text: string): this {
    return this.bytes(new TextEncoder().encode(text)).u8(0);
  }

  /** GUID from its text: Data1 to Data3 little-endian, the rest in order. */
  guid(text: string): this {
    const hex = text.replaceAll('-', '');
    const byte = (at: number): number => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
    for (const at of [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]) this.u8(byte(at));
    return this;
  }

  align(size: number): this {
    while (this.#bytes.length % size !== 0) this.u8(0);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
