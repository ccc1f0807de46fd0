const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');

/** Code units for one call of String.fromCharCode, which overflows the stack with too many. */
const CHUNK = 4096;

/**
 * UTF-16 little-endian text. Lone surrogates are kept.
 *
 * Hot path: most strings are short, and TextDecoder costs more than the loop.
 */
export function decodeUtf16(bytes: Uint8Array, start: number, units: number): string {
  let text = '';
  let at = start;
  const end = start + units * 2;
  while (at < end) {
    const codes: number[] = [];
    const stop = Math.min(end, at + CHUNK * 2);
    for (; at < stop; at += 2) codes.push((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
    text += String.fromCharCode(...codes);
  }
  return text;
}

/**
 * 8-bit text. ETW does not state the code page: UTF-8 if the bytes are valid UTF-8, otherwise Windows-1252.
 *
 * Hot path: plain ASCII, nearly all of it, does not need TextDecoder.
 */
export function decodeAnsi(bytes: Uint8Array, start: number, length: number): string {
  const end = start + length;
  if (length <= CHUNK) {
    const codes: number[] = [];
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte > 0x7f) break;
      codes.push(byte);
    }
    if (at === end) return String.fromCharCode(...codes);
  }
  const view = bytes.subarray(start, end);
  try {
    return utf8.decode(view);
  } catch {
    return windows1252.decode(view);
  }
}

/** UTF-16 units before the first NUL at or after `start`; -1 if there is none before `end`. */
export function utf16Length(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at + 1 < end; at += 2) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) return (at - start) >> 1;
  }
  return -1;
}

/** Bytes before the first NUL at or after `start`; -1 if there is none before `end`. */
export function ansiLength(bytes: Uint8Array, start: number, end: number): number {
  const at = bytes.indexOf(0, start);
  return at === -1 || at >= end ? -1 : at - start;
}
