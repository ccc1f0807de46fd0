import { defaultText, optionSections, valueText } from './help-text.js';
import type { CommandName } from './option.js';
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
