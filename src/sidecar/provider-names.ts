import { EventFlags, type EventRecord } from '../etl/index.js';
import { classicName, type SchemaStore } from '../etw/index.js';

/** What kernel records, which name no provider, count and show under. */
export const KERNEL = 'kernel';

/** Providers whose names are remembered; a hostile trace may have one for each record. */
const MAX_PROVIDERS = 65_536;
/** Events of one provider that are asked for its name: most say it in the first, and some never do. */
const MAX_ATTEMPTS = 16;

/** GUID of the provider that put a record into the trace, or {@link KERNEL}. */
export const providerKey = (record: EventRecord): string =>
  record.kind === 'system' || record.kind === 'perfinfo' ? KERNEL : record.providerId;

/**
 * What the providers of a trace are called: from whatever describes them, and, for TraceLogging, which says it in each
 * event, from the events. Feed it all records that are not packets.
 */
export class ProviderNames {
  readonly #schemas: SchemaStore;
  readonly #fromEvents = new Map<string, string | number>();

  constructor(schemas: SchemaStore) {
    this.#schemas = schemas;
  }

  /** Hot path. */
  observe(record: EventRecord): void {
    if (record.kind === 'classic' || record.kind === 'instance') {
      this.#observeClassic(record);
      return;
    }
    if ((record.flags & EventFlags.extendedInfo) === 0) return;
    const { providerId } = record;
    const known = this.#fromEvents.get(providerId) ?? 0;
    if (typeof known === 'string' || known >= MAX_ATTEMPTS || this.#fromEvents.size >= MAX_PROVIDERS) return;
    const schema = this.#schemas.locate(record);
    const name = schema?.origin === 'tracelogging' ? schema.providerName : undefined;
    this.#fromEvents.set(providerId, name || known + 1);
  }

  /** @param key what {@link providerKey} gives */
  nameOf(key: string): string | undefined {
    if (key === KERNEL) return KERNEL;
    const known = this.#fromEvents.get(key);
    return (typeof known === 'string' ? known : undefined) ?? this.#schemas.providerName(key);
  }

  /** A classic event class is what its records show as their provider. */
  #observeClassic(record: EventRecord): void {
    const { providerId } = record;
    if (this.#fromEvents.has(providerId) || this.#fromEvents.size >= MAX_PROVIDERS) return;
    this.#fromEvents.set(providerId, classicName(record)?.className ?? MAX_ATTEMPTS);
  }
}
