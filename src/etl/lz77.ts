/** Why a stream could not be expanded to the end. */
export type Lz77Failure =
  /** The stream ends before the promised bytes are there. */
  | 'cut'
  /** A match starts before the first byte, or further back than plain LZ77 can. */
  | 'outside'
  /** A length in its long form that the short form could hold, which MS-XCA forbids. */
  | 'length';

/** A match looks back at most this far: 13 bits of offset plus one (MS-XCA 2.4). */
export const LZ77_WINDOW = 8192;

/** Gives the next part of the compressed stream; an empty one at its end. */
export type CompressedInput = () => Uint8Array;

const EMPTY = new Uint8Array(0);
/** Flags 4, match 2, nibble byte 1, length 1 + 2 + 4: the longest a flag word and its first token can be. */
const LONGEST_TOKEN = 14;
/** What the short forms of a length can hold (7 in the token, 15 in the nibble): a long form holds as much or more. */
const LEAST_LONG_LENGTH = 22;

const viewOf = ({ buffer, byteLength, byteOffset }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/**
 * Expands one plain LZ77 stream a piece at a time ([MS-XCA] 2.4, "Plain LZ77 Decompression Algorithm").
 *
 * The caller keeps the last {@link LZ77_WINDOW} expanded bytes in front of the place where the next piece goes, so that
 * a 16 MiB buffer never has to be in memory whole.
 */
export class Lz77Expander {
  failure: Lz77Failure | undefined;
  readonly #next: CompressedInput;
  #input: Uint8Array = EMPTY;
  #at = 0;
  #inputEnded = false;
  #flags = 0;
  #flagCount = 0;
  /** The unused upper half of a length byte that two matches share; -1 for none. */
  #nibble = -1;
  /** What is left of a match that did not fit into the last piece. */
  #matchOffset = 0;
  #matchLength = 0;
  /** Bytes expanded so far. */
  #produced = 0;

  constructor(input: CompressedInput) {
    this.#next = input;
  }

  /**
   * Hot path. Expands into `out` from `start` up to `end`; `out` before `start` holds what was expanded before.
   *
   * @returns where the expanded bytes end: `end`, or less where the stream failed (see {@link failure}).
   */
  expand(out: Uint8Array, start: number, end: number): number {
    let to = start;
    let input = this.#input;
    let inputView = viewOf(input);
    const outView = viewOf(out);
    let at = this.#at;
    let inputEnd = this.#safeEnd();
    let flags = this.#flags;
    let flagCount = this.#flagCount;
    let nibble = this.#nibble;
    let matchOffset = this.#matchOffset;
    let matchLength = this.#matchLength;
    // A match may reach back to the stream's first byte, not to what stands before it in `out`.
    const streamStart = Math.max(0, start - this.#produced);

    for (;;) {
      if (matchLength > 0) {
        const stop = matchLength < end - to ? to + matchLength : end;
        matchLength -= stop - to;
        if (matchOffset >= 16 && stop - to >= 48 && matchOffset >= stop - to) {
          out.copyWithin(to, to - matchOffset, stop - matchOffset);
          to = stop;
        } else {
          for (let from = to - matchOffset; to < stop; to++, from++) out[to] = out[from] ?? 0;
        }
      }
      if (to === end) break;
      if (at >= inputEnd) {
        this.#at = at;
        this.#refill();
        input = this.#input;
        inputView = viewOf(input);
        at = 0;
        inputEnd = this.#safeEnd();
        if (input.length === 0) {
          this.failure = 'cut';
          break;
        }
      }
      if (flagCount === 0) {
        if (at + 4 > input.length) {
          this.failure = 'cut';
          break;
        }
        flags =
          (input[at] ?? 0) |
          ((input[at + 1] ?? 0) << 8) |
          ((input[at + 2] ?? 0) << 16) |
          ((input[at + 3] ?? 0) << 24);
        at += 4;
        flagCount = 32;
        if (at >= input.length) continue;
      }
      if (flags >= 0) {
        // Literals come in runs: what is encrypted or random does not compress.
        const run = Math.min(Math.clz32(flags), flagCount, end - to, input.length - at);
        const stop = to + run;
        for (; to + 4 <= stop; to += 4, at += 4) outView.setInt32(to, inputView.getInt32(at));
        for (; to < stop; to++, at++) out[to] = input[at] ?? 0;
        flagCount -= run;
        // A shift by 32 would be none.
        flags = run === 32 ? 0 : flags << run;
        continue;
      }
      flagCount -= 1;
      flags <<= 1;
      if (at + 2 > input.length) {
        this.failure = 'cut';
        break;
      }
      const token = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8);
      at += 2;
      matchOffset = (token >> 3) + 1;
      matchLength = token & 7;
      if (matchLength === 7) {
        if (nibble < 0) {
          const shared = input[at++] ?? 0;
          matchLength = shared & 15;
          nibble = shared >> 4;
        } else {
          matchLength = nibble;
          nibble = -1;
        }
        if (matchLength === 15) {
          matchLength = input[at++] ?? 0;
          if (matchLength === 255) {
            matchLength = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8);
            at += 2;
            if (matchLength === 0) {
              matchLength =
                ((input[at] ?? 0) |
                  ((input[at + 1] ?? 0) << 8) |
                  ((input[at + 2] ?? 0) << 16) |
                  ((input[at + 3] ?? 0) << 24)) >>>
                0;
              at += 4;
            }
            if (at <= input.length && matchLength < LEAST_LONG_LENGTH) {
              matchLength = 0;
              this.failure = 'length';
              break;
            }
            matchLength -= LEAST_LONG_LENGTH;
          }
          matchLength += 15;
        }
        matchLength += 7;
      }
      matchLength += 3;
      if (at > input.length) {
        matchLength = 0;
        this.failure = 'cut';
        break;
      }
      if (matchOffset > to - streamStart) {
        matchLength = 0;
        this.failure = 'outside';
        break;
      }
    }
    this.#at = at;
    this.#flags = flags;
    this.#flagCount = flagCount;
    this.#nibble = nibble;
    this.#matchOffset = matchOffset;
    this.#matchLength = matchLength;
    this.#produced += to - start;
    return to;
  }

  /** Up to here a token can be read without looking whether the input ends inside it. */
  #safeEnd(): number {
    return this.#inputEnded ? this.#input.length : this.#input.length - LONGEST_TOKEN;
  }

  /** Drops what was read, and takes on input until a token can be read or the input ends. */
  #refill(): void {
    let input = this.#input.subarray(this.#at);
    while (!this.#inputEnded && input.length <= LONGEST_TOKEN) {
      const more = this.#next();
      this.#inputEnded = more.length === 0;
      const joined = new Uint8Array(input.length + more.length);
      joined.set(input);
      joined.set(more, input.length);
      input = joined;
    }
    this.#input = input;
    this.#at = 0;
  }
}
