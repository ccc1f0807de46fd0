/** Tar archives as POSIX.1 (pax, "ustar Interchange Format") and, before it, Version 7 Unix lay them out. */

export interface TarFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;

export function tarFile(files: readonly TarFile[], format: 'ustar' | 'v7' = 'ustar'): Buffer {
  const parts = files.flatMap(({ bytes, name }) => {
    const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
    return [header(name, bytes.length, format), Buffer.from(bytes), padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function header(name: string, size: number, format: 'ustar' | 'v7'): Buffer {
  const bytes = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, width: number): void => {
    bytes.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1');
  };
  bytes.write(name, 0);
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  if (format === 'ustar') bytes.write('0', 156);
  if (format === 'ustar') bytes.write('ustar\x0000', 257, 'latin1');
  bytes.write('        ', 148);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return bytes;
}
