import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type {
  ConvertOptions,
  DiagnoseTracesOptions,
  ListEventsOptions,
  PathOptions,
  WriteTablesOptions,
} from '../../src/library/index.js';
import { COMMANDS } from '../../src/options/commands.js';
import { helpText } from '../../src/options/help-text.js';
import type { LibraryOptions } from '../../src/options/library-options.js';
import { COMMAND_NAMES, type CommandName } from '../../src/options/option.js';
import { withOptionTables } from '../../src/options/option-tables.js';
import { optionsOf } from '../../src/options/options-of.js';

/** Options that only programs can set. */
type LibraryOnly =
  | 'lineOf'
  | 'oneThread'
  | 'onHint'
  | 'onProgress'
  | 'onUnknownComponents'
  | 'onWarning'
  | 'protectedFiles'
  | 'signal'
  | 'textOf'
  | 'trace';

/** Fails to compile unless the two names are the same set. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

describe('every option is declared once', () => {
  test('the library has the options that the definitions name, and no others', () => {
    const convert: Same<keyof LibraryOptions<'convert'>, Exclude<keyof ConvertOptions, LibraryOnly>> = true;
    const events: Same<keyof LibraryOptions<'events'>, Exclude<keyof ListEventsOptions, LibraryOnly>> = true;
    const path: Same<keyof LibraryOptions<'path'>, Exclude<keyof PathOptions, LibraryOnly>> = true;
    const diagnose: Same<
      keyof LibraryOptions<'diagnose'>,
      Exclude<keyof DiagnoseTracesOptions, LibraryOnly>
    > = true;
    const table: Same<keyof LibraryOptions<'table'>, Exclude<keyof WriteTablesOptions, LibraryOnly>> = true;
    expect([convert, events, path, diagnose, table]).toEqual([true, true, true, true, true]);
  });

  test.each(COMMAND_NAMES)('%s: no two options have one name or one letter', (command) => {
    const options = optionsOf(command);
    const names = options.map(({ typed }) => typed);
    const letters = options.flatMap(({ definition: { short } }) => short ?? []);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(letters).size).toBe(letters.length);
  });

  test('words for which an option has an alternative are those of its type', () => {
    for (const { definition } of COMMAND_NAMES.flatMap(optionsOf)) {
      if (definition.kind === 'flag' || definition.type.choices === undefined) continue;
      expect(definition.value.split('|')).toEqual(definition.type.choices);
    }
  });
});

describe('--help', () => {
  const commands: readonly CommandName[] = COMMAND_NAMES.filter((name) => name !== 'extcap');

  test.each(commands)(
    'of %s lists each option of its sections, usage and exit codes on 100 columns',
    (command) => {
      const text = helpText(command);
      const lines = text.split('\n');
      expect(lines.filter((line) => line.length > 100)).toEqual([]);
      expect(lines.length).toBeLessThan(60);
      for (const heading of ['Usage', 'Examples', 'Exit codes']) expect(lines).toContain(`  ${heading}`);
      const omitted = COMMANDS[command].omittedSections ?? [];
      const listed = optionsOf(command).filter(
        ({ definition: { hidden, section } }) => hidden !== true && !omitted.includes(section),
      );
      expect(listed.length).toBeGreaterThan(1);
      for (const { typed } of listed)
        expect(text).toMatch(new RegExp(`^ +(?:-[a-z], )?${typed}(?: |$)`, 'mu'));
    },
  );

  test('headings are those of the vocabulary', () => {
    const headings = (command: CommandName): string[] =>
      helpText(command).match(/(?<=^ {2})[A-Z][a-z ]+$/gmu) ?? [];
    expect(headings('convert')).toEqual([
      'Usage',
      'Output',
      'Selection',
      'Events',
      'Annotations',
      'Results and logging',
      'Examples',
      'Exit codes',
    ]);
    expect(headings('path')).toContain('Filters');
  });

  test('of path names the options that can be repeated', () => {
    expect(helpText('path')).toContain(
      'Repeatable: --address, --port, --protocol, --compartment, --process; one match is enough.',
    );
  });
});

describe('README.md', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

  test('has the option tables of the definitions; otherwise: npm run docs:options', () => {
    expect(readme.match(/<!-- options: /gu)).toHaveLength(6);
    expect(withOptionTables(readme)).toBe(readme);
  });
});
