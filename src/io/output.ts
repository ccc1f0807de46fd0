import { write, writeSync } from 'node:fs';
import { type FileHandle, lstat, open, stat, unlink } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ConvertError, type FinishedFile, type Output } from '../passes/index.js';
import { existsError, renameTogether } from './rename-outputs.js';
import { isDescriptorName } from './standard-stream.js';
import { hasCode, systemReason } from './system-errors.js';
import { createTemporary, forgetTemporary, type TemporaryFile } from './temporary-file.js';

/**
 * Makes the outputs of a run appear under their names: all of them or none. All are written and closed before the first
 * is renamed.
 *
 * @throws ConvertError `exists` or `output`; the previous files are under their names then
 */
export async function completeTogether(outputs: readonly Output[]): Promise<void> {
  try {
    for (const output of outputs) await output.finish();
    await renameTogether(outputs.flatMap(({ file }) => file ?? []));
  } catch (error) {
    for (const output of outputs) await output.discard();
    throw error;
  }
}

/**
 * Writes a whole file, which appears complete or not at all, and replaces a previous one.
 *
 * @throws ConvertError `output`
 */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  const output = await fileOutput(path, { force: true });
  try {
    await output.write(new TextEncoder().encode(text));
    await output.complete();
  } catch (error) {
    await output.discard();
    throw error;
  }
}

export interface FileOutputOptions {
  /** Replace a file that exists. */
  readonly force?: boolean;
  /** Wait until the file, and its name in the directory, are on the disk. */
  readonly fsync?: boolean;
  /** Write a file's bytes in the calling thread, not in one of libuv's. */
  readonly writesHere?: boolean;
}

/** Limit of pending writes: enough that the conversion seldom waits, few enough megabytes. */
const MAX_UNDER_WAY = 16;
/** From this number on, completed writes are collected: buffers that are reused soon are still in the cache. */
const MANY_UNDER_WAY = 3;

/**
 * A file that appears under its name only when it is complete: it is written next to it under an unpredictable name,
 * created anew (no link is followed), and renamed. A device or a named pipe is written directly.
 *
 * @throws ConvertError `exists` or `output`
 */
export async function fileOutput(path: string, options: FileOutputOptions = {}): Promise<Output> {
  try {
    const existing = await lstat(path).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    });
    // A link to a device, such as /dev/stdout, is the device: it must not be replaced by a file.
    const target = existing?.isSymbolicLink() ? await stat(path).catch(() => existing) : existing;
    if (target?.isDirectory()) throw new ConvertError('output', `${path}: is a directory`);
    if (target !== undefined && !target.isFile() && !target.isSymbolicLink()) {
      return new DirectOutput(path, await open(path, 'w'));
    }
    // Another name of an open file (/dev/fd/3): new files cannot be created in its directory.
    if (target !== undefined && isDescriptorName(path)) return new DirectOutput(path, await open(path, 'w'));
    if (existing !== undefined && options.force !== true) throw existsError(path);
    return new FileOutput(path, await createTemporary(path), options);
  } catch (error) {
    throw outputError(path, error);
  }
}

function outputError(name: string, error: unknown): ConvertError {
  if (error instanceof ConvertError) return error;
  return new ConvertError('output', `${name}: ${systemReason(error)}`, { cause: error });
}

class FileOutput implements Output {
  readonly name: string;
  readonly file: FinishedFile;
  bytes = 0;
  readonly #handle: FileHandle;
  readonly #writesHere: boolean;
  readonly #fsync: boolean;
  #open = true;
  #gone = false;
  #underWay = 0;
  #failure: ConvertError | undefined;
  /** Waiters for the end of a write: the writer, and a discard during it. */
  #onEnd: (() => void)[] = [];

  constructor(name: string, { handle, path }: TemporaryFile, options: FileOutputOptions) {
    const { force = false, fsync = false, writesHere = false } = options;
    this.name = name;
    this.file = { temporary: path, path: name, force, fsync };
    this.#handle = handle;
    this.#fsync = fsync;
    this.#writesHere = writesHere;
  }

  /** The conversion continues while another thread writes; each write has its offset in the file, in any order. */
  async write(bytes: Uint8Array, done?: () => void): Promise<void> {
    if (!this.#open) throw new ConvertError('output', `${this.name}: was closed before all was written`);
    const position = this.bytes;
    this.bytes += bytes.length;
    if (this.#writesHere) this.#writeHere(bytes, position, done);
    else this.#writeElsewhere(bytes, position, done);
    if (this.#underWay >= MANY_UNDER_WAY) await nextTurn();
    while (this.#underWay >= MAX_UNDER_WAY) await this.#nextEnd();
    if (this.#failure !== undefined) throw this.#failure;
  }

  #writeHere(bytes: Uint8Array, position: number, done: (() => void) | undefined): void {
    try {
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(this.#handle.fd, bytes, at, bytes.length - at, position + at);
      }
    } catch (error) {
      this.#failure = outputError(this.name, error);
      throw this.#failure;
    }
    done?.();
  }

  #writeElsewhere(bytes: Uint8Array, position: number, done: (() => void) | undefined): void {
    this.#underWay += 1;
    const writeFrom = (at: number): void =>
      write(this.#handle.fd, bytes, at, bytes.length - at, position + at, (error, written) => {
        if (error === null && at + written < bytes.length) {
          writeFrom(at + written);
          return;
        }
        if (error !== null) this.#failure ??= outputError(this.name, error);
        this.#underWay -= 1;
        done?.();
        const waiting = this.#onEnd;
        this.#onEnd = [];
        for (const resume of waiting) resume();
      });
    writeFrom(0);
  }

  #nextEnd(): Promise<void> {
    return new Promise((resolve) => {
      this.#onEnd.push(resolve);
    });
  }

  async finish(): Promise<void> {
    if (!this.#open) return;
    try {
      while (this.#underWay > 0) await this.#nextEnd();
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#fsync) await this.#handle.sync();
      // A later write would go to the next file with this descriptor.
      this.#open = false;
      await this.#handle.close();
    } catch (error) {
      throw outputError(this.name, error);
    }
  }

  async complete(): Promise<void> {
    if (this.#gone) return;
    await completeTogether([this]);
    this.#gone = true;
  }

  async discard(): Promise<void> {
    if (this.#gone) return;
    this.#gone = true;
    if (this.#open) {
      this.#open = false;
      while (this.#underWay > 0) await this.#nextEnd();
      await this.#handle.close().catch(() => undefined);
    }
    const { temporary } = this.file;
    // After completeTogether the file has its final name, and the temporary name does not exist.
    await unlink(temporary).catch(() => undefined);
    forgetTemporary(temporary);
  }
}

/** A device or a named pipe. */
class DirectOutput implements Output {
  readonly name: string;
  bytes = 0;
  readonly #handle: FileHandle;

  constructor(name: string, handle: FileHandle) {
    this.name = name;
    this.#handle = handle;
  }

  /** One after the other: a pipe has no offsets, and its reader may block the writer. */
  async write(bytes: Uint8Array, done?: () => void): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) at += (await this.#handle.write(bytes, at)).bytesWritten;
    } catch (error) {
      throw outputError(this.name, error);
    }
    this.bytes += bytes.length;
    done?.();
  }

  async finish(): Promise<void> {
    try {
      await this.#handle.close();
    } catch (error) {
      throw outputError(this.name, error);
    }
  }

  complete(): Promise<void> {
    return this.finish();
  }

  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }
}

/** A stream of the caller's, such as standard output. It is not ended. */
export class StreamOutput implements Output {
  readonly name: string;
  bytes = 0;
  readonly #stream: Writable;
  readonly #failed: Promise<never>;

  constructor(stream: Writable, name: string) {
    this.name = name;
    this.#stream = stream;
    this.#failed = new Promise((_, reject) => {
      stream.once('error', (error) => reject(outputError(name, error)));
    });
    this.#failed.catch(() => undefined);
  }

  async write(bytes: Uint8Array): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.#stream.write(bytes, (error) => (error ? reject(outputError(this.name, error)) : resolve()));
    });
    await Promise.race([written, this.#failed]);
    this.bytes += bytes.length;
  }

  async finish(): Promise<void> {}

  async complete(): Promise<void> {}

  async discard(): Promise<void> {}
}
