import { BuiltinProviderId } from '../../../etw/index.js';
import { type DiagnosisEvent, numberField, textField } from '../../event.js';
import type { FindingFlow } from '../../finding.js';
import { type DroppedByEvent, reasonKey } from '../drop.js';
import type { DropEventSource } from './source.js';

/** Guard and forward drops of Microsoft-Windows-Hyper-V-VfpExt (manifests of 2015 to 26200). */
const RAW = 51;
const ARP = 57;
const FORWARD = 351;

/** The event's reasons (value map MapPacketDropReason), and their names in pktmon's enumeration. */
const REASONS: readonly (readonly [value: number, text: string, name: string])[] = [
  [0, 'ARP guard', 'ArpGuard'],
  [1, 'ARP limiter', 'ArpLimiter'],
  [2, 'DHCP guard', 'DhcpGuard'],
  [3, 'DHCP limiter', 'DhcpLimiter'],
  [4, 'block broadcast', 'BlockBroadcast'],
  [5, 'block non-IP', 'BlockNonIp'],
  [6, 'ARP filter', 'ArpFilter'],
  [7, 'Ipv4 guard', 'Ipv4Guard'],
  [8, 'Ipv6 guard', 'Ipv6Guard'],
  [9, 'MAC guard', 'MacGuard'],
  [10, 'found no destinations (broadcast)', 'BroadcastNoDestinations'],
  [11, 'found no destination (unicast)', 'UnicastNoDestination'],
  [12, 'found destination, port not ready', 'UnicastPortNotReady'],
  [13, 'vmswitch callback failed', 'SwitchCallbackFailed'],
  [32, 'invalid packet', 'InvalidPacket'],
  [33, 'intercept', 'Intercept'],
  [34, 'intercept blocked', 'InterceptBlock'],
];
const NAMES = new Map(
  REASONS.flatMap(([value, text, name]) => [
    [String(value), name],
    [reasonKey(text), name],
  ]),
);

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [1, 'ICMP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [58, 'ICMPv6'],
]);

/** Drops of the virtual filtering platform. The events have the addresses and the port: the best evidence at a switch. */
export const VFPEXT_DROPS: DropEventSource = {
  provider: BuiltinProviderId.vfpExt,
  ids: [RAW, 52, 53, 54, 55, 56, ARP, FORWARD],
  read: (event): DroppedByEvent | undefined => {
    const reason = textField(event, 'Reason');
    if (reason === undefined) return undefined;
    const name = NAMES.get(reason) ?? NAMES.get(reasonKey(reason)) ?? reason;
    const names = ['PortName', 'PortFriendlyName', 'SrcPortName', 'SrcPortFriendlyName'].flatMap(
      (field) => textField(event, field) ?? [],
    );
    const port = names.at(-1) ?? textField(event, 'PortId') ?? textField(event, 'SrcPortId') ?? '';
    const flow = flowOf(event);
    return { reasonName: name, nics: names, location: `VFP port ${port}`, ...(flow && { flow }) };
  },
};

function flowOf(event: DiagnosisEvent): FindingFlow | undefined {
  if (event.id === ARP) {
    const source = textField(event, 'SenderIpAddr');
    const destination = textField(event, 'TargetIpAddr');
    return source === undefined || destination === undefined
      ? undefined
      : { protocol: 'ARP', source, destination };
  }
  const source = textField(event, 'SrcIpv4Addr') ?? textField(event, 'SrcIpv6Addr');
  const destination = textField(event, 'DstIpv4Addr') ?? textField(event, 'DstIpv6Addr');
  if (source === undefined || destination === undefined) return undefined;
  const number = numberField(event, 'IpProtocol') ?? 0;
  return {
    protocol: PROTOCOLS.get(number) ?? `IP protocol ${number}`,
    source: endpoint(source, numberField(event, 'SrcPort')),
    destination: endpoint(destination, numberField(event, 'DstPort')),
  };
}

const endpoint = (address: string, port: number | undefined): string =>
  port === undefined ? address : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
