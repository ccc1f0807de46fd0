import { closeSync, openSync, readdirSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type StreamOptions, streamTrace } from '../samples/scenarios/index.js';

/** A trace to measure: the options of the project's generator, and a name for people and for the file. */
export interface TraceRecipe extends StreamOptions {
  readonly name: string;
}

export interface BenchTrace {
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Expanded bytes: equal to {@link size} if nothing is compressed. */
  readonly expanded: number;
}

/** Expanded bytes of one piece of the generator: SavedOffset of its WMI_BUFFER_HEADER if it is compressed. */
function expandedSize(piece: Uint8Array, compressed: boolean): number {
  return compressed
    ? new DataView(piece.buffer, piece.byteOffset, piece.byteLength).getUint32(4, true)
    : piece.length;
}

/** The trace of an earlier run: its name ends in its expanded size. */
function findTrace(directory: string, stem: string): BenchTrace | undefined {
  for (const name of readdirSync(directory)) {
    const expanded = name.startsWith(`${stem}-`) && /^(\d+)\.etl$/.exec(name.slice(stem.length + 1))?.[1];
    if (!expanded) continue;
    const path = join(directory, name);
    return { path, size: statSync(path).size, expanded: Number(expanded) };
  }
  return undefined;
}

/** Writes the trace into `directory`, unless it exists from an earlier run. */
export function makeTrace(directory: string, recipe: TraceRecipe): BenchTrace {
  const compressed = (recipe.trace?.compression ?? 'none') !== 'none';
  const stem = `${recipe.name}-${recipe.count}`;
  const known = findTrace(directory, stem);
  if (known !== undefined) return known;
  const temporary = join(directory, `${stem}.part`);
  const file = openSync(temporary, 'w');
  let expanded = 0;
  const header = streamTrace(recipe, (piece) => {
    expanded += expandedSize(piece, compressed);
    for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
  });
  writeSync(file, header, 0, header.length, 0);
  closeSync(file);
  const path = join(directory, `${stem}-${expanded}.etl`);
  renameSync(temporary, path);
  return { path, size: statSync(path).size, expanded };
}
