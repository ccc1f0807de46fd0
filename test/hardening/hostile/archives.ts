/** Archives that a stranger makes to exhaust memory, disk or time. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { concat } from '../../../samples/encoder/index.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const list = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

function numbers(...values: readonly [size: 2 | 4, value: number][]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of values) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

interface Member {
  readonly name: string;
  readonly method: 0 | 8;
  readonly crc: number;
  readonly stored: Uint8Array;
  readonly size: number;
}

const localHeader = ({ crc, method, name, size, stored }: Member): Uint8Array =>
  concat([
    numbers(
      [4, 0x0403_4b50],
      [2, 20],
      [2, 0],
      [2, method],
      [4, 0],
      [4, crc],
      [4, stored.length],
      [4, size],
      [2, name.length],
      [2, 0],
    ),
    encode(name),
  ]);

const directoryEntry = ({ crc, method, name, size, stored }: Member, offset: number): Uint8Array =>
  concat([
    numbers(
      [4, 0x0201_4b50],
      [2, 20],
      [2, 20],
      [2, 0],
      [2, method],
      [4, 0],
      [4, crc],
      [4, stored.length],
      [4, size],
      [2, name.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ),
    encode(name),
  ]);

const endOfDirectory = (count: number, size: number, offset: number): Uint8Array =>
  numbers([4, 0x0605_4b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0]);

const memberOf = (name: string, content: Uint8Array): Member => ({
  name,
  method: 8,
  crc: crc32(content),
  stored: deflateRawSync(content),
  size: content.length,
});

/** A zip archive whose directory has `count` entries, all for the same bytes. */
export function overlappingZip(count: number, content: Uint8Array): Uint8Array {
  const member = memberOf('a.etl', content);
  const body = concat([localHeader(member), member.stored]);
  const directory = concat(
    list(count, (n) => directoryEntry({ ...member, name: `${n.toString(36).padStart(4, '0')}.etl` }, 0)),
  );
  return concat([body, directory, endOfDirectory(count, directory.length, body.length)]);
}

/** A zip archive of these files; `claimed` sizes stand in its directory in place of the real ones. */
export function zip(
  files: readonly { readonly name: string; readonly content: Uint8Array; readonly claimed?: number }[],
): Uint8Array {
  const bodies: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  let offset = 0;
  for (const { claimed, content, name } of files) {
    const member = memberOf(name, content);
    const shown = claimed === undefined ? member : { ...member, size: claimed };
    const body = concat([localHeader(shown), member.stored]);
    bodies.push(body);
    entries.push(directoryEntry(shown, offset));
    offset += body.length;
  }
  const directory = concat(entries);
  return concat([...bodies, directory, endOfDirectory(files.length, directory.length, offset)]);
}

/** A tar header (POSIX ustar) and the content, padded. */
function tarMember(name: string, content: Uint8Array, claimed = content.length): Uint8Array {
  const header = new Uint8Array(512);
  header.set(encode(name));
  header.set(encode('0000644\0'), 100);
  header.set(encode(`${claimed.toString(8).padStart(11, '0')}\0`), 124);
  header.set(encode('00000000000\0'), 136);
  header.set(encode('        '), 148);
  header[156] = 0x30;
  header.set(encode('ustar\x0000'), 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return concat([header, content, new Uint8Array((512 - (content.length % 512)) % 512)]);
}

export const tar = (
  files: readonly { readonly name: string; readonly content: Uint8Array; readonly claimed?: number }[],
): Uint8Array =>
  concat([
    ...files.map(({ claimed, content, name }) => tarMember(name, content, claimed)),
    new Uint8Array(1024),
  ]);

/** An archive in an archive, so many times. */
export function nestedZip(depth: number, content: Uint8Array): Uint8Array {
  let inside = zip([{ name: 'a.etl', content }]);
  for (let n = 1; n < depth; n++) inside = zip([{ name: 'a.zip', content: inside }]);
  return inside;
}

/** A gzip file in a gzip file, so many times. */
export function nestedGzip(depth: number, content: Uint8Array): Uint8Array {
  let inside = content;
  for (let n = 0; n < depth; n++) inside = gzipSync(inside);
  return inside;
}
