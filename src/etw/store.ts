import { EventFlags, type EventRecord, formatGuid, LimitLog } from '../etl/index.js';
import { count } from '../format/index.js';
import { bestVariant, isWhole, variantOfBuild } from './builtin/choose.js';
import { builtinProviderName, builtinVariants, hasBuiltinTable } from './builtin/index.js';
import type { BuiltinVariant } from './builtin/parse.js';
import { classicSchema } from './classic/index.js';
import {
  EMBEDDED_EVENT_OPCODE,
  EMBEDDED_MAP_OPCODE,
  EMBEDDED_SCHEMA_CLASS,
  embeddedKey,
  embeddedMapName,
  parseEmbeddedMap,
  parseEmbeddedSchema,
} from './embedded.js';
import { EventSourceManifests, MANIFEST_EVENT_ID } from './eventsource.js';
import { ManifestError, type ManifestProvider, parseManifest } from './manifest.js';
import { type EventSchema, InType, OutType, type ValueMap } from './schema.js';
import { TraceLoggingSchemas } from './tracelogging.js';

/** Events of one provider of which it is remembered that they have no schema. */
const MAX_REMEMBERED = 65_536;

/**
 * Limit of elements and attributes in manifests, each of which needs about a hundred bytes of memory; the largest
 * manifest of Windows has about 100,000.
 */
const MAX_MARKUP = 1_000_000;

const LESS_THAN = 0x3c;
const EQUALS = 0x3d;

/** Upper limit of the number of elements and attributes in a text. */
function markupOf(text: string): number {
  let marks = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === LESS_THAN || unit === EQUALS) marks += 1;
  }
  return marks;
}

/** EVENT_MAP_INFO records start with the provider's GUID. */
const MAP_INFO_AT = 16;

/** One number for id and version: 16 and 8 bits. */
const eventKey = (id: number, version: number): number => id * 256 + version;

/** An event of EventWriteString (EVENT_HEADER_FLAG_STRING_ONLY): one text, without id and manifest. */
const STRING_EVENT: EventSchema = {
  origin: 'builtin',
  providerId: '00000000-0000-0000-0000-000000000000',
  id: 0,
  version: 0,
  name: 'EventWriteString',
  message: '%1',
  fields: [{ name: 'Message', inType: InType.unicodeString, outType: OutType.null }],
};

/** The built-in layout of an event with the names that a manifest has for it, and its message if the inserts are the same. */
function withFieldsOf(layout: EventSchema, given: EventSchema): EventSchema {
  const { fields: printed, message, stop: _, ...names } = given;
  const { name, fields } = layout;
  const isSameOrder = printed.every((field, n) => field.name === fields[n]?.name);
  return {
    ...(name && { name }),
    ...names,
    origin: 'builtin',
    ...(message && isSameOrder && { message }),
    fields,
  };
}

/** The schemas of one provider in a trace. */
class ProviderSchemas {
  /** TRACE_EVENT_INFO by {@link eventKey}. */
  readonly embedded = new Map<number, Uint8Array>();
  /** EVENT_MAP_INFO by name; parsed when a field asks. */
  readonly mapInfos = new Map<string, Uint8Array>();
  readonly maps = new Map<string, ValueMap | undefined>();
  /** Results by {@link eventKey}; undefined: searched and not found. */
  readonly located = new Map<number, EventSchema | undefined>();
  name: string | undefined;
  eventSource: ManifestProvider | undefined;
  readonly manifests: ManifestProvider[] = [];

  mapNamed(name: string, limits: LimitLog): ValueMap | undefined {
    const known = this.maps.get(name);
    if (known !== undefined || this.maps.has(name)) return known;
    const info = this.mapInfos.get(name);
    if (info === undefined) return undefined;
    const map = parseEmbeddedMap(info, limits);
    this.maps.set(name, map);
    return map;
  }
}

/** A manifest that waits for {@link SchemaStore.prepare}. */
interface PendingManifest {
  readonly text: string;
  /** For messages: a file's name, or the provider's id. */
  readonly source: string;
  readonly origin: 'eventsource' | 'manifest';
}

/** A manifest that could not be read. */
export interface ManifestProblem {
  readonly source: string;
  readonly reason: string;
}

/**
 * The schemas of a trace, found once per provider, id and version and kept.
 *
 * Feed it every record ({@link addFromTrace}), in any order, and the user's manifests ({@link addManifest}), then
 * {@link prepare}, then ask ({@link locate}). A schema is looked for in the order of SchemaOrigin.
 */
export class SchemaStore {
  readonly #providers = new Map<string, ProviderSchemas>();
  readonly #traceLogging: TraceLoggingSchemas;
  readonly #eventSources: EventSourceManifests;
  readonly #limits: LimitLog;
  #pending: PendingManifest[] = [];
  /** Elements and attributes of all manifests, about. */
  #markup = 0;
  #build: number | undefined;
  /** By built-in schema: the layouts that the event has in different builds, if there are several. */
  readonly #variants = new WeakMap<EventSchema, readonly BuiltinVariant[]>();
  readonly #joinedSchemas = new WeakMap<EventSchema, Map<EventSchema, EventSchema>>();

  /** @param limits counts schemas beyond the limits */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
    this.#traceLogging = new TraceLoggingSchemas(limits);
    this.#eventSources = new EventSourceManifests(limits);
  }

  /**
   * The OS build of the traced machine, which selects between built-in layouts of one id and version.
   *
   * Without it the newest layout that fits the payload is used.
   *
   * @param build 0: unknown
   */
  setBuild(build: number): void {
    const known = build === 0 ? undefined : build;
    if (known === this.#build) return;
    this.#build = known;
    for (const provider of this.#providers.values()) provider.located.clear();
  }

  /**
   * Adds a schema, a value map or a part of a manifest from a record of the trace.
   *
   * @returns false if the record is something else; true also for a damaged schema, which is ignored
   */
  addFromTrace(record: EventRecord): boolean {
    if (record.kind === 'event') return record.id === MANIFEST_EVENT_ID && this.#addEventSource(record);
    if (record.kind !== 'classic' || record.providerId !== EMBEDDED_SCHEMA_CLASS) return false;
    switch (record.opcode) {
      case EMBEDDED_EVENT_OPCODE:
        this.#addEmbeddedSchema(record.payload());
        return true;
      case EMBEDDED_MAP_OPCODE:
        this.#addEmbeddedMap(record);
        return true;
      default:
        return false;
    }
  }

  /**
   * Adds an instrumentation manifest, which {@link prepare} reads.
   *
   * @param source its name in messages
   */
  addManifest(text: string, source: string): void {
    this.#pending.push({ text, source, origin: 'manifest' });
  }

  /**
   * Reads the manifests added since the last call. Asynchronous because the XML parser is loaded only if a manifest
   * needs it.
   *
   * @returns those that could not be read
   */
  async prepare(): Promise<ManifestProblem[]> {
    const pending = this.#pending;
    this.#pending = [];
    const problems: ManifestProblem[] = [];
    for (const { text, source, origin } of pending) {
      try {
        this.#takeMarkup(text);
        for (const manifest of await parseManifest(text, origin, source, this.#limits)) {
          const provider = this.#provider(manifest.id);
          if (origin === 'manifest') provider.manifests.push(manifest);
          else provider.eventSource ??= manifest;
          provider.located.clear();
        }
      } catch (error) {
        if (!(error instanceof ManifestError)) throw error;
        problems.push({ source, reason: error.message });
      }
    }
    return problems;
  }

  /** @throws ManifestError where all manifests together have too many elements and attributes */
  #takeMarkup(text: string): void {
    this.#markup += markupOf(text);
    if (this.#markup > MAX_MARKUP) {
      throw new ManifestError(
        `more than ${count(MAX_MARKUP)} elements and attributes in the manifests of this trace`,
      );
    }
  }

  /** Hot path. The schema of a record, manifest-based or classic; undefined if there is none. */
  locate(record: EventRecord): EventSchema | undefined {
    if (record.kind !== 'event') return classicSchema(record);
    if (record.flags & EventFlags.stringOnly) return STRING_EVENT;
    if (record.flags & EventFlags.extendedInfo) {
      const schema = this.#traceLogging.locate(record);
      if (schema !== undefined) return schema;
    }
    const { providerId, id, version } = record;
    const schema = this.locateById(providerId, id, version);
    switch (schema?.origin) {
      case 'builtin': {
        const variants = this.#variants.get(schema);
        return variants === undefined ? schema : bestVariant(variants, schema, record);
      }
      case 'manifest':
        return hasBuiltinTable(providerId) ? this.#correct(schema, record) : schema;
      default:
        return schema;
    }
  }

  /**
   * The schema of a manifest, with the fields of the built-in layout if only those match the whole payload: public
   * dumps have wrong types (Kernel-Network's `connid` is a pointer) and layouts of other builds.
   */
  #correct(given: EventSchema, record: EventRecord): EventSchema {
    if (isWhole(given, record)) return given;
    const variants = builtinVariants(record.providerId, record.id, record.version);
    for (let n = variants.length - 1; n >= 0; n--) {
      const layout = variants[n]?.schema;
      if (layout !== undefined && isWhole(layout, record)) return this.#joined(layout, given);
    }
    return given;
  }

  /** Cached, because the compiled form is stored with the schema. */
  #joined(layout: EventSchema, given: EventSchema): EventSchema {
    let known = this.#joinedSchemas.get(given);
    if (known === undefined) {
      known = new Map();
      this.#joinedSchemas.set(given, known);
    }
    let joined = known.get(layout);
    if (joined === undefined) {
      joined = withFieldsOf(layout, given);
      known.set(layout, joined);
    }
    return joined;
  }

  /** The schema by name; TraceLogging schemas are in the events themselves and are not found here. */
  locateById(providerId: string, id: number, version: number): EventSchema | undefined {
    let provider = this.#providers.get(providerId);
    if (provider === undefined) {
      // @param limits counts schemas beyond the limits
      if (!hasBuiltinTable(providerId)) return undefined;
      provider = this.#provider(providerId);
    }
    const key = eventKey(id, version);
    const known = provider.located.get(key);
    if (known !== undefined || provider.located.has(key)) return known;
    const schema = this.#find(provider, providerId, id, version);
    if (schema !== undefined || provider.located.size < MAX_REMEMBERED) provider.located.set(key, schema);
    return schema;
  }

  /** A provider's name from any schema, manifest or table; undefined if it is unknown. */
  providerName(providerId: string): string | undefined {
    const provider = this.#providers.get(providerId);
    if (provider === undefined) return builtinProviderName(providerId);
    provider.name ??=
      this.#nameFromEmbedded(provider) ??
      provider.eventSource?.name ??
      provider.manifests[0]?.name ??
      builtinProviderName(providerId);
    return provider.name;
  }

  #nameFromEmbedded(provider: ProviderSchemas): string | undefined {
    const [info] = provider.embedded.values();
    return info && parseEmbeddedSchema(info, () => undefined)?.providerName;
  }

  #find(provider: ProviderSchemas, providerId: string, id: number, version: number): EventSchema | undefined {
    const limits = this.#limits;
    const info = provider.embedded.get(eventKey(id, version));
    const embedded = info && parseEmbeddedSchema(info, (name) => provider.mapNamed(name, limits), limits);
    const variants = builtinVariants(providerId, id, version);
    const builtin = variantOfBuild(variants, this.#build);
    if (builtin !== undefined && variants.length > 1) this.#variants.set(builtin, variants);
    if (embedded !== undefined) {
      // PktMon and NDIS-PacketCapture name no event, task or opcode in their schemas.
      return embedded.name === undefined && builtin?.name ? { ...embedded, name: builtin.name } : embedded;
    }
    const own = provider.eventSource?.schema(id, version);
    if (own !== undefined) return own;
    for (const manifest of provider.manifests) {
      const given = manifest.schema(id, version, builtin);
      if (given !== undefined) return given.stop && builtin ? withFieldsOf(builtin, given) : given;
    }
    return builtin;
  }

  #provider(providerId: string): ProviderSchemas {
    const known = this.#providers.get(providerId);
    if (known !== undefined) return known;
    const fresh = new ProviderSchemas();
    this.#providers.set(providerId, fresh);
    return fresh;
  }

  #addEventSource(record: EventRecord): boolean {
    const found = this.#eventSources.add(record);
    if (typeof found === 'string') {
      this.#pending.push({ text: found, source: record.providerId, origin: 'eventsource' });
    }
    return found !== false;
  }

  #addEmbeddedSchema(info: Uint8Array): void {
    const key = embeddedKey(info);
    if (key === undefined) return;
    const provider = this.#provider(key.providerId);
    const number = eventKey(key.id, key.version);
    if (provider.embedded.has(number) || !this.#limits.mayKeep('schemasLeftOut', info.length)) return;
    provider.embedded.set(number, info.slice());
    provider.located.delete(number);
  }

  #addEmbeddedMap(record: EventRecord): void {
    const payload = record.payload();
    if (payload.length < MAP_INFO_AT) return;
    const info = payload.subarray(MAP_INFO_AT);
    const whole = embeddedMapName(info);
    if (whole === undefined) return;
    // As schemas name it.
    const name = this.#limits.name(whole);
    const provider = this.#provider(formatGuid(payload, 0));
    if (provider.mapInfos.has(name) || !this.#limits.mayKeep('schemasLeftOut', info.length)) return;
    provider.mapInfos.set(name, info.slice());
    // Fields that looked for this map before it was added must find it.
    provider.located.clear();
  }
}
