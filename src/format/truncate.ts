/** A UTF-16 unit needs at most three bytes of UTF-8. */
const MAX_BYTES_OF_UNIT = 3;

/** Bytes of names that are kept; Windows' own are far shorter. */
const MAX_NAME_BYTES = 1024;

const encoder = new TextEncoder();

/** Whether UTF-8 needs more than this many bytes for a text. */
export function exceedsBytes(text: string, most: number): boolean {
  if (text.length * MAX_BYTES_OF_UNIT <= most) return false;
  if (text.length > most) return true;
  return encoder.encodeInto(text, new Uint8Array(most)).read < text.length;
}

/** The longest prefix of a text that needs at most this many bytes of UTF-8, in whole characters. */
export function startOf(text: string, most: number): string {
  if (text.length * MAX_BYTES_OF_UNIT <= most) return text;
  const { read } = encoder.encodeInto(text.slice(0, most), new Uint8Array(most));
  return text.slice(0, read);
}

/**
 * A name of at most 1 KiB, or its start, the mark `…#` and eight hexadecimal digits of a hash of the whole name: two
 * long names with the same start stay different.
 */
export const shortName = (name: string): string =>
  exceedsBytes(name, MAX_NAME_BYTES)
    ? `${startOf(name, MAX_NAME_BYTES)}…#${hashOf(name).toString(16).padStart(8, '0')}`
    : name;

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) of UTF-16 units, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  return hash >>> 0;
}
