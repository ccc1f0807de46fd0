import { extname } from 'node:path';
import type { ContainerKind } from './format.js';

/** Endings of archives and compressed files, the longest first. */
const CONTAINER_ENDINGS: readonly (readonly [ending: string, kind: ContainerKind | 'unreadable'])[] = [
  ['.tar.gz', 'gzip'],
  ['.tar.zst', 'zstd'],
  ['.tar.bz2', 'unreadable'],
  ['.tar.xz', 'unreadable'],
  ['.tgz', 'gzip'],
  ['.tzst', 'zstd'],
  ['.tbz2', 'unreadable'],
  ['.tbz', 'unreadable'],
  ['.txz', 'unreadable'],
  ['.zip', 'zip'],
  ['.cab', 'cab'],
  ['.tar', 'tar'],
  ['.gz', 'gzip'],
  ['.zst', 'zstd'],
  ['.bz2', 'unreadable'],
  ['.xz', 'unreadable'],
  ['.7z', 'unreadable'],
  ['.rar', 'unreadable'],
];

/** Compressions of single files of any kind: the name without the extension decides whether it may be a trace. */
const SINGLE_ENDINGS: ReadonlySet<string> = new Set(['.gz', '.zst', '.bz2', '.xz']);

const TRACE_ENDING = '.etl';

/** Kinds of files by extension. */
export type NamedKind = 'trace' | ContainerKind | 'unreadable';

/**
 * The kind of a file by its extension, in any case; `stem` is the name without it.
 *
 * @returns undefined for extensions of neither traces nor archives
 */
export function namedKind(name: string): { readonly kind: NamedKind; readonly stem: string } | undefined {
  const lower = name.toLowerCase();
  if (lower.endsWith(TRACE_ENDING) && name.length > TRACE_ENDING.length) {
    return { kind: 'trace', stem: name.slice(0, -TRACE_ENDING.length) };
  }
  for (const [ending, kind] of CONTAINER_ENDINGS) {
    if (!lower.endsWith(ending) || name.length === ending.length) continue;
    const stem = name.slice(0, -ending.length);
    if (!SINGLE_ENDINGS.has(ending)) return { kind, stem };
    const inner = namedKind(stem);
    // `messages.log.gz` is a log.
    if (inner === undefined && /\.[a-z0-9]{1,8}$/iu.test(stem)) return undefined;
    return { kind, stem: inner?.kind === 'trace' ? inner.stem : stem };
  }
  return undefined;
}

/** The name of the content of a compressed file: `x.etl` in `x.etl.gz`, `x.tar` in `x.tgz`. */
export function nameInside(name: string): string {
  if (/\.tgz$|\.tzst$/iu.test(name)) return name.replace(/\.[^.]+$/u, '.tar');
  return name.replace(/\.(?:gz|zst)$/iu, '');
}

/** The last part of a path, with the separators of both systems. */
export const lastPart = (name: string): string =>
  name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);

/** The name of a trace or an archive without its ending. */
export function stemOf(name: string): string {
  return namedKind(name)?.stem ?? name.slice(0, name.length - extname(name).length);
}
