import type { TargetName } from './targets.js';

/** Messages from the supervisor to the worker. */
export interface WorkerOptions {
  readonly targets: readonly TargetName[];
  readonly seed: number;
  readonly cases: number;
  /** Cases that reached new code, from run to run. */
  readonly corpus: string;
  readonly realTraces: string | undefined;
  /** The current case, for the supervisor: see {@link SHARED_HEAD}. */
  readonly shared: SharedArrayBuffer;
}

/** Four Int32: 1 while a case runs, its length, its target, the number of started cases; its bytes follow. */
export const SHARED_HEAD = 16;
/** Larger than any case. */
export const SHARED_SIZE = SHARED_HEAD + 256 * 1024;

/** Messages from the worker to the supervisor. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly cases: number; readonly corpus: number; readonly blocks: number }
  | {
      readonly kind: 'find';
      readonly target: TargetName;
      readonly bytes: Uint8Array;
      readonly isGenerated: boolean;
      readonly reason: string;
    }
  | { readonly kind: 'done'; readonly cases: Readonly<Record<string, number>>; readonly coverage: string };
