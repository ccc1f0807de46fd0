export { CommentEncoder } from './comments/comment-encoder.js';
export { hostNames } from './comments/host-names.js';
export { type CommentMode, type NameLookup, packetComment } from './comments/packet-comment.js';
export { type Appearance, type CorrelationCounts, type MatchKind, Sighting } from './identity/appearance.js';
export { type CorrelatorOptions, PacketCorrelator } from './identity/correlator.js';
export { type HostTopology, type LocatedPacket, type Location, LocationTable } from './identity/location.js';
export { type Destination, Direction, Packet, UNKNOWN } from './packet.js';
export { CaptureDecoder } from './packet-decoder.js';
export { PacketFilter } from './packet-filter.js';
