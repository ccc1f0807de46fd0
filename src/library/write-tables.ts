import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type ConvertInput,
  completeTogether,
  nodeRuntime,
  OutputSet,
  openInput,
  removeLeftovers,
  systemReason,
} from '../io/index.js';
import { checkOptions } from '../options/index.js';
import { ConvertError, type OpenInput } from '../passes/index.js';
import { type TableOptions, type TablesSummary, writeTraceTables } from '../table/index.js';
import { guardOf } from './convert.js';
import type { ConvertOptions } from './convert-options.js';

export interface WriteTablesOptions
  extends TableOptions,
    Pick<ConvertOptions, 'force' | 'fsync' | 'oneThread' | 'protectedFiles' | 'spoolLimit'> {}

/**
 * Writes the packets, events, conversations, interfaces and findings of a trace as tables for databases: Parquet or CSV
 * files in Hive partitions, `OUTPUT/packets/host=HOST/date=DATE/TRACE.parquet`. After a failure, all previous files are
 * unchanged.
 *
 * @param input a path or a readable stream
 * @param outputDirectory is created; tables of several traces can be in one
 * @throws ConvertError
 */
export async function writeTables(
  input: ConvertInput,
  outputDirectory: string,
  options: WriteTablesOptions = {},
): Promise<TablesSummary> {
  checkOptions('writeTables', options);
  const opened = await openInput(input, options);
  try {
    return await writeTablesOf(opened, outputDirectory, options);
  } finally {
    opened.close();
  }
}

/** {@link writeTables} of an input that is open; it stays open. */
export async function writeTablesOf(
  input: OpenInput,
  outputDirectory: string,
  options: WriteTablesOptions,
): Promise<TablesSummary> {
  const reader = nodeRuntime.openReader([input.source], options.oneThread ?? false);
  try {
    const outputs = new OutputSet(await guardOf([input], options), options);
    return await writeTraceTables({
      input,
      reader,
      options,
      runtime: nodeRuntime,
      target: {
        open: async (path) => {
          const file = join(outputDirectory, path);
          await makeDirectory(dirname(file));
          await removeLeftovers([file]);
          return outputs.file(file);
        },
      },
      complete: completeTogether,
    });
  } finally {
    await reader.close();
  }
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new ConvertError('output', `${path}: ${systemReason(error)}`, { cause: error });
  }
}
