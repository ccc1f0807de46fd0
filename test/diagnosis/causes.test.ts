import { describe, expect, it } from 'vitest';
import { linkCauses, orderByImpact } from '../../src/diagnosis/causes.js';
import type { Severity } from '../../src/diagnosis/finding.js';
import { FindingGroup } from '../../src/diagnosis/finding-groups.js';

interface Options {
  readonly causes?: readonly string[];
  readonly severity?: Severity;
  readonly count?: number;
  readonly packets?: readonly number[];
}

function group(
  id: string,
  { causes = [], count = 1, packets = [], severity = 'error' }: Options = {},
): FindingGroup {
  const rule = {
    id,
    severity,
    causes,
    basis: 'seen',
    summary: '',
    meaning: '',
    check: [],
    explain: [],
  } as const;
  const made = new FindingGroup({ ...rule, observe: () => ({}) });
  made.addCount(count);
  for (const packet of packets) made.packets.add(packet);
  return made;
}

const ids = (groups: readonly FindingGroup[]): string[] =>
  orderByImpact(groups).map(({ depth, group: { rule } }) => `${'>'.repeat(depth)}${rule.id}`);

describe('causes', () => {
  it('a finding is explained by one that its rule names and that has a packet of it', () => {
    const syn = group('tcp-syn-unanswered', { causes: ['drop-*'], packets: [1, 2] });
    const vlan = group('drop-vlan', { packets: [2] });
    const other = group('drop-vlan', { packets: [3] });
    const reset = group('nic-reset', { packets: [1] });
    linkCauses([syn, vlan, other, reset]);
    expect([...syn.causes]).toEqual([vlan]);
  });

  it('or one that shares a link', () => {
    const syn = group('tcp-syn-unanswered', { causes: ['arp-unanswered'] });
    const arp = group('arp-unanswered');
    syn.link('neighbor 10.0.0.1');
    arp.link('neighbor 10.0.0.1');
    linkCauses([syn, arp]);
    expect([...syn.causes]).toEqual([arp]);
  });

  it('two findings never explain each other', () => {
    const a = group('a', { causes: ['b'], packets: [1] });
    const b = group('b', { causes: ['a'], packets: [1] });
    linkCauses([a, b]);
    expect(a.causes.size + b.causes.size).toBe(1);
  });
});

describe('order', () => {
  it('is by severity, then by packets; what a finding explains follows it', () => {
    const note = group('note', { severity: 'note', count: 1000 });
    const small = group('small', { count: 2 });
    const large = group('large', { count: 5 });
    const effect = group('effect', { count: 9, causes: ['small'], packets: [1] });
    small.packets.add(1);
    const all = [note, effect, small, large];
    linkCauses(all);
    expect(ids(all)).toEqual(['large', 'small', '>effect', 'note']);
  });

  it('has each finding once, also in a circle of causes', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => group(id));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three groups');
    a.causes.add(b);
    b.causes.add(c);
    c.causes.add(a);
    expect(ids([a, b, c])).toHaveLength(3);
  });
});
