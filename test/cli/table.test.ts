import { describe, expect, test } from 'vitest';
import { cutToWidth, layOut, loadDisplayWidth } from '../../src/cli/text/display-width.js';
import { table, within } from '../../src/cli/text/table.js';

/** Columns of a terminal, from Unicode's East Asian Width (UAX 11): W and F take two, a combining mark none. */
const COLUMNS: ReadonlyMap<string, number> = new Map([
  ['イーサネット', 12],
  ['以太网', 6],
  ['이더넷', 6],
  ['für', 3],
  ['fu\u0308r', 3],
]);

describe('tables', () => {
  const names = [...COLUMNS.keys(), 'Ethernet 2'];
  const rows = names.map((name) => [name, 'up']);

  test('columns start at the same terminal column, whatever the script of a name', async () => {
    const text = await layOut(() => table([{ title: 'Name' }, { title: 'State' }], rows, ''));
    const starts = text.split('\n').map((line, n) => {
      const name = ['Name', ...names][n] ?? '';
      const width = COLUMNS.get(name) ?? name.length;
      return width + line.slice(name.length).search(/\S/u);
    });
    // Two spaces after the widest name, イーサネット.
    expect(new Set(starts)).toEqual(new Set([14]));
  });

  test('right-aligned cells end at the same terminal column', async () => {
    const columns = [{ title: 'N', align: 'right' as const }, { title: 'X' }];
    const text = await layOut(() =>
      table(
        columns,
        [
          ['以太网', '|'],
          ['1', '|'],
        ],
        '',
      ),
    );
    expect(text.split('\n')).toEqual(['     N  X', '以太网  |', '     1  |']);
  });
});

describe('texts that are too long for a column', () => {
  test('are cut by terminal columns, and end in …', async () => {
    await loadDisplayWidth();
    expect(within('以太网适配器', 7)).toBe('以太网…');
    expect(within('以太网适配器', 12)).toBe('以太网适配器');
    expect(within('Ethernet 2', 5)).toBe('Ethe…');
  });

  test('a character is not separated from its combining marks', async () => {
    await loadDisplayWidth();
    expect(cutToWidth('fu\u0308r以', 3)).toBe('fu\u0308r');
    expect(cutToWidth('以u\u0308以', 3)).toBe('以u\u0308');
    expect(cutToWidth('以', 1)).toBe('');
  });
});
