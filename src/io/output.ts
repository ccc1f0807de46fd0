import { randomBytes } from 'node:crypto';
import { unlinkSync, write, writeSync } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ConvertError, type Output } from '../passes/index.js';
import { hasCode, systemReason } from './system-errors.js';

export interface FileOutputOptions {
  /** Replace a file that exists. */
  readonly force?: boolean;
  /** Wait until the file, and its name in the directory, are on the disk. */
  readonly fsync?: boolean;
  /** Write a file's bytes in the calling thread, not in one of libuv's. */
  readonly writesHere?: boolean;
}

/** Writes that are under way at a time: enough that the conversion seldom waits for one, few enough megabytes. */
const MAX_UNDER_WAY = 16;
/** From here on the event loop is asked whether some have ended: what is written to again soon is still in the cache. */
const MANY_UNDER_WAY = 3;

/** Temporary files that exist now, so that a signal handler can remove them. */
const temporaries = new Set<string>();

/** Removes the temporary files of all outputs that are being written; for the last moments of a process. */
export function removeTemporaries(): void {
  for (const path of temporaries) {
    try {
      unlinkSync(path);
    } catch {
      // It was renamed or removed in this moment.
    }
  }
  temporaries.clear();
}

/**
 * A file that appears under its name only when it is complete: it is written beside it under a name that nobody can
 * guess, created anew (no link is followed), and renamed. A device or a named pipe is written as it stands.
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
    if (existing !== undefined && options.force !== true) throw existsError(path);
    // Names have 255 bytes in most file systems, and a character has up to four.
    const stem = Array.from(basename(path)).slice(0, 50).join('');
    const temporary = join(dirname(path), `.${stem}.${randomBytes(8).toString('hex')}.part`);
    // 'wx': created anew or not at all.
    const handle = await open(temporary, 'wx', 0o644);
    temporaries.add(temporary);
    return new FileOutput(path, temporary, handle, options);
  } catch (error) {
    throw outputError(path, error);
  }
}

const existsError = (path: string): ConvertError =>
  new ConvertError('exists', `${path}: exists already; --force replaces it, -o writes elsewhere`);

function outputError(name: string, error: unknown): ConvertError {
  if (error instanceof ConvertError) return error;
  return new ConvertError('output', `${name}: ${systemReason(error)}`, { cause: error });
}

class FileOutput implements Output {
  readonly name: string;
  bytes = 0;
  readonly #temporary: string;
  readonly #handle: FileHandle;
  readonly #options: FileOutputOptions;
  #open = true;
  #underWay = 0;
  #failure: ConvertError | undefined;
  /** Those who wait for a write to end: who writes, and who discards meanwhile. */
  #onEnd: (() => void)[] = [];

  constructor(name: string, temporary: string, handle: FileHandle, options: FileOutputOptions) {
    this.name = name;
    this.#temporary = temporary;
    this.#handle = handle;
    this.#options = options;
  }

  /** The conversion goes on while another thread writes; each write has its place in the file, whichever is first. */
  async write(bytes: Uint8Array, done?: () => void): Promise<void> {
    if (!this.#open) throw new ConvertError('output', `${this.name}: was closed before all was written`);
    const position = this.bytes;
    this.bytes += bytes.length;
    if (this.#options.writesHere) this.#writeHere(bytes, position, done);
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

  async complete(): Promise<void> {
    if (!this.#open) return;
    try {
      while (this.#underWay > 0) await this.#nextEnd();
      if (this.#failure !== undefined) throw this.#failure;
      const { force = false, fsync = false } = this.#options;
      if (fsync) await this.#handle.sync();
      await this.#handle.close();
      if (force) await rename(this.#temporary, this.name);
      else await this.#appear();
      if (fsync) await syncDirectory(dirname(this.name));
      this.#open = false;
      temporaries.delete(this.#temporary);
    } catch (error) {
      await this.discard();
      throw outputError(this.name, error);
    }
  }

  async discard(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    while (this.#underWay > 0) await this.#nextEnd();
    await this.#handle.close().catch(() => undefined);
    await unlink(this.#temporary).catch(() => undefined);
    temporaries.delete(this.#temporary);
  }

  /** Gives the file its name, unless somebody else took it meanwhile. */
  async #appear(): Promise<void> {
    try {
      await link(this.#temporary, this.name);
    } catch (error) {
      if (hasCode(error, 'EEXIST')) throw existsError(this.name);
      // A file system without hard links.
      await rename(this.#temporary, this.name);
      return;
    }
    await unlink(this.#temporary);
  }
}

/** Makes a new name as lasting as the bytes behind it. Windows does so by itself, and opens no directories. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
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

  /** One after the other: a pipe has no places, and whoever reads it may keep the writer waiting. */
  async write(bytes: Uint8Array, done?: () => void): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) at += (await this.#handle.write(bytes, at)).bytesWritten;
    } catch (error) {
      throw outputError(this.name, error);
    }
    this.bytes += bytes.length;
    done?.();
  }

  async complete(): Promise<void> {
    await this.#handle.close();
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

  async complete(): Promise<void> {}

  async discard(): Promise<void> {}
}
