import type { Ora } from 'ora';
import type { BatchListener } from '../../batch/index.js';
import { printable } from '../../etw/index.js';
import { count, countdown, size } from '../../format/index.js';
import { cutToWidth, loadDisplayWidth } from './display-width.js';

/** Milliseconds between two pictures: 10,000 files must not make the terminal the slowest part. */
const PICTURE_MILLISECONDS = 100;
/** Time left is a guess that needs some ground. */
const MIN_SECONDS_FOR_GUESS = 2;
/** The spinner's character and the space after it, and one free column so that the line does not wrap. */
const SPINNER_COLUMNS = 3;
/** Files named at a time. */
const MAX_NAMED = 3;

/** Whether a spinner is wanted: on a terminal that can show it. */
export function wantsSpinner(isQuiet: boolean): boolean {
  const { CI, TERM } = process.env;
  const { columns, isTTY } = process.stderr;
  const isRefused = isQuiet || CI !== undefined || TERM === 'dumb';
  // A terminal with unknown width (0: docker, script) would be cleared endlessly.
  return !isRefused && isTTY === true && columns > 0;
}

/**
 * One line for a whole batch: part done, files, rate, time left, and the files in work. Every event costs the same,
 * however many files there are.
 */
export class BatchProgress implements Required<Pick<BatchListener, 'onPlan' | 'onStart' | 'onProgress'>> {
  readonly #enabled: boolean;
  readonly #color: 'cyan' | false;
  /** How far the files in work are, 0 to 1. */
  readonly #current = new Map<string, number>();
  #start = performance.now();
  #files = 0;
  #bytes = 0;
  #filesDone = 0;
  #bytesDone = 0;
  /** Bytes that this run read; skipped traces do not count for the rate. */
  #bytesRead = 0;
  #drawn = 0;
  #spinner: Ora | undefined;

  constructor(isQuiet: boolean, hasColor: boolean) {
    this.#color = hasColor && 'cyan';
    this.#enabled = wantsSpinner(isQuiet);
  }

  /** Whether a line is drawn: others that write to the terminal go through {@link above}. */
  get isShown(): boolean {
    return this.#enabled;
  }

  async start(): Promise<void> {
    if (!this.#enabled) return;
    const { default: ora } = await import('ora');
    await loadDisplayWidth();
    this.#spinner = ora({
      text: 'searching for traces',
      color: this.#color,
      stream: process.stderr,
      discardStdin: false,
    }).start();
  }

  onPlan(files: number, bytes: number): void {
    this.#files = files;
    this.#bytes = bytes;
    this.#start = performance.now();
  }

  onStart(input: string): void {
    this.#current.set(input, 0);
    this.#draw();
  }

  onProgress(input: string, fraction: number): void {
    if (this.#current.has(input)) this.#current.set(input, fraction);
    this.#draw();
  }

  /** A file is done. */
  done(input: string, bytes: number, isSkipped: boolean): void {
    this.#current.delete(input);
    this.#filesDone += 1;
    this.#bytesDone += bytes;
    if (!isSkipped) this.#bytesRead += bytes;
    this.#draw();
  }

  /** Writes a line above the picture. */
  above(line: string): void {
    if (this.#spinner === undefined) {
      process.stderr.write(`${line}\n`);
      return;
    }
    this.#spinner.clear();
    process.stderr.write(`${line}\n`);
    this.#spinner.render();
  }

  stop(): void {
    this.#spinner?.stop();
    this.#spinner = undefined;
  }

  #draw(): void {
    const now = performance.now();
    if (this.#spinner === undefined || now - this.#drawn < PICTURE_MILLISECONDS) return;
    this.#drawn = now;
    const columns = Math.max(1, process.stderr.columns - SPINNER_COLUMNS);
    this.#spinner.text = cutToWidth(this.#text((now - this.#start) / 1000), columns);
  }

  #text(elapsed: number): string {
    const percent = this.#bytes === 0 ? 0 : Math.min(100, Math.floor((100 * this.#bytesDone) / this.#bytes));
    const rate = this.#bytesRead / Math.max(elapsed, 0.001);
    const left =
      elapsed < MIN_SECONDS_FOR_GUESS || rate === 0
        ? ''
        : `, ${countdown((this.#bytes - this.#bytesDone) / rate)} left`;
    const named = [...this.#current].slice(0, MAX_NAMED).map(([input, fraction]) => {
      const name = printable(input.replace(/^.*[/\\]/su, ''));
      return fraction === 0 ? name : `${name} ${Math.floor(fraction * 100)} %`;
    });
    return (
      `${percent} %  ${count(this.#filesDone)} of ${count(this.#files)} files, ` +
      `${size(Math.round(rate))}/s${left}  ${named.join(', ')}`
    );
  }
}
