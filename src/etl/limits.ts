import { shortName } from '../format/index.js';

/**
 * Parts of a trace of which only a limited amount is kept, so that a hostile trace cannot exhaust memory. The names are
 * members of `incomplete` in summaries.
 */
export type LimitedPart =
  /** Embedded schemas and value maps: events with an omitted schema keep their bytes. */
  | 'schemasLeftOut'
  /** Parts of EventSource manifests. */
  | 'manifestPartsLeftOut'
  /** Events about the host whose schema came too late. */
  | 'hostEventsLeftOut'
  /** pktmon's filters. */
  | 'filtersLeftOut'
  /** Interfaces that NDIS-PacketCapture captured on. */
  | 'captureSourcesLeftOut'
  /** NIC records of the kernel. */
  | 'nicRecordsLeftOut'
  /** Names of NICs and ports of virtual switches. */
  | 'switchNamesLeftOut'
  /** pktmon's components and their names. */
  | 'componentsLeftOut'
  /** Properties of pktmon's components. */
  | 'propertiesLeftOut'
  /** IP addresses of interfaces and compartments. */
  | 'addressesLeftOut'
  /** Starts, ends and rundowns of processes. */
  | 'processEventsLeftOut'
  /** Events that could have named the owner of a flow. */
  | 'flowEventsLeftOut'
  /** Sessions and translations of a NAT. */
  | 'natEventsLeftOut'
  /** Teams, policies of ports and data paths of guests. */
  | 'switchFactsLeftOut'
  /** Records that could have named their provider. */
  | 'providerNamesLeftOut'
  /** Changes of process that packets were not counted for. */
  | 'processesLeftOut'
  /** Events whose text would be too long: the start of their payload, its length and hash are written. */
  | 'eventsOmitted'
  /** Values of maps of flags. */
  | 'mapEntriesLeftOut'
  /** Records that are out of time order because the buffers of too many processors overlap. */
  | 'recordsOutOfOrder'
  /** Names of which only the first 1,024 bytes are kept. */
  | 'namesTruncated';

/**
 * Budget in bytes for all statements of a trace about its host and its schemas; the largest real traces have about ten
 * megabytes of them. In memory they need a few times as much as in the trace.
 */
export const MAX_STATED_BYTES = 64 * 1024 * 1024;

/** Names that are truncated and counted; each is 1 KiB long. */
const MAX_TRUNCATED = 10_000;

/** Counts the omissions of all limits, and holds the shared budget for the statements of a trace. */
export class LimitLog {
  readonly #counts = new Map<LimitedPart, number>();
  #stated = 0;
  readonly #truncated = new Set<string>();

  /**
   * Reserves bytes of the budget.
   *
   * @returns false, without reserving any, if the rest is too small
   */
  hasRoom(bytes: number): boolean {
    if (this.#stated + bytes > MAX_STATED_BYTES) return false;
    this.#stated += bytes;
    return true;
  }

  /** Releases bytes that {@link hasRoom} reserved. */
  free(bytes: number): void {
    this.#stated -= bytes;
  }

  /** {@link hasRoom} for a fact of `bytes` bytes; if it is false, counts the omission under `part`. */
  mayKeep(part: LimitedPart, bytes: number): boolean {
    const hasRoom = this.hasRoom(bytes);
    if (!hasRoom) this.add(part);
    return hasRoom;
  }

  add(part: LimitedPart, count = 1): void {
    this.#counts.set(part, (this.#counts.get(part) ?? 0) + count);
  }

  /** For a number that each pass over a trace finds anew. */
  atLeast(part: LimitedPart, count: number): void {
    if (count > (this.#counts.get(part) ?? 0)) this.#counts.set(part, count);
  }

  /** A name from the trace, of which at most the first 1,024 bytes are kept. */
  name(text: string): string {
    const short = shortName(text);
    if (short !== text && this.#truncated.size < MAX_TRUNCATED && !this.#truncated.has(short)) {
      this.#truncated.add(short);
      this.add('namesTruncated');
    }
    return short;
  }

  /** Only the parts with omissions. */
  counts(): Readonly<Partial<Record<LimitedPart, number>>> {
    return Object.fromEntries(this.#counts);
  }
}
