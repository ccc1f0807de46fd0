import { LimitLog } from '../etl/index.js';
import type { EventSchema, RawStruct, RawValue } from '../etw/index.js';
import { AddressSet, type IpAddress, ipAddress, ipv4FromField, isHostAddress } from './addresses.js';
import { HostLimitError } from './errors.js';
import { bytesField, firstField, textField } from './raw-values.js';
import type { EventReader } from './sampling.js';

/** Facts about an interface from events of the TCP/IP stack. */
export interface StackInterface {
  readonly ifIndex: number;
  alias: string;
  luid: bigint | undefined;
  mac: Uint8Array | undefined;
  compartmentId: number | undefined;
  readonly addresses: AddressSet;
}

/** Facts about a compartment from these events. */
export interface StackCompartment {
  readonly id: number;
  guid: string | undefined;
  /** Addresses that sockets of the compartment used, from events without an interface. */
  readonly addresses: AddressSet;
}

/** Compartment 0 is "unspecified" (NET_IF_COMPARTMENT_ID_UNSPECIFIED). */
const UNSPECIFIED = 0;

const MAX_INTERFACES = 65_536;
const MAX_COMPARTMENTS = 65_536;

const COMPARTMENT_FIELDS = ['CompartmentId', 'Compartment', 'InternalCompartmentId'];
const INTERFACE_FIELDS = ['IfIndex', 'InterfaceIndex', 'Interface'];

/**
 * TCPIP events whose address fields are the interface's own: 1114 DAD successful, 1127 and 1128 address added and
 * deleted, 1138 and 1139 address state, 1202 interface rundown.
 */
const OWN_ADDRESS_EVENTS: ReadonlySet<number> = new Set([1114, 1127, 1128, 1138, 1139, 1202]);

/** TCPIP events whose SourceAddress is the interface's own: 1441 address change, 1444 DAD state change. */
const OWN_SOURCE_EVENTS: ReadonlySet<number> = new Set([1441, 1444]);

/** ADDRESS_FAMILY (ws2def.h). */
const AF_INET = 2;
const AF_INET6 = 23;
const SOCKADDR_IN_SIZE = 16;
const SOCKADDR_IN6_SIZE = 28;

/** The address in a SOCKADDR_IN (16 bytes), a SOCKADDR_IN6 (28), or bare (4 or 16). */
export function socketAddress(bytes: Uint8Array): IpAddress | undefined {
  const range = Int32Array.of(0, bytes.length);
  narrowToAddress(bytes, range, 0);
  return ipAddress(bytes.subarray(range[0], range[1]));
}

/** Hot path. Changes the range of a SOCKADDR to that of the address in it; other ranges stay. */
function narrowToAddress(bytes: Uint8Array, ranges: Int32Array, at: number): void {
  const start = ranges[at] ?? 0;
  const size = (ranges[at + 1] ?? 0) - start;
  if (size < SOCKADDR_IN_SIZE) return;
  const family = (bytes[start] ?? 0) | ((bytes[start + 1] ?? 0) << 8);
  if (size === SOCKADDR_IN_SIZE && family === AF_INET) {
    for (let n = start + 8; n < start + SOCKADDR_IN_SIZE; n++) if (bytes[n] !== 0) return;
    ranges[at] = start + 4;
    ranges[at + 1] = start + 8;
  } else if (size >= SOCKADDR_IN6_SIZE && family === AF_INET6) {
    ranges[at] = start + 8;
    ranges[at + 1] = start + 24;
  }
}

/** All fields that {@link StackEvents.add} reads. */
const READ_FIELDS: ReadonlySet<string> = new Set([
  ...COMPARTMENT_FIELDS,
  ...INTERFACE_FIELDS,
  'CompartmentGuid',
  'DLAddress',
  'IfAlias',
  'IfLuid',
  'IPv4Address',
  'IPv6Address',
  'LocalAddress',
  'SourceAddress',
]);

const addressValue = (value: RawValue | undefined): IpAddress | undefined =>
  typeof value === 'number'
    ? ipv4FromField(value)
    : value instanceof Uint8Array
      ? socketAddress(value)
      : undefined;

const hasField = (schema: EventSchema, names: readonly string[]): boolean =>
  schema.fields.some(({ name }) => names.includes(name));

/** True for events with a compartment, or with an interface and an address or alias. */
export function isStackEvent(schema: EventSchema): boolean {
  return hasField(schema, COMPARTMENT_FIELDS) || OWN_ADDRESS_EVENTS.has(schema.id);
}

/**
 * Interfaces and compartments from the events of the TCP/IP stack and its neighbours, by the names of their fields:
 * Compartment or CompartmentId, IfIndex or Interface, IPv4Address, LocalAddress and so on.
 */
export class StackEvents implements EventReader {
  /** A socket's port is not read: events of one address and many ports are repetitions. */
  readonly narrow = narrowToAddress;
  replacements = 0;
  readonly #limits: LimitLog;

  /** @param limits counts addresses beyond the limit */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  readonly interfaces = new Map<number, StackInterface>();
  readonly compartments = new Map<number, StackCompartment>();

  readonly isRead = (field: string): boolean => READ_FIELDS.has(field);

  /**
   * Adds one event for which {@link isStackEvent} is true.
   *
   * @throws HostLimitError
   */
  add(schema: EventSchema, values: RawStruct): void {
    const compartmentId = firstField(values, COMPARTMENT_FIELDS);
    const ifIndex = firstField(values, INTERFACE_FIELDS);
    let compartment: StackCompartment | undefined;
    if (typeof compartmentId === 'number' && compartmentId !== UNSPECIFIED) {
      compartment = this.#compartment(compartmentId);
      const guid = textField(values, 'CompartmentGuid');
      if (guid !== '' && compartment.guid !== guid) {
        compartment.guid = guid;
        this.replacements += 1;
      }
    }
    if (typeof ifIndex === 'number' && ifIndex !== 0) {
      this.#addInterface(ifIndex, schema, values, compartment);
      return;
    }
    // Without an interface: the local end of a connection or socket.
    const local = addressValue(values.get('LocalAddress'));
    if (compartment !== undefined && local !== undefined && isHostAddress(local)) {
      compartment.addresses.add(local);
    }
  }

  #addInterface(
    ifIndex: number,
    schema: EventSchema,
    values: RawStruct,
    compartment: StackCompartment | undefined,
  ): void {
    const known = this.#interface(ifIndex);
    if (compartment !== undefined && known.compartmentId !== compartment.id) {
      known.compartmentId = compartment.id;
      this.replacements += 1;
    }
    const alias = textField(values, 'IfAlias');
    if (alias !== '' && known.alias !== alias) {
      known.alias = alias;
      this.replacements += 1;
    }
    const luid = values.get('IfLuid');
    if (typeof luid === 'bigint' && known.luid !== luid) {
      known.luid = luid;
      this.replacements += 1;
    }
    if (OWN_ADDRESS_EVENTS.has(schema.id)) {
      const mac = bytesField(values, 'DLAddress');
      if (mac !== undefined && mac.length > 0 && !isSame(mac, known.mac)) {
        known.mac = mac.slice();
        this.replacements += 1;
      }
    }
    known.addresses.addAll(ownAddresses(schema.id, values));
  }

  #interface(ifIndex: number): StackInterface {
    const known = this.interfaces.get(ifIndex);
    if (known !== undefined) return known;
    if (this.interfaces.size >= MAX_INTERFACES) throw new HostLimitError('interfaces', MAX_INTERFACES);
    const fresh: StackInterface = {
      ifIndex,
      alias: '',
      luid: undefined,
      mac: undefined,
      compartmentId: undefined,
      addresses: new AddressSet(this.#limits),
    };
    this.interfaces.set(ifIndex, fresh);
    return fresh;
  }

  #compartment(id: number): StackCompartment {
    const known = this.compartments.get(id);
    if (known !== undefined) return known;
    if (this.compartments.size >= MAX_COMPARTMENTS)
      throw new HostLimitError('compartments', MAX_COMPARTMENTS);
    const fresh: StackCompartment = { id, guid: undefined, addresses: new AddressSet(this.#limits) };
    this.compartments.set(id, fresh);
    return fresh;
  }
}

const isSame = (a: Uint8Array, b: Uint8Array | undefined): boolean =>
  a.length === b?.length && a.every((byte, at) => byte === b[at]);

function ownAddresses(eventId: number, values: RawStruct): IpAddress[] {
  const names = OWN_ADDRESS_EVENTS.has(eventId)
    ? ['IPv4Address', 'IPv6Address']
    : OWN_SOURCE_EVENTS.has(eventId)
      ? ['SourceAddress']
      : [];
  return names.flatMap((name) => addressValue(values.get(name)) ?? []);
}
