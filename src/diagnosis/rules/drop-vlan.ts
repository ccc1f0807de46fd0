import { UNKNOWN } from '../../packets/index.js';
import { type DiagnosisContext, factsOf } from '../context.js';
import type { Drop } from '../drops/drop.js';
import { dropRule } from '../drops/drop-rule.js';

/** Packets that a virtual switch dropped because of their VLAN. */
export const dropVlan = dropRule({
  id: 'drop-vlan',
  summary: 'Packets dropped because of their VLAN',
  meaning:
    'The virtual switch dropped packets whose VLAN is not allowed at the port. ' +
    'The VLAN of the sender and the VLAN setting of the port do not agree.',
  check: [
    'Get-VMNetworkAdapterVlan -VMName *',
    'Get-VMNetworkAdapterIsolation -VMName *',
    'hnsdiag list endpoints -d',
    'vfpctrl /list-vmswitch-port',
  ],
  explain: [
    'Examines drop records of pktmon and of the vSwitch capture, and the events 54 and 55 of Hyper-V-VmSwitch, with the ' +
      'reasons FilteredVLAN, UnauthorizedVLAN, InvalidVlanFormat and FilteredIsolationUntagged. Drops with one reason at one ' +
      'location are one finding.',
    'There is no threshold: Windows logs the reason. The VLAN that the packet had and the VLAN of the port are shown where ' +
      'the trace has them (out-of-band data of the packet, properties of the component).',
    'Limits: an external switch that drops a VLAN leaves no record here.',
  ],
  drops: {
    reasons: ['FilteredVLAN', 'UnauthorizedVLAN', 'InvalidVlanFormat', 'FilteredIsolationUntagged'],
  },
  titleOf: (drop, context) => {
    const vlan = vlanOf(drop);
    const port = portVlan(drop, context);
    const expected = port === undefined || port === vlan ? '' : `, the port has VLAN ${port}`;
    const text = vlan === undefined ? 'VLAN not allowed' : `VLAN ${vlan} not allowed`;
    return `${text} at ${drop.location}${expected}`;
  },
  valuesOf: (drop, context) => {
    const vlan = vlanOf(drop);
    const port = portVlan(drop, context);
    return {
      ...(vlan !== undefined && { vlan }),
      ...(port !== undefined && { portVlan: port }),
    };
  },
});

/** The VLAN of the dropped packet: out-of-band data of the drop record, else the tag in the frame. */
function vlanOf({ hop, journey }: Drop): number | undefined {
  if (hop !== undefined && hop.vlanId !== UNKNOWN) return hop.vlanId;
  const tag = journey?.frame.vlanId ?? UNKNOWN;
  return tag > 0 ? tag : undefined;
}

/** The VLAN of the port where the packet was dropped, as the component's properties state it. */
function portVlan({ hop, host }: Drop, context: DiagnosisContext): number | undefined {
  if (hop === undefined) return undefined;
  const { componentId } = factsOf(context, hop, host);
  return componentId === undefined
    ? undefined
    : context.hosts[host]?.model.components.get(componentId)?.vlanId;
}
