import { convertTraces } from '../convert/index.js';
import { diagnoseTraces } from '../listing/index.js';
import { ConvertError, DirectReader, type OpenInput, type Output } from '../passes/index.js';
import { buildReport } from '../report/index.js';
import { BlobSource } from './blob-source.js';
import { browserRuntime } from './browser-runtime.js';
import { expandFile, type NamedBlob } from './expand-files.js';
import type { ConvertMessage, DownloadableOutput, TraceResult, WorkerMessage } from './messages.js';
import { BlobOutput, FolderOutput } from './page-output.js';

// The program of the page's worker: converts the files of one message, one trace after the other.

/** Between two messages about progress. */
const PROGRESS_MILLISECONDS = 100;

const send = (message: WorkerMessage): void => self.postMessage(message);

self.addEventListener('message', ({ data }: MessageEvent<ConvertMessage>) => void convertFiles(data));

async function convertFiles(message: ConvertMessage): Promise<void> {
  const names = new Set<string>();
  for (const file of message.files) {
    try {
      for (const trace of await expandFile(file)) await convertTrace(trace, message, names);
    } catch (error) {
      send({ type: 'failed', name: file.name, message: messageOf(file.name, error) });
    }
  }
  send({ type: 'done' });
}

async function convertTrace(trace: NamedBlob, message: ConvertMessage, names: Set<string>): Promise<void> {
  try {
    send({ type: 'result', result: await resultOf(trace, message, names) });
  } catch (error) {
    send({ type: 'failed', name: trace.name, message: messageOf(trace.name, error) });
  }
}

/** Conversion, diagnosis and report of one trace. */
async function resultOf(trace: NamedBlob, message: ConvertMessage, names: Set<string>): Promise<TraceResult> {
  const { options, report: assets, version } = message;
  const runtime = browserRuntime(version);
  const inputs = [openBlob(trace)];
  const stem = freeStem(trace.stem, names);
  const outputs: (BlobOutput | FolderOutput)[] = [];
  const open = async (name: string): Promise<Output> => {
    const { directory } = message;
    const output = directory === undefined ? new BlobOutput(name) : await FolderOutput.open(directory, name);
    outputs.push(output);
    return output;
  };
  const completed: DownloadableOutput[] = [];
  const summary = await convertTraces({
    inputs,
    reader: new DirectReader(),
    outputs: {
      openPackets: (kind) =>
        open(kind === undefined || options.split === undefined ? `${stem}.pcapng` : `${stem}.${kind}.pcapng`),
      openEvents: () => open(`${stem}.events.json`),
      complete: async (finished) => {
        for (const output of outputs) {
          if (!finished.includes(output)) continue;
          await output.complete();
          completed.push(output.result());
        }
      },
    },
    options: { ...options, onProgress: progressOf(trace.name, 'convert') },
    runtime,
    started: performance.now(),
  });
  const onProgress = progressOf(trace.name, 'diagnose');
  const { document: diagnosis } = await diagnoseTraces(inputs, { onProgress }, runtime);
  const built = await buildReport(inputs, { onProgress: progressOf(trace.name, 'report') }, runtime, assets);
  return {
    name: trace.name,
    outputs: completed,
    summary,
    diagnosis,
    ...(built && { report: built.html }),
  };
}

const openBlob = ({ blob, name }: NamedBlob): OpenInput => ({
  name,
  source: new BlobSource(blob),
  changes: () => [],
  close: () => undefined,
});

/** A name for outputs that no other trace of this run has, without regard to case. */
function freeStem(stem: string, names: Set<string>): string {
  let free = stem;
  for (let n = 2; names.has(free.toLowerCase()); n++) free = `${stem} (${n})`;
  names.add(free.toLowerCase());
  return free;
}

function progressOf(name: string, phase: string): (progress: { readonly fraction: number }) => void {
  let last = 0;
  return ({ fraction }) => {
    const now = performance.now();
    if (now - last < PROGRESS_MILLISECONDS) return;
    last = now;
    send({ type: 'progress', name, phase, fraction });
  };
}

function messageOf(name: string, error: unknown): string {
  if (error instanceof ConvertError) return error.message;
  const reason = error instanceof Error ? error.message : String(error);
  return `${name}: cannot be read: ${reason}; was the file changed or removed?`;
}
