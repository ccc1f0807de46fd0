import type { Flow } from '../paths/index.js';

/** Frames or packets that a filter lists by number. */
const MAX_LISTED = 100;

/** `frame.number in {1, 5, 9}`; undefined if there are none, or more than a filter lists. */
export const frameFilter = (frames: readonly number[]): string | undefined =>
  listFilter('frame.number', frames);

/** All appearances of packets, for Wireshark with the plugin: `etl.packet in {4, 7}`. */
export const packetFilter = (packets: readonly number[]): string | undefined =>
  listFilter('etl.packet', packets);

function listFilter(field: string, numbers: readonly number[]): string | undefined {
  if (numbers.length === 0 || numbers.length > MAX_LISTED) return undefined;
  const [only, ...others] = numbers;
  return others.length === 0 ? `${field} == ${only}` : `${field} in {${numbers.join(', ')}}`;
}

/** Protocols as display filters name them. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['TCP', 'tcp'],
  ['UDP', 'udp'],
  ['SCTP', 'sctp'],
  ['ICMP', 'icmp'],
  ['ICMPv6', 'icmpv6'],
  ['IGMP', 'igmp'],
  ['GRE', 'gre'],
  ['ESP', 'esp'],
  ['AH', 'ah'],
]);

/** Both directions of a flow, in Wireshark without the plugin; undefined if it has no addresses. */
export function flowFilter({
  destination,
  destinationPort,
  protocol,
  source,
  sourcePort,
}: Flow): string | undefined {
  if (source === undefined || destination === undefined) return undefined;
  if (protocol === 'ARP') {
    return `arp && (arp.dst.proto_ipv4 == ${destination} || arp.src.proto_ipv4 == ${destination})`;
  }
  const field = source.includes(':') ? 'ipv6.addr' : 'ip.addr';
  const terms = [`${field} == ${source}`, `${field} == ${destination}`];
  const name = NAMES.get(protocol);
  if (name !== undefined && sourcePort !== undefined && destinationPort !== undefined) {
    terms.push(`${name}.port == ${sourcePort}`, `${name}.port == ${destinationPort}`);
  } else if (name !== undefined) {
    terms.push(name);
  }
  return terms.join(' && ');
}
