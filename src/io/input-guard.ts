import type { Readable } from 'node:stream';
import { ConvertError } from '../passes/index.js';

import { descriptorStats, entryIdOf, fileId, fileIdOf, statsOf } from './file-identity.js';

/**
 * The input files of a run. No output may replace one of them, with any options. Files are compared by device and
 * inode, which covers hard links, symbolic links and names in another case, and by directory and name.
 */
export class InputGuard {
  readonly #files = new Map<string, { readonly name: string; readonly path: string | undefined }>();
  readonly #entries = new Map<string, string>();
  readonly #directories = new Map<string, string>();

  /** @param name for messages */
  add(path: string, name = path): void {
    const stats = statsOf(path);
    // A device is not replaced, and many processes may use it.
    if (stats === undefined || stats.isCharacterDevice() || stats.isDirectory()) return;
    const id = fileId(stats);
    if (id !== undefined) this.#files.set(id, { name, path });
    this.#entries.set(entryIdOf(path, this.#directories), name);
  }

  /** Adds a path, or the file that a stream such as standard input was opened from. */
  addInput(input: string | Readable): void {
    if (typeof input === 'string') this.add(input);
    else if ('fd' in input && typeof input.fd === 'number') this.addDescriptor(input.fd, 'standard input');
  }

  /** Adds an open file. */
  addDescriptor(descriptor: number, name: string): void {
    const stats = descriptorStats(descriptor);
    const id = stats?.isFile() === true ? fileId(stats) : undefined;
    if (id !== undefined) this.#files.set(id, { name, path: undefined });
  }

  /** The name of the input that writing to a path would replace. */
  inputAt(path: string): string | undefined {
    const stats = statsOf(path);
    // A missing file is not an input.
    if (stats === undefined) return undefined;
    return this.#inputWith(fileId(stats)) ?? this.#entries.get(entryIdOf(path, this.#directories));
  }

  #inputWith(id: string | undefined): string | undefined {
    const input = id === undefined ? undefined : this.#files.get(id);
    // A file that was removed leaves its inode to a later one.
    const isThere = input !== undefined && (input.path === undefined || fileIdOf(input.path) === id);
    return isThere ? input.name : undefined;
  }

  /** @throws ConvertError `usage` where an output would replace an input */
  check(output: string): void {
    const input = this.inputAt(output);
    if (input !== undefined) throw new ConvertError('usage', replacesText(output, input));
  }

  /** {@link check} for an output that is open, such as standard output. */
  checkDescriptor(descriptor: number, output: string): void {
    const stats = descriptorStats(descriptor);
    if (stats?.isFile() !== true) return;
    const input = this.#inputWith(fileId(stats));
    if (input !== undefined) throw new ConvertError('usage', replacesText(output, input));
  }
}

const replacesText = (output: string, input: string): string =>
  output === input
    ? `${output}: is an input and cannot be an output; choose another name for the output`
    : `${output}: is the same file as the input ${input}; choose another name for the output`;
