import { macText } from './addresses.js';
import { aliasOfHeading, type ListedInterface } from './compartment-file.js';
import type { InterfaceRow } from './mib-if-row.js';

/** An interface of the trace. */
interface KnownInterface {
  readonly ifIndex: number;
  readonly alias: string;
  readonly mac: Uint8Array | undefined;
  readonly row: InterfaceRow | undefined;
}

/** Bits 0 and 1 of InterfaceAndOperStatusFlags (netioapi.h): hardware; a filter above an adapter, with the adapter's MAC. */
const FILTER_INTERFACE = 0x2;

/**
 * Finds the interfaces of a file in the trace: by MAC address, which survives reboots and has no encoding; then by index;
 * then by alias, which several adapters can have.
 */
export class ListedMatcher {
  readonly #byIndex: ReadonlyMap<number, KnownInterface>;
  readonly #byMac: ReadonlyMap<string, readonly KnownInterface[]>;
  readonly #byAlias: ReadonlyMap<string, readonly KnownInterface[]>;
  readonly #aliases: ReadonlySet<string>;
  /** Compartments of the entries that were found, by index. */
  readonly #matched = new Map<number, number | undefined>();

  /** @param known by index, ascending */
  constructor(known: readonly KnownInterface[]) {
    this.#byIndex = new Map(known.map((each) => [each.ifIndex, each]));
    this.#byMac = grouped(known, ({ mac }) => mac && macText(mac));
    this.#byAlias = grouped(known, ({ alias }) => alias || undefined);
    this.#aliases = new Set(this.#byAlias.keys());
  }

  /** The alias of an entry, and the index of its interface in the trace; undefined if only the alias is known. */
  find(entry: ListedInterface): { readonly alias: string; readonly ifIndex: number | undefined } {
    const alias = entry.headingIsAlias ? entry.heading : aliasOfHeading(entry.heading, this.#aliases);
    const ifIndex =
      this.#withMac(entry, alias) ?? this.#withIndex(entry) ?? this.#withAlias(entry, alias) ?? entry.ifIndex;
    if (ifIndex !== undefined) this.#matched.set(ifIndex, entry.compartmentId ?? this.#matched.get(ifIndex));
    return { alias, ifIndex };
  }

  #withMac({ ifIndex, mac }: ListedInterface, alias: string): number | undefined {
    // An external virtual switch has the MAC of its adapter, filters that of the adapter below them.
    const candidates = this.#byMac.get(mac ?? '') ?? [];
    const adapters = candidates.filter(({ row }) => ((row?.flags ?? 0) & FILTER_INTERFACE) === 0);
    const found =
      candidates.find((each) => each.ifIndex === ifIndex) ??
      candidates.find((each) => each.alias === alias) ??
      (adapters.length === 1 ? adapters[0] : undefined);
    return found?.ifIndex;
  }

  #withIndex({ ifIndex, mac }: ListedInterface): number | undefined {
    const found = ifIndex === undefined ? undefined : this.#byIndex.get(ifIndex);
    return found === undefined || contradicts(found, mac) ? undefined : ifIndex;
  }

  /** Entries with one alias in several compartments are different adapters: each is matched to another interface. */
  #withAlias({ compartmentId, mac }: ListedInterface, alias: string): number | undefined {
    const candidates = (this.#byAlias.get(alias) ?? []).filter((each) => !contradicts(each, mac));
    const matchedIn = ({ ifIndex }: KnownInterface): number | undefined => this.#matched.get(ifIndex);
    // The same adapter, from the output of another command.
    const same = candidates.find((each) => compartmentId !== undefined && matchedIn(each) === compartmentId);
    const free = candidates.find(({ ifIndex }) => !this.#matched.has(ifIndex));
    const unclear = candidates.find((each) => compartmentId === undefined || matchedIn(each) === undefined);
    return (same ?? free ?? unclear)?.ifIndex;
  }
}

/** Whether both have a MAC address, and not the same one. */
function contradicts({ mac }: KnownInterface, listed: string | undefined): boolean {
  const own = mac && macText(mac);
  return own !== undefined && listed !== undefined && own !== listed;
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
