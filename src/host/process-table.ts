import { EventRecord, LimitLog, type RecordCopy, type UnixTicks } from '../etl/index.js';
import { type EventSchema, isProcessEvent, type ProcessEventKind, processEvent } from '../etw/index.js';

/** More process events than a trace of a whole day has; further ones are ignored. */
const MAX_MOMENTS = 1_000_000;

/** Approximate memory of a process event without its name, in bytes. */
const MOMENT_BYTES = 48;

/** A process event: at this time the process came, went, or was there. */
interface Moment extends UnixTicks {
  readonly kind: ProcessEventKind;
  readonly name: string;
  /** The name from this time on, from this event and earlier ones; empty if unknown. */
  nameNow: string;
  /** The same for the time after this moment. */
  nameAfter: string;
  /** The name up to this time, from this event and later ones. */
  nameBefore: string;
}

const isAfter = (moment: UnixTicks, high: number, low: number): boolean =>
  moment.timeHigh > high || (moment.timeHigh === high && moment.timeLow > low);

const isAt = (moment: UnixTicks | undefined, high: number, low: number): boolean =>
  moment?.timeHigh === high && moment.timeLow === low;

/**
 * The process that had an id at a time, from the trace's process events: rundown, start and end.
 *
 * Pass all records in any order to {@link observe}, then call {@link finish}, then query. A rundown names a process
 * from its start event on (or from the beginning of the trace); Windows writes it at the beginning of a trace, at the
 * end, or both.
 */
export class ProcessTable {
  readonly #byPid = new Map<number, Moment[]>();
  readonly #limits: LimitLog;
  /** Process events whose schema is not known yet. */
  #undescribed: RecordCopy[] = [];
  #undescribedLeftOut = 0;
  #count = 0;
  #isSorted = true;
  /** Names from files saved on the host, for ids that the trace has no event of. */
  readonly #listed = new Map<number, string>();

  /** @param limits counts process events beyond the limit */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#count + this.#listed.size === 0;
  }

  /** @param schemaOf returns the schema of a manifest event */
  observe(record: EventRecord, schemaOf: (record: EventRecord) => EventSchema | undefined): void {
    const event = processEvent(record, schemaOf);
    if (event === undefined) {
      if (isProcessEvent(record) && schemaOf(record) === undefined) this.#keepUndescribed(record);
      return;
    }
    if (this.#count >= MAX_MOMENTS) {
      this.#limits.add('processEventsLeftOut');
      return;
    }
    const name = this.#limits.name(event.imageName ?? '');
    if (!this.#limits.mayKeep('processEventsLeftOut', MOMENT_BYTES + name.length)) return;
    const moment: Moment = {
      kind: event.kind,
      name,
      timeHigh: 0,
      timeLow: 0,
      nameNow: '',
      nameAfter: '',
      nameBefore: '',
    };
    record.unixTicks(moment);
    const moments = this.#byPid.get(event.pid);
    if (moments === undefined) this.#byPid.set(event.pid, [moment]);
    else moments.push(moment);
    this.#count += 1;
    this.#isSorted = false;
  }

  /** Takes a process that was running when a file was saved on the host; the trace's own events come first. */
  addListed(pid: number, name: string): void {
    this.#listed.set(pid, name);
  }

  #keepUndescribed(record: EventRecord): void {
    if (this.#limits.hasRoom(record.size)) this.#undescribed.push(record.copy());
    else this.#undescribedLeftOut += 1;
  }

  /** Reads the events whose schemas came after them. */
  finish(schemaOf: (record: EventRecord) => EventSchema | undefined): void {
    const waiting = this.#undescribed;
    const record = new EventRecord();
    const countBefore = this.#count;
    this.#undescribed = [];
    for (const copy of waiting) {
      record.restore(copy);
      this.#limits.free(record.size);
      if (schemaOf(record) !== undefined) this.observe(record, schemaOf);
    }
    if (this.#undescribedLeftOut > 0 && this.#count > countBefore) {
      this.#limits.add('processEventsLeftOut', this.#undescribedLeftOut);
    }
  }

  /**
   * The image name of the process that had `pid` at a Unix time in 100 ns (upper and lower 32 bits).
   *
   * Hot path: most ids have one or two events.
   *
   * @returns undefined if the trace does not have it
   */
  nameAt(pid: number, high: number, low: number): string | undefined {
    if (!this.#isSorted) this.#sort();
    const moments = this.#byPid.get(pid);
    if (moments === undefined) return this.#listed.get(pid);
    let begin = 0;
    let end = moments.length;
    while (begin < end) {
      const middle = (begin + end) >> 1;
      const moment = moments[middle];
      if (moment === undefined || isAfter(moment, high, low)) end = middle;
      else begin = middle + 1;
    }
    const last = moments[begin - 1];
    const known = isAt(last, high, low) ? last?.nameNow : last?.nameAfter;
    return known || moments[begin]?.nameBefore || undefined;
  }

  #sort(): void {
    for (const moments of this.#byPid.values()) {
      moments.sort((a, b) => a.timeHigh - b.timeHigh || a.timeLow - b.timeLow);
      deriveNames(moments);
    }
    this.#isSorted = true;
  }
}

/** Works out the names at and between the moments of one process id, which are in time order. */
function deriveNames(moments: readonly Moment[]): void {
  let before: Moment | undefined;
  for (const moment of moments) {
    const { kind, name } = moment;
    const known = isAt(before, moment.timeHigh, moment.timeLow) ? before?.nameNow : before?.nameAfter;
    // The events of its end still belong to the process; a start without a name begins another one.
    moment.nameNow = name || (kind === 'start' ? '' : (known ?? ''));
    moment.nameAfter = kind === 'end' ? '' : moment.nameNow;
    before = moment;
  }
  let after: Moment | undefined;
  for (const moment of [...moments].reverse()) {
    const { kind, name } = moment;
    // Before a start the id was unused; an end without a name shows that a process existed, but not which.
    moment.nameBefore = kind === 'start' ? '' : name || (kind === 'end' ? '' : (after?.nameBefore ?? ''));
    after = moment;
  }
}
