import { describe, expect, it } from 'vitest';
import { reasonKey } from '../../src/diagnosis/drops/drop.js';
import { RULES } from '../../src/diagnosis/index.js';
import { DROP_LOCATIONS, DROP_REASONS, DROP_REASONS_1809 } from '../../src/etw/builtin/pktmon-drops.js';

/** All names of drop reasons that etlcap knows. */
const REASONS = new Set(
  [DROP_REASONS, DROP_REASONS_1809, DROP_LOCATIONS]
    .join('|')
    .split('|')
    .map((name) => reasonKey(name.replace(/^\s*(?:0x[\da-f]+|\d+)=/u, ''))),
);

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('has a public id, two sentences of meaning, and commands', () => {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/u);
    expect(rule.meaning.match(/\.(?= |$)/gu)).toHaveLength(2);
    expect(rule.check.length).toBeGreaterThan(0);
    expect(rule.summary).not.toMatch(/\.$/u);
  });

  it('explains what it examines and its limits', () => {
    expect(rule.explain.length).toBeGreaterThan(1);
    expect(rule.explain.at(-1)).toMatch(/^Limits: /u);
  });

  it('names drop reasons of Windows that no other rule names', () => {
    const reasons = rule.drops?.reasons?.map(reasonKey) ?? [];
    expect(reasons.filter((reason) => !REASONS.has(reason))).toEqual([]);
    const others = RULES.filter((other) => other !== rule).flatMap(
      ({ drops }) => drops?.reasons?.map(reasonKey) ?? [],
    );
    expect(reasons.filter((reason) => others.includes(reason))).toEqual([]);
  });
});

it('ids are unique, and at most one rule takes the rest of the drops', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  expect(RULES.filter(({ drops }) => drops?.isRest).length).toBeLessThan(2);
});
