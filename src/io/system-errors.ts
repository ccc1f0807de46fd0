import { constants } from 'node:os';
import { ConvertError } from '../passes/index.js';

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied; check its permissions and those of its directories',
  EPERM: 'operation not permitted; check its permissions',
  EISDIR: 'is a directory; use a file',
  EEXIST: 'already exists; use another name',
  ENOTDIR: 'a part of the path is not a directory; check the path',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'disk quota exceeded',
  EFBIG: 'larger than the file system or the limit allows',
  EROFS: 'the file system is read-only',
  EPIPE: 'the reader went away',
  ELOOP: 'too many symbolic links; use the path of the file itself',
  EMFILE: 'too many open files; raise the limit (ulimit -n) or use fewer files at a time',
  ENFILE: 'too many open files in the system; close other programs or use fewer files at a time',
  ENAMETOOLONG: 'the name is too long; use a shorter one',
  ENXIO: 'is a socket, or a device that does not exist; use a file',
  ENOTCONN: 'the network share is not connected; connect it, or copy the file to a local disk',
  ETIMEDOUT: 'the network share does not answer; copy the file to a local disk',
  EHOSTDOWN: 'the network share does not answer; copy the file to a local disk',
  EHOSTUNREACH: 'the network share cannot be reached; copy the file to a local disk',
  ENODEV: 'the device is gone; connect it again, or copy the file to a local disk',
  ESTALE: 'was removed or replaced on the network share; copy the file to a local disk',
  EIO: 'input/output error of the disk or network share; copy the file to a local disk',
};

/** The text of a system error, without the call and the path that Node adds. */
export function systemReason(error: unknown): string {
  const code = error instanceof ConvertError ? undefined : systemCode(error);
  if (code !== undefined) return SYSTEM_REASONS[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}

/** The code of a system error, such as EIO; undefined if it has none. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return undefined;
  const errno = 'errno' in error ? error.errno : undefined;
  return error.code.startsWith('Unknown system error') ? (nameOfErrno(errno) ?? error.code) : error.code;
}

/** Node has no code for some errors of network shares, such as ESTALE, but has their numbers. */
const nameOfErrno = (errno: unknown): string | undefined =>
  Object.entries(constants.errno).find(([, number]) => number === 0 - Number(errno))?.[0];

/** Whether a system error has this code. */
export const hasCode = (error: unknown, code: string): boolean => systemCode(error) === code;
