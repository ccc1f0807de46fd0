import type { TraceHeader } from '../etl/index.js';
import { type HostModel, macText } from '../host/index.js';

/** InterfaceAndOperStatusFlags of MIB_IF_ROW2, bit 0: HardwareInterface (netioapi.h). */
const HARDWARE_INTERFACE = 1;
const MAC_LENGTH = 6;

interface Adapter {
  /** Its number while the host runs: interface index, or component number. */
  readonly key: string;
  readonly guid: string | undefined;
  readonly mac: string | undefined;
  readonly isHardware: boolean;
}

/** Properties that distinguish the host of a trace from other hosts. */
export interface HostIdentity {
  readonly computerName: string | undefined;
  readonly adapters: readonly Adapter[];
  /** Facts of the trace header that a running host does not change. */
  readonly machine: string;
}

/** The identity of a trace's host. */
export function hostIdentity(
  model: HostModel,
  header: Pick<TraceHeader, 'cpuMhz' | 'pointerSize' | 'processors'>,
): HostIdentity {
  const interfaces = [...model.interfaces.values()].map(({ guid, ifIndex, mac, row }): Adapter => {
    // The permanent address stays the same if Windows changes the current one, as with random Wi-Fi addresses.
    const permanent = row === undefined ? undefined : macOf(row.permanentPhysicalAddress);
    return {
      key: `interface ${ifIndex}`,
      guid: guid || undefined,
      mac: permanent ?? macOf(mac),
      isHardware: row !== undefined && (row.flags & HARDWARE_INTERFACE) !== 0,
    };
  });
  const components = [...model.components.values()].map(
    ({ guid, id, mac }): Adapter => ({
      key: `component ${id}`,
      guid,
      mac: macOf(mac),
      isHardware: false,
    }),
  );
  const { cpuMhz, pointerSize, processors } = header;
  return {
    computerName: model.system.computerName?.toLowerCase() || undefined,
    adapters: [...interfaces, ...components],
    machine: `${processors}/${cpuMhz}/${pointerSize}`,
  };
}

const macOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes?.length === MAC_LENGTH ? macText(bytes) : undefined;

/**
 * Whether two traces of the same boot second and build are of different hosts.
 *
 * Facts that one of them lacks are no difference: in a rotated capture only the last file describes the host. Adapters
 * appear and disappear while a host runs, so an adapter in both outweighs one that differs. Hosts installed from one
 * image have the same GUIDs for software adapters; hardware adapters decide if both traces describe some.
 */
export function areDifferentHosts(a: HostIdentity, b: HostIdentity): boolean {
  if (a.computerName !== undefined && b.computerName !== undefined && a.computerName !== b.computerName) {
    return true;
  }
  const hardware = (identity: HostIdentity): readonly Adapter[] =>
    identity.adapters.filter(({ isHardware }) => isHardware);
  const byHardware = compare(hardware(a), hardware(b));
  const { differences, matches } =
    byHardware.differences + byHardware.matches > 0 ? byHardware : compare(a.adapters, b.adapters);
  return differences > matches;
}

function compare(a: readonly Adapter[], b: readonly Adapter[]): { differences: number; matches: number } {
  const byGuid = new Map(
    b.flatMap((adapter) => (adapter.guid === undefined ? [] : [[adapter.guid, adapter]])),
  );
  const byKey = new Map(b.map((adapter) => [adapter.key, adapter]));
  let differences = 0;
  let matches = 0;
  for (const adapter of a) {
    const other =
      (adapter.guid === undefined ? undefined : byGuid.get(adapter.guid)) ?? byKey.get(adapter.key);
    if (other === undefined) continue;
    const pairs = [
      [adapter.guid, other.guid],
      [adapter.mac, other.mac],
    ].filter(([own, its]) => own !== undefined && its !== undefined);
    if (pairs.length === 0) continue;
    if (pairs.every(([own, its]) => own === its)) matches += 1;
    else differences += 1;
  }
  return { differences, matches };
}

/**
 * Divides traces of the same boot second and build by host.
 *
 * @returns the number of the host for each trace, from 0
 */
export function divideByHost(identities: readonly HostIdentity[]): number[] {
  const hosts: HostIdentity[][] = [];
  const numbers = new Array<number>(identities.length).fill(0);
  // Traces with facts first: the others then join a host that is known.
  const order = [...identities.keys()].sort((x, y) => factCount(identities[y]) - factCount(identities[x]));
  for (const at of order) {
    const identity = identities[at];
    if (identity === undefined) continue;
    const fitting = hosts.filter((members) =>
      members.every((member) => !areDifferentHosts(member, identity)),
    );
    const number = chooseHost(identity, fitting, hosts);
    const members = hosts[number];
    if (members === undefined) hosts.push([identity]);
    else members.push(identity);
    numbers[at] = number;
  }
  // Numbers in the order of the traces.
  const renumbered = [...new Set(numbers)];
  return numbers.map((number) => renumbered.indexOf(number));
}

const factCount = (identity: HostIdentity | undefined): number =>
  identity === undefined
    ? 0
    : identity.adapters.filter(({ guid, mac }) => guid !== undefined || mac !== undefined).length +
      (identity.computerName === undefined ? 0 : 1);

/** One host that fits, or, among several, the one with the same machine; a new one if that does not decide. */
function chooseHost(identity: HostIdentity, fitting: HostIdentity[][], hosts: HostIdentity[][]): number {
  const [only] = fitting;
  if (only === undefined) return hosts.length;
  if (fitting.length === 1) return hosts.indexOf(only);
  const named = fitting.filter((members) => members.some((member) => sharesAdapter(member, identity)));
  const alike = (named.length > 0 ? named : fitting).filter((members) =>
    members.every(({ machine }) => machine === identity.machine),
  );
  const [chosen] = alike;
  return chosen !== undefined && alike.length === 1 ? hosts.indexOf(chosen) : hosts.length;
}

const sharesAdapter = (a: HostIdentity, b: HostIdentity): boolean =>
  compare(a.adapters, b.adapters).matches > 0;
