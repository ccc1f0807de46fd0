import { SEVERITIES } from './finding.js';
import type { FindingGroup } from './finding-groups.js';

/** Notes for each finding the others that explain it: those that its rule names and that share a packet or a link. */
export function linkCauses(groups: readonly FindingGroup[]): void {
  for (const group of groups) {
    const { causes } = group.rule;
    if (causes === undefined) continue;
    for (const other of groups) {
      if (
        other !== group &&
        causes.some((pattern) => matches(pattern, other.rule.id)) &&
        share(group, other)
      ) {
        // Two findings cannot explain each other.
        if (!other.causes.has(group)) group.causes.add(other);
      }
    }
  }
}

const matches = (pattern: string, id: string): boolean =>
  pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;

function share(a: FindingGroup, b: FindingGroup): boolean {
  for (const packet of a.packets) if (b.packets.has(packet)) return true;
  for (const link of a.links) if (b.links.has(link)) return true;
  return false;
}

/**
 * Most severe first, then by packets, then by time; explained findings follow directly the one that explains them.
 *
 * @returns each with its depth: 0 for a finding without explanation
 */
export function orderByImpact(
  groups: readonly FindingGroup[],
): { readonly group: FindingGroup; readonly depth: number }[] {
  const sorted = [...groups].sort(compareImpact);
  const placed = new Set<FindingGroup>();
  const order: { group: FindingGroup; depth: number }[] = [];
  const place = (group: FindingGroup, depth: number): void => {
    if (placed.has(group)) return;
    placed.add(group);
    order.push({ group, depth });
    for (const other of sorted) if (other.causes.has(group)) place(other, depth + 1);
  };
  for (const group of sorted) if (group.causes.size === 0) place(group, 0);
  // Circles of causes have no beginning.
  for (const group of sorted) place(group, 0);
  return order;
}

function compareImpact(a: FindingGroup, b: FindingGroup): number {
  const severity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  if (severity !== 0) return severity;
  if (a.count !== b.count) return b.count - a.count;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.rule.id < b.rule.id ? -1 : 1;
}
