import type { HostInfo, HostInfoFileReport } from './listed.js';

/** The facts of both; those of the first come first. */
export function joinHostInfo(a: HostInfo, b: HostInfo): HostInfo {
  return {
    components: [...a.components, ...b.components],
    adapters: [...a.adapters, ...b.adapters],
    switches: [...a.switches, ...b.switches],
    virtualNics: [...a.virtualNics, ...b.virtualNics],
    ports: [...a.ports, ...b.ports],
    networks: [...a.networks, ...b.networks],
    endpoints: [...a.endpoints, ...b.endpoints],
    namespaces: [...a.namespaces, ...b.namespaces],
    processes: [...a.processes, ...b.processes],
    addresses: {
      compartments: [...a.addresses.compartments, ...b.addresses.compartments],
      interfaces: [...a.addresses.interfaces, ...b.addresses.interfaces],
    },
    files: [...a.files, ...b.files],
  };
}

/**
 * The facts that GUIDs and MAC addresses join to a host, for files of which it is not known which of several hosts (or
 * boots of one host) they are of: without numbers of components, processes, compartments and interfaces.
 */
export function withoutNumbers(info: HostInfo): HostInfo {
  return {
    ...info,
    components: [],
    processes: [],
    namespaces: [],
    adapters: info.adapters.map(({ ifIndex: _ifIndex, ...adapter }) => adapter),
    addresses: { compartments: [], interfaces: [] },
    files: info.files.map(withProblem),
  };
}

/** Kinds of facts that numbers join. */
const NUMBERED = ['components', 'processes', 'namespaces', 'addresses'] as const;

function withProblem(file: HostInfoFileReport): HostInfoFileReport {
  const isNumbered = NUMBERED.some((kind) => file.contents[kind] !== undefined);
  if (!isNumbered || file.problem !== undefined) return file;
  return {
    ...file,
    problem: 'only names by GUID and MAC were used: the traces are of several hosts or boots',
  };
}
