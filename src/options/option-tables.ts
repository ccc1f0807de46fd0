import { defaultText, optionSections, valueText } from './help-text.js';
import { COMMAND_NAMES, type CommandName } from './option.js';
import type { CommandOption } from './options-of.js';

/**
 * The options of a command as Markdown tables, one for each section.
 *
 * @param headings of the sections wanted; default: all
 */
export function optionTables(command: CommandName, headings?: readonly string[]): string {
  return optionSections(command)
    .filter(({ heading }) => headings?.includes(heading) ?? true)
    .map(({ heading, options }) => table(heading, options.map(row)))
    .join('\n\n');
}

type Row = readonly [name: string, help: string];

function row(option: CommandOption): Row {
  const { definition, help, typed } = option;
  const short = definition.short === undefined ? '' : `\`-${definition.short}\`, `;
  return [escaped(`${short}\`${typed}${valueText(option)}\``), escaped(`${help}${defaultText(option)}`)];
}

/** A cell of a table ends at a bar; `<` would begin HTML. */
const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

function table(heading: string, rows: readonly Row[]): string {
  const all: readonly Row[] = [[heading, ''], ...rows];
  const left = Math.max(...all.map(([name]) => name.length));
  const right = Math.max(3, ...all.map(([, help]) => help.length));
  const line = (cells: Row): string => `| ${cells[0].padEnd(left)} | ${cells[1].padEnd(right)} |`;
  return [line([heading, '']), line(['-'.repeat(left), '-'.repeat(right)]), ...rows.map(line)].join('\n');
}

/** `<!-- options: watch, Timing and parallel work -->` … `<!-- end of options -->` */
const MARKED = /(<!-- options: ([a-z ]+)(?:, ([^>]*))? -->\n)[\s\S]*?(<!-- end of options -->)/gu;

/**
 * Replaces the tables between markers in a Markdown document. A marker names the command, and the sections if not all are
 * wanted.
 *
 * @throws Error for a marker with an unknown command
 */
export const withOptionTables = (markdown: string): string =>
  markdown.replace(MARKED, (_, start: string, name: string, headings: string | undefined, end: string) => {
    const command = COMMAND_NAMES.find((each) => each === name);
    if (command === undefined) throw new Error(`option tables: no command ${name}`);
    return `${start}\n${optionTables(command, headings?.split(', '))}\n\n${end}`;
  });
