import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namedKind } from '../../../src/io/archives/names.js';
import { DistinctNames, outputPath, safePart, safeParts } from '../../../src/io/archives/output-path.js';

/** Names that have led somewhere else on some system. */
const HOSTILE = [
  '.',
  '..',
  '...',
  '. .',
  ' ',
  '',
  '.hidden',
  'a/b',
  'a\\b',
  '..\\..\\evil',
  '/etc/passwd',
  'C:',
  'C:\\evil',
  '\\\\server\\share',
  'a\0b',
  'stream:data',
  'CON',
  'con.txt',
  'NUL.tar.gz',
  'COM1',
  'LPT\u00b9.etl',
  'aux .x',
  'name.',
  'name ',
  'name. .',
  'x'.repeat(5000),
  '\u{1f600}'.repeat(300),
  'a\u202eb',
  'a\ud800',
];

describe('an output path', () => {
  it.each(HOSTILE)('of %j is one name directly below its directory, which every system takes', (name) => {
    for (const ending of ['.pcapng', '.events.json']) {
      const path = outputPath(join('out', 'dir'), [name], ending);
      const below = relative(join('out', 'dir'), path);
      expect(below.split(sep)).toHaveLength(1);
      expect(below.endsWith(ending)).toBe(true);
      expect(Buffer.byteLength(below)).toBeLessThanOrEqual(255);
      // Windows: "Naming Files, Paths, and Namespaces".
      expect(below).not.toMatch(/[<>:"/\\|?*\p{Cc}]/u);
      expect(below).not.toMatch(/^\.|[. ]$/u);
      expect(below).not.toMatch(
        /^(?:con|prn|aux|nul|com[\d\u00b9\u00b2\u00b3]|lpt[\d\u00b9\u00b2\u00b3]) *(?:\.|$)/iu,
      );
    }
  });

  it('of a harmless name has that name', () => {
    expect(outputPath('out', ['host 1', 'Net Trace (2)'], '.pcapng')).toBe(
      join('out', 'host 1', 'Net Trace (2).pcapng'),
    );
    for (const name of ['console', 'com10', 'nullify', 'Überwachung', '\u65e5\u672c']) {
      expect(safePart(name)).toBe(name);
    }
  });

  it('is not made of a name that leads out of its directory', () => {
    for (const name of ['../x', 'a/../../x', '..\\x', '/x', '\\x', 'C:\\x', 'C:x', '. ./../x', ' .. /x']) {
      expect(safeParts(name), name).toBeUndefined();
    }
    expect(safeParts('./a//b\\c')).toEqual(['a', 'b', 'c']);
  });

  it('differs for names that file systems without case, or with composed characters, take for one', () => {
    const names = new DistinctNames();
    const given = [
      ['d', 'Trace'],
      ['D', 'trace'],
      ['d', 'TRACE'],
      ['d', 'caf\u00e9'],
      ['d', 'cafe\u0301'],
    ];
    const distinct = given.map((parts) => names.distinct(parts).join('/').normalize('NFC').toLowerCase());
    expect(new Set(distinct).size).toBe(given.length);
  });

  it('differs for two names of the greatest length', () => {
    const names = new DistinctNames();
    const paths = [1, 2, 3].map(() =>
      outputPath('out', names.distinct([safePart('\u00fc'.repeat(400))]), '.pcapng'),
    );
    expect(new Set(paths).size).toBe(3);
  });
});

describe('the end of a name', () => {
  it('tells traces and archives, in any case', () => {
    expect(namedKind('a.ETL')).toEqual({ kind: 'trace', stem: 'a' });
    expect(namedKind('a.b.etl.gz')).toEqual({ kind: 'gzip', stem: 'a.b' });
    expect(namedKind('a.etl.zst')).toEqual({ kind: 'zstd', stem: 'a' });
    expect(namedKind('node1.tar.gz')).toEqual({ kind: 'gzip', stem: 'node1' });
    expect(namedKind('node1.TGZ')).toEqual({ kind: 'gzip', stem: 'node1' });
    expect(namedKind('a.7z')).toEqual({ kind: 'unreadable', stem: 'a' });
    expect(namedKind('a.etl.pcapng')).toBeUndefined();
    expect(namedKind('messages.log.gz')).toBeUndefined();
    expect(namedKind('.etl')).toBeUndefined();
  });
});
