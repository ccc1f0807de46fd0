import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/parse-command-line.js';

/** Values with what shells, meow and its parser treat in a special way. */
const VALUE = fc
  .string({
    unit: fc.constantFrom(
      '"',
      "'",
      '=',
      '-',
      ' ',
      ',',
      '.',
      '\\',
      '\n',
      '0',
      '1',
      'e',
      'a',
      '$',
      '{',
      'é',
      '[',
      ']',
    ),
    minLength: 1,
    maxLength: 8,
  })
  .filter((value) => value !== '--');

describe('values arrive as they were typed', () => {
  test('after =, with any characters', () => {
    fc.assert(
      fc.property(VALUE, (value) => {
        const { flags, input } = parseCommandLine('convert', ['x', `--output=${value}`]);
        expect([flags.output, input]).toEqual([value, ['x']]);
      }),
    );
  });

  test('repeated, in their order', () => {
    fc.assert(
      fc.property(fc.array(VALUE, { maxLength: 4 }), (values) => {
        const args = values.map((value) => `--manifest=${value}`);
        expect(parseCommandLine('convert', args).flags.manifest).toEqual(values);
      }),
    );
  });

  test('inputs after --, options among them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(VALUE, fc.constantFrom('--output', '-q', '--', '007', '1e3'))),
        (names) => {
          const { flags, input } = parseCommandLine('convert', ['--', ...names]);
          expect(input).toEqual(names);
          expect([flags.output, flags.quiet]).toEqual([undefined, false]);
        },
      ),
    );
  });
});

describe('options have the values of their types', () => {
  test('numbers, times, sizes, lists and flags', () => {
    const { flags } = parseCommandLine('path', [
      'x',
      '--port=443',
      '--port',
      '53',
      '--slower-than',
      '2ms',
      '--since',
      '1970-01-01T00:00:01Z',
      '--spool-limit',
      '2KiB',
      '--component',
      '59',
      'Ethernet (2)',
      '--no-color',
    ]);
    expect(flags).toMatchObject({
      port: [443, 53],
      slowerThan: 20_000,
      since: 10_000_000n,
      spoolLimit: 2048,
      component: ['59', 'Ethernet (2)'],
      noColor: true,
      json: false,
      address: [],
      drops: undefined,
    });
  });

  test('a name that every object has is no option', () => {
    for (const name of ['--constructor', '--toString', '--__proto__']) {
      expect(() => parseCommandLine('convert', [name])).toThrow(`unknown option ${name}`);
    }
  });
});
