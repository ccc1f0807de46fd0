/** Why a stream could not be expanded to the end. */
export type Lz77Failure =
  /** The stream ends before the declared number of bytes. */
  | 'cut'
  /** A match starts before the first byte, or further back than plain LZ77 can. */
  | 'outside'
  /** A length in its long form that the short form could hold, which MS-XCA forbids. */
  | 'length';

/** A match looks back at most this far: 13 bits of offset plus one (MS-XCA 2.4). */
export const LZ77_WINDOW = 8192;

/**
 * Copies the next part of the compressed stream into `into`.
 *
 * @returns the number of bytes; 0 at the stream's end
 */
export type CompressedInput = (into: Uint8Array) => number;

/** Flags 4, match 2, nibble byte 1, length 1 + 2 + 4: the longest a flag word and its first token can be. */
const LONGEST_TOKEN = 14;
/** Bytes that a word can extend beyond the input. */
const WORD_BEHIND = 3;
/** Longer matches are copied by the engine (`copyWithin`), which is faster per byte but costs more per call. */
const LONG_MATCH = 256;
/** Maximum of the short forms of a length (7 in the token, 15 in the nibble): a long form has at least this value. */
const LEAST_LONG_LENGTH = 22;

const viewOf = ({ buffer, byteLength, byteOffset }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/**
 * Expands one plain LZ77 stream block by block ([MS-XCA] 2.4, "Plain LZ77 Decompression Algorithm").
 *
 * The caller keeps the last {@link LZ77_WINDOW} expanded bytes before the output of the next block, so that a 16 MiB
 * buffer is never in memory as a whole.
 */
export class Lz77Expander {
  failure: Lz77Failure | undefined;
  readonly #next: CompressedInput;
  /** The current part of the stream, up to {@link #inputLength}; the bytes after it are undefined. */
  readonly #input: Uint8Array;
  readonly #inputView: DataView;
  #inputLength = 0;
  #at = 0;
  #inputEnded = false;
  #flags = 0;
  #flagCount = 0;
  /** The unused upper half of a length byte that two matches share; -1 for none. */
  #nibble = -1;
  /** The rest of a match that did not fit into the last block. */
  #matchOffset = 0;
  #matchLength = 0;
  /** Bytes expanded so far. */
  #produced = 0;

  /** @param inputSize bytes that are worth asking for at once */
  constructor(input: CompressedInput, inputSize: number) {
    this.#next = input;
    this.#input = new Uint8Array(LONGEST_TOKEN + inputSize + WORD_BEHIND);
    this.#inputView = viewOf(this.#input);
  }

  /**
   * Hot path. Expands into `out` from `start` to `end`; `out` before `start` has the earlier output. Bytes are copied
   * in words, of which the last may extend beyond the match but never beyond `end`: the next output overwrites the
   * excess.
   *
   * @returns the end of the output: `end`, or less if the stream failed (see {@link failure})
   */
  expand(out: Uint8Array, start: number, end: number): number {
    let to = start;
    const input = this.#input;
    const inputView = this.#inputView;
    let inputLength = this.#inputLength;
    const outView = viewOf(out);
    const wordsEnd = end - 3;
    let at = this.#at;
    let inputEnd = this.#safeEnd();
    let flags = this.#flags;
    let flagCount = this.#flagCount;
    let nibble = this.#nibble;
    let matchOffset = this.#matchOffset;
    let matchLength = this.#matchLength;
    // A match may refer to bytes from the stream's start on, not to bytes before it in `out`.
    const streamStart = Math.max(0, start - this.#produced);

    for (;;) {
      if (matchLength > 0) {
        const stop = matchLength < end - to ? to + matchLength : end;
        matchLength -= stop - to;
        if (stop - to >= LONG_MATCH && matchOffset >= stop - to) {
          out.copyWithin(to, to - matchOffset, stop - matchOffset);
          to = stop;
        } else {
          if (matchOffset >= 4) {
            const wordsStop = Math.min(stop, wordsEnd);
            for (; to < wordsStop; to += 4)
              outView.setInt32(to, outView.getInt32(to - matchOffset, true), true);
          }
          for (; to < stop; to++) out[to] = out[to - matchOffset] ?? 0;
          to = stop;
        }
      }
      if (to === end) break;
      if (at >= inputEnd) {
        this.#at = at;
        this.#refill();
        inputLength = this.#inputLength;
        at = 0;
        inputEnd = this.#safeEnd();
        if (inputLength === 0) {
          this.failure = 'cut';
          break;
        }
      }
      if (flagCount === 0) {
        if (at + 4 > inputLength) {
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
        if (at >= inputLength) continue;
      }
      if (flags >= 0) {
        // Literals occur in runs, because encrypted and random data does not compress.
        const run = Math.min(Math.clz32(flags), flagCount, end - to, inputLength - at);
        const stop = to + run;
        const behind = at + run;
        const wordsStop = Math.min(stop, wordsEnd);
        for (; to < wordsStop; to += 4, at += 4) outView.setInt32(to, inputView.getInt32(at, true), true);
        for (; to < stop; to++, at++) out[to] = input[at] ?? 0;
        to = stop;
        at = behind;
        flagCount -= run;
        // A shift by 32 would be none.
        flags = run === 32 ? 0 : flags << run;
        continue;
      }
      flagCount -= 1;
      flags <<= 1;
      if (at + 2 > inputLength) {
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
            if (at <= inputLength && matchLength < LEAST_LONG_LENGTH) {
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
      if (at > inputLength) {
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
    return this.#inputEnded ? this.#inputLength : this.#inputLength - LONGEST_TOKEN;
  }

  /** Discards the input that was read, and reads more until a token is complete or the input ends. */
  #refill(): void {
    const input = this.#input;
    // A truncated token may have been expected after the input's end.
    const at = Math.min(this.#at, this.#inputLength);
    input.copyWithin(0, at, this.#inputLength);
    this.#inputLength -= at;
    this.#at = 0;
    while (!this.#inputEnded && this.#inputLength <= LONGEST_TOKEN) {
      const read = this.#next(input.subarray(this.#inputLength, input.length - WORD_BEHIND));
      this.#inputEnded = read === 0;
      this.#inputLength += read;
    }
  }
}
