/** Why a stream is not valid. */
export class BadStream extends Error {}

/**
 * [MS-XCA] 2.4.4, "Plain LZ77 Decompression Algorithm", step by step as it stands there, without any thought of speed:
 * the reference for the expander that works in pieces.
 *
 * @param limit expanded bytes to stop after; the document stops where the input ends at a flag
 * @throws BadStream where the document says "return error", or the input ends inside a token
 */
export function expandPlain(input: Uint8Array, limit: number): number[] {
  const output: number[] = [];
  let position = 0;
  const next = (): number => {
    const byte = input[position];
    if (byte === undefined) throw new BadStream('the input ends inside a token');
    position += 1;
    return byte;
  };
  const little = (bytes: number): number => {
    let value = 0;
    for (let index = 0; index < bytes; index++) value += next() * 256 ** index;
    return value;
  };
  let flags = 0;
  let flagCount = 0;
  let lastLengthHalfByte: number | undefined;
  while (output.length < limit) {
    if (flagCount === 0) {
      flags = little(4);
      flagCount = 32;
    }
    flagCount -= 1;
    if (Math.floor(flags / 2 ** flagCount) % 2 === 0) {
      output.push(next());
      continue;
    }
    const matchBytes = little(2);
    let length = matchBytes % 8;
    const offset = Math.floor(matchBytes / 8) + 1;
    if (length === 7) {
      if (lastLengthHalfByte === undefined) {
        const shared = next();
        length = shared % 16;
        lastLengthHalfByte = Math.floor(shared / 16);
      } else {
        length = lastLengthHalfByte;
        lastLengthHalfByte = undefined;
      }
      if (length === 15) {
        length = next();
        if (length === 255) {
          length = little(2);
          if (length === 0) length = little(4);
          if (length < 15 + 7) throw new BadStream('a long length below 22');
          length -= 15 + 7;
        }
        length += 15;
      }
      length += 7;
    }
    length += 3;
    if (offset > output.length) throw new BadStream('a match before the start');
    for (let copied = 0; copied < length && output.length < limit; copied++) {
      output.push(output[output.length - offset] ?? 0);
    }
  }
  return output;
}
