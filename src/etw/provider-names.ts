import { EventFlags, type EventRecord, LimitLog } from '../etl/index.js';
import { classicName } from './classic/index.js';
import type { SchemaStore } from './store.js';

/** The name of kernel records, which have no provider. */
export const KERNEL = 'kernel';

/** Providers whose names are remembered; a hostile trace may have one for each record. */
const MAX_PROVIDERS = 65_536;

/** GUID of a record's provider, or {@link KERNEL}. */
export const providerKey = (record: EventRecord): string =>
  record.kind === 'system' || record.kind === 'perfinfo' ? KERNEL : record.providerId;

/**
 * Names of a trace's providers: from schemas, manifests and tables, and for TraceLogging from the events themselves.
 * Observe all records that are not packets.
 */
export class ProviderNames {
  readonly #schemas: SchemaStore;
  /** An empty name: the provider's events have not stated it. */
  readonly #fromEvents = new Map<string, string>();
  readonly #limits: LimitLog;

  /** @param limits counts records whose provider is beyond the limit */
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

  /** @param key see {@link providerKey} */
  nameOf(key: string): string | undefined {
    if (key === KERNEL) return KERNEL;
    const known = this.#fromEvents.get(key);
    return known || this.#schemas.providerName(key);
  }

  /** The provider of a classic record is its event class. */
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
