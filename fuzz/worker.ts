import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Random } from '../samples/scenarios/index.js';
import { Coverage } from './coverage.js';
import { mutate } from './mutate.js';
import { seedsOf } from './seeds.js';
import { cleanUp, TARGETS, type TargetName } from './targets.js';
import { SHARED_HEAD, type WorkerMessage, type WorkerOptions } from './worker-messages.js';

/** Of a hundred cases, how many each target gets: by how fast it is and how much there is to find. */
const SHARES: Readonly<Record<TargetName, number>> = {
  container: 22,
  lz77: 24,
  records: 18,
  manifest: 10,
  compartments: 8,
  conversion: 1,
  paths: 8,
  diagnosis: 4,
  archives: 5,
};

/**
 * Maximum milliseconds of a case: this, and so many for each of its bytes. One that takes longer is repeated and its
 * processor time counts, as the machine may be busy.
 */
const SLOW = 300;
const SLOW_PER_BYTE = 0.02;
/** Targets that read whole traces or write files. */
const SLOW_TARGETS: ReadonlySet<TargetName> = new Set(['conversion', 'paths', 'diagnosis', 'archives']);
/** Memory that one batch may add, in bytes. */
const MEMORY = 200 * 1024 * 1024;
const LARGEST_BATCH = 256;

interface Entry {
  readonly bytes: Uint8Array;
  readonly isGenerated: boolean;
}

const options: WorkerOptions = workerData;
const random = new Random(options.seed);
const coverage = new Coverage('/build/src/');
const seen = new Set<string>();
const entries = new Map<TargetName, Entry[]>();
const counts: Record<string, number> = {};
const control = new Int32Array(options.shared, 0, SHARED_HEAD / 4);
const current = new Uint8Array(options.shared, SHARED_HEAD);
const told = new Set<string>();

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

async function runCase(target: TargetName, { bytes, isGenerated }: Entry): Promise<void> {
  current.set(bytes.subarray(0, current.length));
  control[1] = bytes.length;
  control[2] = options.targets.indexOf(target);
  Atomics.add(control, 3, 1);
  Atomics.store(control, 0, 1);
  const started = performance.now();
  let reason = '';
  try {
    const pending = TARGETS[target](bytes);
    if (pending instanceof Promise) await pending;
  } catch (error) {
    reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const allowed = SLOW + SLOW_PER_BYTE * bytes.length;
  if (reason === '' && performance.now() - started > allowed) {
    const before = process.cpuUsage();
    await TARGETS[target](bytes);
    const { system, user } = process.cpuUsage(before);
    const took = (user + system) / 1000;
    if (took > allowed) reason = `slow: ${Math.round(took)} ms for ${bytes.length} bytes`;
  }
  Atomics.store(control, 0, 0);
  counts[target] = (counts[target] ?? 0) + 1;
  if (reason === '') return;
  // The same mistake is found repeatedly: once is enough.
  const place = `${target}: ${reason.split('\n').slice(0, 3).join(' ').replaceAll(/\d+/g, '#')}`;
  if (told.has(place)) return;
  told.add(place);
  tell({ kind: 'find', target, bytes, isGenerated, reason });
}

function keep(target: TargetName, entry: Entry): void {
  entries.get(target)?.push(entry);
  const hash = createHash('sha256').update(entry.bytes).digest('hex').slice(0, 16);
  const folder = join(options.corpus, target);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${entry.isGenerated ? 'generated' : 'real'}-${hash}`), entry.bytes);
}

function kept(target: TargetName): Entry[] {
  const folder = join(options.corpus, target);
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder).map((name) => ({
    bytes: new Uint8Array(readFileSync(join(folder, name))),
    isGenerated: name.startsWith('generated'),
  }));
}

/** Runs cases; those that reach new code are added to the corpus. */
async function runBatch(target: TargetName, batch: readonly Entry[]): Promise<boolean> {
  const before = process.memoryUsage.rss();
  for (const entry of batch) await runCase(target, entry);
  const grown = process.memoryUsage.rss() - before;
  if (grown > MEMORY) {
    for (const entry of batch) {
      const start = process.memoryUsage().arrayBuffers;
      await runCase(target, entry);
      const more = process.memoryUsage().arrayBuffers - start;
      if (more > MEMORY) tell({ kind: 'find', target, ...entry, reason: `memory: ${more} bytes` });
    }
  }
  const fresh = new Set([...coverage.look()].filter((block) => !seen.has(block)));
  if (fresh.size === 0) return false;
  for (const entry of batch) {
    await runCase(target, entry);
    let isNew = false;
    for (const block of coverage.look()) {
      if (!fresh.delete(block)) continue;
      seen.add(block);
      isNew = true;
    }
    if (isNew) keep(target, entry);
    if (fresh.size === 0) break;
  }
  // Blocks that ran once and do not run again: caches, first compilations.
  for (const block of fresh) seen.add(block);
  return true;
}

function nextCases(target: TargetName, size: number): Entry[] {
  const own = entries.get(target) ?? [];
  return Array.from({ length: size }, () => {
    const parent = own[random.between(0, own.length - 1)] ?? { bytes: new Uint8Array(8), isGenerated: true };
    const other = own[random.between(0, own.length - 1)] ?? parent;
    // A case with a part of a real trace is not made from generated bytes alone.
    const isGenerated = parent.isGenerated && other.isGenerated;
    return { bytes: mutate(target, parent.bytes, random, [other.bytes]), isGenerated };
  });
}

function coverageReport(): string {
  const files = coverage.measure().sort((a, b) => (a.file < b.file ? -1 : 1));
  const folders = new Map<string, { bytes: number; run: number; functions: number; functionsRun: number }>();
  for (const { bytes, bytesRun, file, functions, functionsRun } of files) {
    const name = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
    const sum = folders.get(name) ?? { bytes: 0, run: 0, functions: 0, functionsRun: 0 };
    sum.bytes += bytes;
    sum.run += bytesRun;
    sum.functions += functions;
    sum.functionsRun += functionsRun;
    folders.set(name, sum);
  }
  const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
  return [...folders]
    .map(
      ([name, { bytes, functions, functionsRun, run }]) =>
        `  ${name.padEnd(20)} code ${percent(run, bytes).padStart(7)}  functions ${percent(functionsRun, functions).padStart(7)}`,
    )
    .join('\n');
}

let corpusSize = 0;
for (const target of options.targets) {
  entries.set(target, []);
  const starts = [...seedsOf(target, options.realTraces), ...kept(target)];
  entries.set(target, starts);
  for (let at = 0; at < starts.length; at += 64) {
    for (const entry of starts.slice(at, at + 64)) await runCase(target, entry);
    for (const block of coverage.look()) seen.add(block);
  }
  corpusSize += starts.length;
}
tell({ kind: 'progress', cases: 0, corpus: corpusSize, blocks: seen.size });

const shares = options.targets.reduce((sum, target) => sum + SHARES[target], 0);
const batchSizes = new Map(options.targets.map((target) => [target, 8]));
let total = 0;
let lastTold = performance.now();
while (total < options.cases) {
  let draw = random.between(0, shares - 1);
  const target = options.targets.find((name) => {
    draw -= SHARES[name];
    return draw < 0;
  });
  if (target === undefined) break;
  const limit = SLOW_TARGETS.has(target) ? 16 : LARGEST_BATCH;
  const size = Math.min(batchSizes.get(target) ?? 8, limit);
  const found = await runBatch(target, nextCases(target, size));
  batchSizes.set(target, Math.min(limit, found ? Math.max(8, size >> 1) : size * 2));
  total += size;
  if (performance.now() - lastTold > 10_000) {
    lastTold = performance.now();
    const corpus = [...entries.values()].reduce((sum, list) => sum + list.length, 0);
    tell({ kind: 'progress', cases: total, corpus, blocks: seen.size });
  }
}
coverage.look();
for (const target of options.targets) {
  for (const entry of entries.get(target) ?? []) await runCase(target, entry);
}
cleanUp();
tell({ kind: 'done', cases: counts, coverage: coverageReport() });
