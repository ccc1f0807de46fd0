/** How much of what Windows knew goes into each packet's comment. */
export type CommentMode = 'full' | 'brief' | 'none';

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
  /** Replace outputs that exist. */
  readonly force?: boolean;
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
