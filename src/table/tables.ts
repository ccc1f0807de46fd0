import type { Column } from './columns.js';

/** The tables, in the order of their documentation. */
export const TABLE_NAMES = ['packets', 'events', 'conversations', 'interfaces', 'findings'] as const;
export type TableName = (typeof TABLE_NAMES)[number];

/** Columns of every table. The partition (`host=…/date=…`) has host and date. */
const TRACE = { name: 'trace', type: 'text', required: true } as const;

const text = (name: string): Column => ({ name, type: 'text' });
const int = (name: string): Column => ({ name, type: 'int' });
const bool = (name: string): Column => ({ name, type: 'bool', required: true });
const long = (name: string): Column => ({ name, type: 'long', required: true });
const time = (name: string): Column => ({ name, type: 'time', required: true, sorted: true });
const ticks = (name: string): Column => ({ name, type: 'long', required: true, sorted: true });
const some = (column: Column): Column => ({ ...column, required: true });

/** One row for each appearance of a packet, in the order of the frames of a conversion. */
const PACKETS = [
  TRACE,
  ticks('frame'),
  long('packet'),
  some(int('hop')),
  text('match'),
  time('time'),
  ticks('ticks'),
  some(text('interface')),
  text('component'),
  int('component_id'),
  int('edge'),
  text('direction'),
  int('compartment'),
  int('vlan'),
  int('vsid'),
  int('port'),
  text('destination_ports'),
  some(text('link_type')),
  some(int('captured_length')),
  some(int('length')),
  text('source_mac'),
  text('destination_mac'),
  text('source'),
  text('destination'),
  some(text('protocol')),
  int('source_port'),
  int('destination_port'),
  int('tcp_flags'),
  bool('dropped'),
  text('drop'),
  int('drop_reason'),
  text('drop_location'),
  int('process_id'),
  text('process'),
  text('owner'),
] as const;

const EVENTS = [
  TRACE,
  time('time'),
  ticks('ticks'),
  ticks('after_frame'),
  text('provider'),
  text('provider_id'),
  int('id'),
  text('name'),
  int('level'),
  int('process_id'),
  text('process'),
  text('message'),
  some(text('data')),
] as const;

/** One row for each conversation: two endpoints of one protocol, in both directions. */
const CONVERSATIONS = [
  TRACE,
  some(text('protocol')),
  some(text('a')),
  int('a_port'),
  some(text('b')),
  int('b_port'),
  text('translated_a'),
  text('translated_b'),
  text('compartments'),
  text('owner'),
  { name: 'first', type: 'time', required: true },
  { name: 'last', type: 'time', required: true },
  long('packets'),
  long('packets_from_a'),
  long('bytes'),
  some(int('drops')),
  some(int('retransmissions')),
  some(int('resets')),
  { name: 'round_trip_us', type: 'double' },
] as const satisfies readonly Column[];

const INTERFACES = [
  TRACE,
  some(text('interface')),
  text('description'),
  some(text('source')),
  some(text('link_type')),
  text('mac'),
  text('addresses'),
  int('interface_index'),
  text('guid'),
  text('vswitch'),
  int('port'),
  text('port_name'),
  text('nic'),
  text('nic_type'),
  int('vlan'),
  int('vsid'),
  int('compartment'),
  text('component'),
  int('component_id'),
  text('component_type'),
  long('packets'),
  long('dropped'),
] as const;

const FINDINGS = [
  TRACE,
  some(text('id')),
  some(text('severity')),
  some(text('basis')),
  some(text('title')),
  long('count'),
  text('first'),
  text('last'),
  text('frames'),
  text('filter'),
  text('interface'),
  text('component'),
  int('compartment'),
  text('process'),
  text('protocol'),
  text('source'),
  text('destination'),
  some(text('evidence')),
  some(text('meaning')),
  text('check'),
  text('causes'),
] as const;

export const TABLES: Readonly<Record<TableName, readonly Column[]>> = {
  packets: PACKETS,
  events: EVENTS,
  conversations: CONVERSATIONS,
  interfaces: INTERFACES,
  findings: FINDINGS,
};
