/**
 * Plain LZ77 as in [MS-XCA] 2.4: a 32-bit word of flags (first item in the highest bit), then the 32 items it describes:
 * a literal byte (0) or a match (1).
 */

/** How far back a match can reach: 13 bits, plus one. */
const WINDOW = 8192;
const MINIMUM_MATCH = 3;
/** Bits of a match word that hold the length. */
const LENGTH_BITS = 3;
const LENGTH_IN_WORD = 7;
const LENGTH_IN_NIBBLE = 15;
const LENGTH_IN_BYTE = 255;
const LENGTH_IN_U16 = 0x1_0000;

const HASH_BITS = 14;
/** Candidates tried for each position: enough for traces, whose repetitions are close. */
const CHAIN_LIMIT = 24;
/** A match this long is used without trying further candidates. */
const LONG_ENOUGH = 256;

/** `matches`: real compression; `literals`: every byte as a literal, which is valid and grows by 1/8. */
export type CompressionMode = 'matches' | 'literals';

class FlaggedWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;
  #flags = 0;
  #flagCount = 0;
  #flagsAt = 0;
  /** Where a length byte has its upper half free, -1 if nowhere. */
  #nibbleAt = -1;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
    this.#length = 4;
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(this.#bytes.length * 2 + count);
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  #flag(bit: number): void {
    this.#flags = (this.#flags << 1) | bit;
    this.#flagCount++;
    if (this.#flagCount < 32) return;
    this.#view.setInt32(this.#flagsAt, this.#flags, true);
    this.#flags = 0;
    this.#flagCount = 0;
    this.#flagsAt = this.#length;
    this.#length += 4;
  }

  literal(byte: number): void {
    this.#room(8);
    this.#bytes[this.#length++] = byte;
    this.#flag(0);
  }

  match(distance: number, length: number): void {
    this.#room(16);
    let rest = length - MINIMUM_MATCH;
    const inWord = Math.min(rest, LENGTH_IN_WORD);
    this.#view.setUint16(this.#length, ((distance - 1) << LENGTH_BITS) | inWord, true);
    this.#length += 2;
    if (inWord === LENGTH_IN_WORD) {
      const whole = rest;
      rest -= LENGTH_IN_WORD;
      const nibble = Math.min(rest, LENGTH_IN_NIBBLE);
      if (this.#nibbleAt < 0) {
        this.#nibbleAt = this.#length;
        this.#bytes[this.#length++] = nibble;
      } else {
        this.#bytes[this.#nibbleAt] = (this.#bytes[this.#nibbleAt] ?? 0) | (nibble << 4);
        this.#nibbleAt = -1;
      }
      if (nibble === LENGTH_IN_NIBBLE) {
        rest -= LENGTH_IN_NIBBLE;
        if (rest < LENGTH_IN_BYTE) {
          this.#bytes[this.#length++] = rest;
        } else {
          this.#bytes[this.#length++] = LENGTH_IN_BYTE;
          if (whole < LENGTH_IN_U16) {
            this.#view.setUint16(this.#length, whole, true);
            this.#length += 2;
          } else {
            this.#view.setUint16(this.#length, 0, true);
            this.#view.setUint32(this.#length + 2, whole, true);
            this.#length += 6;
          }
        }
      }
    }
    this.#flag(1);
  }

  /** The unused flags of the last word are ones, as Windows writes them. */
  finish(): Uint8Array {
    const unused = 32 - this.#flagCount;
    const flags = unused === 32 ? -1 : (this.#flags << unused) | ((1 << unused) - 1);
    this.#room(4);
    this.#view.setInt32(this.#flagsAt, flags, true);
    return this.#bytes.slice(0, this.#length);
  }
}

const hashOf = (bytes: Uint8Array, at: number): number => {
  const value = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  return Math.imul(value, 0x9e37_79b1) >>> (32 - HASH_BITS);
};

const heads = new Int32Array(1 << HASH_BITS);
const previous = new Int32Array(WINDOW);

/** Compresses one buffer's content. An empty input results in only a word of flags. */
export function compressLz77(input: Uint8Array, mode: CompressionMode = 'matches'): Uint8Array {
  const output = new FlaggedWriter(Math.max(64, input.length));
  if (mode === 'literals') {
    for (const byte of input) output.literal(byte);
    return output.finish();
  }
  heads.fill(-1);
  const lastStart = input.length - MINIMUM_MATCH;
  const remember = (at: number): void => {
    const hash = hashOf(input, at);
    previous[at % WINDOW] = heads[hash] ?? -1;
    heads[hash] = at;
  };
  let at = 0;
  while (at < input.length) {
    let bestLength = 0;
    let bestAt = 0;
    if (at <= lastStart) {
      let candidate = heads[hashOf(input, at)] ?? -1;
      for (let tries = 0; candidate >= 0 && at - candidate <= WINDOW && tries < CHAIN_LIMIT; tries++) {
        if (bestLength === 0 || input[candidate + bestLength] === input[at + bestLength]) {
          let length = 0;
          while (at + length < input.length && input[candidate + length] === input[at + length]) length++;
          if (length > bestLength) {
            bestLength = length;
            bestAt = candidate;
            if (length >= LONG_ENOUGH) break;
          }
        }
        const earlier = previous[candidate % WINDOW] ?? -1;
        candidate = earlier < candidate ? earlier : -1;
      }
      remember(at);
    }
    if (bestLength < MINIMUM_MATCH) {
      output.literal(input[at] ?? 0);
      at++;
      continue;
    }
    output.match(at - bestAt, bestLength);
    const end = at + bestLength;
    // Positions inside a very long run add nothing to the chains.
    const rememberUntil = Math.min(end, lastStart + 1, at + LONG_ENOUGH);
    for (let inside = at + 1; inside < rememberUntil; inside++) remember(inside);
    at = end;
  }
  return output.finish();
}
