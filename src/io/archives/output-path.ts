import { isAbsolute, join, relative, sep } from 'node:path';
import { ConvertError } from '../../passes/index.js';

/** Characters that Windows refuses in a name, controls, and formats that no name needs. */
const UNWANTED = /[<>:"|?*/\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Devices of Windows: such a name, with any extension, opens the device. */
const DEVICE =
  /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?=[. ]*(?:\.|$))/iu;

/** File systems hold 255 bytes in a name; the rest is for endings such as ` (12).ethernet.events.ndjson`. */
const MAX_NAME_BYTES = 200;

/**
 * A name from an archive as one part of a path that every file system accepts, never `.` or `..`. Characters that some
 * system rejects become `_`.
 */
export function safePart(name: string): string {
  const plain = name
    .replace(UNWANTED, '_')
    // Windows drops dots and blanks at the end; a dot at the start hides the file, or makes it one of our own.
    .replace(/[. ]+$/u, (end) => '_'.repeat(end.length))
    .replace(/^[. ]+/u, (start) => '_'.repeat(start.length));
  const whole = DEVICE.test(plain) ? `_${plain}` : plain;
  return cut(whole === '' ? '_' : whole);
}

/** The longest start of a name that fits, in whole characters. */
function cut(name: string, maxBytes = MAX_NAME_BYTES): string {
  const { read } = new TextEncoder().encodeInto(name, new Uint8Array(maxBytes));
  return name.slice(0, read).replace(/[. ]+$/u, (end) => '_'.repeat(end.length));
}

/**
 * A name in an archive as parts of a relative path, made safe.
 *
 * @returns undefined if the name leads out of its directory: `..`, an absolute path, a drive
 */
export function safeParts(name: string): string[] | undefined {
  const parts = name.split(/[/\\]/u);
  if (/^(?:[A-Za-z]:|[/\\])/u.test(name) || parts.some((part) => part.trim() === '..')) return undefined;
  return parts.filter((part) => part !== '' && part !== '.').map(safePart);
}

/**
 * The path of an output below a directory: the one function that makes a path of a name from an archive.
 *
 * @param parts names, each made safe here
 * @param ending of the last part
 * @throws ConvertError `output` where the path would not be below the directory
 */
export function outputPath(directory: string, parts: readonly string[], ending: string): string {
  const safe = parts.map(safePart);
  const path = join(directory, `${safe.join(sep)}${ending}`);
  const below = relative(directory, path);
  if (parts.length === 0 || below === '' || below.split(sep)[0] === '..' || isAbsolute(below)) {
    throw new ConvertError('output', `${path}: would be written outside ${directory}`);
  }
  return path;
}

/** Makes names distinct, compared without case, as Windows and macOS do. */
export class DistinctNames {
  readonly #taken = new Set<string>();

  /** The parts, or with ` (2)`, ` (3)` … after the last one where another name was the same. */
  distinct(parts: readonly string[]): readonly string[] {
    const last = parts.at(-1) ?? '_';
    for (let number = 1; ; number++) {
      const suffix = number === 1 ? '' : ` (${number})`;
      const candidate = [...parts.slice(0, -1), `${cut(last, MAX_NAME_BYTES - suffix.length)}${suffix}`];
      const key = candidate.join('/').normalize('NFC').toUpperCase().toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return candidate;
    }
  }
}
