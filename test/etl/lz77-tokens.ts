import { ByteWriter } from '../../samples/encoder/index.js';

/** A literal byte, or a match; `form` says how its length is written where there is a choice. */
export type Token =
  | { readonly literal: number }
  | { readonly distance: number; readonly length: number; readonly form?: 'shortest' | 'u16' | 'u32' };

/** Writes the tokens as a plain LZ77 stream ([MS-XCA] 2.4): nothing is checked, so that bad streams can be written. */
export function writeTokens(tokens: readonly Token[]): Uint8Array {
  const stream: number[] = [];
  let halfByteAt: number | undefined;
  for (let group = 0; group < tokens.length; group += 32) {
    const flagsAt = stream.length;
    stream.push(0, 0, 0, 0);
    let flags = 0xffff_ffff;
    tokens.slice(group, group + 32).forEach((token, index) => {
      if ('literal' in token) {
        flags -= 2 ** (31 - index);
        stream.push(token.literal);
        return;
      }
      const whole = token.length - 3;
      const long = token.form === 'u16' || token.form === 'u32';
      stream.push(...new ByteWriter().u16((token.distance - 1) * 8 + (long ? 7 : Math.min(7, whole))).take());
      if (!long && whole < 7) return;
      const half = long ? 15 : Math.min(15, whole - 7);
      if (halfByteAt === undefined) {
        halfByteAt = stream.length;
        stream.push(half);
      } else {
        stream[halfByteAt] = (stream[halfByteAt] ?? 0) + half * 16;
        halfByteAt = undefined;
      }
      if (half < 15) return;
      if (!long && whole < 7 + 15 + 255) {
        stream.push(whole - 7 - 15);
      } else if (token.form !== 'u32' && whole <= 0xffff) {
        stream.push(255, ...new ByteWriter().u16(whole).take());
      } else {
        stream.push(255, 0, 0, ...new ByteWriter().u32(whole).take());
      }
    });
    stream.splice(flagsAt, 4, ...new ByteWriter().u32(flags).take());
  }
  return Uint8Array.from(stream);
}
