import type { EventRecord } from '../etl/index.js';
import { classicName, type ProviderNames, providerKey } from '../etw/index.js';

/** Providers whose verdict is remembered. */
const MAX_PROVIDERS = 65_536;

export interface EventFilterOptions {
  /** Names or GUIDs, in any case, GUIDs with or without braces; absent: all. */
  readonly providers?: readonly string[];
  /**
   * Events of this level and the more severe ones, and those of level 0, which means "always" (winmeta.xml). Excludes
   * records without a level, such as those of the kernel.
   */
  readonly level?: number;
}

/** Selects the events that the user asked for. */
export class EventFilter {
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #level: number | undefined;
  readonly #names: ProviderNames;
  readonly #verdicts = new Map<string, boolean>();

  constructor(options: EventFilterOptions, names: ProviderNames) {
    this.#names = names;
    this.#level = options.level;
    this.#wanted = options.providers && new Set(options.providers.map(normalized));
  }

  /** Hot path. */
  accepts(record: EventRecord): boolean {
    if (this.#level !== undefined && !this.#isSevere(record, this.#level)) return false;
    return this.#wanted === undefined || this.#isWanted(record, this.#wanted);
  }

  #isSevere(record: EventRecord, limit: number): boolean {
    const { level } = record;
    return level <= limit && (level > 0 || record.kind === 'event');
  }

  #isWanted(record: EventRecord, wanted: ReadonlySet<string>): boolean {
    const key = providerKey(record);
    // Kernel records of all classes share one key.
    const classId = record.kind === 'event' ? undefined : classicName(record)?.classId;
    const known = this.#verdicts.get(classId ?? key);
    if (known !== undefined) return known;
    const names = [key, this.#names.nameOf(key), classId, classicName(record)?.className];
    const verdict = names.some((name) => name !== undefined && wanted.has(normalized(name)));
    if (this.#verdicts.size < MAX_PROVIDERS) this.#verdicts.set(classId ?? key, verdict);
    return verdict;
  }
}

/** Whether a name or GUID that a user gave means the provider with this name or GUID. */
export const isProviderNamed = (wanted: string, name: string): boolean =>
  normalized(wanted) === normalized(name);

const normalized = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/^\{(.*)\}$/u, '$1');
