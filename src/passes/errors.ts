/** A conversion that cannot be done, with what a caller can act on. The message names the file and the remedy. */
export class ConvertError extends Error {
  override readonly name = 'ConvertError';

  constructor(
    readonly code: /** The input is missing, unreadable, empty or not an ETL file. */
      | 'input'
      /** The output exists and may not be replaced. */
      | 'exists'
      /** The output cannot be written: no space, no permission, a reader that went away. */
      | 'output'
      /** Options that contradict each other or the input. */
      | 'usage'
      /** The caller's signal ended it. */
      | 'aborted',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'disk quota exceeded',
  EFBIG: 'larger than the file system or the limit allows',
  EROFS: 'the file system is read-only',
  EPIPE: 'the reader went away',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'input/output error',
};

/** A system error in words, without the call and the path that Node adds. */
export function systemReason(error: unknown): string {
  const code = error instanceof ConvertError ? undefined : systemCode(error);
  if (code !== undefined) return SYSTEM_REASONS[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}

/** The code of a system error, such as EIO; undefined where it has none. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether a system error has this code. */
export const hasCode = (error: unknown, code: string): boolean => systemCode(error) === code;
