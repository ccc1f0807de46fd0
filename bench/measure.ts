import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** One run of a program. */
export interface Run {
  /** From start to end, seconds. */
  readonly wall: number;
  /** User and system time of all its threads, seconds; undefined if `time` is missing. */
  readonly cpu: number | undefined;
  /** Most memory that was resident at a time, bytes; undefined if `time` is missing. */
  readonly peak: number | undefined;
}

/** GNU time prints details with -v, that of BSD and macOS with -l; both print to stderr. */
const TIME = '/usr/bin/time';
const TIME_FLAG = process.platform === 'linux' ? '-v' : '-l';
const hasTime = existsSync(TIME) && spawnSync(TIME, [TIME_FLAG, process.execPath, '-e', '0']).status === 0;

/** Whether a program can be run by this name. */
export function isInstalled(program: string): boolean {
  const { error }: SpawnSyncReturns<Buffer> = spawnSync(program, ['--version']);
  return error === undefined;
}

const hasSync = isInstalled('sync');

/**
 * Runs a program and waits for its end.
 *
 * @param expected the exit code of success
 * @throws Error with the end of its stderr, if it fails
 */
export async function measure(command: readonly string[], expected = 0): Promise<Run> {
  const [program = '', ...args] = hasTime ? [TIME, TIME_FLAG, ...command] : command;
  const start = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text = `${text}${chunk}`.slice(-8192);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  const wall = (performance.now() - start) / 1000;
  if (code !== expected) throw new Error(`${command.join(' ')} ended with ${code}: ${text.slice(0, 2000)}`);
  const user = numberIn(text, /User time \(seconds\): ([\d.]+)/, /([\d.]+) user/);
  const system = numberIn(text, /System time \(seconds\): ([\d.]+)/, /([\d.]+) sys/);
  const kibibytes = numberIn(text, /Maximum resident set size \(kbytes\): (\d+)/);
  return {
    wall,
    cpu: user === undefined || system === undefined ? undefined : user + system,
    peak: kibibytes === undefined ? numberIn(text, /(\d+)\s+maximum resident set size/) : kibibytes * 1024,
  };
}

/**
 * {@link measure} on a quiet disk: earlier writes are on the disk when the clock starts.
 *
 * Otherwise the system writes the previous program's output to the disk during the next one's run.
 */
export function measureOnQuietDisk(command: readonly string[], expected = 0): Promise<Run> {
  if (hasSync) spawnSync('sync');
  return measure(command, expected);
}

function numberIn(text: string, ...patterns: readonly RegExp[]): number | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return Number(found);
  }
  return undefined;
}

/** The middle run by time; of CPU time the median, of memory the largest. */
export function summarize(runs: readonly Run[]): Run {
  return {
    wall: median(runs.map(({ wall }) => wall)) ?? 0,
    cpu: median(runs.flatMap(({ cpu }) => cpu ?? [])),
    peak: runs.reduce<number | undefined>(
      (most, { peak }) => (peak !== undefined && peak > (most ?? 0) ? peak : most),
      undefined,
    ),
  };
}

/** MiB of memory at most. */
export function peakMiB({ peak }: Run): number | undefined {
  return peak === undefined ? undefined : peak / 2 ** 20;
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
