/** Fields in network order, one after the other. */
export class WireWriter {
  readonly #parts: number[] = [];

  u8(value: number): this {
    this.#parts.push(value & 0xff);
    return this;
  }

  u16(value: number): this {
    return this.u8(value >>> 8).u8(value);
  }

  u32(value: number): this {
    return this.u16(value >>> 16).u16(value);
  }

  bytes(value: Iterable<number>): this {
    for (const byte of value) this.#parts.push(byte);
    return this;
  }

  zeros(count: number): this {
    for (let index = 0; index < count; index++) this.#parts.push(0);
    return this;
  }

  ascii(text: string): this {
    return this.bytes(new TextEncoder().encode(text));
  }

  take(): Uint8Array {
    return Uint8Array.from(this.#parts);
  }
}

/** `02:15:5d:00:00:01` as six bytes. */
export function mac(text: string): Uint8Array {
  return Uint8Array.from(text.split(/[:-]/), (part) => Number.parseInt(part, 16));
}

/** `172.16.0.10` as four bytes. */
export function ipv4(text: string): Uint8Array {
  return Uint8Array.from(text.split('.'), Number);
}

/** `fd00::10` as sixteen bytes; no embedded IPv4. */
export function ipv6(text: string): Uint8Array {
  const [head = '', tail] = text.split('::');
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const writer = new WireWriter();
  for (const group of before) writer.u16(group);
  writer.zeros(16 - 2 * (before.length + after.length));
  for (const group of after) writer.u16(group);
  return writer.take();
}

export const BROADCAST = mac('ff:ff:ff:ff:ff:ff');
