import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compressedFile, expandedStream, openArchive, wrappingOf } from '../../src/pipeline/batch/archive.js';
import { memberPath } from '../../src/pipeline/batch/member-name.js';
import { SAMPLES, useDirectory } from '../cli/run.js';
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

describe('archives', () => {
  const directory = useDirectory();
  const write = (name: string, bytes: Uint8Array): string => {
    writeFileSync(directory.file(name), bytes);
    return directory.file(name);
  };
  const member = async (path: string, wrapping: 'zip' | 'cab', place: number): Promise<Buffer> => {
    const archive = await openArchive(path, wrapping);
    try {
      return await bytesOf(expandedStream(path, await archive.read(place), undefined, GENEROUS));
    } finally {
      archive.close();
    }
  };

  it('takes a trace by the end of its name, in any case', () => {
    expect(wrappingOf('a.ETL')).toEqual({ wrapping: 'etl', stem: 'a' });
    expect(wrappingOf('a.b.etl.gz')).toEqual({ wrapping: 'gzip', stem: 'a.b' });
    expect(wrappingOf('a.etl.zst')).toEqual({ wrapping: 'zstd', stem: 'a' });
    expect(wrappingOf('a.etl.pcapng')).toBeUndefined();
    expect(wrappingOf('a.gz')).toBeUndefined();
    expect(wrappingOf('.etl')).toBeUndefined();
  });

  it('gives the traces of a zip file, stored and deflated, and leaves the rest', async () => {
    const path = write(
      't.zip',
      zipFile([
        { name: 'readme.txt', bytes: Buffer.from('not a trace') },
        { name: 'host1/NetTrace.etl', bytes: switchTrace },
        { name: 'host2/PktMon.ETL', bytes: pktmonTrace, method: 'stored' },
      ]),
    );
    const archive = await openArchive(path, 'zip');
    archive.close();
    expect(archive.members).toEqual([
      { name: 'host1/NetTrace.etl', size: switchTrace.length, place: 0 },
      { name: 'host2/PktMon.ETL', size: pktmonTrace.length, place: 1 },
    ]);
    expect((await member(path, 'zip', 0)).equals(switchTrace)).toBe(true);
    expect((await member(path, 'zip', 1)).equals(pktmonTrace)).toBe(true);
  });

  it.each(['none', 'MSZIP', 'LZX'] as const)(
    'gives the traces of a cabinet, compression %s',
    async (compression) => {
      const files = [
        { name: 'report.xml', bytes: Buffer.alloc(40_000, 'x') },
        { name: 'NetTrace.etl', bytes: switchTrace },
        { name: 'PktMon.etl', bytes: pktmonTrace },
      ];
      for (const dataReserve of [0, 7]) {
        const path = write('t.cab', cabFile(files, { compression, dataReserve }));
        const archive = await openArchive(path, 'cab');
        archive.close();
        expect(archive.members.map(({ name, size }) => [name, size])).toEqual([
          ['NetTrace.etl', switchTrace.length],
          ['PktMon.etl', pktmonTrace.length],
        ]);
        expect((await member(path, 'cab', 0)).equals(switchTrace)).toBe(true);
        expect((await member(path, 'cab', 1)).equals(pktmonTrace)).toBe(true);
      }
    },
  );

  it('says which compression of a cabinet it does not read, and what does', async () => {
    const path = write('t.cab', cabFile([{ name: 'a.etl', bytes: switchTrace }], { compression: 'Quantum' }));
    await expect(member(path, 'cab', 0)).rejects.toThrow(
      /Quantum compression, which is not read.*expand\.exe/u,
    );
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
      await expect(openArchive(noise, wrapping)).rejects.toMatchObject({ code: 'input' });
    }
  });

  it('refuses members of a zip file whose names lead out of it', async () => {
    for (const name of ['../evil.etl', '/etc/evil.etl', 'C:/evil.etl', 'a/../../evil.etl', '..\\evil.etl']) {
      const path = write('evil.zip', zipFile([{ name, bytes: pktmonTrace }]));
      await expect(openArchive(path, 'zip'), name).rejects.toMatchObject({ code: 'input' });
    }
  });

  it('makes relative names of harmless characters out of member names, or refuses them', () => {
    expect(memberPath('t.cab', 'host1\\logs\\Net Trace.etl')).toBe('host1/logs/Net Trace.etl');
    expect(memberPath('t.cab', './a//b.etl')).toBe('a/b.etl');
    expect(memberPath('t.cab', 'a\u001b[2J\u202e:b\n.etl')).toBe('a_[2J__b_.etl');
    for (const name of [
      '..\\evil.etl',
      'C:\\evil.etl',
      '\\\\server\\share\\evil.etl',
      '/evil.etl',
      'a/../../b',
    ]) {
      expect(() => memberPath('t.cab', name), name).toThrow('outside its directory');
    }
  });

  it('refuses a member that is longer than its zip file says, and an encrypted one', async () => {
    const lying = write('l.zip', zipFile([{ name: 'a.etl', bytes: switchTrace, claimedSize: 1000 }]));
    await expect(member(lying, 'zip', 0)).rejects.toMatchObject({ code: 'input' });
    const secret = write('s.zip', zipFile([{ name: 'a.etl', bytes: switchTrace, isEncrypted: true }]));
    await expect(member(secret, 'zip', 0)).rejects.toThrow('encrypted');
  });

  it('expands gzip, and says that a cut one is cut', async () => {
    const packed = gzipSync(switchTrace);
    const path = write('a.etl.gz', packed);
    expect((await bytesOf(await compressedFile(path, 'gzip', GENEROUS))).equals(switchTrace)).toBe(true);
    const cut = write('b.etl.gz', packed.subarray(0, packed.length / 2));
    await expect(compressedFile(cut, 'gzip', GENEROUS).then(bytesOf)).rejects.toThrow(
      /b\.etl\.gz: cannot be expanded: unexpected end of file/u,
    );
  });

  it('stops at the limit of bytes', async () => {
    const path = write('a.etl.gz', gzipSync(switchTrace));
    await expect(compressedFile(path, 'gzip', 1000).then(bytesOf)).rejects.toThrow(/more than 1000 bytes/u);
  });

  it('stops at 500 bytes for each compressed one, beyond 64 MiB: no trace is so empty', async () => {
    // Deflate packs zeros 1,030 to 1: 80 MB in 78 kB.
    const bomb = write('bomb.etl.gz', gzipSync(Buffer.alloc(80_000_000)));
    let size = 0;
    const reading = compressedFile(bomb, 'gzip', GENEROUS).then(async (stream) => {
      for await (const chunk of stream) size += chunk.length;
    });
    await expect(reading).rejects.toThrow('not a compressed trace');
    expect(size).toBeLessThan(70_000_000);
  });
});
