/** End of a truncated string. */
const CUT_MARK = ' …[cut]';

const encoder = new TextEncoder();
const cutMark = encoder.encode(CUT_MARK);

/**
 * A string in the form that pcapng requires: valid UTF-8 without a zero octet, because readers "MUST treat a zero-value
 * octet as a string terminator". Lone surrogates and U+0000 become U+FFFD. A string longer than `limit` is truncated at
 * a character and ends in " …[cut]".
 *
 * @param limit bytes, at least the 9 of the mark
 */
export function encodeText(text: string, limit: number): Uint8Array {
  // A UTF-16 code unit has at least one byte in UTF-8, so text after these units is truncated in any case.
  const units = text.length > limit ? text.slice(0, limit + 1) : text;
  return cutText(encoder.encode(units.replaceAll('\0', '\ufffd')), limit);
}

/** The same truncation for text that is UTF-8 already. Returns `utf8` itself if it fits. */
export function cutText(utf8: Uint8Array, limit: number): Uint8Array {
  if (utf8.length <= limit) return utf8;
  let end = limit - cutMark.length;
  while (end > 0 && isContinuation(utf8[end])) end--;
  const cut = new Uint8Array(end + cutMark.length);
  cut.set(utf8.subarray(0, end));
  cut.set(cutMark, end);
  return cut;
}

/** True for the second and further octets of a UTF-8 sequence (RFC 3629, 10xxxxxx). */
function isContinuation(octet: number | undefined): boolean {
  return octet !== undefined && (octet & 0xc0) === 0x80;
}
