/** Counts by key, up to a limit of keys; the rest is counted together. */
export class Tally<K, V> {
  /** Values beyond the limit. */
  others = 0;
  readonly #values = new Map<K, V>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value of a key, created if it is new; undefined beyond the limit. */
  at(key: K, make: () => V): V | undefined {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    if (this.#values.size >= this.#limit) {
      this.others += 1;
      return undefined;
    }
    const fresh = make();
    this.#values.set(key, fresh);
    return fresh;
  }

  values(): V[] {
    return [...this.#values.values()];
  }
}
