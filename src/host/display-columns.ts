/**
 * Characters with a width of two columns in a Windows console: CJK, Hangul, kana, full-width forms (UAX #11: W and F).
 */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

type Width = (character: string) => number;
const oneColumn: Width = () => 1;
const displayColumns: Width = (character) => (character > '\u10ff' && WIDE.test(character) ? 2 : 1);

/** The columns of a table's heading that are underlined: first, and the one after the last. */
export interface ColumnExtent {
  readonly start: number;
  readonly end: number;
}

/**
 * The cells of a line of a PowerShell table. PowerShell aligns by columns of the display if the console has a CJK code page,
 * otherwise by characters. The alignment is the one in which more cells start or end where their heading does.
 *
 * @param columns ascending
 */
export function tableCells(line: string, columns: readonly ColumnExtent[]): string[] {
  const byDisplay = cut(line, columns, displayColumns);
  const byCharacter = cut(line, columns, oneColumn);
  return (byCharacter.aligned > byDisplay.aligned ? byCharacter : byDisplay).cells;
}

function cut(
  line: string,
  columns: readonly ColumnExtent[],
  width: Width,
): { readonly cells: string[]; readonly aligned: number } {
  const cells = columns.map(() => '');
  const isAligned = columns.map(() => false);
  let at = 0;
  let cell = 0;
  for (const character of line) {
    while (cell + 1 < columns.length && at >= (columns[cell + 1]?.start ?? 0)) cell += 1;
    cells[cell] += character;
    const { start, end } = columns[cell] ?? { start: 0, end: 0 };
    const next = at + width(character);
    if (character !== ' ' && (at === start || next === end)) isAligned[cell] = true;
    at = next;
  }
  return { cells: cells.map((text) => text.trim()), aligned: isAligned.filter(Boolean).length };
}
