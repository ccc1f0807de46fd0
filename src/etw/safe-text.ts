/**
 * Characters that can move a cursor, hide text or change its direction: controls, formats (bidirectional marks and
 * overrides, invisible joiners), line and paragraph separators, lone surrogates.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The same except the C0 controls, which JSON escapes, and for the line feeds between its lines. */
const HIDDEN_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text without hidden characters, as most JSON. */
const PLAIN_ASCII = /^[\n -~]*$/u;

/** Text from a trace or a file system for people: hidden characters become `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * JSON that is safe to print: {@link JSON.stringify}, with hidden characters as `\u009b`. It parses to the same value.
 *
 * @param space as in JSON.stringify
 */
export const jsonText = (value: unknown, space?: number): string =>
  escapedJson(JSON.stringify(value, undefined, space) ?? 'null');

/** Escapes the hidden characters of JSON text; they occur only inside strings. */
function escapedJson(json: string): string {
  return PLAIN_ASCII.test(json) ? json : json.replace(HIDDEN_IN_JSON, escapeUnits);
}

const escapeUnits = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => unicodeEscape(character.charCodeAt(at))).join('');

const unicodeEscape = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** Whether a UTF-16 unit above ASCII that is no surrogate is a hidden character; exact (test/etw/safe-text.test.ts). */
export function isHiddenUnit(unit: number): boolean {
  if (unit < 0x600) return unit < 0xa0 || unit === 0xad;
  if (unit < 0x2000) return isHiddenMark(unit);
  if (unit <= 0x206f) {
    return (
      (unit >= 0x200b && unit <= 0x200f) ||
      (unit >= 0x2028 && unit <= 0x202e) ||
      (unit >= 0x2060 && unit !== 0x2065)
    );
  }
  return unit === 0xfeff || (unit >= 0xfff9 && unit <= 0xfffb);
}

/** Arabic, Syriac and Mongolian format characters. */
const isHiddenMark = (unit: number): boolean =>
  unit <= 0x605 ||
  unit === 0x61c ||
  unit === 0x6dd ||
  unit === 0x70f ||
  unit === 0x890 ||
  unit === 0x891 ||
  unit === 0x8e2 ||
  unit === 0x180e;
