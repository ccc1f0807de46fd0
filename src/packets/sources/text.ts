const UTF16 = new TextDecoder('utf-16le');

/** `count` bytes of UTF-16, without the NULs at its end. */
export function decodeUtf16(bytes: Uint8Array, start: number, count: number): string {
  let end = start + count;
  while (end - 2 >= start && bytes[end - 1] === 0 && bytes[end - 2] === 0) end -= 2;
  return UTF16.decode(bytes.subarray(start, end));
}

/** Bytes from `start` to after the first UTF-16 NUL; -1 if there is none before `end`. */
export function nulTerminatedLength(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at + 2 <= end; at += 2) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) return at + 2 - start;
  }
  return -1;
}
