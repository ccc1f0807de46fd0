/** The command as a user runs it: the real executable in a separate process. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, inject } from 'vitest';
import { writeTraceFile } from '../support/trace-file.js';

/** The command's script. */
export const BIN = fileURLToPath(new URL('../../bin/etlcap.js', import.meta.url));

/** The project's own sample traces. */
export const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

export const sample = (name: string): string => join(SAMPLES, `${name}.etl`);

export interface Ended {
  /** Exit code; null if a signal ended it. */
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Standard input; `open`: a pipe without data that does not end. */
  readonly input?: Uint8Array | 'open';
  /** Added to the environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** File descriptor that replaces the pipe at standard output. */
  readonly stdout?: number;
  /** Called once with the running process. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs `etlcap ARGS` and waits for its end. */
export function etlcap(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const problem = inject('buildProblem');
  if (problem !== '') throw new Error(`the command could not be built:\n${problem}`);
  // A single executable under test, see scripts/release/test-executable.sh.
  const { ETLCAP_PROGRAM: program } = process.env;
  if (program !== undefined) return run(program, args, options);
  return run(process.execPath, [BIN, ...args], options);
}

/** Runs a program and waits for its end. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd, env, input, onStart, stdout: descriptor } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(cwd !== undefined && { cwd }),
      env: { ...process.env, ...env },
      stdio: ['pipe', descriptor ?? 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
    });
    // A command that does not read its input closes it.
    child.stdin?.on('error', () => undefined);
    if (input !== 'open') child.stdin?.end(input);
    onStart?.(child);
  });
}

export interface TestDirectory {
  readonly path: string;
  file(name: string): string;
  /** Names of its files, hidden ones too. */
  files(): string[];
  /** The same without the events files. */
  captures(): string[];
}

/** An empty directory for each test of the file, removed after it. */
export function useDirectory(): TestDirectory {
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'etlcap-cli-'));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));
  const files = (): string[] => readdirSync(path).sort();
  return {
    get path() {
      return path;
    },
    file: (name) => join(path, name),
    files,
    captures: () => files().filter((name) => !name.endsWith('.events.json')),
  };
}

/**
 * A pipe with a name, whose reader lets through so little at a time that 80 MB take a second or more: a conversion
 * that is long on any machine. The reader ends with the writer, or, where none comes, after a minute.
 */
export function slowPipe(path: string): void {
  execFileSync('mkfifo', [path]);
  const reader = `
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 60_000).unref();
    const input = fs.createReadStream(${JSON.stringify(path)});
    input.on('data', () => {
      input.pause();
      setTimeout(() => input.resume(), 1);
    });
  `;
  spawn(process.execPath, ['-e', reader], { stdio: 'ignore' });
}

/**
 * A conversion that is in progress until it is killed: its pcapng has a temporary name, and its events wait for the reader
 * of a named pipe.
 */
export async function waitingRun(directory: TestDirectory, output: string): Promise<ChildProcess> {
  const folder = join(directory.path, dirname(output));
  mkdirSync(folder, { recursive: true });
  const pipe = directory.file(`${basename(output)}.pipe`);
  execFileSync('mkfifo', [pipe]);
  const args = [BIN, sample('lbfo-team'), '-o', output, '--force', '--events-output', pipe];
  const child = spawn(process.execPath, args, { cwd: directory.path, stdio: 'ignore' });
  const isPart = (name: string): boolean =>
    name.startsWith(`.${basename(output)}.`) && name.endsWith('.part');
  while (child.exitCode === null) {
    if (readdirSync(folder).some(isPart)) return child;
    await delay(10);
  }
  throw new Error(`the conversion ended with ${child.exitCode}`);
}

/** Writes a trace of NDIS packets, of about 210 bytes each in the trace and in the capture. */
export function writeLargeTrace(path: string, count: number): void {
  writeTraceFile(path, { kind: 'ndis', count, payloadSize: 40 });
}
