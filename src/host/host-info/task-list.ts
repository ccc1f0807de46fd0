import type { HostInfoCollector } from './collector.js';
import { nameOf } from './names.js';

/** Below the headings of tasklist's table. */
const RULER = /^=+( =+){3,}\s*$/;
/** Columns of `tasklist /fo csv`: five without `/v`. */
const CSV_ROW = /^"([^"]*)","(\d{1,10})"(?:,"[^"]*"){2,}\s*$/;

/** The column of names has 25 characters. */
const MAX_NAME_WIDTH = 64;

/** Whether a text is the output of `tasklist`, as a table or with `/fo csv`. Headings are in the language of Windows. */
export const isTaskText = (lines: readonly string[]): boolean =>
  lines.some((line) => RULER.test(line) || CSV_ROW.test(line));

/**
 * Takes `tasklist` with or without `/v`, as a table or with `/fo csv`: the first column is the image, the second the
 * process id. The table cuts names after 25 characters.
 */
export function readTaskText(lines: readonly string[], into: HostInfoCollector): void {
  let row: RegExp | undefined;
  for (const line of lines) {
    if (RULER.test(line)) {
      const nameWidth = Math.min(line.indexOf(' '), MAX_NAME_WIDTH);
      // Wide characters take two columns of the console and one character here: a name may be shorter than its column.
      row = new RegExp(`^(.{1,${nameWidth}}?) +(\\d{1,10}) `);
      continue;
    }
    const found = CSV_ROW.exec(line) ?? (line.trim() === '' ? null : row?.exec(line));
    const name = nameOf(found?.[1] ?? '');
    if (name !== '') into.add('processes', into.processes, { pid: Number(found?.[2]), name });
  }
}
