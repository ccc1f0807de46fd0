// White space of any script, quotes, backslashes, controls, formats such as bidirectional marks, line and paragraph separators.
const NEEDS_QUOTES = /[\s"\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const NEEDS_ESCAPE = /["\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const SHORT_ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * A value in the grammar of comments (dissector-notes.md, "Packet comments"): unchanged, or, if it contains white
 * space, a quote, a backslash, a control or a format character, in double quotes with backslash escapes. Control
 * characters without a short escape become `\uXXXX`.
 */
export function quoteValue(value: string): string {
  if (!NEEDS_QUOTES.test(value)) return value;
  const escaped = value.replace(
    NEEDS_ESCAPE,
    (character) => SHORT_ESCAPES.get(character) ?? unicodeEscapes(character),
  );
  return `"${escaped}"`;
}

/** `\\uXXXX` for each UTF-16 unit. */
const unicodeEscapes = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/** One `key=value` token; the empty string if the value is absent or empty. */
export function token(key: string, value: string | number | undefined): string {
  return value === undefined || value === '' ? '' : `${key}=${quoteValue(String(value))}`;
}

/** Tokens separated by single spaces; empty tokens are omitted. */
export function joinTokens(tokens: readonly string[]): string {
  return tokens.filter((text) => text !== '').join(' ');
}
