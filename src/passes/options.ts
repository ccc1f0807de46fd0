import type { TextEncoding } from '../host/index.js';
import type { CommentMode } from '../packets/index.js';
import type { CopyChoice } from './one-copy.js';

/** How events are written beside the packets. */
export type EventsMode = 'json' | 'ndjson' | 'none';

/** How events are written between the packets. */
export type InlineMode = 'journal' | 'etw';

/** Which packets and events of a trace are converted, and in which form. */
export interface ConversionOptions {
  /** Default `full`. `brief` omits tokens that the interface has already. */
  readonly comments?: CommentMode;
  /** `linktype`: one file for each link type, for tools built on libpcap. */
  readonly split?: 'linktype';
  /** Also write epb_verdict for dropped packets; editcap 4.0 makes such files unreadable. */
  readonly verdict?: boolean;
  /** `only`: dropped packets alone; `exclude`: all others. */
  readonly drops?: 'only' | 'exclude';
  /**
   * Only packets captured at these interfaces. Each text is compared in this order: with the displayed name of an
   * interface; the same in another case; a pktmon component number, or the name of an adapter, component, NIC, port or
   * switch in any case.
   */
  readonly components?: readonly string[];
  /**
   * One copy of each packet: `nic`, at the adapter; `stack`, at TCP/IP of host or container; `first` or `last` in time.
   * Default: all copies.
   */
  readonly oneCopy?: CopyChoice;
  /** Only packets from this time on; Unix time in 100 ns. */
  readonly since?: bigint;
  /** Only packets before this time; Unix time in 100 ns. */
  readonly until?: bigint;
  /** Output of `ipconfig /allcompartments`, or of Get-NetIPAddress -IncludeAllCompartments (text or JSON). */
  readonly compartments?: string | Uint8Array;
  /** Encoding of {@link compartments} given as bytes. Default: detected. */
  readonly compartmentsEncoding?: TextEncoding;
  /**
   * Files saved on the host, or directories of them: outputs of `pktmon list`, `ipconfig`, `tasklist`, `vfpctrl` and
   * PowerShell commands. They name components, ports, containers and processes that the trace does not name.
   */
  readonly hostInfo?: readonly string[];
  /**
   * Output of events: `json`, one valid document with one event per line; `ndjson`, one event per line without framing;
   * `none`. Default `json` next to an output file (NAME.events.json), `none` if the output is a stream or a device and
   * `eventsOutput` is not given.
   */
  readonly events?: EventsMode;
  /** Also write events between the packets: as systemd journal blocks, or as LINKTYPE_ETW frames. */
  readonly inlineEvents?: InlineMode;
  /** Only events of these providers: names in any case, or GUIDs. Packets are not affected. */
  readonly providers?: readonly string[];
  /** Only events of this level and more severe ones: 1 critical, 2 error, 3 warning, 4 information, 5 verbose. */
  readonly level?: number;
  /** Instrumentation manifests for events that the trace does not describe: files, or directories of them. */
  readonly manifests?: readonly string[];
  /**
   * Maximum bytes of each output. If one reaches it, the conversion ends: the outputs are complete up to that point,
   * and state it. Default: 20 times the size of the inputs, and 1 GiB.
   */
  readonly outputLimit?: number;
  /** Called at intervals. */
  readonly onProgress?: (progress: Progress) => void;
  /** Aborts the conversion; temporary files are removed. */
  readonly signal?: AbortSignal;
}

export interface Progress {
  readonly phase: 'survey' | 'convert';
  /** 0 to 1 over both phases. */
  readonly fraction: number;
  /** Packets written so far. */
  readonly packets: number;
}
