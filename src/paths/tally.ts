/** Counts by key, of up to a number of keys; what has no room is counted together. */
export class Tally<K, V> {
  /** Values that found no room. */
  others = 0;
  readonly #values = new Map<K, V>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value of a key, made where it is new; undefined if there is no room. */
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
