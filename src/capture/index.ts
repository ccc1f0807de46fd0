export { type CommentMode, type NameLookup, packetComment } from './comment.js';
export { CommentEncoder } from './comment-encoder.js';
export { CaptureDecoder } from './decoder.js';
export * from './host/index.js';
export { type Destination, Direction, Packet, UNKNOWN, type WifiMetadata } from './packet.js';
export { LinkType, linkTypeName, type Place, SNAP_LENGTH, type SourceName } from './place.js';
export { PlaceRegistry } from './place-registry.js';
export type { CaptureLosses, Outcome } from './sources/source.js';
export { joinTokens, quoteValue, token } from './tokens.js';
