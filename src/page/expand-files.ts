import { BlobReader, BlobWriter, configure, type FileEntry, ZipReader } from '@zip.js/zip.js';
import { ConvertError } from '../passes/index.js';

/** A trace, as a file of the browser, and its name for people. */
export interface NamedBlob {
  /** The file's name; of a member of an archive `archive#member`. */
  readonly name: string;
  /** Start of the names of outputs. */
  readonly stem: string;
  readonly blob: Blob;
}

/** Members of one archive, and the bytes that they may expand to. */
const MAX_MEMBERS = 1000;
const MAX_EXPANDED_BYTES = 64 * 1024 ** 3;
const MAX_RATIO = 2000;

const isTraceName = (name: string): boolean => /\.etl$/iu.test(name);

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const stemOf = (name: string): string =>
  baseName(name)
    .replace(/\.(?:etl|gz|zip)$/iu, '')
    .replace(/\.etl$/iu, '');

/**
 * The traces in a file: the file itself, the content of a gzip file, or the .etl members of a zip archive.
 *
 * @throws ConvertError `input` if an archive is damaged, has no trace, or expands to more than its limits
 */
export async function expandFile(file: File): Promise<NamedBlob[]> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return [{ name: file.name, stem: stemOf(file.name), blob: await gunzip(file) }];
  }
  if (head[0] === 0x50 && head[1] === 0x4b) return membersOf(file);
  return [{ name: file.name, stem: stemOf(file.name), blob: file }];
}

async function gunzip(file: File): Promise<Blob> {
  const limit = limitOf(file);
  try {
    const expanded = file
      .stream()
      .pipeThrough(new DecompressionStream('gzip'))
      .pipeThrough(limited(file.name, limit));
    return await new Response(expanded).blob();
  } catch (error) {
    throw asConvertError(file.name, error);
  }
}

async function membersOf(file: File): Promise<NamedBlob[]> {
  // Workers of the archive library would need separate scripts.
  configure({ useWebWorkers: false });
  const reader = new ZipReader(new BlobReader(file));
  try {
    const entries = await reader.getEntries();
    const members = entries.filter(
      (entry): entry is FileEntry => !entry.directory && isTraceName(entry.filename),
    );
    if (members.length === 0) throw new ConvertError('input', `${file.name}: contains no .etl file`);
    if (members.length > MAX_MEMBERS) {
      throw new ConvertError('input', `${file.name}: more than ${MAX_MEMBERS} traces; unpack it first`);
    }
    const total = members.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
    if (total > limitOf(file)) throw tooLarge(file.name);
    const traces: NamedBlob[] = [];
    for (const member of members) {
      const blob = await member.getData(new BlobWriter());
      traces.push({ name: `${file.name}#${member.filename}`, stem: stemOf(member.filename), blob });
    }
    return traces;
  } catch (error) {
    throw asConvertError(file.name, error);
  } finally {
    await reader.close();
  }
}

const limitOf = (file: File): number => Math.min(MAX_EXPANDED_BYTES, file.size * MAX_RATIO);

const tooLarge = (name: string): ConvertError =>
  new ConvertError(
    'input',
    `${name}: expands to more than ${MAX_RATIO} times its size; it is damaged, or made to fill the disk`,
  );

/** Passes bytes on until there are more than the limit. */
function limited(name: string, limit: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > limit) controller.error(tooLarge(name));
      else controller.enqueue(chunk);
    },
  });
}

const asConvertError = (name: string, error: unknown): ConvertError =>
  error instanceof ConvertError
    ? error
    : new ConvertError(
        'input',
        `${name}: the archive is damaged: ${error instanceof Error ? error.message : String(error)}`,
        {
          cause: error,
        },
      );
