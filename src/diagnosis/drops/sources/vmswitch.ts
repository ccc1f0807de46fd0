import { BuiltinProviderId, dropReasonText } from '../../../etw/index.js';
import { type DiagnosisEvent, textField } from '../../event.js';
import type { DropEventSource } from './source.js';

/** VM_NBL_INCOMING_DROP and VM_NBL_OUTGOING_DROP of Microsoft-Windows-Hyper-V-VmSwitch: a NIC, its switch, the reason. */
const INCOMING = 54;
const OUTGOING = 55;

/** Drops at a virtual NIC. The events have no NBL: NIC, time and processor join them to a packet. */
export const VMSWITCH_DROPS: DropEventSource = {
  provider: BuiltinProviderId.vmSwitch,
  ids: [INCOMING, OUTGOING],
  read: (event) => {
    const names = ['NicName', 'NicFName'].flatMap((field) => textField(event, field) ?? []);
    if (names.length === 0) return undefined;
    const vSwitch = textField(event, 'SwitchFName') ?? textField(event, 'SwitchName');
    const reasonName = reasonOf(event);
    return {
      ...(reasonName !== undefined && { reasonName }),
      nics: names,
      location: `NIC ${names.at(-1)}${vSwitch === undefined ? '' : ` of switch ${vSwitch}`}${event.id === INCOMING ? ' Ingress' : ' Egress'}`,
    };
  },
};

/** The event's schema may have no map for the reasons: they have the numbers of pktmon's first reasons. */
function reasonOf(event: DiagnosisEvent): string | undefined {
  const text = textField(event, 'DropReason');
  return text !== undefined && /^\d{1,9}$/u.test(text) ? dropReasonText(Number(text)) : text;
}
