import { readFile } from 'node:fs/promises';
import { systemReason } from '../io/index.js';
import {
  type CommandName,
  type Flags,
  type LibraryKey,
  type LibraryOptions,
  libraryOptions,
} from '../options/index.js';
import { UsageError } from './exit.js';

/** The library's options that a command line sets, with the content of the file that --compartments names. */
export async function readOptions<Name extends CommandName>(
  command: Name,
  flags: Pick<Flags<Name>, LibraryKey<Name>> & { readonly compartments: string | undefined },
): Promise<Omit<LibraryOptions<Name>, 'compartments'> & { readonly compartments?: Uint8Array }> {
  const path = flags.compartments;
  return {
    ...libraryOptions(command, flags),
    ...(path !== undefined && { compartments: await compartmentsFile(path) }),
  };
}

/** @throws UsageError if the file cannot be read */
async function compartmentsFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`--compartments ${path}: ${systemReason(error)}`);
  }
}
