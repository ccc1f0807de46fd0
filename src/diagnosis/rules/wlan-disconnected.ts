import { textField } from '../event.js';
import { eventRule } from '../event-rule.js';

const WLAN = '9580d7dd-0379-4658-9870-d5be7d52d6de';
const DISCONNECTED = 8003;
const PROBLEMS: ReadonlyMap<number, string> = new Map([
  [8002, 'connection failed'],
  [DISCONNECTED, 'disconnected'],
  [11_002, 'association failed'],
  [11_006, 'security failed'],
  [12_013, '802.1X authentication failed'],
]);

/** Wireless networks that were lost or not joined. */
export const wlanDisconnected = eventRule({
  id: 'wlan-disconnected',
  summary: 'Wireless connections that failed or were lost',
  meaning:
    'The host could not join a wireless network, or lost its connection. ' +
    'The reason of the event tells whether signal, key or authentication is the cause.',
  check: ['netsh wlan show wlanreport', 'netsh wlan show interfaces', 'netsh wlan show drivers'],
  explain: [
    'Examines the events 8002, 8003, 11002, 11006 and 12013 of Microsoft-Windows-WLAN-AutoConfig: network, reason and reason code. ' +
      'Events with one network and one problem are one finding.',
    'A disconnection that the user asked for is a note.',
    'Limits: the events exist only if the provider was recorded. The text of the reason has the language of the host.',
  ],
  events: [{ provider: WLAN, ids: [...PROBLEMS.keys()] }],
  start: () => (event) => {
    const network = textField(event, 'SSID') ?? textField(event, 'ProfileName') ?? '?';
    const problem = PROBLEMS.get(event.id) ?? 'failed';
    const reason =
      textField(event, 'FailureReason') ??
      textField(event, 'ReasonText') ??
      textField(event, 'Reason') ??
      textField(event, 'ReasonCode') ??
      'reason not logged';
    const adapter = textField(event, 'InterfaceDescription') ?? textField(event, 'Adapter');
    const isWanted = event.id === DISCONNECTED && /by the user/iu.test(reason);
    return {
      key: `${network} ${problem} ${reason}`,
      subject: {
        title: `wireless network ${network}: ${problem}: ${reason}`,
        ...(isWanted && { severity: 'note' }),
        component: adapter,
        evidence: { location: adapter ?? network },
      },
      links: adapter === undefined ? [] : [`nic ${adapter}`],
    };
  },
});
