import { ConvertError, type Output } from '../passes/index.js';
import type { DownloadableOutput } from './messages.js';

/** Bytes that are collected before they become part of a Blob, which the browser may keep on the disk. */
const PART_BYTES = 8 * 1024 * 1024;

/** Outputs that are kept by the browser until they are downloaded: Chromium's Blobs end near 2 GiB on small disks. */
export const MAX_BLOB_BYTES = 2 * 1024 ** 3;

/** An output that the page offers for download. */
export class BlobOutput implements Output {
  readonly name: string;
  bytes = 0;
  readonly #parts: Blob[] = [];
  #collected: Uint8Array<ArrayBuffer>[] = [];
  #collectedBytes = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** @throws ConvertError `output` if it becomes larger than a browser can keep */
  async write(bytes: Uint8Array, done?: () => void): Promise<void> {
    this.bytes += bytes.length;
    if (this.bytes > MAX_BLOB_BYTES) {
      throw new ConvertError(
        'output',
        `${this.name}: larger than 2 GiB, which a browser cannot keep; choose a folder for the results, or use the etlcap command`,
      );
    }
    this.#collected.push(bytes.slice());
    this.#collectedBytes += bytes.length;
    done?.();
    if (this.#collectedBytes >= PART_BYTES) this.#flush();
  }

  #flush(): void {
    this.#parts.push(new Blob(this.#collected));
    this.#collected = [];
    this.#collectedBytes = 0;
  }

  async finish(): Promise<void> {
    this.#flush();
  }

  async complete(): Promise<void> {
    await this.finish();
  }

  async discard(): Promise<void> {
    this.#parts.length = 0;
    this.#collected = [];
  }

  result(): DownloadableOutput {
    return { name: this.name, blob: new Blob(this.#parts), bytes: this.bytes };
  }
}

/** An output in a folder that the user chose. The browser renames it to its final name when it is closed. */
export class FolderOutput implements Output {
  readonly name: string;
  bytes = 0;
  readonly #stream: FileSystemWritableFileStream;
  #isClosed = false;

  private constructor(name: string, stream: FileSystemWritableFileStream) {
    this.name = name;
    this.#stream = stream;
  }

  /** @throws ConvertError `output` if the folder cannot be written, `exists` if it has a file of this name */
  static async open(directory: FileSystemDirectoryHandle, name: string): Promise<FolderOutput> {
    if (await hasFile(directory, name)) {
      throw new ConvertError(
        'exists',
        `${name}: exists in this folder; choose another folder, or remove the file`,
      );
    }
    try {
      const handle = await directory.getFileHandle(name, { create: true });
      return new FolderOutput(name, await handle.createWritable());
    } catch (error) {
      throw new ConvertError('output', `${name}: ${String(error)}`, { cause: error });
    }
  }

  /** @throws ConvertError `output` */
  async write(bytes: Uint8Array, done?: () => void): Promise<void> {
    this.bytes += bytes.length;
    try {
      await this.#stream.write(bytes.slice());
    } catch (error) {
      throw new ConvertError('output', `${this.name}: ${String(error)}`, { cause: error });
    }
    done?.();
  }

  async finish(): Promise<void> {
    // The file gets its name with `close`, which is part of `complete`.
  }

  async complete(): Promise<void> {
    this.#isClosed = true;
    await this.#stream.close();
  }

  async discard(): Promise<void> {
    if (!this.#isClosed) await this.#stream.abort();
  }

  result(): DownloadableOutput {
    return { name: this.name, bytes: this.bytes };
  }
}

const hasFile = (directory: FileSystemDirectoryHandle, name: string): Promise<boolean> =>
  directory.getFileHandle(name).then(
    () => true,
    () => false,
  );
