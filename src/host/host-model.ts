import type { IpAddress } from './addresses.js';
import type { CaptureSource } from './capture-sources.js';
import type { Component } from './components.js';
import type { CaptureFilter } from './filters.js';
import type { InterfaceRow } from './mib-if-row.js';
import type { OperatingSystem } from './operating-system.js';
import type { DataPathState, PortPolicy, SwitchTeam, TeamMember } from './switch-facts.js';
import type { VirtualNic, VirtualPort } from './vswitch-names.js';

/** A network interface of the host, joined from all sources in the trace and the user's file. */
export interface HostInterface {
  readonly ifIndex: number;
  /** Empty if unknown. */
  readonly alias: string;
  readonly description: string;
  /** Lower case, no braces. */
  readonly guid?: string;
  readonly luid?: bigint;
  readonly mac?: Uint8Array;
  /** Bits per second. */
  readonly transmitSpeed?: bigint;
  readonly receiveSpeed?: bigint;
  readonly addresses: readonly IpAddress[];
  readonly dns: readonly string[];
  readonly compartmentId?: number;
  /** The trace's own row; absent for interfaces that only events or the user's file named. */
  readonly row?: InterfaceRow;
}

/** A network compartment: a separate IP stack, as containers and VPN forced tunnels use it. */
export interface Compartment {
  readonly id: number;
  readonly guid?: string;
  readonly name?: string;
  /** Ascending. */
  readonly ifIndexes: readonly number[];
  /** Aliases of its interfaces, also of those that the trace does not list by index. */
  readonly aliases: readonly string[];
  readonly addresses: readonly IpAddress[];
  readonly dns: readonly string[];
}

/** The host, from the trace and the user's file of compartments. */
export interface HostModel {
  readonly system: OperatingSystem;
  /** Product and build as text, also for if_os; absent if unknown. */
  readonly systemText?: string;
  /** By index, ascending. */
  readonly interfaces: ReadonlyMap<number, HostInterface>;
  /** pktmon's components by id, ascending. */
  readonly components: ReadonlyMap<number, Component>;
  readonly filters: readonly CaptureFilter[];
  readonly captureSources: readonly CaptureSource[];
  /** NICs and ports of virtual switches by `nameKey`. */
  readonly nics: ReadonlyMap<string, VirtualNic>;
  readonly ports: ReadonlyMap<string, VirtualPort>;
  /** VMs, containers and endpoints by the MAC of their NIC (lower case, colons), from files saved on the host. */
  readonly owners: ReadonlyMap<string, string>;
  /** Members of switch teams (SET) and of LBFO teams. */
  readonly teamMembers: readonly TeamMember[];
  readonly teams: readonly SwitchTeam[];
  /** By `nameKey` of the port. */
  readonly portPolicies: ReadonlyMap<string, PortPolicy>;
  /** VF data paths of guests, in time order. */
  readonly dataPaths: readonly DataPathState[];
  /** By id, ascending. */
  readonly compartments: ReadonlyMap<number, Compartment>;
}
