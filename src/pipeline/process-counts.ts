import { type Packet, UNKNOWN } from '../capture/index.js';
import type { ProcessTable } from '../sidecar/index.js';
import type { ProcessSummary } from './summary.js';

/** Processes that are told apart; a hostile trace cannot make more. */
const MAX_PROCESSES = 65_536;

/** Counts packets by the process in whose context they were seen. */
export class ProcessCounts {
  readonly #byName = new Map<string, Map<number, number>>();
  #processes = 0;

  /** Hot path. */
  count(packet: Packet, processes: ProcessTable): void {
    const pid = packet.processId;
    if (pid === UNKNOWN) return;
    const name = processes.isEmpty ? '' : (processes.nameAt(pid, packet.timeHigh, packet.timeLow) ?? '');
    let byPid = this.#byName.get(name);
    if (byPid === undefined) {
      byPid = new Map();
      this.#byName.set(name, byPid);
    }
    const packets = byPid.get(pid);
    if (packets !== undefined) {
      byPid.set(pid, packets + 1);
    } else if (this.#processes < MAX_PROCESSES) {
      this.#processes += 1;
      byPid.set(pid, 1);
    }
  }

  /** Most packets first. */
  summary(): ProcessSummary[] {
    return [...this.#byName]
      .flatMap(([name, byPid]) =>
        [...byPid].map(([pid, packets]) => ({ pid, ...(name !== '' && { name }), packets })),
      )
      .sort((a, b) => b.packets - a.packets || a.pid - b.pid);
  }
}
