import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { captureAdvice, RULES } from '../../src/diagnosis/index.js';

const guide = readFileSync(new URL('../../docs/capturing.md', import.meta.url), 'utf8');

/** Rows of the guide's table of findings: ids, and what they need. */
const table = guide.slice(guide.indexOf('## Which findings need which source'));
const rows = [...table.matchAll(/^\| (`[a-z-]+\*?`(?:, `[a-z-]+\*?`)*) \| (.+) \|$/gm)].map(
  ([, ids = '', needs = '']) => ({
    ids: [...ids.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id),
    needs,
  }),
);

describe('the capturing guide and the command that diagnose prints agree', () => {
  test('the guide has the table', () => expect(rows.length).toBeGreaterThan(10));

  test.each(rows.flatMap(({ ids, needs }) => ids.map((id) => [id.replace('*', 'x'), needs] as const)))(
    '%s',
    (id, needs) => {
      const provider = / --provider (\S+)$/.exec(captureAdvice(id))?.[1];
      expect(needs).toContain(provider ?? '--comp all');
    },
  );

  test('findings that are not in the table need packets only', () => {
    expect(captureAdvice('tcp-syn-unanswered')).toBe('pktmon start --capture --pkt-size 0');
    for (const { id } of RULES) {
      const isListed = rows.some(({ ids }) =>
        ids.some(
          (pattern) => pattern === id || (pattern.endsWith('*') && id.startsWith(pattern.slice(0, -1))),
        ),
      );
      expect([id, captureAdvice(id) !== captureAdvice('tcp-syn-unanswered')]).toEqual([id, isListed]);
    }
  });

  test('each provider that a command names is in the table of providers with its GUID', () => {
    for (const { ids } of rows) {
      const [id = ''] = ids;
      const provider = / --provider (\S+)$/.exec(captureAdvice(id.replace('*', 'x')))?.[1];
      if (provider === undefined) continue;
      expect(guide).toMatch(
        new RegExp(`^\\| ${provider} \\| [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} \\|`, 'm'),
      );
    }
  });
});
