/**
 * Plain LZ77 decompression, written for clarity from [MS-XCA] 2.4: a second reading for the tests.
 *
 * @throws RangeError if the input ends early or points before the start of the output
 */
export function expandLz77(input: Uint8Array, outputLength: number): Uint8Array {
  const output: number[] = [];
  let at = 0;
  let flags: readonly boolean[] = [];
  let nextFlag = 0;
  let halfByteAt: number | undefined;

  const byte = (): number => {
    const value = input[at];
    if (value === undefined) throw new RangeError(`the input ends at ${at}`);
    at++;
    return value;
  };
  const u16 = (): number => byte() + byte() * 0x100;
  const u32 = (): number => u16() + u16() * 0x1_0000;
  const nibble = (): number => {
    if (halfByteAt === undefined) {
      halfByteAt = at;
      return byte() % 16;
    }
    const value = Math.floor((input[halfByteAt] ?? 0) / 16);
    halfByteAt = undefined;
    return value;
  };

  while (output.length < outputLength) {
    if (nextFlag === flags.length) {
      const word = u32();
      flags = Array.from({ length: 32 }, (_, bit) => Math.floor(word / 2 ** (31 - bit)) % 2 === 1);
      nextFlag = 0;
    }
    const isMatch = flags[nextFlag++] === true;
    if (!isMatch) {
      output.push(byte());
      continue;
    }
    const word = u16();
    const distance = Math.floor(word / 8) + 1;
    let length = word % 8;
    if (length === 7) {
      length = nibble();
      if (length === 15) {
        length = byte();
        if (length === 255) {
          length = u16();
          if (length === 0) length = u32();
          if (length < 15 + 7) throw new RangeError(`the long length ${length} could have been short`);
          length -= 15 + 7;
        }
        length += 15;
      }
      length += 7;
    }
    length += 3;
    if (distance > output.length)
      throw new RangeError(`a match reaches ${distance} back of ${output.length}`);
    for (let copied = 0; copied < length && output.length < outputLength; copied++) {
      output.push(output[output.length - distance] ?? 0);
    }
  }
  return Uint8Array.from(output);
}
