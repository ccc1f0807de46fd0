import type { FlowOwner } from './flow-owners.js';

/**
 * Whether a flow's owner is one of the given processes: process ids, image names (with or without `.exe`) or paths, in
 * any case.
 */
export function ownerSelection(processes: readonly string[]): (owner: FlowOwner | undefined) => boolean {
  const wanted = new Set(processes.map((text) => text.toLowerCase()));
  const known = new Map<FlowOwner, boolean>();
  return (owner) => {
    if (owner === undefined) return false;
    let isWanted = known.get(owner);
    if (isWanted === undefined) {
      const names = [String(owner.pid), owner.name, owner.path].flatMap((text) => text?.toLowerCase() ?? []);
      isWanted = names.some((text) => wanted.has(text) || wanted.has(text.replace(/\.exe$/u, '')));
      known.set(owner, isWanted);
    }
    return isWanted;
  };
}
