import { type EventRecord, LimitLog, type UnixTicks } from '../etl/index.js';
import { type EventSchema, type ProcessEventKind, processEvent } from '../etw/index.js';

/** More process events than any trace of a day holds; what comes behind is not remembered. */
const MAX_MOMENTS = 1_000_000;

/** Moments without a name that are passed over in search of one; a hostile trace can make a million of one process. */
const MAX_NAMELESS = 256;

/** A process event: at this time the process came, went, or was there. */
interface Moment extends UnixTicks {
  readonly kind: ProcessEventKind;
  readonly name: string;
}

const isAfter = (moment: UnixTicks, high: number, low: number): boolean =>
  moment.timeHigh > high || (moment.timeHigh === high && moment.timeLow > low);

const isAt = (moment: UnixTicks, high: number, low: number): boolean =>
  moment.timeHigh === high && moment.timeLow === low;

/**
 * Which process had an id at a time, as the trace's own process events tell it: rundown, start and end.
 *
 * Feed it all records, in any order, then ask. A rundown names a process from the start that stands before it on (or
 * from the beginning); Windows writes it at the beginning of a trace, at the end, or both.
 */
export class ProcessTable {
  readonly #byPid = new Map<number, Moment[]>();
  readonly #limits: LimitLog;
  #count = 0;
  #isSorted = true;

  /** @param limits is told of process events that found no room */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** @param schemaOf where the schema of a manifest event comes from */
  observe(record: EventRecord, schemaOf: (record: EventRecord) => EventSchema | undefined): void {
    const event = processEvent(record, schemaOf);
    if (event === undefined) return;
    if (this.#count >= MAX_MOMENTS) {
      this.#limits.add('processEventsLeftOut');
      return;
    }
    const moment = { kind: event.kind, name: event.imageName ?? '', timeHigh: 0, timeLow: 0 };
    record.unixTicks(moment);
    const moments = this.#byPid.get(event.pid);
    if (moments === undefined) this.#byPid.set(event.pid, [moment]);
    else moments.push(moment);
    this.#count += 1;
    this.#isSorted = false;
  }

  /**
   * The image name of the process that had `pid` at a Unix time in 100 ns (upper and lower 32 bits).
   *
   * Hot path: most ids have one or two moments.
   *
   * @returns undefined where the trace does not tell
   */
  nameAt(pid: number, high: number, low: number): string | undefined {
    if (!this.#isSorted) this.#sort();
    const moments = this.#byPid.get(pid);
    if (moments === undefined) return undefined;
    let begin = 0;
    let end = moments.length;
    while (begin < end) {
      const middle = (begin + end) >> 1;
      const moment = moments[middle];
      if (moment === undefined || isAfter(moment, high, low)) end = middle;
      else begin = middle + 1;
    }
    return (nameBefore(moments, begin, high, low) ?? nameBehind(moments, begin)) || undefined;
  }

  #sort(): void {
    for (const moments of this.#byPid.values()) {
      moments.sort((a, b) => a.timeHigh - b.timeHigh || a.timeLow - b.timeLow);
    }
    this.#isSorted = true;
  }
}

/** What the moments before `end` say; undefined where the process had gone, or nobody had told of it. */
function nameBefore(moments: readonly Moment[], end: number, high: number, low: number): string | undefined {
  for (let at = end - 1; at >= Math.max(0, end - MAX_NAMELESS); at--) {
    const moment = moments[at];
    if (moment === undefined) return undefined;
    // The events of its end still belong to the process.
    if (moment.kind === 'end' && !isAt(moment, high, low)) return undefined;
    if (moment.name !== '') return moment.name;
    if (moment.kind === 'start') return undefined;
  }
  return undefined;
}

/** What the moments from `begin` on say about the time before them: a start says that there was nothing. */
function nameBehind(moments: readonly Moment[], begin: number): string | undefined {
  for (let at = begin; at < Math.min(moments.length, begin + MAX_NAMELESS); at++) {
    const moment = moments[at];
    if (moment === undefined || moment.kind === 'start') return undefined;
    if (moment.name !== '') return moment.name;
    if (moment.kind === 'end') return undefined;
  }
  return undefined;
}
