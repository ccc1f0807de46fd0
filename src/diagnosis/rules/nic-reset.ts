import { BuiltinProviderId } from '../../etw/index.js';
import { numberField, textField } from '../event.js';
import { eventRule } from '../event-rule.js';

/** NDIS resets an adapter. */
const RESET = 10_400;
const REASONS: ReadonlyMap<number, string> = new Map([
  [1, 'a request was not answered in time'],
  [2, 'the driver reports that the hardware hangs'],
  [3, 'the driver asked for it'],
]);

/** Adapters that Windows reset. */
export const nicReset = eventRule({
  id: 'nic-reset',
  summary: 'Network adapters that were reset',
  meaning:
    'Windows reset a network adapter because its driver or hardware did not respond. ' +
    'Packets are lost during a reset, and connections may end.',
  check: [
    'Get-WinEvent -LogName System -MaxEvents 200 | where ProviderName -match "NDIS"',
    'Get-NetAdapter | select Name,DriverVersion,DriverDate',
    'Get-NetAdapterStatistics',
  ],
  explain: [
    'Examines event 10400 of Microsoft-Windows-NDIS: adapter, reason and number of the reset. Resets of one adapter are one finding.',
    'Limits: the event exists only if its provider was recorded.',
  ],
  events: [{ provider: BuiltinProviderId.ndis, ids: [RESET] }],
  start: () => (event) => {
    const adapter = textField(event, 'AdapterName') ?? `interface ${textField(event, 'IfIndex') ?? '?'}`;
    const reason = REASONS.get(numberField(event, 'ResetReason') ?? 0) ?? 'reason not logged';
    return {
      key: adapter,
      subject: {
        title: `${adapter} was reset: ${reason}`,
        component: adapter,
        evidence: { location: adapter },
      },
      links: [`nic ${adapter}`],
    };
  },
});
