import type { CompartmentList } from '../compartment-file.js';
import type {
  HostInfo,
  HostInfoFileReport,
  HostInfoKind,
  ListedAdapter,
  ListedComponent,
  ListedEndpoint,
  ListedNamespace,
  ListedNetwork,
  ListedPort,
  ListedProcess,
  ListedSwitch,
  ListedVirtualNic,
} from './listed.js';

/** Entries of one kind; more than any host has. */
const MAX_ENTRIES = 65_536;

/** Gathers the content of files, and counts what each of them holds. */
export class HostInfoCollector {
  readonly components: ListedComponent[] = [];
  readonly adapters: ListedAdapter[] = [];
  readonly switches: ListedSwitch[] = [];
  readonly virtualNics: ListedVirtualNic[] = [];
  readonly ports: ListedPort[] = [];
  readonly networks: ListedNetwork[] = [];
  readonly endpoints: ListedEndpoint[] = [];
  readonly namespaces: ListedNamespace[] = [];
  readonly processes: ListedProcess[] = [];
  readonly #lists: CompartmentList[] = [];
  readonly #files: HostInfoFileReport[] = [];
  #counts = new Map<HostInfoKind, number>();
  #leftOut = 0;

  /** Takes an entry of the current file, unless there are too many of its kind. */
  add<T>(kind: HostInfoKind, entries: T[], entry: T): void {
    if (entries.length >= MAX_ENTRIES) this.#leftOut += 1;
    else {
      entries.push(entry);
      this.count(kind);
    }
  }

  addAddresses(list: CompartmentList): void {
    const room = MAX_ENTRIES - (this.#counts.get('addresses') ?? 0);
    const interfaces = list.interfaces.slice(0, room);
    const compartments = list.compartments.slice(0, room);
    this.#leftOut +=
      list.interfaces.length - interfaces.length + list.compartments.length - compartments.length;
    this.#lists.push({ compartments, interfaces });
    this.count('addresses', Math.max(interfaces.length, compartments.length));
  }

  count(kind: HostInfoKind, entries = 1): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + entries);
  }

  /** Ends a file. @param problem why a part of it was not used */
  endFile(name: string, problem?: string): void {
    const limit =
      this.#leftOut === 0
        ? undefined
        : `${this.#leftOut} entries beyond the limit of ${MAX_ENTRIES} were left out`;
    const nothing = this.#counts.size === 0 ? 'not recognized: no output of a supported command' : undefined;
    const text = problem ?? limit ?? nothing;
    this.#files.push({
      name,
      contents: Object.fromEntries(this.#counts),
      ...(text !== undefined && { problem: text }),
    });
    this.#counts = new Map();
    this.#leftOut = 0;
  }

  finish(): HostInfo {
    const { adapters, components, endpoints, namespaces, networks } = this;
    const { ports, processes, switches, virtualNics } = this;
    return {
      components,
      adapters,
      switches,
      virtualNics,
      ports,
      networks,
      endpoints,
      namespaces,
      processes,
      addresses: {
        compartments: this.#lists.flatMap(({ compartments }) => compartments),
        interfaces: this.#lists.flatMap(({ interfaces }) => interfaces),
      },
      files: this.#files,
    };
  }
}
