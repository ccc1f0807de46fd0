import type { Ora } from 'ora';
import { printable } from '../../etw/index.js';
import { count, plural } from '../../format/index.js';
import type { Progress } from '../../passes/index.js';

/** Shorter conversions show no progress. */
const QUIET_MILLISECONDS = 250;

/** A spinner with percent, packets and rate on a terminal; otherwise nothing. */
export class ProgressLine {
  readonly #enabled: boolean;
  readonly #color: 'cyan' | false;
  readonly #start = performance.now();
  #spinner: Ora | undefined;
  #loading = false;
  #text = '';

  constructor(wanted: boolean, hasColor: boolean) {
    this.#color = hasColor && 'cyan';
    const { columns, isTTY } = process.stderr;
    // A terminal with unknown width (0: docker, script) would be cleared endlessly.
    const isTerminal = isTTY === true && columns > 0 && process.env.TERM !== 'dumb';
    this.#enabled = wanted && isTerminal && process.env.CI === undefined;
  }

  update(name: string, progress: Progress): void {
    if (!this.#enabled) return;
    const elapsed = performance.now() - this.#start;
    if (elapsed < QUIET_MILLISECONDS) return;
    const percent = Math.min(100, Math.floor(progress.fraction * 100));
    const rate = Math.round(progress.packets / (elapsed / 1000));
    const doing =
      progress.phase === 'survey'
        ? 'reading the trace'
        : `${plural(progress.packets, 'packet')}, ${count(rate)} per second`;
    this.#text = `${printable(name)}  ${percent} %  ${doing}`;
    if (this.#spinner !== undefined) {
      this.#spinner.text = this.#text;
      // The conversion keeps the event loop busy: draw here, not in a timer.
      this.#spinner.render();
    } else if (!this.#loading) {
      this.#loading = true;
      void this.#startSpinner();
    }
  }

  /** Removes the line; the next update draws it again. */
  clear(): void {
    this.#spinner?.stop();
    this.#spinner = undefined;
    this.#loading = false;
    this.#text = '';
  }

  async #startSpinner(): Promise<void> {
    const { default: ora } = await import('ora');
    if (this.#text === '') return;
    this.#spinner = ora({
      text: this.#text,
      color: this.#color,
      stream: process.stderr,
      discardStdin: false,
    }).start();
  }
}
