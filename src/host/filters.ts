import type { RawStruct } from '../etw/index.js';
import { plural } from '../format/index.js';
import { type IpAddress, ipAddress, ipv4FromField, macText } from './addresses.js';
import { bytesField, numberField, textField } from './raw-values.js';

/** One of pktmon's packet filters; packets that match any of them are captured. */
export interface CaptureFilter {
  readonly id: number;
  /** As the user named it; may be empty. */
  readonly name: string;
  /** As text: `IPv4 host 10.0.0.1 and TCP and port 53`; `all` for a filter without conditions. */
  readonly text: string;
}

/** PktMon's filter events: IPv4 and IPv6 (docs/format/packet-events.md). */
export const FILTER_EVENTS = { ipv4: 100, ipv6: 110 } as const;

const ETHER_TYPES: ReadonlyMap<number, string> = new Map([
  [0x0800, 'IPv4'],
  [0x0806, 'ARP'],
  [0x8100, 'VLAN'],
  [0x86dd, 'IPv6'],
  [0x88cc, 'LLDP'],
  [0x88d9, 'LLTD'],
]);

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [1, 'ICMP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [58, 'ICMPv6'],
]);

const TCP_FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

function addressField(values: RawStruct, name: string): IpAddress | undefined {
  const value = values.get(name);
  if (typeof value === 'number') return ipv4FromField(value);
  return value instanceof Uint8Array ? ipAddress(value) : undefined;
}

/** A filter from the fields of event 100 or 110; zero means that the condition is not set. */
export function readFilter(values: RawStruct): CaptureFilter {
  const terms: string[] = [];
  const number = (name: string): number => numberField(values, name) ?? 0;
  const flags = number('TCPFlags');

  for (const name of ['MacAddress1', 'MacAddress2']) {
    const bytes = bytesField(values, name);
    const mac = bytes && macText(bytes);
    if (mac !== undefined) terms.push(`ether host ${mac}`);
  }
  const vlan = number('VlanId');
  if (vlan !== 0) terms.push(`vlan ${vlan}`);

  const hosts = ['IpAddress1', 'IpAddress2'].flatMap((name) => addressField(values, name) ?? []);
  const etherType = number('EtherType');
  if (hosts.length > 0) {
    const family = hosts[0]?.bytes.length === 4 ? 'IPv4' : 'IPv6';
    terms.push(...hosts.map(({ text }, n) => (n === 0 ? `${family} host ${text}` : `host ${text}`)));
  } else if (etherType !== 0) {
    terms.push(ETHER_TYPES.get(etherType) ?? `ethertype 0x${etherType.toString(16).padStart(4, '0')}`);
  }
  const protocol = number('Protocol');
  if (protocol !== 0) terms.push(PROTOCOLS.get(protocol) ?? `protocol ${protocol}`);
  for (const name of ['Port1', 'Port2']) {
    if (number(name) !== 0) terms.push(`port ${number(name)}`);
  }
  if (flags !== 0) {
    terms.push(`TCP flags ${TCP_FLAGS.filter((_, bit) => (flags & (1 << bit)) !== 0).join('+')}`);
  }
  return {
    id: number('FilterId'),
    name: textField(values, 'FilterName'),
    text: terms.length === 0 ? 'all' : terms.join(' and '),
  };
}

/** Characters of an expression: pktmon's 32 filters fit, and each interface states it. */
const MAX_EXPRESSION = 2048;

/** All filters as one expression for if_filter, at most 2 KiB of it; undefined if there are none. */
export function filterExpression(filters: readonly CaptureFilter[]): string | undefined {
  const [first] = filters;
  if (first === undefined) return undefined;
  if (filters.length === 1) return first.text;
  let expression = '';
  for (const [n, { text }] of filters.entries()) {
    const next = `${n === 0 ? '' : ' or '}(${text})`;
    if (expression.length + next.length > MAX_EXPRESSION) {
      return `${expression} … (${plural(filters.length, 'filter')})`;
    }
    expression += next;
  }
  return expression;
}
