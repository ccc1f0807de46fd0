/** An entry of a {@link MergeHeap}: entries of equal time are ordered by rank, then by serial, which is unique. */
export interface Ranked {
  readonly rank: number;
  readonly serial: number;
}

/**
 * Hot path: a binary min-heap by time. Times and entry numbers are in arrays of numbers, because moving references
 * costs several times as much, and with many processors most records move some.
 */
export class MergeHeap<T extends Ranked> {
  #size = 0;
  /** By position in the heap. */
  #keys = new Float64Array(64);
  #numbers = new Int32Array(64);
  /** By number. */
  readonly #entries: T[] = [];
  readonly #free: number[] = [];

  /** The earliest entry. */
  get top(): T | undefined {
    return this.#size === 0 ? undefined : this.#entries[this.#numbers[0] ?? 0];
  }

  push(key: number, entry: T): void {
    if (this.#size === this.#keys.length) this.#grow();
    const number = this.#free.pop() ?? this.#entries.length;
    this.#entries[number] = entry;
    let at = this.#size;
    this.#size += 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.#isBefore(key, number, up)) break;
      this.#move(up, at);
      at = up;
    }
    this.#keys[at] = key;
    this.#numbers[at] = number;
  }

  pop(): void {
    this.#free.push(this.#numbers[0] ?? 0);
    this.#size -= 1;
    if (this.#size > 0) this.#sink(this.#keys[this.#size] ?? 0, this.#numbers[this.#size] ?? 0);
  }

  /** Whether the top would still be the earliest entry with this key. */
  keepsTop(key: number): boolean {
    const number = this.#numbers[0] ?? 0;
    return (
      (this.#size < 2 || this.#isBefore(key, number, 1)) && (this.#size < 3 || this.#isBefore(key, number, 2))
    );
  }

  /** Increases the key of the top. */
  delayTop(key: number): void {
    this.#sink(key, this.#numbers[0] ?? 0);
  }

  /** Inserts an entry from the root downwards. */
  #sink(key: number, number: number): void {
    const keys = this.#keys;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= this.#size) break;
      const right = down + 1;
      if (right < this.#size && this.#isBefore(keys[right] ?? 0, this.#numbers[right] ?? 0, down))
        down = right;
      if (this.#isBefore(key, number, down)) break;
      this.#move(down, at);
      at = down;
    }
    keys[at] = key;
    this.#numbers[at] = number;
  }

  #isBefore(key: number, number: number, position: number): boolean {
    const other = this.#keys[position] ?? 0;
    return key < other || (key === other && this.#isRankedBefore(number, this.#numbers[position] ?? 0));
  }

  #isRankedBefore(number: number, other: number): boolean {
    const a = this.#entries[number];
    const b = this.#entries[other];
    return a !== undefined && b !== undefined && (a.rank - b.rank || a.serial - b.serial) < 0;
  }

  #move(from: number, to: number): void {
    this.#keys[to] = this.#keys[from] ?? 0;
    this.#numbers[to] = this.#numbers[from] ?? 0;
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.#size);
    keys.set(this.#keys);
    this.#keys = keys;
    const numbers = new Int32Array(2 * this.#size);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }
}
