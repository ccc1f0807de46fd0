export type { CustomBlock } from './custom.js';
export type { CommentWriter, EnhancedPacket } from './enhanced-packet.js';
export type { InterfaceDescription } from './interface-description.js';
export type { InterfaceStatistics } from './interface-statistics.js';
export type { NameRecord, NameResolution } from './name-resolution.js';
export type { CommonOptions, CustomOption } from './options.js';
export { PcapngWriter } from './pcapng-writer.js';
export type { SectionHeader } from './section-header.js';
export type { JournalField } from './systemd-journal.js';
