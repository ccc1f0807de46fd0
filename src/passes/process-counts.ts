import type { LimitLog } from '../etl/index.js';
import { type Packet, UNKNOWN } from '../packets/index.js';
import type { ProcessSummary } from './summary.js';

/** Processes that are distinguished; a hostile trace cannot make more. */
const MAX_PROCESSES = 65_536;

interface Count {
  readonly name: string;
  readonly pid: number;
  packets: number;
}

/** Counts packets by the process in whose context they were logged. */
export class ProcessCounts {
  readonly #byName = new Map<string, Map<number, Count>>();
  readonly #limits: LimitLog | undefined;
  #processes = 0;
  #last: Count = { name: '', pid: UNKNOWN, packets: 0 };

  /** @param limits counts processes beyond the limit */
  constructor(limits: LimitLog | undefined) {
    this.#limits = limits;
  }

  /** Hot path. */
  count(packet: Packet): void {
    const pid = packet.processId;
    if (pid === UNKNOWN) return;
    const name = packet.process ?? '';
    if (pid !== this.#last.pid || name !== this.#last.name) this.#last = this.#countOf(name, pid);
    this.#last.packets += 1;
  }

  #countOf(name: string, pid: number): Count {
    let byPid = this.#byName.get(name);
    if (byPid === undefined) {
      byPid = new Map();
      this.#byName.set(name, byPid);
    }
    let count = byPid.get(pid);
    if (count === undefined) {
      count = { name, pid, packets: 0 };
      if (this.#processes < MAX_PROCESSES) byPid.set(pid, count);
      else this.#limits?.add('processesLeftOut');
      this.#processes += 1;
    }
    return count;
  }

  /** Most packets first. */
  summary(): ProcessSummary[] {
    return [...this.#byName]
      .flatMap(([name, byPid]) =>
        [...byPid.values()].map(({ packets, pid }) => ({ pid, ...(name !== '' && { name }), packets })),
      )
      .sort((a, b) => b.packets - a.packets || a.pid - b.pid);
  }
}
