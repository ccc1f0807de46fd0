import { type BigIntStats, fstatSync } from 'node:fs';
import type { Damage } from '../etl/index.js';
import { descriptorStats, fileId, statsOf } from './file-identity.js';
import type { FileSource } from './file-source.js';

/** The state of an input file when it was opened, to compare it with after the main pass. */
export class FileState {
  readonly #path: string;
  readonly #source: FileSource;
  readonly #opened: BigIntStats;

  /** @throws the error of the file system */
  constructor(path: string, source: FileSource) {
    this.#path = path;
    this.#source = source;
    this.#opened = fstatSync(source.descriptor, { bigint: true });
  }

  /** Changes since opening: the size, the time of modification, or the file with this name. */
  changes(): readonly Damage[] {
    const now = descriptorStats(this.#source.descriptor);
    // A network share that is disconnected: the counts of records show whether all was read.
    if (now === undefined) return [];
    return [...this.#changesOfContent(now), ...this.#changesOfName()];
  }

  #changesOfContent(now: BigIntStats): Damage[] {
    const before = this.#source.size;
    const after = Number(now.size);
    if (after < before) {
      return [
        change(after, before - after, `the file shrank from ${before} to ${after} bytes while it was read`),
      ];
    }
    if (after > before) {
      const reason =
        `the file grew from ${before} to ${after} bytes while it was read; the new bytes were not: ` +
        'convert it again after the capture has ended';
      return [change(before, 0, reason)];
    }
    if (now.mtimeNs === this.#opened.mtimeNs) return [];
    return [change(0, 0, 'the file was modified while it was read: the output may mix old and new content')];
  }

  #changesOfName(): Damage[] {
    const named = statsOf(this.#path);
    const opened = fileId(this.#opened);
    // A file that was only removed was read as a whole. File systems without inode numbers have 0.
    if (named === undefined || opened === undefined || fileId(named) === opened) return [];
    return [
      change(0, 0, 'the file was replaced by another one while it was read: the output has the earlier one'),
    ];
  }
}

const change = (offset: number, bytes: number, reason: string): Damage => ({
  kind: 'changed',
  offset,
  bytes,
  reason,
});
