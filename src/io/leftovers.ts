import { lstat, readdir, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import {
  createTemporary,
  forgetTemporary,
  parseTemporaryName,
  type TemporaryName,
  writerState,
} from './temporary-file.js';

/**
 * A temporary file whose writer cannot be looked up, because it ran elsewhere, is left alone for an hour after its last
 * change. Writers renew the time every five minutes.
 */
const SILENCE_MILLISECONDS = 3_600_000;

/**
 * Removes the temporary files that killed runs left next to these outputs. Files of a run in progress, of any process,
 * are kept. Never rejects: remaining files are harmless.
 *
 * @param targets paths of outputs; files derived from them, such as `x.events.json` for `x.pcapng`, are included
 * @param silence milliseconds, for writers whose state is unknown
 */
export async function removeLeftovers(
  targets: readonly string[],
  silence = SILENCE_MILLISECONDS,
): Promise<void> {
  const byDirectory = new Map<string, Set<string>>();
  for (const target of targets) {
    const directory = dirname(target);
    const stems = byDirectory.get(directory) ?? new Set();
    stems.add(withoutExtension(basename(target)));
    byDirectory.set(directory, stems);
  }
  for (const [directory, stems] of byDirectory) {
    await cleanDirectory(directory, stems, silence).catch(() => undefined);
  }
}

async function cleanDirectory(directory: string, stems: ReadonlySet<string>, silence: number): Promise<void> {
  let now: number | undefined;
  for (const name of await readdir(directory)) {
    const temporary = parseTemporaryName(name);
    if (temporary === undefined || !belongs(temporary, stems)) continue;
    const path = join(directory, name);
    const state = writerState(temporary.writer);
    if (state === 'running') continue;
    if (state === 'unknown') {
      now ??= await timeOf(directory);
      if (now - (await lastChange(path)) < silence) continue;
    }
    await clean(path, temporary).catch(() => undefined);
  }
}

async function clean(path: string, { isCut, purpose, stem }: TemporaryName): Promise<void> {
  if (purpose === 'part') {
    await unlink(path);
    return;
  }
  // The previous file of an output. A run that was killed between two renames can have left it as the only copy.
  if (isCut) return;
  const target = join(dirname(path), stem);
  const isThere = await lstat(target).then(
    () => true,
    () => false,
  );
  await (isThere ? unlink(path) : rename(path, target));
}

/** The time by the clock that the file system uses, which on a network share is the server's. */
async function timeOf(directory: string): Promise<number> {
  const { handle, path } = await createTemporary(join(directory, 'clock'));
  try {
    return (await handle.stat()).ctimeMs;
  } finally {
    await handle.close();
    await unlink(path);
    forgetTemporary(path);
  }
}

/** Of content or attributes: setting the time of content changes the attributes, by the server's clock. */
async function lastChange(path: string): Promise<number> {
  const { ctimeMs, mtimeMs } = await stat(path);
  return Math.max(ctimeMs, mtimeMs);
}

const withoutExtension = (name: string): string => name.slice(0, name.length - extname(name).length);

/** Whether `x.pcapng`, `x.ethernet.pcapng` or `x.events.json` is an output of a run with one of these stems. */
function belongs({ isCut, stem: written }: TemporaryName, stems: ReadonlySet<string>): boolean {
  if (isCut) return [...stems].some((stem) => stem.startsWith(written) || written.startsWith(`${stem}.`));
  for (let stem = written; ; stem = withoutExtension(stem)) {
    if (stems.has(stem)) return true;
    if (withoutExtension(stem) === stem) return false;
  }
}
