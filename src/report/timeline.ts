import type { CaptureLocation } from '../host/index.js';
import type { PacketPath } from '../paths/index.js';
import type { ReportTimeline } from './report-data.js';

/** Limit of the timeline's bins: the width of a wide screen. */
const BINS = 400;
/** A bin's width at first, in ticks of 100 ns: 1 ms. It doubles when the bins are full. */
const FIRST_WIDTH = 10_000;
/** Limit of interfaces with their own line; packets of others are counted together. */
const MAX_INTERFACES = 200;
const TICKS_PER_SECOND = 10_000_000;

interface Line {
  readonly packets: Uint32Array;
  readonly drops: Uint32Array;
}

const newLine = (): Line => ({ packets: new Uint32Array(BINS), drops: new Uint32Array(BINS) });

/**
 * Counts packets by time, each once at the interface of its first appearance, and dropped packets at the location of
 * the drop; in memory independent of the trace's size.
 */
export class Timeline {
  readonly #lines = new Map<CaptureLocation, Line>();
  #others: Line | undefined;
  #startHigh = 0;
  #startLow = 0;
  #hasBegun = false;
  #width = FIRST_WIDTH;
  #last = 0;
  #lastCaptureLocation: CaptureLocation | undefined;
  #lastLine: Line | undefined;

  /** Hot path. Must be called in the order of first hops. */
  add({ drop, first, firstHigh, firstLow }: PacketPath): void {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.#startHigh = firstHigh;
      this.#startLow = firstLow;
    }
    const start = (firstHigh - this.#startHigh) * 2 ** 32 + (firstLow - this.#startLow);
    increment(this.#lineOf(first.hopLocation.captureLocation).packets, this.#binOf(start + first.since));
    if (drop !== undefined)
      increment(this.#lineOf(drop.hopLocation.captureLocation).drops, this.#binOf(start + drop.since));
  }

  /** @param ticks since the first packet */
  #binOf(ticks: number): number {
    while (ticks >= BINS * this.#width) this.#double();
    const bin = Math.max(0, Math.floor(ticks / this.#width));
    this.#last = Math.max(this.#last, bin);
    return bin;
  }

  #lineOf(captureLocation: CaptureLocation): Line {
    if (captureLocation === this.#lastCaptureLocation && this.#lastLine !== undefined) return this.#lastLine;
    let line = this.#lines.get(captureLocation);
    if (line === undefined) {
      if (this.#lines.size < MAX_INTERFACES) {
        line = newLine();
        this.#lines.set(captureLocation, line);
      } else {
        this.#others ??= newLine();
        line = this.#others;
      }
    }
    this.#lastCaptureLocation = captureLocation;
    this.#lastLine = line;
    return line;
  }

  #double(): void {
    this.#width *= 2;
    this.#last = Math.floor(this.#last / 2);
    const lines = [...this.#lines.values(), ...(this.#others === undefined ? [] : [this.#others])];
    for (const { drops, packets } of lines) {
      halve(packets);
      halve(drops);
    }
  }

  /** @param nameOf the interface's name */
  json(nameOf: (captureLocation: CaptureLocation) => string): ReportTimeline {
    const bins = this.#hasBegun ? this.#last + 1 : 0;
    const start = (BigInt(this.#startHigh) << 32n) | BigInt(this.#startLow);
    const line = (name: string, { drops, packets }: Line): ReportTimeline['interfaces'][number] => ({
      name,
      packets: [...packets.subarray(0, bins)],
      dropped: [...drops.subarray(0, bins)],
    });
    return {
      start: Number(start) / TICKS_PER_SECOND,
      width: this.#width / TICKS_PER_SECOND,
      bins,
      interfaces: [
        ...[...this.#lines].map(([captureLocation, counts]) => line(nameOf(captureLocation), counts)),
        ...(this.#others === undefined ? [] : [line('all others', this.#others)]),
      ],
    };
  }
}

function increment(bins: Uint32Array, bin: number): void {
  bins[bin] = (bins[bin] ?? 0) + 1;
}

/** Two bins become one. */
function halve(bins: Uint32Array): void {
  for (let n = 0; n < BINS / 2; n++) bins[n] = (bins[2 * n] ?? 0) + (bins[2 * n + 1] ?? 0);
  bins.fill(0, BINS / 2);
}
