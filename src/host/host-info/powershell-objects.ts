import { nameOf } from './names.js';

/** Members of an object that PowerShell printed; names in lower case. */
export type PowerShellObject = ReadonlyMap<string, unknown>;

/** `Name   : value`, as Format-List prints it. */
const MEMBER_LINE = /^([A-Za-z]\w*) *: ?(.*)$/;
/** The dashes below the headings of a table; one column is none, because headlines look like it. */
const UNDERLINE = /^ *-+( +-+)+ *$/;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The members of a JSON object. @returns undefined for any other value */
export function membersOf(value: unknown): PowerShellObject | undefined {
  if (!isObject(value) || Array.isArray(value)) return undefined;
  const entries: [string, unknown][] = Object.entries(value);
  return new Map(entries.map(([name, member]) => [name.toLowerCase(), member]));
}

/** The elements of an array, or of PowerShell's wrapper of one (`{"value": […], "Count": 2}`); of anything else, itself. */
export function elementsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const wrapped = membersOf(value);
  const inner = wrapped?.get('value');
  if (Array.isArray(inner) && wrapped?.has('count') === true) return inner;
  return value === undefined || value === null ? [] : [value];
}

/** The first of the named members that is a text or a number, as {@link nameOf} has it; else empty. */
export function textMember(object: PowerShellObject, ...names: readonly string[]): string {
  for (const name of names) {
    const value = object.get(name);
    if (typeof value === 'string' && value.trim() !== '') return nameOf(value);
    if (typeof value === 'number') return String(value);
  }
  return '';
}

/** The first of the named members that is a whole number of at most ten digits. */
export function numberMember(object: PowerShellObject, ...names: readonly string[]): number | undefined {
  const text = textMember(object, ...names);
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/** The texts of a member that is an array, or one text; Format-List prints arrays as `{a, b}`. */
export function textsMember(object: PowerShellObject, name: string): string[] {
  return elementsOf(object.get(name)).flatMap((value) =>
    typeof value === 'string' ? value.split(/[{},\s]+/).filter((part) => part !== '') : [],
  );
}

/** Characters of a line that are read; tables of Windows are narrower. */
const MAX_LINE = 8192;

/** JSON documents of a text, and the lines that are not part of one. */
export interface TextParts {
  readonly documents: readonly unknown[];
  readonly lines: readonly string[];
  /** Why a part that looks like JSON was left out. */
  readonly problem?: string;
}

/**
 * Separates JSON from other text: scripts append `ConvertTo-Json` to tables. A document starts with a bracket at the
 * beginning of a line.
 */
export function splitJson(text: string): TextParts {
  const documents: unknown[] = [];
  const rest: string[] = [];
  let problem: string | undefined;
  let at = 0;
  const start = /^[ \t]*[[{]/gm;
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    const end = endOfJson(text, found.index);
    if (end === undefined) {
      problem = 'JSON without an end: the file is cut, or is no JSON';
      break;
    }
    const source = text.slice(found.index, end);
    start.lastIndex = end;
    try {
      const parsed: unknown = JSON.parse(source);
      documents.push(parsed);
      rest.push(text.slice(at, found.index));
      at = end;
    } catch (error) {
      // Braces in other text, `{80, 443}`, are not worth a message.
      if (/^[ \t]*[[{][ \t]*["[{\r\n]/.test(source))
        problem = `not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  rest.push(text.slice(at));
  return {
    documents,
    lines: rest.flatMap((part) => part.split(/\r\n|\n|\r/)).map((line) => line.slice(0, MAX_LINE)),
    ...(problem !== undefined && { problem }),
  };
}

/** The offset after the bracket that closes the one at `from`; undefined if there is none. */
function endOfJson(text: string, from: number): number | undefined {
  const token = /["[\]{}]/g;
  token.lastIndex = from;
  let depth = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    if (found[0] === '"') {
      const end = endOfString(text, token.lastIndex);
      if (end === undefined) return undefined;
      token.lastIndex = end;
    } else {
      depth += found[0] === '{' || found[0] === '[' ? 1 : -1;
      if (depth === 0) return token.lastIndex;
    }
  }
  return undefined;
}

function endOfString(text: string, from: number): number | undefined {
  for (let quote = text.indexOf('"', from); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (text[quote - 1 - escapes] === '\\' && quote - 1 - escapes >= from) escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
  }
  return undefined;
}

/** The objects that Format-List and Format-Table printed. Names of members are the same in each language of Windows. */
export function objectsOfLines(lines: readonly string[]): PowerShellObject[] {
  const objects: PowerShellObject[] = [];
  let members = new Map<string, string>();
  let last = '';
  const finish = (): void => {
    if (members.size > 0) objects.push(members);
    members = new Map();
  };
  for (let n = 0; n < lines.length; n++) {
    const line = (lines[n] ?? '').trimEnd();
    if (line === '') {
      finish();
    } else if (UNDERLINE.test(line)) {
      members = new Map();
      n = readTable(lines, n, objects);
    } else {
      const member = MEMBER_LINE.exec(line);
      if (member !== null) {
        last = (member[1] ?? '').toLowerCase();
        members.set(last, (member[2] ?? '').trim());
      } else if (/^\s/.test(line) && members.size > 0) {
        members.set(last, `${members.get(last) ?? ''}${line.trim()}`);
      }
    }
  }
  finish();
  return objects;
}

/** @returns the position of the table's last line */
function readTable(lines: readonly string[], underlineAt: number, objects: PowerShellObject[]): number {
  const columns = Array.from((lines[underlineAt] ?? '').matchAll(/-+/g), (match) => match.index);
  const cells = (line: string): string[] =>
    columns.map((start, n) => line.slice(start, columns[n + 1] ?? line.length).trim());
  const names = cells(lines[underlineAt - 1] ?? '').map((name) => name.toLowerCase());
  let n = underlineAt + 1;
  for (; n < lines.length && (lines[n] ?? '').trim() !== ''; n++) {
    const row = cells(lines[n] ?? '');
    objects.push(new Map(names.map((name, column) => [name, row[column] ?? ''])));
  }
  return n;
}
