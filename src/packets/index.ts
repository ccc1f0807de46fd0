export { CommentEncoder } from './comments/comment-encoder.js';
export { hostNames } from './comments/host-names.js';
export { type CommentMode, type NameLookup, packetComment } from './comments/packet-comment.js';
export { type DropCountJson, type DropJson, dropJson } from './drop-json.js';
export { type Destination, Direction, Packet, UNKNOWN } from './packet.js';
export { CaptureDecoder } from './packet-decoder.js';
export { PacketFilter } from './packet-filter.js';
