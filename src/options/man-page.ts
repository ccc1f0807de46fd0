import { COMMANDS } from './commands.js';
import { defaultText, optionSections, valueText } from './help-text.js';
import { COMMAND_NAMES, type CommandName } from './option.js';
import type { CommandOption } from './options-of.js';

/**
 * The manual page etlcap(1) in roff, with the macros of man(7).
 *
 * @param version of etlcap
 */
export function manPage(version: string): string {
  const commands = COMMAND_NAMES.filter((name) => name !== 'extcap');
  const lines = [
    `.TH ETLCAP 1 "" "etlcap ${escaped(version)}" "User Commands"`,
    '.SH NAME',
    `etlcap \\- ${plain(lowerFirst(COMMANDS.convert.description))}`,
    '.SH SYNOPSIS',
    ...commands.flatMap((name) => COMMANDS[name].usage.flatMap(([line]) => ['.B', plain(line), '.br'])),
    '.SH DESCRIPTION',
    ...COMMANDS.convert.text.map(plain),
    '.SH OPTIONS',
    ...optionLines('convert'),
    '.SH COMMANDS',
    ...commands.filter((name) => name !== 'convert').flatMap(commandLines),
    '.SH "EXIT STATUS"',
    ...COMMANDS.convert.exitCodes.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, plain(meaning)]),
    '.SH EXAMPLES',
    ...commands.flatMap((name) => exampleLines(COMMANDS[name].examples)),
    '.SH "SEE ALSO"',
    '.BR wireshark (1),',
    '.BR tshark (1)',
  ];
  return `${lines.join('\n')}\n`;
}

const commandLines = (name: CommandName): string[] => [
  `.SS "etlcap ${name}"`,
  plain(`${COMMANDS[name].description}.`),
  ...COMMANDS[name].text.map(plain),
  ...(COMMANDS[name].notes ?? []).map(plain),
  ...optionLines(name),
];

const optionLines = (name: CommandName): string[] =>
  optionSections(name).flatMap(({ options }) =>
    options.flatMap((option) => ['.TP', tag(option), plain(option.help + defaultText(option))]),
  );

/** `.BR \-o ", " \-\-output " OUT"` */
function tag(option: CommandOption): string {
  const { short } = option.definition;
  const names = short === undefined ? [] : [escaped(`-${short}`), '", "'];
  const value = valueText(option);
  return ['.BR', ...names, escaped(option.typed), ...(value === '' ? [] : [`"${escaped(value)}"`])].join(' ');
}

const exampleLines = (examples: readonly string[]): string[] =>
  examples.length === 0 ? [] : ['.EX', ...examples.map(plain), '.EE'];

/** A line of text: a period or an apostrophe at its beginning is no request. */
const plain = (text: string): string => escaped(text).replace(/^(?=[.'])/u, '\\&');

/** Backslashes are printed, and hyphens can be copied. */
const escaped = (text: string): string =>
  text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('…', '...');

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
