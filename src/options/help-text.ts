import { COMMANDS } from './commands.js';
import { type CommandName, SECTIONS, type Section } from './option.js';
import { type CommandOption, optionsOf } from './options-of.js';

/** Columns of a help text. */
const WIDTH = 100;
/** Columns before the help of an option, at most. */
const MAX_COLUMN = 44;

/** The text that `etlcap COMMAND --help` prints. */
export function helpText(command: CommandName): string {
  const { description, examples, exitCodes, notes = [], text, usage } = COMMANDS[command];
  const paragraphs = [
    [description],
    ['Usage', ...columns(usage.map(([line, effect]) => [`$ ${line}`, effect]))],
    text.flatMap((paragraph) => words(paragraph, WIDTH - 2)),
    ...optionParagraphs(command),
    repeatable(command),
    notes.flatMap((paragraph) => words(paragraph, WIDTH - 2)),
    examples.length === 0 ? [] : ['Examples', ...examples.map((line) => `  $ ${line}`)],
    ['Exit codes', ...wrap(exitCodes.map(([code, meaning]) => `${code} ${meaning}`))],
  ];
  const lines = paragraphs.filter((each) => each.length > 0).flatMap((each) => ['', ...each]);
  return `${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n`;
}

/** A heading and its options, for each section with options. */
function optionParagraphs(command: CommandName): string[][] {
  return optionSections(command).map(({ heading, options }) => [
    heading,
    ...columns(options.map((option) => [leftColumn(option), option.help + defaultText(option)])),
  ]);
}

/** The options of a command that its help text lists, by section. */
export function optionSections(
  command: CommandName,
): { readonly heading: string; readonly options: readonly CommandOption[] }[] {
  const { headings = {}, omittedSections = [] } = COMMANDS[command];
  const options = optionsOf(command).filter(({ definition }) => definition.hidden !== true);
  const sections = Object.keys(SECTIONS).filter(isSection);
  return sections
    .filter((section) => !omittedSections.includes(section))
    .map((section) => ({
      heading: headings[section] ?? SECTIONS[section],
      options: options.filter(({ definition }) => definition.section === section),
    }))
    .filter((section) => section.options.length > 0);
}

const isSection = (name: string): name is Section => Object.hasOwn(SECTIONS, name);

/** `-o, --output OUT`, `    --component ID|NAME …` */
const leftColumn = (option: CommandOption): string =>
  `${shortName(option) ?? '  '}${shortName(option) === undefined ? '  ' : ', '}${option.typed}${valueText(option)}`;

const shortName = ({ definition: { short } }: CommandOption): string | undefined =>
  short === undefined ? undefined : `-${short}`;

/** The value of an option after its name: ` FILE`, ` ID|NAME …`; empty for a flag. */
export function valueText({ definition }: CommandOption): string {
  if (definition.kind === 'flag') return '';
  const more = definition.kind === 'list' && definition.isGreedy === true ? ' …' : '';
  return ` ${definition.value}${more}`;
}

/** ` (default: full)`, or empty. */
export const defaultText = ({ definition }: CommandOption): string =>
  definition.kind === 'value' && definition.default !== undefined ? ` (default: ${definition.default})` : '';

/** Options of a filter that can be repeated. */
function repeatable(command: CommandName): string[] {
  const names = optionsOf(command)
    .filter(({ definition }) => definition.kind === 'list' && definition.section === 'selection')
    .filter(({ definition }) => definition.kind === 'list' && definition.isGreedy !== true)
    .map(({ typed }) => typed);
  return names.length === 0 ? [] : [`Repeatable: ${names.join(', ')}; one match is enough.`];
}

/** Rows in two columns, indented. The second column is broken at the width of the page. */
function columns(rows: readonly (readonly [left: string, right: string])[]): string[] {
  const widths = rows.map(([left]) => left.length).filter((width) => width <= MAX_COLUMN);
  const width = Math.max(0, ...widths) + 2;
  return rows.flatMap(([left, right]) => {
    if (right === '') return [`  ${left}`];
    const [first = '', ...more] = words(right, WIDTH - width - 4);
    const rest = more.map((line) => `  ${' '.repeat(width)}${line}`);
    return [`  ${left.padEnd(width - 2)}  ${first}`, ...rest];
  });
}

/** A text broken between words. */
function words(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Items in lines, indented. */
function wrap(items: readonly string[]): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + item.length <= WIDTH - 4)
      lines[lines.length - 1] += `   ${item}`;
    else lines.push(`  ${item}`);
  }
  return lines;
}
