import { padded } from './chunk.js';
import { encodeText } from './text.js';

/** The longest Option Value: Option Length is an unsigned 16-bit integer. */
export const MAX_OPTION_LENGTH = 0xffff;

/** Option Type and Option Length, 16 bits each. */
export const OPTION_HEADER = 4;

/** opt_comment: "human-readable comment text that is associated to the current block". */
export const OPT_COMMENT = 1;

/** opt_custom: UTF-8 or octets, to be copied by programs that rewrite the file or not. */
const OPT_CUSTOM = { text: 2988, octets: 2989, textNoCopy: 19372, octetsNoCopy: 19373 } as const;

/** Bytes of a Private Enterprise Number. */
const PEN_LENGTH = 4;

/** A Custom Option: "portable, vendor-specific data related to the block they're in". */
export interface CustomOption {
  /** Private Enterprise Number of who defined the option, assigned by IANA; 32 bits unsigned. */
  readonly pen: number;
  /** A string is written as 2988 or 19372, octets (at most 65,531) as 2989 or 19373. */
  readonly value: string | Uint8Array;
  /** Whether programs that rewrite the file may copy the option (2988, 2989) or should not (19372, 19373). */
  readonly copyable: boolean;
}

/** Options that any block can have. */
export interface CommonOptions {
  /** opt_comment, one option each. */
  readonly comments?: readonly string[];
  /** opt_custom, one option each. */
  readonly custom?: readonly CustomOption[];
}

/**
 * The options of one block, collected before the block is written so that its size is known. Undefined values are
 * omitted. Packets do not use it: enhanced-packet.ts writes their options without objects.
 */
export class OptionList {
  readonly #options: { code: number; value: Uint8Array }[] = [];
  #size = 0;

  /** Bytes of the list with its opt_endofopt; 0 if there are no options. */
  get size(): number {
    return this.#size === 0 ? 0 : this.#size + OPTION_HEADER;
  }

  /** @throws RangeError where the value is longer than 65,535 bytes */
  bytes(code: number, value: Uint8Array | undefined): void {
    if (value === undefined) return;
    if (value.length > MAX_OPTION_LENGTH) {
      throw new RangeError(`option ${code}: ${value.length} bytes, an option value has at most 65535`);
    }
    this.#options.push({ code, value });
    this.#size += OPTION_HEADER + padded(value.length);
  }

  /** @throws RangeError where the value is not `length` bytes long */
  octets(code: number, value: Uint8Array | undefined, length: number): void {
    if (value !== undefined && value.length !== length) {
      throw new RangeError(`option ${code}: ${value.length} bytes where the format has ${length}`);
    }
    this.bytes(code, value);
  }

  /** A UTF-8 string, truncated to the maximum length of an option. */
  text(code: number, value: string | undefined): void {
    if (value !== undefined) this.bytes(code, encodeText(value, MAX_OPTION_LENGTH));
  }

  /** A 64-bit unsigned integer in the section's byte order. */
  u64(code: number, value: bigint | undefined): void {
    if (value === undefined) return;
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, value, true);
    this.bytes(code, bytes);
  }

  /** A time, "two 32-bit unsigned integers, the first being the upper 32 bits". */
  timestamp(code: number, value: bigint | undefined): void {
    if (value === undefined) return;
    const bytes = new Uint8Array(8);
    setTimestamp(new DataView(bytes.buffer), 0, value);
    this.bytes(code, bytes);
  }

  /**
   * The options that any block can have, after the block's own options. Comments are last, because Scapy 2.5 stops
   * reading options at a comment without a line feed.
   */
  common({ comments = [], custom = [] }: CommonOptions): void {
    for (const { pen, value, copyable } of custom) {
      const isText = typeof value === 'string';
      const data = isText ? encodeText(value, MAX_OPTION_LENGTH - PEN_LENGTH) : value;
      const bytes = new Uint8Array(PEN_LENGTH + data.length);
      new DataView(bytes.buffer).setUint32(0, pen, true);
      bytes.set(data, PEN_LENGTH);
      if (isText) this.bytes(copyable ? OPT_CUSTOM.text : OPT_CUSTOM.textNoCopy, bytes);
      else this.bytes(copyable ? OPT_CUSTOM.octets : OPT_CUSTOM.octetsNoCopy, bytes);
    }
    for (const comment of comments) this.text(OPT_COMMENT, comment);
  }

  /** Writes the list; the {@link size} bytes at `at` must be zero, which provides opt_endofopt and padding. */
  write(bytes: Uint8Array, view: DataView, at: number): void {
    let position = at;
    for (const { code, value } of this.#options) {
      view.setUint16(position, code, true);
      view.setUint16(position + 2, value.length, true);
      bytes.set(value, position + OPTION_HEADER);
      position += OPTION_HEADER + padded(value.length);
    }
  }
}

/** Writes a timestamp: the upper 32 bits, then the lower 32 bits, each in the section's byte order. */
export function setTimestamp(view: DataView, at: number, time: bigint): void {
  view.setUint32(at, Number(BigInt.asUintN(32, time >> 32n)), true);
  view.setUint32(at + 4, Number(BigInt.asUintN(32, time)), true);
}
