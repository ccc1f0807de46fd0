import type { DiagnosisDocument } from '../listing/index.js';
import type { ConvertSummary } from '../passes/index.js';

/** Data that the build inserts into the page. */
export interface PageData {
  /** Version of etlcap. */
  readonly version: string;
  /** Script of the worker, which converts. */
  readonly worker: string;
  /** Script and style of the report page, see PageAssets of `src/report`. */
  readonly report: {
    readonly script: string;
    readonly style: string;
    readonly scriptHash: string;
    readonly styleHash: string;
  };
}

/** Options that the page offers, with the names of the command's options. */
export interface PageOptions {
  readonly oneCopy?: 'nic' | 'stack' | 'first' | 'last';
  readonly comments?: 'full' | 'brief' | 'none';
  readonly drops?: 'only' | 'exclude';
  readonly split?: 'linktype';
}

/** From the page to the worker: convert these files. */
export interface ConvertMessage {
  readonly files: readonly File[];
  readonly options: PageOptions;
  /** Outputs are written here while the conversion runs; without it they are kept until they are downloaded. */
  readonly directory?: FileSystemDirectoryHandle;
  readonly version: string;
  readonly report: PageData['report'];
}

/** An output that can be downloaded. */
export interface DownloadableOutput {
  readonly name: string;
  /** undefined: it was written to the directory. */
  readonly blob?: Blob;
  readonly bytes: number;
}

/** The outcome of one trace. */
export interface TraceResult {
  readonly name: string;
  readonly outputs: readonly DownloadableOutput[];
  readonly summary: ConvertSummary;
  readonly diagnosis: DiagnosisDocument;
  /** The report page; undefined without packets. */
  readonly report?: string;
}

/** From the worker to the page. */
export type WorkerMessage =
  | { readonly type: 'progress'; readonly name: string; readonly phase: string; readonly fraction: number }
  | { readonly type: 'result'; readonly result: TraceResult }
  | { readonly type: 'failed'; readonly name: string; readonly message: string }
  | { readonly type: 'done' };
