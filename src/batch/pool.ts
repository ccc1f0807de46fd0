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

/** The settings of all jobs of a batch. */
export interface WorkOrder {
  readonly options: ConvertOptions;
  readonly sha256: boolean;
  readonly diagnose: boolean;
  readonly tables: string | undefined;
}

interface Task {
  readonly job: Job;
  readonly onStart: () => void;
  readonly onProgress: (fraction: number) => void;
  readonly done: (result: JobResult) => void;
}

/**
 * Worker processes that run jobs from a queue, first in, first out.
 *
 * Processes, not threads: a trace that exhausts memory, or a process that the kernel kills, fails one file alone, and
 * the memory limit holds for each. Starting one costs some 80 ms, once, because each runs many jobs.
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
   * @param size maximum number of workers; they are started when there is work for them
   * @param onCrash called when a worker ended during a job, before the job's result is returned
   */
  constructor(size: number, order: WorkOrder, onCrash: (job: Job) => Promise<void>) {
    this.#size = size;
    this.#order = order;
    this.#onCrash = onCrash;
  }

  /** Runs a job after those before it in the queue. Never rejects: errors are in the result. */
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

  /** Aborts running jobs, removes their partial outputs, and drops the rest of the queue. */
  abort(): void {
    this.#aborted = true;
    for (const worker of this.#busy.keys()) tell(worker, { type: 'abort' });
    this.#fill();
  }

  /** Ends the workers at once; for the second Ctrl-C. `onCrash` is called for their jobs. */
  kill(): void {
    this.#aborted = true;
    for (const worker of this.#busy.keys()) worker.kill('SIGKILL');
    this.#fill();
  }

  /** Ends the idle workers. Call it when all jobs are done. */
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
      // Too many open files or processes, of this process: others may end while the batch runs.
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
      // The output of a dying worker must not appear between the lines of a log.
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
    // A worker that cannot be started emits 'error', one that ends 'exit'; some emit both.
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
  // A worker that has just ended is handled by 'exit'.
  worker.send(message, () => undefined);
}
