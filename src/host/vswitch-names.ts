import { LimitLog } from '../etl/index.js';
import type { RawStruct } from '../etw/index.js';
import type { IpAddress } from './addresses.js';
import { textField } from './raw-values.js';
import type { EventReader } from './sampling.js';

/** A NIC attached to a virtual switch. */
export interface VirtualNic {
  /** `{vm guid}--{nic guid}`, or a GUID alone: SourceNicName of event 1003. */
  readonly name: string;
  /** The name shown to users; may be empty. */
  readonly friendlyName: string;
  readonly switchName: string;
  readonly switchFriendlyName: string;
  /** From the event that connects a NIC to its port (232); empty if the trace has none. */
  readonly portName: string;
  /** The VM, container or endpoint that it belongs to, from files saved on the host. */
  readonly owner?: string;
  /** From files saved on the host: 6 bytes. */
  readonly mac?: Uint8Array;
  /** From files saved on the host: of its endpoint. */
  readonly addresses?: readonly IpAddress[];
  readonly compartmentId?: number;
}

export interface VirtualPort {
  readonly name: string;
  readonly friendlyName: string;
  readonly switchName: string;
  readonly switchFriendlyName: string;
}

/** GUIDs in names occur with and without braces and in either case. */
export const nameKey = (name: string): string => name.replace(/[{}]/g, '').toLowerCase();

/** All fields that {@link VSwitchNames.add} reads. */
const READ_FIELDS = /^(?:(?:Src|Dest)?Nic|Port|Switch)F?Name$/;

const allNames = (named: VirtualNic | VirtualPort): string => Object.values(named).join('\0');

/** More NICs and ports than a switch has; further ones keep their raw name. */
const MAX_NAMES = 65_536;

/** The names of NICs, ports and switches, from the events of Hyper-V-VmSwitch. */
export class VSwitchNames implements EventReader {
  replacements = 0;
  readonly #nics = new Map<string, VirtualNic>();
  readonly #ports = new Map<string, VirtualPort>();
  readonly #limits: LimitLog;

  /** @param limits counts names beyond the limit */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  /**
   * Adds the names of an event: NicName/NicFName (56, 58, 240, 241), SrcNic… and DestNic… (57, 242), Port… (67, 232),
   * Switch… (all of them). A later name replaces an earlier one; an empty name replaces none.
   */
  add(values: RawStruct): void {
    const switchName = textField(values, 'SwitchName');
    const switchFriendlyName = textField(values, 'SwitchFName');
    const portName = textField(values, 'PortName');
    for (const prefix of ['', 'Src', 'Dest']) {
      const name = textField(values, `${prefix}NicName`);
      if (name === '') continue;
      const friendlyName = textField(values, `${prefix}NicFName`);
      this.#add(this.#nics, { name, friendlyName, switchName, switchFriendlyName, portName });
    }
    if (portName === '') return;
    const friendlyName = textField(values, 'PortFName');
    this.#add(this.#ports, { name: portName, friendlyName, switchName, switchFriendlyName });
  }

  readonly isRead = (field: string): boolean => READ_FIELDS.test(field);

  #add<T extends VirtualNic | VirtualPort>(all: Map<string, T>, fresh: T): void {
    const key = nameKey(fresh.name);
    const known = all.get(key);
    if (known === undefined) {
      if (all.size >= MAX_NAMES) this.#limits.add('switchNamesLeftOut');
      else if (this.#limits.mayKeep('switchNamesLeftOut', allNames(fresh).length)) all.set(key, fresh);
      return;
    }
    const given = Object.fromEntries(Object.entries(fresh).filter(([, text]) => text !== ''));
    const merged = { ...known, ...given, name: known.name };
    if (allNames(merged) === allNames(known)) return;
    if (!this.#limits.mayKeep('switchNamesLeftOut', allNames(fresh).length)) return;
    all.set(key, merged);
    this.replacements += 1;
  }

  /** By {@link nameKey}. */
  get nics(): ReadonlyMap<string, VirtualNic> {
    return this.#nics;
  }

  /** By {@link nameKey}. */
  get ports(): ReadonlyMap<string, VirtualPort> {
    return this.#ports;
  }
}
