import type { EventRecord } from '../etl/index.js';
import { BuiltinProviderId, type EventSchema, type RawStruct, readFields } from '../etw/index.js';
import { IpProtocol, ipv6End, type SocketEnd, socketEnd } from '../net/index.js';
import type { FlowMomentKind } from './flow-timeline.js';
import { bytesField, numberField } from './raw-values.js';

/** An event about a connection or a socket. */
export interface FlowEvent {
  readonly kind: FlowMomentKind;
  readonly protocol: number;
  /** 0: not in the event. */
  readonly pid: number;
  /** Path of the image, empty if the event does not have it. */
  readonly path: string;
  readonly compartment: number;
  readonly local: SocketEnd | undefined;
  /** Undefined: a bound socket. */
  readonly remote: SocketEnd | undefined;
  /** Kernel pointer of the socket's endpoint. */
  readonly endpoint?: bigint;
  /** Pef-WFP's number of the flow. */
  readonly handle?: bigint;
}

interface EventMeaning {
  readonly protocol: number;
  readonly kind: FlowMomentKind;
}

const meanings = (
  protocol: number,
  kinds: Readonly<Partial<Record<FlowMomentKind, readonly number[]>>>,
): [number, EventMeaning][] =>
  (['opens', 'seen', 'closes'] as const).flatMap((kind) =>
    (kinds[kind] ?? []).map((id): [number, EventMeaning] => [id, { protocol, kind }]),
  );

/**
 * Microsoft-Windows-TCPIP (manifests of Windows 7 to 28000). A connection: 1017 accepted, 1031 and 1033 connect proceeds
 * and completes, 1300 rundown, 1044 shutdown, 1038 to 1040 and 1043 close, abort and disconnect, 1045 to 1048, 1200 and 1201 timeouts,
 * 1365 its tuple is removed; connect failed: 1018 to 1021, 1034 to 1037, 1049, 1050, 1468, 1564; accept failed: 1014, 1016.
 * A socket: 1001 and 1013 endpoint created, 1008 bound, 1009 closed; UDP: 1169 sends, 1170 receives, 1396 bound, 1397
 * closed.
 */
const TCPIP_EVENTS: ReadonlyMap<number, EventMeaning> = new Map([
  ...meanings(IpProtocol.tcp, {
    opens: [1008, 1017, 1031, 1033],
    seen: [1001, 1013, 1044, 1300],
    closes: [
      1009, 1014, 1016, 1018, 1019, 1020, 1021, 1034, 1035, 1036, 1037, 1038, 1039, 1040, 1043, 1045, 1046,
      1047, 1048, 1049, 1050, 1200, 1201, 1365, 1468, 1564,
    ],
  }),
  ...meanings(IpProtocol.udp, { opens: [1396], seen: [1169, 1170], closes: [1397] }),
]);

/**
 * Microsoft-Windows-Kernel-Network: `saddr` and `sport` are the local end in events of both directions (observed in
 * real traces), and PID is the owner, not the process that was running when the event was logged.
 */
const KERNEL_NETWORK_EVENTS: ReadonlyMap<number, EventMeaning> = new Map([
  ...meanings(IpProtocol.tcp, {
    opens: [12, 15, 16, 28, 31, 32],
    seen: [10, 11, 14, 18, 26, 27, 30, 34],
    closes: [13, 29],
  }),
  ...meanings(IpProtocol.udp, { seen: [42, 43, 58, 59] }),
]);

/** Microsoft-Pef-WFP-MessageProvider: a flow of IPv4 or IPv6 was established. */
const PEF_FLOW_EVENTS: ReadonlySet<number> = new Set([60031, 60041]);

const UTF16 = new TextDecoder('utf-16le');

/** Hot path. Whether the record may name the owner of a flow. */
export function isFlowEvent(record: EventRecord): boolean {
  if (record.kind !== 'event') return false;
  const { id } = record;
  if (TCPIP_EVENTS.has(id) && record.providerId === BuiltinProviderId.tcpip) return true;
  if (KERNEL_NETWORK_EVENTS.has(id) && record.providerId === BuiltinProviderId.kernelNetwork) return true;
  return PEF_FLOW_EVENTS.has(id) && record.providerId === BuiltinProviderId.pefWfp;
}

/** Reads the events for which {@link isFlowEvent} is true. */
export class FlowEventReader {
  /** @returns undefined if the event has neither process nor socket */
  read(record: EventRecord, schema: EventSchema): FlowEvent | undefined {
    const { values } = readFields(schema, record);
    switch (record.providerId) {
      case BuiltinProviderId.tcpip:
        return tcpipEvent(record.id, values);
      case BuiltinProviderId.kernelNetwork:
        return kernelNetworkEvent(record.id, values);
      default:
        return pefFlowEvent(values);
    }
  }
}

const socketField = (values: RawStruct, ...names: readonly string[]): SocketEnd | undefined => {
  for (const name of names) {
    const bytes = bytesField(values, name);
    // Borrowed from the record: copied, because events wait for others.
    if (bytes !== undefined) return socketEnd(bytes.slice());
  }
  return undefined;
};

function tcpipEvent(id: number, values: RawStruct): FlowEvent | undefined {
  const meaning = TCPIP_EVENTS.get(id);
  if (meaning === undefined) return undefined;
  const local = socketField(values, 'LocalAddress', 'LocalSockAddr');
  const remote = socketField(values, 'RemoteAddress', 'RemoteSockAddr');
  const endpoint = values.get('Endpoint');
  const isEndpoint = typeof endpoint === 'bigint' && endpoint !== 0n;
  const pid = numberField(values, 'ProcessId') ?? numberField(values, 'Pid') ?? 0;
  if (local === undefined && !isEndpoint) return undefined;
  // A socket without a port is not bound yet, and one that is not connected has no remote end.
  const isBound = local !== undefined && local.port !== 0;
  const isConnected = remote !== undefined && remote.port !== 0;
  return {
    ...meaning,
    pid,
    path: '',
    compartment: numberField(values, 'Compartment') ?? numberField(values, 'CompartmentId') ?? 0,
    local: isBound ? local : undefined,
    remote: isConnected ? remote : undefined,
    ...(isEndpoint && !isConnected && { endpoint }),
  };
}

function kernelNetworkEvent(id: number, values: RawStruct): FlowEvent | undefined {
  const meaning = KERNEL_NETWORK_EVENTS.get(id);
  const pid = numberField(values, 'PID') ?? 0;
  const local = addressEnd(values, 'saddr', 'sport');
  const remote = addressEnd(values, 'daddr', 'dport');
  if (meaning === undefined || pid === 0 || local === undefined || remote === undefined) return undefined;
  return { ...meaning, pid, path: '', compartment: 0, local, remote };
}

/** Ports are in network order, so the schema's number has its bytes swapped. */
const swapped = (port: number): number => ((port & 0xff) << 8) | (port >> 8);

/** An address of 32 bits in network order, or of 16 bytes, and a port in network order. */
function addressEnd(values: RawStruct, addressName: string, portName: string): SocketEnd | undefined {
  const port = numberField(values, portName);
  const address = values.get(addressName);
  if (port === undefined) return undefined;
  if (typeof address === 'number') {
    const bytes = Uint8Array.of(address, address >>> 8, address >>> 16, address >>> 24);
    return { family: 4, bytes, at: 0, length: 4, port: swapped(port) };
  }
  if (address instanceof Uint8Array && address.length === 16) {
    return ipv6End(address.slice(), 0, swapped(port));
  }
  return undefined;
}

/**
 * 60031, 60041. The manifest does not state byte orders: we assume addresses in network order, as in the provider's
 * packet events, and ports as numbers, as WFP's own fields (FWPS_FIELD_ALE_FLOW_ESTABLISHED_V4_IP_LOCAL_PORT, UINT16).
 * The handle joins packets exactly in any case.
 */
function pefFlowEvent(values: RawStruct): FlowEvent | undefined {
  const pid = numberField(values, 'ProcessId') ?? 0;
  const handle = values.get('FlowHandle');
  const protocol = numberField(values, 'Protocol');
  if (pid === 0 || typeof handle !== 'bigint' || protocol === undefined) return undefined;
  const local = pefEnd(values, 'SourceAddress', 'SourcePort');
  const remote = pefEnd(values, 'DestinationAddress', 'DestinationPort');
  const path = bytesField(values, 'ProcessPath');
  return {
    kind: 'opens',
    protocol,
    pid,
    path: path === undefined ? '' : UTF16.decode(path).replace(/\0.*$/su, ''),
    compartment: 0,
    local: remote === undefined ? undefined : local,
    remote,
    handle,
  };
}

function pefEnd(values: RawStruct, addressName: string, portName: string): SocketEnd | undefined {
  const end = addressEnd(values, addressName, portName);
  return end && { ...end, port: swapped(end.port) };
}
