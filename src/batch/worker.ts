import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import {
  Archives,
  nodeRuntime,
  openFile,
  openTraceAt,
  regularFile,
  removeTemporaries,
  SPOOL_LIMIT,
  systemReason,
} from '../io/index.js';
import type { ConvertOptions } from '../library/index.js';
import { convertOpened, writeTablesOf } from '../library/index.js';
import { diagnoseTraces } from '../listing/index.js';
import type { ConvertSummary, OpenInput } from '../passes/index.js';
import { ConvertError } from '../passes/index.js';
import {
  abortedResult,
  type BatchFinding,
  type FromWorker,
  failedResult,
  type Job,
  type JobError,
  type JobResult,
  MAX_DAMAGE_ITEMS,
  MAX_FINDINGS,
  type ToWorker,
} from './job.js';

// The program of a worker process: runs jobs from the channel of pool.ts, one at a time.

/** Between two messages about progress. */
const PROGRESS_MILLISECONDS = 150;

let interruption = new AbortController();
let last: Promise<void> = Promise.resolve();
/** Kept from job to job: members of an archive are often converted one after the other. */
let archives: Archives | undefined;

// The terminal sends Ctrl-C to all processes of the group, service managers SIGTERM: the parent decides, and sends a
// message.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

process.on('disconnect', () => {
  // The parent has ended: the result is not needed.
  interruption.abort();
  void last.finally(() => {
    archives?.close();
    removeTemporaries();
    process.exit(1);
  });
});

process.on('message', (message: ToWorker) => {
  if (message.type === 'abort') {
    interruption.abort();
    return;
  }
  interruption = new AbortController();
  last = work(message).then((result) => say({ type: 'done', result }));
});

function say(message: FromWorker): void {
  // A channel that has just been closed is handled by 'disconnect'.
  process.send?.(message, undefined, undefined, () => undefined);
}

async function work({
  diagnose,
  job,
  options,
  sha256,
  tables,
}: Extract<ToWorker, { type: 'convert' }>): Promise<JobResult> {
  const started = performance.now();
  const seconds = (): number => Math.round(performance.now() - started) / 1000;
  let input: OpenInput | undefined;
  try {
    const hash = sha256 ? createHash('sha256') : undefined;
    input = await open(job, options.spoolLimit ?? SPOOL_LIMIT, hash);
    await makeDirectory(dirname(job.target));
    let reportedAt = started;
    const summary = await convertOpened([input], job.target, {
      ...options,
      force: true,
      // Other processors have other jobs.
      oneThread: true,
      signal: interruption.signal,
      onProgress: ({ fraction }) => {
        const now = performance.now();
        if (now - reportedAt < PROGRESS_MILLISECONDS) return;
        reportedAt = now;
        say({ type: 'progress', fraction });
      },
    });
    const findings = diagnose ? await findingsOf(input, options) : undefined;
    return {
      ...resultOf(summary),
      ...(findings && { findings }),
      ...(tables !== undefined && { tables: await tablesOf(input, job, tables, options) }),
      ...(hash && { sha256: hash.digest('hex') }),
      seconds: seconds(),
    };
  } catch (error) {
    if (error instanceof ConvertError && error.code === 'aborted') {
      return abortedResult(seconds());
    }
    return failedResult(jobError(error), seconds());
  } finally {
    input?.close();
  }
}

/** The findings of a trace, as the report has them. */
async function findingsOf(
  input: OpenInput,
  { compartments, hostInfo, manifests }: ConvertOptions,
): Promise<BatchFinding[]> {
  const options = {
    ...(compartments !== undefined && { compartments }),
    ...(hostInfo && { hostInfo }),
    ...(manifests && { manifests }),
    signal: interruption.signal,
  };
  const { document } = await diagnoseTraces([input], options, nodeRuntime);
  return document.findings
    .slice(0, MAX_FINDINGS)
    .map(({ basis, count, filter, frames, id, severity, title }) => ({
      id,
      severity,
      basis,
      title,
      count,
      frames,
      ...(filter !== undefined && { filter }),
    }));
}

/** Writes the tables of a trace, named after its pcapng. */
async function tablesOf(
  input: OpenInput,
  { key }: Job,
  directory: string,
  { compartments, compartmentsEncoding, fsync, hostInfo, manifests, protectedFiles }: ConvertOptions,
): Promise<JobResult['tables'] & object> {
  const { files } = await writeTablesOf(input, directory, {
    ...(compartments !== undefined && { compartments }),
    ...(compartmentsEncoding && { compartmentsEncoding }),
    ...(fsync && { fsync }),
    ...(hostInfo && { hostInfo }),
    ...(manifests && { manifests }),
    ...(protectedFiles && { protectedFiles }),
    trace: key.replace(/\.pcapng$/u, ''),
    force: true,
    oneThread: true,
    signal: interruption.signal,
  });
  return files;
}

/** @throws ConvertError `input` or `output` */
async function open(job: Job, limit: number, hash: Hash | undefined): Promise<OpenInput> {
  const { changed: version, path, steps } = job;
  if (steps.length === 0) {
    await regularFile(path);
    // Opened before it is hashed, so that a later change of the file is noticed.
    const input = await openFile(path);
    try {
      if (hash !== undefined) await hashFile(path, hash);
    } catch (error) {
      input.close();
      throw error;
    }
    return input;
  }
  archives ??= new Archives({ spoolLimit: limit });
  return openTraceAt(archives, { name: job.input, path, version, steps }, (bytes) => hashed(bytes, hash));
}

async function hashFile(path: string, hash: Hash): Promise<void> {
  try {
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk);
      if (interruption.signal.aborted) throw new ConvertError('aborted', 'interrupted; nothing was written');
    }
  } catch (error) {
    if (error instanceof ConvertError) throw error;
    throw new ConvertError('input', `${path}: ${systemReason(error)}`, { cause: error });
  }
}

/** The stream, with a hash of its bytes, until the job is aborted. */
function hashed(stream: Readable, hash: Hash | undefined): Readable {
  const { signal } = interruption;
  return Readable.from(
    (async function* () {
      for await (const chunk of stream) {
        if (signal.aborted) throw new ConvertError('aborted', 'interrupted; nothing was written');
        hash?.update(chunk);
        yield chunk;
      }
    })(),
    { objectMode: false },
  );
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new ConvertError('output', `${path}: ${systemReason(error)}`, { cause: error });
  }
}

function resultOf(summary: ConvertSummary): Omit<JobResult, 'seconds'> {
  const [trace] = summary.traces;
  return {
    // A pcapng with events alone is a result, too.
    status: summary.outputs.length === 0 ? 'no-packets' : 'converted',
    outputs: summary.outputs,
    ...(summary.eventsFile && { eventsFile: summary.eventsFile }),
    records: summary.records,
    packets: summary.packets,
    identity: summary.identity,
    events: summary.events,
    dropped: summary.drops.reduce((sum, { packets }) => sum + packets, 0),
    hints: summary.hints,
    ...(summary.unknownComponents && { unknownComponents: summary.unknownComponents }),
    ...(trace && {
      trace: {
        ...trace,
        damage: {
          ...trace.damage,
          items: trace.damage.items.slice(0, MAX_DAMAGE_ITEMS),
          gaps: trace.damage.gaps.slice(0, MAX_DAMAGE_ITEMS),
          packetEvents: trace.damage.packetEvents.slice(0, MAX_DAMAGE_ITEMS),
        },
      },
    }),
  };
}

function jobError(error: unknown): JobError {
  if (error instanceof ConvertError && error.code !== 'aborted') {
    return { code: error.code, message: error.message };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'internal', message };
}
