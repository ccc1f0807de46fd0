import { Chunk } from './chunk.js';
import { type CustomBlock, writeCustom } from './custom.js';
import { type EnhancedPacket, EnhancedPacketWriter } from './enhanced-packet.js';
import { type InterfaceDescription, writeInterfaceDescription } from './interface-description.js';
import { type InterfaceStatistics, writeInterfaceStatistics } from './interface-statistics.js';
import { type NameResolution, writeNameResolution } from './name-resolution.js';
import { type SectionHeader, writeSectionHeader } from './section-header.js';
import { type JournalField, writeSystemdJournal } from './systemd-journal.js';

const DEFAULT_CHUNK_SIZE = 256 * 1024;

/** No section has been started. */
const NO_SECTION = -1;

/**
 * Writes pcapng (draft-ietf-opsawg-pcapng), little-endian, into memory: append blocks, and {@link take} the bytes when
 * enough are {@link pending}.
 *
 * Strings are written as valid UTF-8 of at most 65,535 bytes: lone surrogates and U+0000 become U+FFFD, and longer
 * strings are truncated at a character and end in " …[cut]". Every method throws a RangeError, and writes nothing, if a
 * value does not fit the format, an interface does not exist in the section, or there is no section yet.
 */
export class PcapngWriter {
  readonly #chunk: Chunk;
  readonly #packets: EnhancedPacketWriter;
  #interfaces = NO_SECTION;

  /** @param chunkSize bytes to reserve at a time; larger blocks get a chunk of their size */
  constructor(chunkSize = DEFAULT_CHUNK_SIZE) {
    this.#chunk = new Chunk(chunkSize);
    this.#packets = new EnhancedPacketWriter(this.#chunk);
  }

  /** Bytes written and not yet taken. */
  get pending(): number {
    return this.#chunk.length;
  }

  /** The pending bytes, always whole blocks. The caller owns them: the writer continues in another chunk. */
  take(): Uint8Array {
    return this.#chunk.take();
  }

  /** Optional: returns the bytes of {@link take} after their last use, for reuse. */
  giveBack(taken: Uint8Array): void {
    this.#chunk.giveBack(taken);
  }

  /** Starts a section: interfaces are numbered from 0 again. The first block of a file. */
  sectionHeader(section: SectionHeader): void {
    writeSectionHeader(this.#chunk, section);
    this.#interfaces = 0;
  }

  /** @returns the Interface ID for the section's packets and statistics */
  interfaceDescription(description: InterfaceDescription): number {
    this.#needSection();
    writeInterfaceDescription(this.#chunk, description);
    return this.#interfaces++;
  }

  /** Hot path, see {@link EnhancedPacketWriter}. */
  enhancedPacket(packet: EnhancedPacket): void {
    this.#needInterface(packet.interfaceId);
    this.#packets.write(packet);
  }

  nameResolution(resolution: NameResolution): void {
    this.#needSection();
    writeNameResolution(this.#chunk, resolution);
  }

  interfaceStatistics(statistics: InterfaceStatistics): void {
    this.#needInterface(statistics.interfaceId);
    writeInterfaceStatistics(this.#chunk, statistics);
  }

  /**
   * One journal entry. Names are made valid for journald (upper case, `_` for any other character, 64 at most);
   * `__REALTIME_TIMESTAMP`, microseconds since 1970 as a decimal string, must be among them and should be the first.
   */
  systemdJournal(fields: readonly JournalField[]): void {
    this.#needSection();
    writeSystemdJournal(this.#chunk, fields);
  }

  custom(block: CustomBlock): void {
    this.#needSection();
    writeCustom(this.#chunk, block);
  }

  #needSection(): void {
    if (this.#interfaces === NO_SECTION) throw new RangeError('a file starts with a section header');
  }

  #needInterface(id: number): void {
    if (!(id >= 0 && id < this.#interfaces)) {
      throw new RangeError(`interface ${id} has no description in this section`);
    }
  }
}
