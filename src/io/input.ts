import {
  closeSync,
  constants,
  createReadStream,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ConvertError, type OpenInput } from '../passes/index.js';
import { FileSource } from './file-source.js';
import { FileState } from './file-state.js';
import { hasCode, systemReason } from './system-errors.js';

/**
 * Opens a trace in a file. A named pipe or a device (`<(xzcat trace.etl.xz)`) is read once, into a temporary file.
 *
 * @throws ConvertError `input`, or `output` where the temporary file cannot be written
 */
export function openFile(path: string): OpenInput | Promise<OpenInput> {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) {
      throw new ConvertError('input', `${path}: is a directory; etlcap batch converts directories`);
    }
    if (!stats.isFile()) {
      return spool(createReadStream(path), path).then((spooled) => ({ ...spooled, path }));
    }
    const source = new FileSource(path);
    const state = new FileState(path, source);
    return { name: path, path, source, changes: () => state.changes(), close: () => source.close() };
  } catch (error) {
    if (error instanceof ConvertError) throw error;
    throw new ConvertError('input', `${path}: ${systemReason(error)}`, { cause: error });
  }
}

/** Opens an input: a path, or a stream, which is spooled. @throws ConvertError */
export async function openPathOrStream(input: string | Readable, spoolLimit?: number): Promise<OpenInput> {
  if (typeof input === 'string') return openFile(input);
  return { ...(await spool(input, 'standard input', spoolLimit)), ...originOf(input) };
}

/** The file of an input's bytes, which no output may replace. */
export function originOf(input: string | Readable): Pick<OpenInput, 'descriptor' | 'path'> {
  if (typeof input === 'string') return { path: input };
  return 'fd' in input && typeof input.fd === 'number' ? { descriptor: input.fd } : {};
}

/** Default limit of bytes of a stream: 16 GiB. */
export const SPOOL_LIMIT = 2 ** 34;

/**
 * Writes a stream into a temporary file, because a trace is read twice, beginning at its end. The file is removed even
 * if the process is killed: where the system allows it, the file is unlinked as soon as it is open.
 *
 * @param limit maximum number of bytes
 * @throws ConvertError `input` if the stream fails or exceeds the limit, `output` if the temporary file cannot be
 *   written
 */
export async function spool(stream: Readable, name: string, limit = SPOOL_LIMIT): Promise<OpenInput> {
  const directory = temporaryDirectory(name);
  const path = join(directory, 'spool.etl');
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
    const unnamed = loseName(path, directory);
    let size = 0;
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('the input stream returns text, not bytes');
      size += chunk.length;
      if (size > limit) {
        throw new ConvertError('input', `${name}: more than ${limit} bytes; --spool-limit allows more`);
      }
      writeAll(fd, chunk, path);
    }
    const source = new FileSource(fd, undefined, `${name} (spooled to ${path})`);
    return {
      name,
      source,
      changes: () => [],
      close: () => {
        source.close();
        if (!unnamed) remove();
      },
    };
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    remove();
    if (error instanceof ConvertError) throw error;
    // The caller tied the stream to a signal (addAbortSignal), and gave up.
    if (hasCode(error, 'ABORT_ERR')) {
      throw new ConvertError('aborted', 'interrupted; nothing was written', { cause: error });
    }
    throw new ConvertError('input', `${name}: ${systemReason(error)}`, { cause: error });
  }
}

/** @throws ConvertError `output` */
function temporaryDirectory(input: string): string {
  const parent = tmpdir();
  try {
    return mkdtempSync(join(parent, 'etlcap-'));
  } catch (error) {
    throw new ConvertError(
      'output',
      `${input}: no temporary file can be made in ${parent}: ${systemReason(error)}; ` +
        'set TMPDIR to a directory that can be written',
      { cause: error },
    );
  }
}

function loseName(path: string, directory: string): boolean {
  try {
    unlinkSync(path);
    rmSync(directory, { recursive: true, force: true });
    return true;
  } catch {
    // Windows cannot remove the name of an open file: it is removed when the file is closed.
    return false;
  }
}

function writeAll(fd: number, chunk: Uint8Array, path: string): void {
  try {
    for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at);
  } catch (error) {
    const remedy = hasCode(error, 'ENOSPC') ? '; set TMPDIR to a directory with more space' : '';
    throw new ConvertError('output', `${path}: ${systemReason(error)}${remedy}`, { cause: error });
  }
}
