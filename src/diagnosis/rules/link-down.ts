import { BuiltinProviderId } from '../../etw/index.js';
import type { DiagnosisContext } from '../context.js';
import { type DiagnosisEvent, numberField, textField } from '../event.js';
import { eventRule } from '../event-rule.js';

/** NDIS: media disconnected. */
const NDIS_DISCONNECTED = 10_105;
/** VM_MEDIA_DISCONNECTED, VM_MINIPORT_DISCONNECTED, and a disconnected member of a team. */
const VMSWITCH_DISCONNECTED = [22, 117, 126];
/** Netvsc: the virtual NIC of a guest was disconnected. */
const NETVSC_DISCONNECTED = 13;

/** Links that went down. */
export const linkDown = eventRule({
  id: 'link-down',
  summary: 'Links that went down',
  meaning:
    'A network adapter, or its port at the virtual switch, lost its connection during the capture. ' +
    'Packets through it are lost until the link is up again.',
  check: [
    'Get-NetAdapter | select Name,Status,MediaConnectionState,LinkSpeed',
    'Get-VMNetworkAdapter * | select VMName,SwitchName,Connected',
    'Get-NetLbfoTeamMember',
  ],
  explain: [
    'Examines event 10105 of Microsoft-Windows-NDIS, events 22, 117 and 126 of Hyper-V-VmSwitch, and event 13 of Hyper-V-Netvsc. ' +
      'Events about one adapter are one finding.',
    'Limits: the events exist only if their providers were recorded. An adapter that a user disables looks the same.',
  ],
  causes: ['nic-reset', 'wlan-disconnected'],
  events: [
    { provider: BuiltinProviderId.ndis, ids: [NDIS_DISCONNECTED] },
    { provider: BuiltinProviderId.vmSwitch, ids: VMSWITCH_DISCONNECTED },
    { provider: BuiltinProviderId.netvsc, ids: [NETVSC_DISCONNECTED] },
  ],
  start: (context) => (event) => {
    const adapter = adapterOf(event, context);
    return {
      key: adapter,
      subject: { title: `link of ${adapter} went down`, component: adapter, evidence: { location: adapter } },
      links: [`nic ${adapter}`],
    };
  },
});

function adapterOf(event: DiagnosisEvent, { hosts }: DiagnosisContext): string {
  for (const field of ['NicFName', 'NicName', 'MiniportName']) {
    const name = textField(event, field);
    if (name !== undefined) return name;
  }
  const index = numberField(event, 'IfIndex');
  const known = index === undefined ? undefined : hosts[event.host]?.model.interfaces.get(index);
  return known?.description ?? known?.alias ?? `interface ${index ?? '?'}`;
}
