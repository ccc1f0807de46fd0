import type { Readable } from 'node:stream';
import type { Entry, ZipFile } from 'yauzl';
import { ConvertError, systemReason } from '../errors.js';
import type { Archive, ArchiveMember } from './archive.js';

/** Entries that are looked at; a zip of traces has some hundreds at most. */
const MAX_ENTRIES = 100_000;

/** A zip file: its list of entries is read once. */
export class ZipArchive implements Archive {
  readonly members: readonly ArchiveMember[];
  readonly #path: string;
  readonly #zip: ZipFile;
  readonly #entries: readonly Entry[];

  private constructor(path: string, zip: ZipFile, entries: readonly Entry[]) {
    this.#path = path;
    this.#zip = zip;
    this.#entries = entries;
    this.members = entries.map(({ fileName, uncompressedSize }, place) => ({
      name: fileName,
      size: uncompressedSize,
      place,
    }));
  }

  /**
   * @param wanted whether an entry of this name is a member
   * @throws ConvertError `input`
   */
  static async open(path: string, wanted: (name: string) => boolean): Promise<ZipArchive> {
    const { openPromise } = await import('yauzl');
    let zip: ZipFile | undefined;
    try {
      zip = await openPromise(path, { lazyEntries: true, autoClose: false });
      if (zip.entryCount > MAX_ENTRIES) {
        throw new ConvertError(
          'input',
          `${path}: ${zip.entryCount} entries; ${MAX_ENTRIES} at most are looked at`,
        );
      }
      const entries: Entry[] = [];
      for await (const entry of zip.eachEntry()) if (wanted(entry.fileName)) entries.push(entry);
      return new ZipArchive(path, zip, entries);
    } catch (error) {
      zip?.close();
      throw zipError(path, error);
    }
  }

  async read(place: number): Promise<{ stream: Readable; compressed: number }> {
    const entry = this.#entries[place];
    if (entry === undefined)
      throw new ConvertError('input', `${this.#path}: has changed since it was listed`);
    const name = `${this.#path}: ${entry.fileName}`;
    if (entry.isEncrypted()) throw new ConvertError('input', `${name}: is encrypted`);
    if (!entry.canDecodeFileData()) {
      throw new ConvertError(
        'input',
        `${name}: compression method ${entry.compressionMethod}; stored and deflated members are read`,
      );
    }
    try {
      return { stream: await this.#zip.openReadStreamPromise(entry), compressed: entry.compressedSize };
    } catch (error) {
      throw zipError(this.#path, error);
    }
  }

  close(): void {
    this.#zip.close();
  }
}

/** yauzl refuses names that leave the directory, sizes that contradict each other, and cut files, each with its text. */
function zipError(path: string, error: unknown): ConvertError {
  if (error instanceof ConvertError) return error;
  return new ConvertError('input', `${path}: not a usable zip file: ${systemReason(error)}`, {
    cause: error,
  });
}
