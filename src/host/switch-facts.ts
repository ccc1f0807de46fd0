import { type EventRecord, LimitLog, type UnixTicks } from '../etl/index.js';
import { BuiltinProviderId, type EventSchema, type RawStruct, readFields } from '../etw/index.js';
import { formatMac } from '../net/index.js';
import { bytesField, numberField, textField } from './raw-values.js';
import { nameKey } from './vswitch-names.js';

const NDIS_IM_PLATFORM = '11c5d8ad-756a-42c2-8087-eb1b4a72a846';

/** Hyper-V-VmSwitch (manifests of 2015 to 26200). */
const VmSwitch = {
  aclDropped: 36,
  securityPolicy: 89,
  aclFailed: 90,
  aclApplied: 91,
  memberConnected: 116,
  memberDisconnected: 117,
  extendedAclDropped: 131,
  memberTeamed: 164,
  memberUnteamed: 170,
  firstTeamEvent: 206,
  lastTeamEvent: 211,
} as const;

const VM_SWITCH_EVENTS: ReadonlySet<number> = new Set([...Object.values(VmSwitch), 207, 208, 209, 210]);

/** NdisImPlatform events that name a member with its team or team NIC; 31 to 33 and 36 to 38 name a team without members. */
const LBFO_EVENTS: ReadonlySet<number> = new Set([13, 14, 23, 27, 28, 29, 30, 34, 35]);

/** VF data path of a guest's NIC (manifest of 26100 and later). */
const VF_STATE = 59;

const MAX_FACTS = 16_384;
/** ACLs, and names of ACLs that dropped packets, of one port. */
const MAX_ACLS = 64;
const FACT_BYTES = 128;

/** A member of a team: of a switch (SET) by its number, or of an LBFO team. */
export interface TeamMember {
  /** SET: the name of the switch's external NIC; LBFO: of the team or its NIC. */
  readonly team: string;
  /** SET: 1 to 32; absent for LBFO. */
  readonly index?: number;
  /** SET: GUID of the interface, lower case, no braces. */
  readonly guid?: string;
  /** LBFO: the member as the events name it. */
  readonly name?: string;
  /** False where the last event about it is that it was disconnected. */
  readonly connected: boolean;
}

/** A team of a switch (SET): 206 to 211. */
export interface SwitchTeam {
  readonly vSwitch: string;
  readonly teamingMode: number;
  readonly loadBalancing: number;
}

/** Policies of a vSwitch port. */
export interface PortPolicy {
  readonly portName: string;
  readonly friendlyName: string;
  readonly vSwitch: string;
  /** From event 89; absent where the trace has none. */
  readonly security?: {
    readonly macSpoofing: boolean;
    readonly dhcpGuard: boolean;
    readonly routerGuard: boolean;
    readonly teaming: boolean;
    readonly priorityTag: boolean;
    /** 0: none. */
    readonly vsid: number;
    /** 0: none, 1: destination, 2: source. */
    readonly monitorMode: number;
  };
  /** `deny incoming IPv4, local any, remote 10.0.0.0/8`; with `, failed: …` where it could not be applied. */
  readonly acls: readonly string[];
  /** ACLs that dropped packets: names (36), or direction and weight (131). */
  readonly aclDrops: readonly string[];
}

/** The state of the VF data path of a guest's NIC, from a time on. */
export interface DataPathState {
  readonly miniport: string;
  readonly vfSerialNumber: number;
  readonly associated: boolean;
  /** Packets go through the VF, not through the virtual switch and the capture. */
  readonly active: boolean;
  /** Of the VF; absent where all bytes are zero. */
  readonly mac?: string;
  /** Unix time in 100 ns. */
  readonly time: bigint;
}

interface PolicyDraft {
  readonly portName: string;
  readonly friendlyName: string;
  readonly vSwitch: string;
  security: PortPolicy['security'];
  readonly acls: Set<string>;
  readonly aclDrops: Set<string>;
}

/** Hot path. Whether the record is one that {@link SwitchFacts.add} reads. */
export const isSwitchFact = (record: EventRecord): boolean => {
  const { id, providerId } = record;
  switch (providerId) {
    case BuiltinProviderId.vmSwitch:
      return VM_SWITCH_EVENTS.has(id);
    case NDIS_IM_PLATFORM:
      return LBFO_EVENTS.has(id);
    case BuiltinProviderId.netvsc:
      return id === VF_STATE;
    default:
      return false;
  }
};

/** Teams and their members, policies of vSwitch ports, and data paths of guests, from events of Windows. */
export class SwitchFacts {
  readonly #members = new Map<string, TeamMember>();
  /** GUIDs that 164 and 170 name, and whether they are in a team. */
  readonly #teamed = new Map<string, boolean>();
  readonly #teams = new Map<string, SwitchTeam>();
  readonly #policies = new Map<string, PolicyDraft>();
  readonly #dataPaths: DataPathState[] = [];
  readonly #limits: LimitLog;

  /** @param limits counts facts beyond the limits */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  /** Reads a record for which {@link isSwitchFact} is true. */
  add(record: EventRecord, schema: EventSchema): void {
    const { values } = readFields(schema, record);
    if (record.providerId === BuiltinProviderId.netvsc) this.#addDataPath(record, values);
    else if (record.providerId === NDIS_IM_PLATFORM) this.#addLbfoMember(values);
    else this.#addSwitchFact(record.id, schema, values);
  }

  #addSwitchFact(id: number, schema: EventSchema, values: RawStruct): void {
    switch (id) {
      case VmSwitch.memberConnected:
      case VmSwitch.memberDisconnected:
        this.#addSetMember(values, id === VmSwitch.memberConnected);
        return;
      case VmSwitch.memberTeamed:
      case VmSwitch.memberUnteamed: {
        const guid = textField(values, 'Member');
        if (guid !== '' && this.#hasRoom(this.#teamed, guid)) {
          this.#teamed.set(guid, id === VmSwitch.memberTeamed);
        }
        return;
      }
      case VmSwitch.securityPolicy:
      case VmSwitch.aclApplied:
      case VmSwitch.aclFailed:
      case VmSwitch.aclDropped:
      case VmSwitch.extendedAclDropped:
        this.#addPolicy(id, schema, values);
        return;
      default:
        this.#addTeam(values);
    }
  }

  #addSetMember(values: RawStruct, connected: boolean): void {
    const team = this.#limits.name(textField(values, 'NicName'));
    const index = numberField(values, 'NicIndex');
    const guid = textField(values, 'NetCfgInstanceId');
    if (index === undefined || guid === '') return;
    const key = `${nameKey(team)} ${index}`;
    if (this.#hasRoom(this.#members, key)) this.#members.set(key, { team, index, guid, connected });
  }

  #addLbfoMember(values: RawStruct): void {
    const name = this.#limits.name(textField(values, 'Member'));
    const team = this.#limits.name(textField(values, 'TeamNic') || textField(values, 'Team'));
    if (name === '' || team === '') return;
    const key = `lbfo ${nameKey(name)}`;
    if (this.#hasRoom(this.#members, key)) this.#members.set(key, { team, name, connected: true });
  }

  #addTeam(values: RawStruct): void {
    const vSwitch = this.#limits.name(
      textField(values, 'SwitchFriendlyName') || textField(values, 'SwitchName'),
    );
    const teamingMode = numberField(values, 'TeamingMode');
    const loadBalancing = numberField(values, 'LoadBalancingAlgorithm');
    if (vSwitch === '' || teamingMode === undefined || loadBalancing === undefined) return;
    if (this.#hasRoom(this.#teams, vSwitch))
      this.#teams.set(vSwitch, { vSwitch, teamingMode, loadBalancing });
  }

  #addPolicy(id: number, schema: EventSchema, values: RawStruct): void {
    const portName = this.#limits.name(textField(values, 'PortName'));
    if (portName === '') return;
    const key = nameKey(portName);
    let policy = this.#policies.get(key);
    if (policy === undefined) {
      if (!this.#hasRoom(this.#policies, key)) return;
      policy = {
        portName,
        friendlyName: this.#limits.name(textField(values, 'PortFName')),
        vSwitch: this.#limits.name(textField(values, 'SwitchFName') || textField(values, 'SwitchName')),
        security: undefined,
        acls: new Set(),
        aclDrops: new Set(),
      };
      this.#policies.set(key, policy);
    }
    switch (id) {
      case VmSwitch.securityPolicy:
        policy.security = securityOf(values);
        return;
      case VmSwitch.aclDropped:
        this.#addText(policy.aclDrops, textField(values, 'AclName'));
        return;
      case VmSwitch.extendedAclDropped: {
        const direction = mappedText(schema, values, 'Direction').toLowerCase();
        this.#addText(policy.aclDrops, `${direction} weight ${numberField(values, 'Weight') ?? 0}`);
        return;
      }
      default:
        this.#addText(policy.acls, aclText(schema, values));
    }
  }

  #addText(texts: Set<string>, text: string): void {
    if (text === '' || texts.has(text)) return;
    if (texts.size >= MAX_ACLS || !this.#limits.hasRoom(text.length)) this.#limits.add('switchFactsLeftOut');
    else texts.add(this.#limits.name(text));
  }

  #addDataPath(record: EventRecord, values: RawStruct): void {
    const miniport = this.#limits.name(textField(values, 'MiniportName'));
    const associated = values.get('VfAssociated');
    const active = values.get('VfDatapathActive');
    if (typeof associated !== 'boolean' || typeof active !== 'boolean') return;
    if (this.#dataPaths.length >= MAX_FACTS || !this.#limits.hasRoom(FACT_BYTES)) {
      this.#limits.add('switchFactsLeftOut');
      return;
    }
    const ticks: UnixTicks = { timeHigh: 0, timeLow: 0 };
    record.unixTicks(ticks);
    const mac = bytesField(values, 'VfMacAddress');
    this.#dataPaths.push({
      miniport,
      vfSerialNumber: numberField(values, 'VfSerialNumber') ?? 0,
      associated,
      active,
      ...(mac?.some((byte) => byte !== 0) && { mac: formatMac(mac) }),
      time: (BigInt(ticks.timeHigh) << 32n) | BigInt(ticks.timeLow),
    });
  }

  #hasRoom(facts: ReadonlyMap<string, unknown>, key: string): boolean {
    if (facts.has(key)) return true;
    if (facts.size >= MAX_FACTS) {
      this.#limits.add('switchFactsLeftOut');
      return false;
    }
    return this.#limits.mayKeep('switchFactsLeftOut', FACT_BYTES);
  }

  /** Members of teams, those that 170 names later included as disconnected. */
  get teamMembers(): TeamMember[] {
    return [...this.#members.values()].map((member) =>
      member.guid !== undefined && this.#teamed.get(member.guid) === false
        ? { ...member, connected: false }
        : member,
    );
  }

  get teams(): SwitchTeam[] {
    return [...this.#teams.values()];
  }

  /** By `nameKey` of the port. */
  get policies(): Map<string, PortPolicy> {
    return new Map(
      [...this.#policies].map(([key, { aclDrops, acls, friendlyName, portName, security, vSwitch }]) => [
        key,
        {
          portName,
          friendlyName,
          vSwitch,
          ...(security && { security }),
          acls: [...acls],
          aclDrops: [...aclDrops],
        },
      ]),
    );
  }

  /** In the order of time. */
  get dataPaths(): DataPathState[] {
    return [...this.#dataPaths].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  }
}

/** `mac-spoofing,dhcp-guard,vsid=5001`: what event 89 allows and enables; empty where nothing is. */
export function policyText({ security }: PortPolicy): string {
  if (security === undefined) return '';
  const { dhcpGuard, macSpoofing, monitorMode, priorityTag, routerGuard, teaming, vsid } = security;
  const parts = [
    macSpoofing && 'mac-spoofing',
    dhcpGuard && 'dhcp-guard',
    routerGuard && 'router-guard',
    teaming && 'teaming',
    priorityTag && 'priority-tag',
    monitorMode !== 0 && `monitor=${monitorMode}`,
    vsid !== 0 && `vsid=${vsid}`,
  ];
  return parts.filter((part) => part !== false).join(',') || 'default';
}

const securityOf = (values: RawStruct): PortPolicy['security'] => ({
  macSpoofing: values.get('AllowMacSpoofing') === true,
  dhcpGuard: values.get('EnableDhcpGuard') === true,
  routerGuard: values.get('EnableRouterGuard') === true,
  teaming: values.get('AllowTeaming') === true,
  priorityTag: values.get('AllowIeeePriorityTag') === true,
  vsid: numberField(values, 'VirtualSubnetId') ?? 0,
  monitorMode: numberField(values, 'MonitorMode') ?? 0,
});

/** `deny incoming IPv4, local any, remote 10.0.0.0/8` */
function aclText(schema: EventSchema, values: RawStruct): string {
  const end = (name: 'Local' | 'Remote'): string => {
    const address = textField(values, `${name}Addr`);
    const prefix = numberField(values, `${name}Prefix`) ?? 0;
    return `${name.toLowerCase()} ${address === '' ? 'any' : prefix === 0 ? address : `${address}/${prefix}`}`;
  };
  const action = mappedText(schema, values, 'Action').toLowerCase();
  const direction = mappedText(schema, values, 'Direction').toLowerCase();
  const failed = values.has('FailReason') ? `, failed: ${mappedText(schema, values, 'FailReason')}` : '';
  return `${action} ${direction} ${mappedText(schema, values, 'Type')}, ${end('Local')}, ${end('Remote')}${failed}`;
}

/** The text of a number that the schema maps; the number where it does not. */
function mappedText(schema: EventSchema, values: RawStruct, name: string): string {
  const value = numberField(values, name);
  if (value === undefined) return '';
  const map = schema.fields.find((field) => field.name === name)?.map;
  return map?.entries.get(value)?.trim() ?? String(value);
}
