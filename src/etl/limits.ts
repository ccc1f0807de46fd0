/**
 * Parts of a trace of which only a limited amount is kept, so that a hostile trace cannot exhaust memory. The names are
 * members of `incomplete` in summaries.
 */
export type LimitedPart =
  /** Embedded schemas and value maps: events of the schemas left out keep their bytes. */
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
  /** Properties of pktmon's components. */
  | 'propertiesLeftOut'
  /** IP addresses of interfaces and compartments. */
  | 'addressesLeftOut'
  /** Starts, ends and rundowns of processes. */
  | 'processEventsLeftOut'
  /** Records that could have named their provider. */
  | 'providerNamesLeftOut'
  /** Changes of process that packets were not counted for. */
  | 'processesLeftOut';

/** Counts what limits left out: the one place where every limit reports. */
export class LimitLog {
  readonly #counts = new Map<LimitedPart, number>();

  add(part: LimitedPart, count = 1): void {
    this.#counts.set(part, (this.#counts.get(part) ?? 0) + count);
  }

  /** Only parts of which something was left out. */
  counts(): Readonly<Partial<Record<LimitedPart, number>>> {
    return Object.fromEntries(this.#counts);
  }
}
