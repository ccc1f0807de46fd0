import { EventFlags, type EventRecord, LimitLog } from '../etl/index.js';
import { classicName } from './classic/index.js';
import type { SchemaStore } from './store.js';

/** What kernel records, which name no provider, count and show under. */
export const KERNEL = 'kernel';

/** Providers whose names are remembered; a hostile trace may have one for each record. */
const MAX_PROVIDERS = 65_536;

/** GUID of the provider that put a record into the trace, or {@link KERNEL}. */
export const providerKey = (record: EventRecord): string =>
  record.kind === 'system' || record.kind === 'perfinfo' ? KERNEL : record.providerId;

/**
 * What the providers of a trace are called: from whatever describes them, and, for TraceLogging, which says it in each
 * event, from the events. Feed it all records that are not packets.
 */
export class ProviderNames {
  readonly #schemas: SchemaStore;
  /** Empty: the provider has not said its name. */
  readonly #fromEvents = new Map<string, string>();
  readonly #limits: LimitLog;

  /** @param limits is told of records whose provider found no room */
  constructor(schemas: SchemaStore, limits = new LimitLog()) {
    this.#schemas = schemas;
    this.#limits = limits;
  }

  /** Hot path. */
  observe(record: EventRecord): void {
    if (record.kind === 'classic' || record.kind === 'instance') {
      this.#observeClassic(record);
      return;
    }
    if ((record.flags & EventFlags.extendedInfo) === 0) return;
    const { providerId } = record;
    if (this.#fromEvents.get(providerId)) return;
    const schema = this.#schemas.locate(record);
    if (schema?.origin === 'tracelogging' && schema.providerName) {
      this.#remember(providerId, schema.providerName);
    }
  }

  /** @param key what {@link providerKey} gives */
  nameOf(key: string): string | undefined {
    if (key === KERNEL) return KERNEL;
    const known = this.#fromEvents.get(key);
    return known || this.#schemas.providerName(key);
  }

  /** A classic event class is what its records show as their provider. */
  #observeClassic(record: EventRecord): void {
    const { providerId } = record;
    if (this.#fromEvents.has(providerId)) return;
    this.#remember(providerId, classicName(record)?.className ?? '');
  }

  #remember(providerId: string, name: string): void {
    if (this.#fromEvents.size < MAX_PROVIDERS) this.#fromEvents.set(providerId, name);
    else this.#limits.add('providerNamesLeftOut');
  }
}
