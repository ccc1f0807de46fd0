import type { CaptureLocation } from './capture-location.js';
import type { HostInterface, HostModel } from './host-model.js';
import { nameKey } from './vswitch-names.js';

/** Names of the team members that packets went through. */
export class TeamMemberNames {
  readonly #model: HostModel;
  /** SET: by name of the external NIC and index, and by index alone where only one NIC has it. */
  readonly #byIndex = new Map<string, string>();
  /** LBFO members by alias, description or GUID. */
  readonly #lbfo = new Set<string>();
  readonly #locations = new Map<CaptureLocation, string | undefined>();

  constructor(model: HostModel) {
    this.#model = model;
    const byGuid = new Map<string, HostInterface>();
    for (const found of model.interfaces.values())
      if (found.guid !== undefined) byGuid.set(found.guid, found);
    const shared = new Set<string>();
    for (const { guid, index, name, team } of model.teamMembers) {
      if (name !== undefined) this.#lbfo.add(nameKey(name));
      if (index === undefined || guid === undefined) continue;
      const found = byGuid.get(guid);
      const text = found?.alias || found?.description || guid;
      this.#byIndex.set(`${nameKey(team)} ${index}`, text);
      const alone = `${index}`;
      if (this.#byIndex.has(alone) && this.#byIndex.get(alone) !== text) shared.add(alone);
      else this.#byIndex.set(alone, text);
    }
    for (const alone of shared) this.#byIndex.delete(alone);
  }

  /** The name of a member of a switch's team; its number where the trace does not name it. */
  ofSwitch({ nicName = '' }: CaptureLocation, index: number): string {
    return this.#byIndex.get(`${nameKey(nicName)} ${index}`) ?? this.#byIndex.get(`${index}`) ?? `${index}`;
  }

  /** The adapter of a location, where it is a member of an LBFO team. */
  ofLocation(captureLocation: CaptureLocation): string | undefined {
    if (this.#lbfo.size === 0) return undefined;
    if (this.#locations.has(captureLocation)) return this.#locations.get(captureLocation);
    const name = this.#lbfoMember(captureLocation);
    this.#locations.set(captureLocation, name);
    return name;
  }

  #lbfoMember({ componentId, miniportIfIndex, source }: CaptureLocation): string | undefined {
    const component = componentId === undefined ? undefined : this.#model.components.get(componentId);
    const ifIndex =
      source === 'pktmon' ? (component?.ifIndex ?? component?.miniportIfIndex) : miniportIfIndex;
    const found = ifIndex === undefined ? undefined : this.#model.interfaces.get(ifIndex);
    if (found === undefined) return undefined;
    const { alias, description, guid = '' } = found;
    const isMember = [alias, description, guid].some((text) => text !== '' && this.#lbfo.has(nameKey(text)));
    return isMember ? alias || description || guid : undefined;
  }
}
