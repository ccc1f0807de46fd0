import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeRuntime } from '../../src/io/node-runtime.js';
import type { PathOptions } from '../../src/library/paths.js';
import { withInputs } from '../../src/library/with-inputs.js';
import { followPackets } from '../../src/listing/follow-packets.js';
import { type PathJson, pathJson } from '../../src/paths/index.js';

/** The paths of the packets in a trace, in the order in which they are given. */
export async function pathsOf(etl: Uint8Array, options: PathOptions = {}): Promise<PathJson[]> {
  const directory = await mkdtemp(join(tmpdir(), 'etlcap-paths-'));
  try {
    const input = join(directory, 'trace.etl');
    await writeFile(input, etl);
    return await pathsOfFile(input, options);
  } finally {
    await rm(directory, { recursive: true });
  }
}

export async function pathsOfFile(input: string, options: PathOptions = {}): Promise<PathJson[]> {
  const paths: PathJson[] = [];
  await withInputs([input], options, (opened) =>
    followPackets(
      opened,
      options,
      { onPath: (path, names) => paths.push(pathJson(path, names)) },
      nodeRuntime,
    ),
  );
  return paths;
}
