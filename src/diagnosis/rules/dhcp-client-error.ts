import { eventRule, macField, statusField } from '../event-rule.js';

const DHCP_CLIENT = '15a7a4f8-0072-4eab-abad-f98a4d666aed';
const PROBLEMS: ReadonlyMap<number, string> = new Map([
  [1001, 'got no address'],
  [1002, 'was refused its address by the server'],
  [1003, 'could not renew its lease'],
  [1005, 'found its address in use by another host'],
  [50_015, 'received a refusal (NAK)'],
]);

/** Errors that the DHCP client logged. */
export const dhcpClientError = eventRule({
  id: 'dhcp-client-error',
  summary: 'Errors that the DHCP client logged',
  meaning:
    'The DHCP client of Windows got no address, could not renew its lease, or found its address in use. ' +
    'The adapter has no usable address, or will lose it.',
  check: [
    'ipconfig /all',
    'ipconfig /renew',
    'Get-NetIPConfiguration',
    'Get-NetAdapter | select Name,Status',
  ],
  explain: [
    'Examines the events 1001, 1002, 1003, 1005 and 50015 of Microsoft-Windows-Dhcp-Client: MAC address of the adapter and status. ' +
      'Events with one adapter and one problem are one finding.',
    'Limits: the events exist only if the provider was recorded.',
  ],
  causes: ['dhcp-unanswered', 'dhcp-refused', 'ip-conflict', 'drop-*', 'link-down', 'wlan-disconnected'],
  events: [{ provider: DHCP_CLIENT, ids: [...PROBLEMS.keys()] }],
  start: () => (event) => {
    const mac = macField(event, 'HWAddress') ?? macField(event, 'InterfaceId') ?? '?';
    const problem = PROBLEMS.get(event.id) ?? 'failed';
    const status = statusField(event, 'StatusCode', 'win32');
    return {
      key: `${mac} ${problem}`,
      subject: {
        title: `DHCP client of ${mac} ${problem}${status === undefined ? '' : `: ${status}`}`,
        evidence: { location: mac },
      },
      links: [`dhcp ${mac}`],
    };
  },
});
