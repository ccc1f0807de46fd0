/**
 * Coverage-guided fuzzing: `npm run fuzz -- [--cases N] [--seed N] [--target NAME …]`.
 *
 * Cases run in a separate thread with a bounded heap. This one watches: a case that does not end is a find, and the
 * thread is restarted.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { isTargetName, TARGETS, type TargetName } from './targets.js';
import { SHARED_HEAD, SHARED_SIZE, type WorkerMessage, type WorkerOptions } from './worker-messages.js';

/** A case that runs this long hangs, in milliseconds. */
const HANGS = 15_000;
/** MiB of heap that all cases must do with. */
const HEAP = 400;

const root = fileURLToPath(new URL('../..', import.meta.url));
const finds = join(root, 'build', 'fuzz-finds');

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string', multiple: true },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function chosenTargets(): TargetName[] {
  const names = values.target ?? Object.keys(TARGETS);
  return names.map((name) => {
    if (!isTargetName(name))
      throw new Error(`no target ${name}; there are ${Object.keys(TARGETS).join(', ')}`);
    return name;
  });
}

let found = 0;

function keepFind(target: TargetName, bytes: Uint8Array, isGenerated: boolean, reason: string): void {
  found += 1;
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const name = `${target}-${isGenerated ? 'generated' : 'real'}-${hash}`;
  mkdirSync(finds, { recursive: true });
  writeFileSync(join(finds, name), bytes);
  writeFileSync(join(finds, `${name}.txt`), `${reason}\n`);
  say(`FIND ${name} (${bytes.length} bytes): ${reason.split('\n').slice(0, 4).join(' | ')}`);
}

/** @returns cases done, and whether the thread came to its end */
function runWorker(
  targets: readonly TargetName[],
  seed: number,
  cases: number,
): Promise<{ done: number; ended: boolean }> {
  const shared = new SharedArrayBuffer(SHARED_SIZE);
  const control = new Int32Array(shared, 0, SHARED_HEAD / 4);
  const options: WorkerOptions = {
    targets,
    seed,
    cases,
    corpus: join(root, 'build', 'fuzz-corpus'),
    realTraces:
      process.env.ETLCAP_SAMPLES ?? fileURLToPath(new URL('../../../shared/samples', import.meta.url)),
    shared,
  };
  return new Promise((resolve) => {
    let done = 0;
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: options,
      resourceLimits: { maxOldGenerationSizeMb: HEAP },
    });
    const currentCase = (): { target: TargetName; bytes: Uint8Array } => ({
      target: targets[control[2] ?? 0] ?? 'container',
      bytes: new Uint8Array(shared, SHARED_HEAD, control[1] ?? 0).slice(),
    });
    let lastStart = 0;
    let since = performance.now();
    const watch = setInterval(() => {
      // The start changes with every case; one that stays is one that runs.
      const start = Atomics.load(control, 3);
      if (start !== lastStart || Atomics.load(control, 0) === 0) {
        lastStart = start;
        since = performance.now();
      } else if (performance.now() - since > HANGS) {
        const { bytes, target } = currentCase();
        keepFind(target, bytes, false, `hangs: ${HANGS} ms`);
        void worker.terminate();
      }
    }, 250);
    worker.on('message', (message: WorkerMessage) => {
      switch (message.kind) {
        case 'progress':
          done = message.cases;
          say(
            `${message.cases} cases, ${message.corpus} in the corpus, ${message.blocks} blocks, ${found} finds`,
          );
          break;
        case 'find':
          keepFind(message.target, message.bytes, message.isGenerated, message.reason);
          break;
        case 'done': {
          const all = Object.values(message.cases).reduce((sum, count) => sum + count, 0);
          say(`${all} cases: ${JSON.stringify(message.cases)}`);
          say(`Code that the corpus runs:\n${message.coverage}`);
          done = cases;
          break;
        }
      }
    });
    worker.on('error', (error) => {
      const { bytes, target } = currentCase();
      keepFind(target, bytes, false, `the thread died: ${error.stack ?? error.message}`);
    });
    worker.on('exit', () => {
      clearInterval(watch);
      resolve({ done, ended: done === cases });
    });
  });
}

// The product reads its version two folders above its own: in build/ as in dist/.
copyFileSync(join(root, 'package.json'), join(root, 'build', 'package.json'));
const targets = chosenTargets();
const wanted = Number(values.cases);
let left = wanted;
for (let seed = Number(values.seed); left > 0; seed++) {
  const { done, ended } = await runWorker(targets, seed, left);
  left = ended ? 0 : left - Math.max(1, done);
}
say(`${found} finds${found > 0 ? ` in ${finds}` : ''}`);
process.exitCode = found > 0 ? 1 : 0;
