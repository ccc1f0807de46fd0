import { describe, expect, it } from 'vitest';
import { FindingGroups } from '../../src/diagnosis/finding-groups.js';
import { RULES } from '../../src/diagnosis/index.js';

const rule = RULES[0];
if (rule === undefined) throw new Error('there are rules');

describe('findings of one rule', () => {
  it('are at most 200: the last one counts all that have no room, and nothing is lost', () => {
    const groups = new FindingGroups(rule);
    for (let n = 0; n < 1000; n++) groups.at(`key ${n}`, () => ({ title: `case ${n}` })).addCount(1);
    const all = [...groups.all];
    expect(all).toHaveLength(200);
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
    expect(all.at(-1)?.finding().title).toBe(`${rule.summary} (further cases)`);
    expect(groups.at('key 5', () => ({ title: '' })).finding().title).toBe('case 5');
  });
});
