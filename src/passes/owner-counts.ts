import type { FlowOwner } from '../host/index.js';
import type { Packet } from '../packets/index.js';
import type { OwnerSummary } from './summary.js';

/** Counts packets by the process that owns their flow. There are no more owners than the table of owners has. */
export class OwnerCounts {
  readonly #counts = new Map<FlowOwner, number>();

  /** Hot path. */
  count({ owner }: Packet): void {
    if (owner !== undefined) this.#counts.set(owner, (this.#counts.get(owner) ?? 0) + 1);
  }

  /** Most packets first. */
  summary(): OwnerSummary[] {
    return [...this.#counts]
      .map(([{ name, path, pid }, packets]) => ({
        pid,
        ...(name !== undefined && { name }),
        ...(path !== undefined && { path }),
        packets,
      }))
      .sort((a, b) => b.packets - a.packets || a.pid - b.pid);
  }
}
