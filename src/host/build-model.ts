import type { LimitLog } from '../etl/index.js';
import { AddressSet, type IpAddress } from './addresses.js';
import type { CaptureSource } from './capture-sources.js';
import type { CompartmentList } from './compartment-file.js';
import { type Component, PropertyType } from './components.js';
import type { CaptureFilter } from './filters.js';
import type { Compartment, HostInterface, HostModel } from './host-model.js';
import { ListedMatcher } from './listed-matcher.js';
import type { InterfaceRow } from './mib-if-row.js';
import {
  type ConfiguredNic,
  type HeaderVersion,
  type OperatingSystem,
  operatingSystemText,
} from './operating-system.js';
import type { StackEvents } from './stack-events.js';
import type { SwitchFacts } from './switch-facts.js';
import type { VSwitchNames } from './vswitch-names.js';

/** The facts that the survey collected, in the order of the trace. */
export interface HostFacts {
  readonly system: OperatingSystem;
  readonly rows: ReadonlyMap<number, InterfaceRow>;
  readonly nics: readonly ConfiguredNic[];
  readonly components: readonly Component[];
  readonly filters: readonly CaptureFilter[];
  readonly captureSources: readonly CaptureSource[];
  readonly names: VSwitchNames;
  readonly switchFacts: SwitchFacts;
  readonly stack: StackEvents;
  /** Counts addresses beyond the limit. */
  readonly limits: LimitLog;
}

/** An interface during construction. */
class InterfaceDraft {
  alias = '';
  description = '';
  guid: string | undefined;
  luid: bigint | undefined;
  mac: Uint8Array | undefined;
  compartmentId: number | undefined;
  row: InterfaceRow | undefined;
  readonly addresses: AddressSet;
  readonly dns = new Set<string>();

  constructor(
    readonly ifIndex: number,
    limits: LimitLog,
  ) {
    this.addresses = new AddressSet(limits);
  }

  finish(): HostInterface {
    const { alias, compartmentId, description, guid, ifIndex, luid, mac, row } = this;
    const transmitSpeed = row?.transmitLinkSpeed;
    const receiveSpeed = row?.receiveLinkSpeed;
    return {
      ifIndex,
      alias,
      description,
      ...(guid !== undefined && { guid }),
      ...(luid !== undefined && { luid }),
      ...(mac !== undefined && { mac }),
      ...(transmitSpeed !== undefined && { transmitSpeed }),
      ...(receiveSpeed !== undefined && { receiveSpeed }),
      addresses: this.addresses.list(),
      dns: [...this.dns],
      ...(compartmentId !== undefined && { compartmentId }),
      ...(row !== undefined && { row }),
    };
  }
}

/** A compartment during construction. */
class CompartmentDraft {
  guid: string | undefined;
  name: string | undefined;
  readonly ifIndexes = new Set<number>();
  readonly aliases = new Set<string>();
  readonly addresses: AddressSet;
  readonly dns = new Set<string>();

  constructor(
    readonly id: number,
    limits: LimitLog,
  ) {
    this.addresses = new AddressSet(limits);
  }

  finish(): Compartment {
    const { guid, id, name } = this;
    return {
      id,
      ...(guid !== undefined && { guid }),
      ...(name !== undefined && { name }),
      ifIndexes: [...this.ifIndexes].sort((a, b) => a - b),
      aliases: [...this.aliases],
      addresses: this.addresses.list(),
      dns: [...this.dns],
    };
  }
}

class Drafts<T> {
  readonly #drafts = new Map<number, T>();

  constructor(readonly make: (key: number) => T) {}

  get(key: number): T {
    const known = this.#drafts.get(key);
    if (known !== undefined) return known;
    const fresh = this.make(key);
    this.#drafts.set(key, fresh);
    return fresh;
  }

  sorted(): T[] {
    return [...this.#drafts].sort(([a], [b]) => a - b).map(([, draft]) => draft);
  }
}

/**
 * Builds the model. Precedence of sources: the trace's interface table, then events, then the user's file; addresses
 * and DNS servers of all are joined.
 */
export function buildModel(
  facts: HostFacts,
  header: HeaderVersion | undefined,
  listed: CompartmentList | undefined,
): HostModel {
  const interfaces = new Drafts((ifIndex) => new InterfaceDraft(ifIndex, facts.limits));
  const compartments = new Drafts((id) => new CompartmentDraft(id, facts.limits));

  for (const row of facts.rows.values()) addRow(interfaces.get(row.ifIndex), row);
  for (const nic of facts.nics) addNic(interfaces, nic);
  for (const component of facts.components) addComponent(interfaces, compartments, component);
  addStack(interfaces, compartments, facts.stack);
  const strays = listed === undefined ? [] : addListed(interfaces, compartments, listed);

  const finished = interfaces.sorted().map((draft) => draft.finish());
  for (const found of finished) {
    if (found.compartmentId === undefined) continue;
    const compartment = compartments.get(found.compartmentId);
    compartment.ifIndexes.add(found.ifIndex);
    if (found.alias !== '') compartment.aliases.add(found.alias);
    compartment.addresses.addAll(found.addresses);
    for (const server of found.dns) compartment.dns.add(server);
  }
  for (const { addresses, alias, compartmentId, dns } of strays) {
    const compartment = compartments.get(compartmentId);
    compartment.aliases.add(alias);
    compartment.addresses.addAll(addresses);
    for (const server of dns) compartment.dns.add(server);
  }

  const systemText = operatingSystemText(facts.system, header);
  return {
    system: facts.system,
    ...(systemText !== undefined && { systemText }),
    interfaces: new Map(finished.map((found) => [found.ifIndex, found])),
    components: new Map(facts.components.map((component) => [component.id, component])),
    filters: facts.filters,
    captureSources: facts.captureSources,
    nics: facts.names.nics,
    ports: facts.names.ports,
    owners: new Map(),
    teamMembers: facts.switchFacts.teamMembers,
    teams: facts.switchFacts.teams,
    portPolicies: facts.switchFacts.policies,
    dataPaths: facts.switchFacts.dataPaths,
    compartments: new Map(compartments.sorted().map((draft) => [draft.id, draft.finish()])),
  };
}

function addRow(draft: InterfaceDraft, row: InterfaceRow): void {
  draft.row = row;
  draft.alias = row.alias;
  draft.description = row.description;
  draft.guid = row.guid;
  draft.luid = row.luid;
  if (row.physicalAddress.some((byte) => byte !== 0)) draft.mac = row.physicalAddress;
}

function addNic(interfaces: Drafts<InterfaceDraft>, nic: ConfiguredNic): void {
  for (const index of new Set([nic.ipv4Index, nic.ipv6Index])) {
    if (index === 0) continue;
    const draft = interfaces.get(index);
    draft.description ||= nic.description;
    if (nic.mac.some((byte) => byte !== 0)) draft.mac ??= nic.mac;
    draft.addresses.addAll(nic.addresses);
    for (const server of nic.dns) draft.dns.add(server);
  }
}

function addComponent(
  interfaces: Drafts<InterfaceDraft>,
  compartments: Drafts<CompartmentDraft>,
  component: Component,
): void {
  // Components of the IP stack have the index of their IP interface, others that of the miniport below them.
  const index = component.ipIfIndex ?? component.miniportIfIndex;
  if (index !== undefined && component.addresses.length > 0) {
    interfaces.get(index).addresses.addAll(component.addresses);
  }
  if (component.compartmentId !== undefined && component.compartmentId !== 0) {
    compartments.get(component.compartmentId);
    if (index !== undefined) interfaces.get(index).compartmentId ??= component.compartmentId;
  }
  // A miniport's own GUID, MAC and description, for traces without an interface table.
  const isOwn = component.properties.some(({ type }) => type === PropertyType.ifGuid);
  if (!isOwn || component.ifIndex === undefined) return;
  const draft = interfaces.get(component.ifIndex);
  draft.guid ??= component.guid;
  draft.mac ??= component.mac;
  draft.description ||= component.description;
}

function addStack(
  interfaces: Drafts<InterfaceDraft>,
  compartments: Drafts<CompartmentDraft>,
  stack: StackEvents,
): void {
  for (const found of stack.interfaces.values()) {
    const draft = interfaces.get(found.ifIndex);
    draft.alias ||= found.alias;
    draft.luid ??= found.luid;
    draft.mac ??= found.mac;
    draft.compartmentId ??= found.compartmentId;
    draft.addresses.addAll(found.addresses.list());
  }
  for (const found of stack.compartments.values()) {
    const draft = compartments.get(found.id);
    draft.guid ??= found.guid;
    draft.addresses.addAll(found.addresses.list());
  }
}

/** An interface of the user's file that the trace does not have. */
interface Stray {
  readonly compartmentId: number;
  readonly alias: string;
  readonly addresses: readonly IpAddress[];
  readonly dns: readonly string[];
}

function addListed(
  interfaces: Drafts<InterfaceDraft>,
  compartments: Drafts<CompartmentDraft>,
  listed: CompartmentList,
): Stray[] {
  for (const { guid, id, name } of listed.compartments) {
    const draft = compartments.get(id);
    draft.guid ??= guid;
    draft.name ??= name;
  }
  const match = new ListedMatcher(interfaces.sorted());
  const strays: Stray[] = [];
  for (const entry of listed.interfaces) {
    const { alias, ifIndex } = match.find(entry);
    if (ifIndex === undefined) {
      if (entry.compartmentId !== undefined)
        strays.push({ ...entry, alias, compartmentId: entry.compartmentId });
      continue;
    }
    const draft = interfaces.get(ifIndex);
    draft.alias ||= alias;
    draft.compartmentId ??= entry.compartmentId;
    draft.addresses.addAll(entry.addresses);
    for (const server of entry.dns) draft.dns.add(server);
  }
  return strays;
}
