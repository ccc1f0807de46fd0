import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import type { Output } from '../passes/index.js';
import { ConvertError } from '../passes/index.js';
import { entryIdOf, fileId, statsOf } from './file-identity.js';
import type { InputGuard } from './input-guard.js';
import { type FileOutputOptions, fileOutput, StreamOutput } from './output.js';

/** The outputs of one run. None is an input, and no two are one file. */
export class OutputSet {
  readonly #guard: InputGuard;
  readonly #options: FileOutputOptions;
  readonly #files: { readonly entry: string; readonly id: string | undefined; readonly output: Output }[] =
    [];

  constructor(guard: InputGuard, options: FileOutputOptions) {
    this.#guard = guard;
    this.#options = options;
  }

  /** @throws ConvertError `usage`, `exists` or `output` */
  async file(path: string): Promise<Output> {
    this.#guard.check(path);
    const entry = entryIdOf(path);
    const stats = statsOf(path);
    const isDevice = stats?.isCharacterDevice() === true;
    const id = stats && !isDevice ? fileId(stats) : undefined;
    const other = this.#files.find((known) => known.entry === entry || (id !== undefined && known.id === id));
    if (other !== undefined && !isDevice) throw sameError(path, other.output);
    const output = await fileOutput(path, this.#options);
    const alike = this.#files.find((known) => known.entry !== entry && folded(known.entry) === folded(entry));
    if (alike !== undefined && ignoresCase(output)) {
      await output.discard();
      throw sameError(path, alike.output);
    }
    this.#files.push({ entry, id, output });
    return output;
  }

  /** @throws ConvertError `usage` where the stream is redirected to an input */
  stream(stream: Writable, name: string): Output {
    const descriptor = 'fd' in stream && typeof stream.fd === 'number' ? stream.fd : undefined;
    if (descriptor !== undefined) this.#guard.checkDescriptor(descriptor, name);
    return new StreamOutput(stream, name);
  }
}

const folded = (entry: string): string => entry.normalize('NFC').toLowerCase();

/** Whether the file system ignores the case of names, tested with the temporary file. */
function ignoresCase({ file }: Output): boolean {
  if (file === undefined) return false;
  const { temporary } = file;
  return statsOf(join(dirname(temporary), basename(temporary).toUpperCase())) !== undefined;
}

function sameError(path: string, other: Output): ConvertError {
  const what = path === other.name ? 'is' : `is the same file as ${other.name},`;
  return new ConvertError('usage', `${path}: ${what} another output of this run; choose another name`);
}
