/** Contents that a capture needs for a finding; docs/capturing.md has the commands with all their options. */
const SOURCES = {
  packets: 'pktmon start --capture --pkt-size 0',
  allComponents: 'pktmon start --capture --comp all --pkt-size 0',
  vmSwitch: 'pktmon start --capture --pkt-size 0 --trace --provider Microsoft-Windows-Hyper-V-VmSwitch',
  vfp: 'pktmon start --capture --pkt-size 0 --trace --provider Microsoft-Windows-Hyper-V-VfpExt',
  wfp: 'pktmon start --capture --pkt-size 0 --trace --provider Microsoft-Windows-WFP',
  winNat: 'pktmon start --capture --pkt-size 0 --trace --provider Microsoft-Windows-WinNat',
  tcpip: 'pktmon start --capture --pkt-size 0 --trace --provider Microsoft-Windows-TCPIP',
  netvsc: 'pktmon start --capture --pkt-size 0 --trace --provider Microsoft-Windows-Hyper-V-Netvsc',
  ndis: 'pktmon start --capture --pkt-size 0 --trace --provider Microsoft-Windows-NDIS',
  dnsClient: 'pktmon start --capture --pkt-size 0 --trace --provider Microsoft-Windows-DNS-Client',
  dhcpClient: 'pktmon start --capture --pkt-size 0 --trace --provider Microsoft-Windows-Dhcp-Client',
  wlan: 'pktmon start --capture --pkt-size 0 --trace --provider Microsoft-Windows-WLAN-AutoConfig',
  hns: 'pktmon start --capture --pkt-size 0 --trace --provider Microsoft-Windows-Host-Network-Service',
  schannel: 'pktmon start --capture --pkt-size 0 --trace --provider Schannel',
} as const;
type SourceKey = keyof typeof SOURCES;

/** Ids of findings, by the source that they need; a `*` at the end stands for any end. The first match counts. */
const NEEDS: readonly (readonly [ids: string, source: SourceKey])[] = [
  ['drop-spoofing drop-isolation drop-extension vswitch-error', 'vmSwitch'],
  ['drop-acl', 'vfp'],
  ['drop-firewall drop-ipsec wfp-blocked', 'wfp'],
  ['drop-nat nat-error', 'winNat'],
  ['connect-failed tcp-port-reuse drop-no-listener', 'tcpip'],
  ['vf-switched capture-bypass path-changed', 'netvsc'],
  ['nic-reset link-down drop-link-down', 'ndis'],
  ['dns-client-error', 'dnsClient'],
  ['dhcp-client-error', 'dhcpClient'],
  ['wlan-disconnected', 'wlan'],
  ['hns-error', 'hns'],
  ['tls-error', 'schannel'],
  ['drop-* path-* mac-moved vlan-mismatch overlap', 'allComponents'],
  ['', 'packets'],
];

const matches = (pattern: string, id: string): boolean =>
  pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : pattern === id;

/**
 * The command that records enough for a finding.
 *
 * @param id of a rule; findings that only need packets have the command for packets
 */
export function captureAdvice(id: string): string {
  const found = NEEDS.find(([ids]) => ids.split(' ').some((pattern) => matches(pattern, id)));
  return SOURCES[found?.[1] ?? 'packets'];
}
