import { BuiltinProviderId } from '../../etw/index.js';
import { type DiagnosisEvent, textField } from '../event.js';
import { eventRule, statusField } from '../event-rule.js';

/** The path of data between virtual function and synthetic NIC could not be switched. */
const SWITCH_FAILED = 289;
/** State of the virtual function of a guest's NIC. */
const VF_STATE = 59;
const FAILOVER_FAILED = [53, 55, 57];
const MAX_NICS = 1000;

/** Virtual functions (SR-IOV) that took over or lost the data path. */
export const vfSwitched = eventRule({
  id: 'vf-switched',
  summary: 'Data paths switched between virtual function and synthetic NIC',
  meaning:
    'The packets of a virtual NIC moved between its virtual function (SR-IOV) and the synthetic path, or the move failed. ' +
    'Packets are lost during the move, and Windows does not see packets of the virtual function.',
  check: [
    'Get-NetAdapterSriovVf',
    'Get-VMNetworkAdapter * | select VMName,IovWeight,IovUsage,Status',
    'Get-NetAdapterSriov',
  ],
  explain: [
    'Examines event 289 of Hyper-V-VmSwitch (switching the data path failed) and events 53, 55, 57 and 59 of Hyper-V-Netvsc. ' +
      'Event 59 states whether the virtual function is active: reported is a change between two of them, not the state.',
    'Limits: the events exist only if their providers were recorded.',
  ],
  events: [
    { provider: BuiltinProviderId.vmSwitch, ids: [SWITCH_FAILED] },
    { provider: BuiltinProviderId.netvsc, ids: [...FAILOVER_FAILED, VF_STATE] },
  ],
  start: () => {
    const active = new Map<string, boolean>();
    return (event) => {
      const nic = nicOf(event);
      const isState = event.providerId === BuiltinProviderId.netvsc && event.id === VF_STATE;
      if (!isState) {
        const status = statusField(event, 'Status', 'ntstatus') ?? 'status not logged';
        return finding(nic, `switching the data path of ${nic} failed: ${status}`);
      }
      const isActive = textBoolean(event, 'VfDatapathActive');
      if (isActive === undefined) return undefined;
      const before = active.get(nic);
      if (before !== undefined || active.size < MAX_NICS) active.set(nic, isActive);
      if (before === undefined || before === isActive) return undefined;
      const to = isActive ? 'its virtual function' : 'the synthetic path';
      return finding(nic, `packets of ${nic} moved to ${to}`);
    };
  },
});

const finding = (nic: string, title: string) => ({
  key: title,
  subject: { title, component: nic, evidence: { location: nic } },
  links: [`nic ${nic}`],
});

const nicOf = (event: DiagnosisEvent): string =>
  textField(event, 'NicFName') ??
  textField(event, 'NicName') ??
  textField(event, 'MiniportName') ??
  `virtual function ${textField(event, 'VfSerialNumber') ?? '?'}`;

function textBoolean({ json }: DiagnosisEvent, name: string): boolean | undefined {
  const value = json.data[name];
  return typeof value === 'boolean' ? value : undefined;
}
