/**
 * Values below this have a bucket each; above, each power of two is divided into half as many buckets. A percentile is
 * exact below 6.4 µs and at most 1/64 (1.6%) from the true value above.
 */
const LINEAR = 64;
const LINEAR_BITS = 6;
const PER_OCTAVE = LINEAR / 2;
/** 2^31 ticks are 214 s; longer steps are counted as that, but exact in {@link Histogram.maximum}. */
const LARGEST = 0x7fff_ffff;

/** Distribution of latencies in ticks of 100 ns. Maximum and mean are exact. */
export class Histogram {
  count = 0;
  maximum = 0;
  #sum = 0;
  #buckets = new Uint32Array(LINEAR);

  /** Hot path. @param ticks not negative */
  add(ticks: number): void {
    this.count += 1;
    this.#sum += ticks;
    if (ticks > this.maximum) this.maximum = ticks;
    const bucket = bucketOf(Math.min(ticks, LARGEST));
    if (bucket >= this.#buckets.length) {
      const larger = new Uint32Array(Math.max(bucket + 1, this.#buckets.length * 2));
      larger.set(this.#buckets);
      this.#buckets = larger;
    }
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
  }

  addAll(other: Histogram): void {
    this.count += other.count;
    this.#sum += other.#sum;
    this.maximum = Math.max(this.maximum, other.maximum);
    const larger = new Uint32Array(Math.max(this.#buckets.length, other.#buckets.length));
    larger.set(this.#buckets);
    for (const [n, count] of other.#buckets.entries()) larger[n] = (larger[n] ?? 0) + count;
    this.#buckets = larger;
  }

  /** Ticks; 0 if nothing was added. */
  get mean(): number {
    return this.count === 0 ? 0 : this.#sum / this.count;
  }

  /**
   * The nearest-rank percentile, in ticks: the middle of its bucket.
   *
   * @param share 0 to 1
   */
  percentile(share: number): number {
    let left = Math.max(1, Math.ceil(share * this.count));
    for (const [bucket, count] of this.#buckets.entries()) {
      left -= count;
      if (left <= 0) {
        const [from, to] = boundsOf(bucket);
        return Math.min(this.maximum, (from + to - 1) / 2);
      }
    }
    return this.maximum;
  }

  /** Buckets that are not empty, ascending: from (ticks, included), to (excluded), count. */
  buckets(): [from: number, to: number, count: number][] {
    return Array.from(this.#buckets.entries()).flatMap(([bucket, count]) =>
      count === 0 ? [] : [[...boundsOf(bucket), count] satisfies [number, number, number]],
    );
  }
}

function bucketOf(ticks: number): number {
  if (ticks < LINEAR) return ticks;
  const octave = 31 - Math.clz32(ticks) - LINEAR_BITS;
  return LINEAR + octave * PER_OCTAVE + ((ticks >> (octave + 1)) - PER_OCTAVE);
}

function boundsOf(bucket: number): [from: number, to: number] {
  if (bucket < LINEAR) return [bucket, bucket + 1];
  const octave = Math.floor((bucket - LINEAR) / PER_OCTAVE);
  const width = 2 ** (octave + 1);
  const from = (PER_OCTAVE + ((bucket - LINEAR) % PER_OCTAVE)) * width;
  return [from, from + width];
}
