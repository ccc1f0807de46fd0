import type { EventRecord } from '../../etl/index.js';
import type { CaptureLocation } from '../../host/index.js';
import { LinkType } from '../../net/index.js';
import { isEvidentlyEthernet, isEvidentlyIp } from '../frame.js';
import { originalLength } from '../original-length.js';
import { Direction, type Packet } from '../packet.js';
import { RegionCache } from './region-cache.js';
import {
  beginPacket,
  type Outcome,
  type PacketDecoder,
  type PacketSource,
  type SourceContext,
} from './source.js';
import { decodeUtf16, nulTerminatedLength } from './text.js';

const SEND = 5001;
const RECEIVE = 5002;

/**
 * Microsoft-Windows-Ras-NdisWanPacketCapture: packets of VPN and dial-up connections, as the RAS server or client sees them.
 *
 * Layout (docs/format/packet-events.md): RoutingDomainID and RRASUserName, NUL-terminated UTF-16, FragmentSize u32, Fragment. Every
 * event is a whole packet. Ethernet, as etl2pcapng writes them, unless the bytes are evidently an IP packet.
 */
export const rasSource: PacketSource = {
  name: 'ras',
  providerId: 'd84521f7-2235-4237-a7c0-14e3a9676286',
  eventIds: [SEND, RECEIVE],
  createDecoder: (context) => new RasDecoder(context),
};

/** A connection: its two locations, by link type. */
interface Connection {
  readonly routingDomainId: string;
  readonly userName: string;
  readonly captureLocations: Map<number, CaptureLocation>;
}

class RasDecoder implements PacketDecoder {
  readonly #context: SourceContext;
  readonly #connections = new RegionCache<Connection>();

  constructor(context: SourceContext) {
    this.#context = context;
  }

  decode(record: EventRecord, id: number, packet: Packet): Outcome {
    const { view, payloadOffset, payloadLength } = record;
    const end = payloadOffset + payloadLength;
    const connection = this.#connections.find(0, view, payloadOffset, payloadLength) ?? this.#read(record);
    if (connection === undefined) return this.#context.damaged("the connection's names do not end");
    const at = payloadOffset + this.#connections.foundLength;
    if (end - at < 4) return this.#context.damaged('it ends before its packet');
    const size = view.getUint32(at, true);
    if (size > end - at - 4) return this.#context.damaged('its data is longer than the event');

    beginPacket(record, packet);
    packet.point(record.bytes, view, at + 4, size);
    const { bytes, start } = packet;
    const isIp =
      !isEvidentlyEthernet(bytes, start, size, Number.MAX_SAFE_INTEGER) && isEvidentlyIp(bytes, start, size);
    const linkType = isIp ? LinkType.raw : LinkType.ethernet;
    packet.originalLength = originalLength(linkType, bytes, start, size);
    packet.captureLocation =
      connection.captureLocations.get(linkType) ?? this.#newCaptureLocation(connection, linkType);
    packet.direction = id === SEND ? Direction.outbound : Direction.inbound;
    packet.directionText = id === SEND ? 'send' : 'receive';
    return 'packet';
  }

  #read(record: EventRecord): Connection | undefined {
    const { bytes, payloadOffset, payloadLength } = record;
    const end = payloadOffset + payloadLength;
    const domainLength = nulTerminatedLength(bytes, payloadOffset, end);
    if (domainLength < 0) return undefined;
    const userAt = payloadOffset + domainLength;
    const userLength = nulTerminatedLength(bytes, userAt, end);
    if (userLength < 0) return undefined;
    const { limits } = this.#context;
    const connection = {
      routingDomainId: limits.name(decodeUtf16(bytes, payloadOffset, domainLength)),
      userName: limits.name(decodeUtf16(bytes, userAt, userLength)),
      captureLocations: new Map<number, CaptureLocation>(),
    };
    const length = domainLength + userLength;
    this.#connections.add(0, bytes, payloadOffset, length, connection);
    this.#connections.foundLength = length;
    return connection;
  }

  #newCaptureLocation(connection: Connection, linkType: number): CaptureLocation {
    const { routingDomainId, userName } = connection;
    const captureLocation = this.#context.registry.intern({
      source: 'ras',
      linkType,
      key: `ras:${linkType}:${JSON.stringify([routingDomainId, userName])}`,
      routingDomainId,
      userName,
    });
    connection.captureLocations.set(linkType, captureLocation);
    return captureLocation;
  }
}
