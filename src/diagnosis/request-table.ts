import { contradicts, type JourneyNote, type Side } from './journey.js';

/** Requests that wait for an answer at a time. */
const MAX_WAITING = 16_384;
/** Attempts of one request that are kept; all are counted. */
const MAX_ATTEMPTS = 100;

/** The members of a journey that the table uses. */
export interface Asking<Note = JourneyNote> {
  readonly origin: Side;
  readonly target: Side;
  readonly note: () => Note;
}

/** A request, with the times it was repeated. */
export interface Request<Data, Note = JourneyNote> {
  readonly keys: readonly string[];
  /** Where the answer must go. */
  readonly side: Side;
  /** The first one is the request itself. */
  readonly attempts: Note[];
  attemptCount: number;
  readonly data: Data;
}

/**
 * Requests without an answer, for rules about conversations. In bounded memory: if there are too many, the oldest is
 * removed and counted, and never reported.
 *
 * A request has a key for each of its addresses, because NAT changes addresses on the path; an answer is matched by any
 * of its keys. If several requests have one key (the same address in two compartments), the one whose origin is the
 * answer's destination is used.
 */
export class RequestTable<Data, Note = JourneyNote> {
  /** Requests that were forgotten. */
  forgotten = 0;
  readonly #waiting = new Set<Request<Data, Note>>();
  readonly #byKey = new Map<string, Request<Data, Note>[]>();
  readonly #limit: number;

  /** @param limit for tests */
  constructor(limit = MAX_WAITING) {
    this.#limit = limit;
  }

  /** Requests that wait, in time order. */
  get waiting(): Iterable<Request<Data, Note>> {
    return this.#waiting;
  }

  /** Whether the table is empty: a quick test for packets that cannot be answers. */
  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /**
   * Notes a request, or that it was repeated.
   *
   * @param keys one for each address; equal for repetitions
   * @param data of a request that is new
   */
  ask(keys: readonly string[], journey: Asking<Note>, data: () => Data): void {
    const known = this.#find(keys, journey.origin, true);
    if (known !== undefined) {
      known.attemptCount += 1;
      if (known.attempts.length < MAX_ATTEMPTS) known.attempts.push(journey.note());
      return;
    }
    if (this.#waiting.size >= this.#limit) this.#forgetOldest();
    const request = { keys, side: journey.origin, attempts: [journey.note()], attemptCount: 1, data: data() };
    this.#waiting.add(request);
    for (const key of keys) {
      const others = this.#byKey.get(key);
      if (others === undefined) this.#byKey.set(key, [request]);
      else others.push(request);
    }
  }

  /**
   * Removes and returns the request that a packet answers.
   *
   * @param keys of the request, from the answer's addresses
   * @returns undefined if there is none
   */
  answer(keys: readonly string[], journey: Asking<Note>): Request<Data, Note> | undefined {
    const request = this.#find(keys, journey.target, false);
    if (request !== undefined) this.remove(request);
    return request;
  }

  /** Removes a request that was answered in another way. */
  remove(request: Request<Data, Note>): void {
    this.#waiting.delete(request);
    for (const key of request.keys) {
      const left = this.#byKey.get(key)?.filter((each) => each !== request) ?? [];
      if (left.length === 0) this.#byKey.delete(key);
      else this.#byKey.set(key, left);
    }
  }

  /** @param isStrict never a request of another side */
  #find(keys: readonly string[], side: Side, isStrict: boolean): Request<Data, Note> | undefined {
    let other: Request<Data, Note> | undefined;
    for (const key of keys) {
      for (const request of this.#byKey.get(key) ?? []) {
        if (!contradicts(request.side, side)) return request;
        other ??= request;
      }
    }
    return isStrict ? undefined : other;
  }

  #forgetOldest(): void {
    const [oldest] = this.#waiting;
    if (oldest === undefined) return;
    this.remove(oldest);
    this.forgotten += 1;
  }
}
