import { type ChildProcess, fork } from 'node:child_process';
import { batchWorker, systemReason } from '../io/index.js';
import type { ConvertOptions } from '../library/index.js';
import {
  abortedResult,
  type FromWorker,
  failedResult,
  type Job,
  type JobResult,
  type ToWorker,
} from './job.js';

/** What is the same for all jobs of a batch. */
export interface WorkOrder {
  readonly options: ConvertOptions;
  readonly sha256: boolean;
}

interface Task {
  readonly job: Job;
  readonly onStart: () => void;
  readonly onProgress: (fraction: number) => void;
  readonly done: (result: JobResult) => void;
}

/**
 * Worker processes that take jobs from a queue, first come, first served.
 *
 * Processes, not threads: a trace that makes one run out of memory, or a kernel that kills one, ends that file alone, and
 * the limit of memory holds for each. Starting one costs some 80 ms, once, because each takes job after job.
 */
export class Pool {
  readonly #size: number;
  readonly #order: WorkOrder;
  readonly #onCrash: (job: Job) => Promise<void>;
  readonly #queue: Task[] = [];
  #next = 0;
  readonly #idle: ChildProcess[] = [];
  readonly #busy = new Map<ChildProcess, Task>();
  #aborted = false;

  /**
   * @param size workers at most; they are started when there is work for them
   * @param onCrash called when a worker ended in the middle of a job, before the job's result is given
   */
  constructor(size: number, order: WorkOrder, onCrash: (job: Job) => Promise<void>) {
    this.#size = size;
    this.#order = order;
    this.#onCrash = onCrash;
  }

  /** Does a job when its turn comes. Never rejects: what goes wrong is in the result. */
  run(
    job: Job,
    events: { onStart?: () => void; onProgress?: (fraction: number) => void } = {},
  ): Promise<JobResult> {
    return new Promise((done) => {
      this.#queue.push({
        job,
        onStart: events.onStart ?? (() => undefined),
        onProgress: events.onProgress ?? (() => undefined),
        done,
      });
      this.#fill();
    });
  }

  /** Ends what is in flight without a trace of it, and does nothing of the rest. */
  abort(): void {
    this.#aborted = true;
    for (const worker of this.#busy.keys()) tell(worker, { type: 'abort' });
    this.#fill();
  }

  /** Ends the workers at once; for the second Ctrl-C. What they leave is told to `onCrash`. */
  kill(): void {
    this.#aborted = true;
    for (const worker of this.#busy.keys()) worker.kill('SIGKILL');
    this.#fill();
  }

  /** Ends the workers that wait for work. To be called when all jobs are done. */
  close(): void {
    for (const worker of this.#idle.splice(0)) worker.disconnect();
  }

  #fill(): void {
    while (this.#next < this.#queue.length) {
      if (!this.#aborted && this.#busy.size >= this.#size) return;
      const task = this.#queue[this.#next];
      this.#next += 1;
      if (task === undefined) continue;
      if (this.#aborted) task.done(abortedResult());
      else this.#hand(task);
    }
    this.#queue.length = 0;
    this.#next = 0;
  }

  #hand(task: Task): void {
    let worker: ChildProcess;
    try {
      worker = this.#idle.pop() ?? this.#start();
    } catch (error) {
      // Too many open files or processes, of this process: others may end while the batch goes on.
      const message = `${task.job.input}: no worker can be started: ${systemReason(error)}; nothing was written`;
      task.done(failedResult({ code: 'crashed', message }));
      return;
    }
    this.#busy.set(worker, task);
    task.onStart();
    tell(worker, { type: 'convert', job: task.job, ...this.#order });
  }

  #start(): ChildProcess {
    const worker = fork(batchWorker(), [], {
      serialization: 'advanced',
      execArgv: [],
      // Nothing that a dying worker writes may stand between the lines of a log.
      stdio: ['ignore', 'ignore', process.env.ETLCAP_DEBUG === undefined ? 'ignore' : 'inherit', 'ipc'],
    });
    worker.on('message', (message: FromWorker) => {
      const task = this.#busy.get(worker);
      if (task === undefined) return;
      if (message.type === 'progress') {
        task.onProgress(message.fraction);
        return;
      }
      this.#busy.delete(worker);
      this.#idle.push(worker);
      task.done(message.result);
      this.#fill();
    });
    // A worker that cannot be started gives 'error', one that ends 'exit'; some give both.
    worker.on('error', (error) => void this.#lose(worker, `cannot be started: ${systemReason(error)}`));
    worker.on('exit', (code, signal) => {
      const reason = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      void this.#lose(worker, reason);
    });
    return worker;
  }

  async #lose(worker: ChildProcess, reason: string): Promise<void> {
    const idle = this.#idle.indexOf(worker);
    if (idle >= 0) this.#idle.splice(idle, 1);
    const task = this.#busy.get(worker);
    if (task === undefined) return;
    this.#busy.delete(worker);
    // One whose channel broke may still run.
    worker.kill('SIGKILL');
    await this.#onCrash(task.job);
    const hint = reason.includes('SIGKILL') ? ' (out of memory?)' : '';
    const message = `${task.job.input}: the worker ${reason}${hint}; nothing was written`;
    task.done(this.#aborted ? abortedResult() : failedResult({ code: 'crashed', message }));
    this.#fill();
  }
}

function tell(worker: ChildProcess, message: ToWorker): void {
  // A worker that has just ended is told by 'exit'.
  worker.send(message, () => undefined);
}
