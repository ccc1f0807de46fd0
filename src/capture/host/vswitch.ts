import type { RawStruct } from '../../etw/index.js';
import { textField } from './raw-values.js';

/** A NIC attached to a virtual switch. */
export interface VirtualNic {
  /** `{vm guid}--{nic guid}`, or a bare GUID: what event 1003 calls SourceNicName. */
  readonly name: string;
  /** What people call it; may be empty. */
  readonly friendlyName: string;
  readonly switchName: string;
  readonly switchFriendlyName: string;
  /** From the event that connects a NIC to its port (232); empty where the trace has none. */
  readonly portName: string;
}

export interface VirtualPort {
  readonly name: string;
  readonly friendlyName: string;
  readonly switchName: string;
  readonly switchFriendlyName: string;
}

/** GUIDs in names come with and without braces and in either case. */
export const nameKey = (name: string): string => name.replace(/[{}]/g, '').toLowerCase();

/** More NICs and ports than a switch has; what comes beyond keeps its raw name. */
const MAX_NAMES = 65_536;

/** The names of NICs, ports and switches, from the events of Hyper-V-VmSwitch. */
export class VSwitchNames {
  readonly #nics = new Map<string, VirtualNic>();
  readonly #ports = new Map<string, VirtualPort>();

  /**
   * Takes what an event says: NicName/NicFName (56, 58, 240, 241), SrcNic… and DestNic… (57, 242), Port… (67, 232),
   * Switch… (all of them).
   *
   * @returns true where a name was new.
   */
  add(values: RawStruct): boolean {
    const switchName = textField(values, 'SwitchName');
    const switchFriendlyName = textField(values, 'SwitchFName');
    const portName = textField(values, 'PortName');
    let isNew = false;
    for (const prefix of ['', 'Src', 'Dest']) {
      const name = textField(values, `${prefix}NicName`);
      if (name === '') continue;
      const friendlyName = textField(values, `${prefix}NicFName`);
      isNew = this.#addNic({ name, friendlyName, switchName, switchFriendlyName, portName }) || isNew;
    }
    if (portName !== '' && !this.#ports.has(nameKey(portName)) && this.#ports.size < MAX_NAMES) {
      const friendlyName = textField(values, 'PortFName');
      this.#ports.set(nameKey(portName), { name: portName, friendlyName, switchName, switchFriendlyName });
      isNew = true;
    }
    return isNew;
  }

  #addNic(nic: VirtualNic): boolean {
    const key = nameKey(nic.name);
    const known = this.#nics.get(key);
    if (known !== undefined && (known.portName !== '' || nic.portName === '')) return false;
    if (known === undefined && this.#nics.size >= MAX_NAMES) return false;
    this.#nics.set(key, nic);
    return true;
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
