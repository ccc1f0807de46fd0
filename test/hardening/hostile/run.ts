import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN, run } from '../../cli/run.js';

/** Files of an attack by name; the first is the input. */
export type AttackFiles = Readonly<Record<string, Uint8Array>>;

/** How a command ended, and what it used. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Seconds of all threads. */
  readonly cpu: number;
  /** MiB at the peak. */
  readonly memory: number;
  /** What it wrote, by name. */
  readonly outputs: ReadonlyMap<string, Uint8Array>;
}

/** MiB that SECURITY.md allows a conversion of a small file. */
export const MEMORY_LIMIT = 512;

/** What the engine says where one of its own limits ends a program. */
export const ENGINE_LIMIT =
  /Maximum call stack|Invalid (?:string|array) length|RangeError|heap out of memory|allocation failed/i;

/**
 * Runs the command in a directory with these files and nothing else. Its heap is bounded: where the code needs more, the
 * process is aborted.
 */
export async function attack(files: AttackFiles, args: readonly string[]): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), 'etlcap-hostile-'));
  const usageFile = join(directory, '.usage');
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(directory, name), bytes);
    const preload = new URL('./report-usage.mjs', import.meta.url).href;
    const { code, stderr, stdout } = await run(
      process.execPath,
      [`--max-old-space-size=${MEMORY_LIMIT}`, '--import', preload, BIN, ...args],
      { cwd: directory, env: { ETLCAP_USAGE: usageFile } },
    );
    const outputs = new Map<string, Uint8Array>();
    let usage = [Number.NaN, Number.NaN];
    for (const name of readdirSync(directory)) {
      const bytes = readFileSync(join(directory, name));
      if (name === '.usage') usage = bytes.toString().split(' ').map(Number);
      else if (!Object.hasOwn(files, name)) outputs.set(name, bytes);
    }
    const [microseconds = Number.NaN, kibibytes = Number.NaN] = usage;
    return {
      code,
      stdout: stdout.toString(),
      stderr,
      cpu: microseconds / 1e6,
      memory: kibibytes / 1024,
      outputs,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
