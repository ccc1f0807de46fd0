/** Texts of ASCII, Latin letters and the marks of this program: each UTF-16 unit has one column. */
const NARROW = /^[\n\x20-\x7e\xa1-\xac\xae-\u02ff→…]*$/u;

type Measure = (text: string) => number;
let stringWidth: Measure | undefined;

/** Loads string-width, which takes 25 ms (the segmenter and the emoji tables of ICU), only for texts that need it. */
export async function loadDisplayWidth(): Promise<void> {
  ({ default: stringWidth } = await import('string-width'));
}

/** Terminal columns of a text: two for a CJK character. Of other scripts only after {@link loadDisplayWidth}. */
export const displayWidth = (text: string): number =>
  NARROW.test(text) || stringWidth === undefined ? text.length : stringWidth(text);

/** Lays a text out, after loading string-width if the text has characters of other widths than one column. */
export async function layOut(text: () => string): Promise<string> {
  const laidOut = text();
  if (stringWidth !== undefined || NARROW.test(laidOut)) return laidOut;
  await loadDisplayWidth();
  return text();
}

const CHARACTERS = /\P{M}\p{M}*(?:\u200d\P{M}\p{M}*)*/gu;

/** The start of a text that fits into a number of terminal columns. */
export function cutToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let left = columns;
  for (const { 0: character, index } of text.matchAll(CHARACTERS)) {
    left -= displayWidth(character);
    if (left < 0) return text.slice(0, index);
  }
  return text;
}
