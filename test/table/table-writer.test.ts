import { describe, expect, it } from 'vitest';
import type { Output } from '../../src/passes/index.js';
import type { Column } from '../../src/table/columns.js';
import { addRow } from '../../src/table/row.js';
import { pathPart, TableWriter } from '../../src/table/table-writer.js';

const COLUMNS: readonly Column[] = [
  { name: 'day', type: 'long', required: true },
  { name: 'text', type: 'text' },
];

class MemoryOutput implements Output {
  bytes = 0;
  writes = 0;
  text = '';
  constructor(readonly name: string) {}
  async write(bytes: Uint8Array): Promise<void> {
    this.bytes += bytes.length;
    if (bytes.length > 0) this.writes += 1;
    this.text += new TextDecoder().decode(bytes);
  }
  async finish(): Promise<void> {}
  async complete(): Promise<void> {}
  async discard(): Promise<void> {}
}

function newWriter(host?: string): { readonly files: MemoryOutput[]; readonly writer: TableWriter } {
  const files: MemoryOutput[] = [];
  const writer = new TableWriter({
    table: 'packets',
    columns: COLUMNS,
    format: 'csv',
    createdBy: '',
    host,
    fileName: 'x.etl',
    target: {
      open: async (path) => {
        const file = new MemoryOutput(path);
        files.push(file);
        return file;
      },
    },
    onOutput: () => undefined,
  });
  return { files, writer };
}

describe('the files of a table', () => {
  it('are in partitions of the host and the day in UTC', async () => {
    const { files, writer } = newWriter('WEB 01');
    for (const day of [19_884, 19_885, 19_884]) addRow(writer, day, [day, 'a']);
    await writer.finish(0);
    expect(files.map(({ name }) => name)).toEqual([
      'packets/host=WEB%2001/date=2024-06-10/x.etl.csv',
      'packets/host=WEB%2001/date=2024-06-11/x.etl.csv',
    ]);
    expect(files[0]?.text).toBe('day,text\r\n19884,a\r\n19884,a\r\n');
  });

  it('are at most 32 for one trace, however many days its times have: the rest share one', async () => {
    const { files, writer } = newWriter();
    for (let day = 0; day < 1000; day++) {
      addRow(writer, day, [day, 'a']);
      await writer.drain();
    }
    await writer.finish(0);
    expect(files).toHaveLength(33);
    const names = files.map(({ name }) => name);
    expect(names.filter((name) => name.includes('date=__HIVE_DEFAULT_PARTITION__'))).toHaveLength(1);
    const lines = files.reduce((sum, { text }) => sum + text.trimEnd().split('\r\n').length - 1, 0);
    expect(lines).toBe(1000);
  });

  it('are written while rows arrive: at most 32,768 wait', async () => {
    const { files, writer } = newWriter();
    for (let row = 0; row < 100_000; row++) {
      addRow(writer, 1, [row, 'a']);
      if (row % 1000 === 0) await writer.drain();
    }
    expect(files[0]?.writes).toBe(3);
  });

  it('are written earlier if texts are long', async () => {
    const { files, writer } = newWriter();
    for (let row = 0; row < 40; row++) {
      const long = 'a'.repeat(1_000_000);
      writer.noteText(addRow(writer, 1, [row, long]), long);
      await writer.drain();
    }
    expect(files[0]?.writes).toBeGreaterThan(3);
  });

  it.each([
    ['..', '%2E%2E'],
    ['a/../../b', 'a%2F..%2F..%2Fb'],
    ['C:\\x', 'C%3A%5Cx'],
    ['ü=1', '%C3%BC%3D1'],
    ['PktMon.etl', 'PktMon.etl'],
  ])('have no separators of a name in their path: %s', (name, expected) => {
    expect(pathPart(name)).toBe(expected);
  });
});
