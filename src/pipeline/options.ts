import type { Writable } from 'node:stream';
import type { CommentMode } from '../capture/index.js';

/** How events are written beside the packets. */
export type EventsMode = 'json' | 'ndjson' | 'none';

/** How events are written between the packets. */
export type InlineMode = 'journal' | 'etw';

/** What is taken from a trace, and how it is written. */
export interface ConvertOptions {
  /** Default `full`. `brief` leaves out what the interface already says. */
  readonly comments?: CommentMode;
  /** `linktype`: one file for each link type, for tools built on libpcap. */
  readonly split?: 'linktype';
  /** Also write epb_verdict for dropped packets; editcap 4.0 makes such files unreadable. */
  readonly verdict?: boolean;
  /** `only`: dropped packets alone; `exclude`: all others. */
  readonly drops?: 'only' | 'exclude';
  /** Only packets seen at these components, NICs or interfaces: a pktmon component id, or a name (any case). */
  readonly components?: readonly string[];
  /** One copy of each packet that pktmon saw at several components: the first. */
  readonly firstAppearance?: boolean;
  /** Only packets from this time on; Unix time in 100 ns. */
  readonly since?: bigint;
  /** Only packets before this time; Unix time in 100 ns. */
  readonly until?: bigint;
  /** Output of `ipconfig /allcompartments`, or of Get-NetIPAddress -IncludeAllCompartments (text or JSON). */
  readonly compartments?: string | Uint8Array;
  /** Bytes of a stream that are put into a temporary file at most. Default 16 GiB. */
  readonly spoolLimit?: number;
  /**
   * What becomes of everything that is not a packet: `json`, one valid document with one event per line; `ndjson`, one
   * event per line and nothing else; `none`. Default `json` beside an output file (NAME.events.json), `none` where the
   * output is a stream or a device and `eventsOutput` is not given.
   */
  readonly events?: EventsMode;
  /** Where the events go instead. A stream is written and not ended. */
  readonly eventsOutput?: string | Writable;
  /** Also put the events between the packets: as systemd journal blocks, or as LINKTYPE_ETW frames. */
  readonly inlineEvents?: InlineMode;
  /** Only events of these providers: names in any case, or GUIDs. Packets are not affected. */
  readonly providers?: readonly string[];
  /** Only events of this level and more severe ones: 1 critical, 2 error, 3 warning, 4 information, 5 verbose. */
  readonly level?: number;
  /** Instrumentation manifests for events that the trace does not describe: files, or directories of them. */
  readonly manifests?: readonly string[];
  /** Replace outputs that exist. An input is never replaced. */
  readonly force?: boolean;
  /** Files that no output may replace, besides the inputs and the manifests of this conversion. */
  readonly protectedFiles?: readonly string[];
  /** Wait until outputs, and their names, are on the disk: a crash of the machine leaves the old file or the new one. */
  readonly fsync?: boolean;
  /**
   * Reads, converts and writes files in the calling thread alone, for programs that run a conversion on each processor. By
   * default other threads expand what is compressed, and write, where there are processors for them.
   */
  readonly oneThread?: boolean;
  /** Called now and then. */
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the conversion; nothing is left behind. */
  readonly signal?: AbortSignal;
}

export interface Progress {
  readonly phase: 'survey' | 'convert';
  /** 0 to 1 over both phases. */
  readonly fraction: number;
  /** Packets written so far. */
  readonly packets: number;
}
