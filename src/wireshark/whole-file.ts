import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file, which appears complete or not at all, and replaces a previous one. A link is replaced, not followed.
 *
 * @throws the error of the file system; the previous file is as it was then
 */
export function writeWholeFileSync(path: string, content: Uint8Array | string, mode = 0o644): void {
  const temporary = `${path}.${randomBytes(8).toString('hex')}.part`;
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
