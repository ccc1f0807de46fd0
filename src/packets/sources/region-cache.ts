interface Region<T> {
  readonly view: DataView;
  readonly length: number;
  readonly value: T;
}

/** Regions compared for one hint: the NICs of a large switch. */
const REGIONS_PER_HINT = 64;
/** Bytes kept in all: a hostile trace must not fill memory. Beyond them the cache starts anew. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Values that were read from a run of fields with strings, found again by comparing the bytes: packet events repeat the
 * same names hundreds of thousands of times, and comparing is cheaper than looking for their ends, let alone than making
 * strings. A run whose bytes are the same as far as a known one reaches is as long as that one, because its length
 * follows from its bytes.
 */
export class RegionCache<T> {
  readonly #byHint = new Map<number, Region<T>[]>();
  #bytes = 0;
  /** Length in bytes of the run that {@link find} found last. */
  foundLength = 0;

  /**
   * Hot path, allocates nothing.
   *
   * @param hint a number read from the run: only runs that were added with it are compared
   * @param available bytes from `at` to the end of the payload
   */
  find(hint: number, view: DataView, at: number, available: number): T | undefined {
    const regions = this.#byHint.get(hint);
    if (regions === undefined) return undefined;
    for (let i = 0; i < regions.length; i++) {
      const region = regions[i];
      if (region !== undefined && region.length <= available && isSame(region, view, at)) {
        if (i > 0) moveForward(regions, i);
        this.foundLength = region.length;
        return region.value;
      }
    }
    return undefined;
  }

  add(hint: number, bytes: Uint8Array, at: number, length: number, value: T): void {
    if (length > MAX_BYTES) return;
    if (this.#bytes + length > MAX_BYTES) {
      this.#byHint.clear();
      this.#bytes = 0;
    }
    const copy = bytes.slice(at, at + length);
    const region = { view: new DataView(copy.buffer), length, value };
    this.#bytes += length;
    const regions = this.#byHint.get(hint);
    if (regions === undefined) this.#byHint.set(hint, [region]);
    else {
      if (regions.length === REGIONS_PER_HINT) this.#bytes -= regions.pop()?.length ?? 0;
      regions.push(region);
    }
  }
}

/** Moves frequent regions to the front. */
function moveForward<T>(regions: Region<T>[], index: number): void {
  const before = regions[index - 1];
  const found = regions[index];
  if (before === undefined || found === undefined) return;
  regions[index - 1] = found;
  regions[index] = before;
}

/** Hot path: compares four words per iteration with one branch. */
function isSame(region: Region<unknown>, view: DataView, at: number): boolean {
  const { view: known, length } = region;
  let i = 0;
  for (; i + 16 <= length; i += 16) {
    const difference =
      (known.getInt32(i, true) ^ view.getInt32(at + i, true)) |
      (known.getInt32(i + 4, true) ^ view.getInt32(at + i + 4, true)) |
      (known.getInt32(i + 8, true) ^ view.getInt32(at + i + 8, true)) |
      (known.getInt32(i + 12, true) ^ view.getInt32(at + i + 12, true));
    if (difference !== 0) return false;
  }
  for (; i < length; i++) {
    if (known.getUint8(i) !== view.getUint8(at + i)) return false;
  }
  return true;
}
