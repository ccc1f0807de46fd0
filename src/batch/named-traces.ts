import { Archives, listTraces, type TraceOrigin } from '../io/index.js';
import { ConvertError } from '../passes/index.js';
import { findFiles } from './find.js';

/** A trace of directories, globs and files. */
interface NamedTrace {
  readonly origin: TraceOrigin;
  /** Path relative to the given directory, with `/`; of a member of an archive, its names follow. The same on every machine. */
  readonly name: string;
}

/**
 * The traces of directories, globs and files, in the order of their paths; archives are searched. Traces that cannot be
 * read are included, with the reason; archives that a directory has and that have no trace are not.
 *
 * @throws ConvertError `usage` if a name or pattern matches nothing
 */
export async function namedTraces(
  names: readonly string[],
  outputDirectory: string,
  spoolLimit: number | undefined,
): Promise<readonly NamedTrace[]> {
  const traces: NamedTrace[] = [];
  for (const { error, isNamed, path, shape, stats } of await findFiles(names, outputDirectory)) {
    const name = shape.replaceAll('\\', '/');
    if (stats === undefined) {
      const problem = error ?? new ConvertError('input', `${path}: cannot be read`);
      traces.push({
        name,
        origin: { name: path, path, version: '', steps: [], inside: [], size: 0, problem },
      });
      continue;
    }
    const archives = new Archives({ spoolLimit });
    try {
      for (const origin of await listTraces(archives, path, String(stats.mtimeNs))) {
        if (origin.isEmpty && !isNamed) continue;
        traces.push({ name: [name, ...origin.inside].join('/'), origin });
      }
    } finally {
      archives.close();
    }
  }
  return traces;
}
