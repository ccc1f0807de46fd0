import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Archive, expandedStream, openArchive } from '../../../src/io/archives/archive.js';
import type { ContainerKind } from '../../../src/io/archives/format.js';
import { SAMPLES, useDirectory } from '../../cli/run.js';
import { cabFile } from './cab-builder.js';
import { zipFile } from './zip-builder.js';

const GENEROUS = 2 ** 32;
const switchTrace = readFileSync(join(SAMPLES, 'nat-vswitch.etl'));
const pktmonTrace = readFileSync(join(SAMPLES, 'pktmon-drops.etl'));

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Does something with an archive in a file, and closes the file. */
async function withArchive<T>(
  path: string,
  kind: ContainerKind,
  use: (archive: Archive) => Promise<T> | T,
): Promise<T> {
  const descriptor = openSync(path, 'r');
  try {
    return await use(await openArchive(path, { descriptor, size: statSync(path).size }, kind));
  } finally {
    closeSync(descriptor);
  }
}

describe('archives', () => {
  const directory = useDirectory();
  const write = (name: string, bytes: Uint8Array): string => {
    writeFileSync(directory.file(name), bytes);
    return directory.file(name);
  };
  const member = (path: string, kind: ContainerKind, position: number, limit = GENEROUS): Promise<Buffer> =>
    withArchive(path, kind, async (archive) =>
      bytesOf(expandedStream(path, await archive.read(position), limit)),
    );

  it('reads the members of a zip file, stored and deflated', async () => {
    const path = write(
      't.zip',
      zipFile([
        { name: 'readme.txt', bytes: Buffer.from('not a trace') },
        { name: 'host1/NetTrace.etl', bytes: switchTrace },
        { name: 'host2/PktMon.ETL', bytes: pktmonTrace, method: 'stored' },
      ]),
    );
    expect(await withArchive(path, 'zip', ({ members }) => members)).toEqual([
      { name: 'readme.txt', size: 11, position: 0 },
      { name: 'host1/NetTrace.etl', size: switchTrace.length, position: 1 },
      { name: 'host2/PktMon.ETL', size: pktmonTrace.length, position: 2 },
    ]);
    expect((await member(path, 'zip', 1)).equals(switchTrace)).toBe(true);
    expect((await member(path, 'zip', 2)).equals(pktmonTrace)).toBe(true);
  });

  it.each(['none', 'MSZIP', 'LZX'] as const)(
    'reads the members of a cabinet, compression %s',
    async (compression) => {
      const files = [
        { name: 'report.xml', bytes: Buffer.alloc(40_000, 'x') },
        { name: 'NetTrace.etl', bytes: switchTrace },
        { name: 'PktMon.etl', bytes: pktmonTrace },
      ];
      for (const dataReserve of [0, 7]) {
        const path = write('t.cab', cabFile(files, { compression, dataReserve }));
        const names = await withArchive(path, 'cab', ({ members }) =>
          members.map(({ name, size }) => [name, size]),
        );
        expect(names).toEqual([
          ['report.xml', 40_000],
          ['NetTrace.etl', switchTrace.length],
          ['PktMon.etl', pktmonTrace.length],
        ]);
        expect((await member(path, 'cab', 1)).equals(switchTrace)).toBe(true);
        expect((await member(path, 'cab', 2)).equals(pktmonTrace)).toBe(true);
      }
    },
  );

  it('says which compression of a cabinet it does not read, and what does', async () => {
    const path = write('t.cab', cabFile([{ name: 'a.etl', bytes: switchTrace }], { compression: 'Quantum' }));
    const [only] = await withArchive(path, 'cab', ({ members }) => members);
    expect(only?.unreadable).toMatch(/Quantum compression, which is not read.*expand\.exe/u);
  });

  it('does not expand a folder of a cabinet that claims to be larger than a trace can be', async () => {
    const bytes = cabFile([{ name: 'a.etl', bytes: switchTrace }]);
    // uoffFolderStart of the first CFFILE, behind CFHEADER and one CFFOLDER.
    bytes.writeUInt32LE(2_000_000_000, 36 + 8 + 4);
    await expect(member(write('t.cab', bytes), 'cab', 0)).rejects.toThrow('not a compressed trace');
  });

  it('notices a flipped bit in a cabinet by its checksum', async () => {
    const bytes = cabFile([{ name: 'a.etl', bytes: switchTrace }]);
    const at = bytes.length - 100;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    await expect(member(write('t.cab', bytes), 'cab', 0)).rejects.toThrow('checksum');
  });

  it('refuses cut and random archives with an error of the input, wherever they are cut', async () => {
    const zip = zipFile([{ name: 'a.etl', bytes: pktmonTrace }]);
    const cab = cabFile([{ name: 'a.etl', bytes: pktmonTrace }]);
    for (const [wrapping, whole] of [
      ['zip', zip],
      ['cab', cab],
    ] as const) {
      for (let part = 0; part < 20; part++) {
        const path = write(`cut.${wrapping}`, whole.subarray(0, Math.floor((whole.length * part) / 20)));
        await expect(member(path, wrapping, 0), `${wrapping} ${part}/20`).rejects.toMatchObject({
          name: 'ConvertError',
          code: 'input',
        });
      }
      const noise = write(`noise.${wrapping}`, Buffer.alloc(500, 0xa5));
      await expect(member(noise, wrapping, 0)).rejects.toMatchObject({ code: 'input' });
    }
  });

  it('notices a flipped bit in a stored member of a zip file by its checksum', async () => {
    const bytes = zipFile([{ name: 'a.etl', bytes: switchTrace, method: 'stored' }]);
    bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
    await expect(member(write('f.zip', bytes), 'zip', 0)).rejects.toThrow('checksum');
  });

  it('refuses a zip file whose members share bytes', async () => {
    const bytes = zipFile([
      { name: 'a.etl', bytes: pktmonTrace },
      { name: 'b.etl', bytes: pktmonTrace },
    ]);
    // The second entry of the central directory (signature 0x02014b50) leads to the first member (APPNOTE.TXT 4.3.12).
    const second = bytes.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    bytes.writeUInt32LE(0, second + 42);
    await expect(member(write('o.zip', bytes), 'zip', 0)).rejects.toThrow('members overlap at offset 0');
  });

  it('refuses a member that is longer than its zip file says, and an encrypted one', async () => {
    const lying = write('l.zip', zipFile([{ name: 'a.etl', bytes: switchTrace, claimedSize: 1000 }]));
    await expect(member(lying, 'zip', 0)).rejects.toMatchObject({ code: 'input' });
    const secret = write('s.zip', zipFile([{ name: 'a.etl', bytes: switchTrace, isEncrypted: true }]));
    const [only] = await withArchive(secret, 'zip', ({ members }) => members);
    expect(only?.unreadable).toContain('is encrypted');
  });

  it('expands gzip, and says that a cut one is cut', async () => {
    const packed = gzipSync(switchTrace);
    const path = write('a.etl.gz', packed);
    expect((await member(path, 'gzip', 0)).equals(switchTrace)).toBe(true);
    const cut = write('b.etl.gz', packed.subarray(0, packed.length / 2));
    await expect(member(cut, 'gzip', 0)).rejects.toThrow(
      /b\.etl\.gz: cannot be expanded: unexpected end of file/u,
    );
  });

  it('stops at the limit of bytes', async () => {
    const path = write('a.etl.gz', gzipSync(switchTrace));
    await expect(member(path, 'gzip', 0, 1000)).rejects.toThrow(/more than 1000 bytes/u);
  });

  it('stops at 500 bytes for each compressed one, beyond 64 MiB: no trace is so empty', async () => {
    // Deflate packs zeros 1,030 to 1: 80 MB in 78 kB.
    const bomb = write('bomb.etl.gz', gzipSync(Buffer.alloc(80_000_000)));
    let size = 0;
    const reading = withArchive(bomb, 'gzip', async (archive) => {
      for await (const chunk of expandedStream(bomb, await archive.read(0), GENEROUS)) size += chunk.length;
    });
    await expect(reading).rejects.toThrow('not a compressed trace');
    expect(size).toBeLessThan(70_000_000);
  });
});
