import { BuiltinProviderId } from '../../etw/index.js';
import { numberField, textField } from '../event.js';
import { addressOf, eventRule, isBetween, statusField } from '../event-rule.js';

/** TcpConnectTcb…: 1018 to 1021, 1034 to 1037, 1045, 1049, 1050. All have the same fields. */
const FAILED = [1018, 1019, 1020, 1021, 1034, 1035, 1036, 1037, 1045, 1049, 1050];
/** The program gave up: not a fault of the network. */
const CANCELLED: ReadonlySet<number> = new Set([0, 0x103, 0xc000_0120, 0xc000_0241]);

/** TCP connections that Windows could not establish. */
export const connectFailed = eventRule({
  id: 'connect-failed',
  summary: 'TCP connections that Windows could not establish',
  meaning:
    'A program asked for a TCP connection, and Windows reported a failure to it. ' +
    'The status names the reason: no answer, a refusal, no free port, or a filter.',
  check: [
    'Test-NetConnection -ComputerName HOST -Port PORT',
    'Get-NetTCPConnection -State SynSent',
    'netsh int ipv4 show dynamicport tcp',
    'Get-NetFirewallRule -Enabled True -Action Block -Direction Outbound',
  ],
  explain: [
    'Examines the events 1018 to 1021, 1034 to 1037, 1045, 1049 and 1050 of Microsoft-Windows-TCPIP: addresses, status, process and ' +
      'compartment. Events with one remote address, status and process are one finding. Packets are joined by addresses and ports.',
    'A connection that its program cancelled is left out. A failure on a loopback address is a note: programs look for each other ' +
      'this way.',
    'Limits: the events exist only if the provider Microsoft-Windows-TCPIP was recorded.',
  ],
  causes: [
    'tcp-syn-unanswered',
    'tcp-refused',
    'tcp-port-reuse',
    'drop-*',
    'wfp-blocked',
    'arp-unanswered',
    'nd-unanswered',
    'icmp-unreachable',
    'nat-error',
  ],
  events: [{ provider: BuiltinProviderId.tcpip, ids: FAILED }],
  start: () => (event) => {
    const remote = textField(event, 'RemoteAddress');
    const local = textField(event, 'LocalAddress');
    const code = numberField(event, 'Status');
    if (remote === undefined || (code !== undefined && CANCELLED.has(code))) return undefined;
    const status = statusField(event, 'Status', 'ntstatus') ?? 'status not logged';
    const pid = numberField(event, 'ProcessId');
    const address = addressOf(remote);
    const isLoopback = address.startsWith('127.') || address === '::1';
    return {
      key: `${remote} ${status} ${pid ?? ''}`,
      subject: {
        title: `connection to ${remote} failed: ${status}${pid === undefined ? '' : `, process ${pid}`}`,
        ...(isLoopback && { severity: 'note' }),
        ...(pid !== undefined && { process: String(pid) }),
        compartment: numberField(event, 'Compartment'),
        flow: { protocol: 'TCP', ...(local !== undefined && { source: local }), destination: remote },
      },
      links: [`connection ${remote}`, `neighbor ${address}`],
      ...(local !== undefined && { isAbout: (journey) => isBetween(journey, local, remote) }),
    };
  },
});
