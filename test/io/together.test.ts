import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InputGuard } from '../../src/io/input-guard.js';
import { removeLeftovers } from '../../src/io/leftovers.js';
import { completeTogether, fileOutput, writeWholeFile } from '../../src/io/output.js';
import { OutputSet } from '../../src/io/output-set.js';
import { convert } from '../../src/library/index.js';

const isUnix = process.platform !== 'win32';
const NAT_VSWITCH = new URL('../../samples/nat-vswitch.etl', import.meta.url).pathname;

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'together-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const file = (name: string): string => join(directory, name);
const text = (name: string): string => readFileSync(file(name), 'utf8');

async function outputs(names: readonly string[], force: boolean) {
  return Promise.all(
    names.map(async (name) => {
      const output = await fileOutput(file(name), { force });
      await output.write(new TextEncoder().encode(`new ${name}`));
      return output;
    }),
  );
}

describe('outputs that are completed together', () => {
  it.each([false, true])('all have their names, and nothing else is left (force: %s)', async (force) => {
    if (force) for (const name of ['a', 'b', 'c']) writeFileSync(file(name), `old ${name}`);
    await completeTogether(await outputs(['a', 'b', 'c'], force));
    expect(readdirSync(directory).sort()).toEqual(['a', 'b', 'c']);
    expect(['a', 'b', 'c'].map(text)).toEqual(['new a', 'new b', 'new c']);
  });

  it('leave all previous files when the last one cannot get its name', async () => {
    mkdirSync(file('other'));
    for (const name of ['a', 'b']) writeFileSync(file(name), `old ${name}`);
    const all = await outputs(['a', 'b', 'other/c'], true);
    // As when somebody removes the directory, or a share goes away.
    rmSync(file('other'), { recursive: true });
    await expect(completeTogether(all)).rejects.toMatchObject({ name: 'ConvertError', code: 'output' });
    expect(readdirSync(directory).sort()).toEqual(['a', 'b']);
    expect(['a', 'b'].map(text)).toEqual(['old a', 'old b']);
  });

  it('leave nothing new where there was nothing, when the last one cannot get its name', async () => {
    const all = await outputs(['a', 'b'], false);
    writeFileSync(file('b'), 'precious');
    await expect(completeTogether(all)).rejects.toMatchObject({ code: 'exists' });
    expect(readdirSync(directory)).toEqual(['b']);
    expect(text('b')).toBe('precious');
  });

  it('leave a symbolic link that was to be replaced as it was, and never its target', async () => {
    writeFileSync(file('victim'), 'precious');
    symlinkSync('victim', file('a'));
    const all = await outputs(['a', 'b'], true);
    mkdirSync(file('b'));
    await expect(completeTogether(all)).rejects.toMatchObject({ code: 'output' });
    expect(readlinkSync(file('a'))).toBe('victim');
    expect(text('victim')).toBe('precious');
    expect(readdirSync(directory).sort()).toEqual(['a', 'b', 'victim']);
  });

  it('are refused where two turn out to be one file, and the previous file stays', async () => {
    writeFileSync(file('a'), 'old a');
    const all = await outputs(['a', 'b'], true);
    symlinkSync('a', file('b'));
    await expect(completeTogether(all)).rejects.toMatchObject({ code: 'usage' });
    expect(text('a')).toBe('old a');
    expect(readlinkSync(file('b'))).toBe('a');
  });

  it('of a conversion: old packets and old events stay together when the events cannot be written', async () => {
    mkdirSync(file('events'));
    await convert(NAT_VSWITCH, file('x.pcapng'), { eventsOutput: file('events/x.json') });
    const before = [text('x.pcapng'), text('events/x.json')];
    // The directory becomes a link to nowhere between the first write and the end.
    const moved = (): void => {
      if (!existsSync(file('moved'))) renameSync(file('events'), file('moved'));
    };
    await expect(
      convert(NAT_VSWITCH, file('x.pcapng'), {
        eventsOutput: file('events/x.json'),
        force: true,
        comments: 'none',
        onProgress: ({ phase }) => {
          if (phase === 'convert') moved();
        },
      }),
    ).rejects.toMatchObject({ code: 'output' });
    expect([text('x.pcapng'), text('moved/x.json')]).toEqual(before);
    expect(readdirSync(directory).sort()).toEqual(['moved', 'x.pcapng']);
  });
});

describe('a file that is written whole', () => {
  it('replaces the previous one, and no directory', async () => {
    await writeWholeFile(file('report.json'), 'first');
    await writeWholeFile(file('report.json'), 'second');
    expect(text('report.json')).toBe('second');
    mkdirSync(file('d'));
    await expect(writeWholeFile(file('d'), 'x')).rejects.toMatchObject({ code: 'output' });
    expect(readdirSync(directory).sort()).toEqual(['d', 'report.json']);
  });

  it.skipIf(!isUnix)('goes into a named pipe, and does not replace it', async () => {
    execFileSync('mkfifo', [file('x.json')]);
    const read = import('node:fs/promises').then(({ readFile }) => readFile(file('x.json'), 'utf8'));
    await writeWholeFile(file('x.json'), 'through the pipe');
    expect(await read).toBe('through the pipe');
    expect(lstatSync(file('x.json')).isFIFO()).toBe(true);
  });
});

describe('a file system that becomes full in the last output', () => {
  let disk = '';
  let isMounted = false;
  beforeAll(() => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
    disk = mkdtempSync(join(tmpdir(), 'together-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160k', 'tmpfs', disk], { stdio: 'ignore' });
      isMounted = true;
    } catch {
      // A container whose root may not.
    }
  });
  afterAll(() => {
    if (isMounted) execFileSync('umount', [disk]);
    if (disk !== '') rmSync(disk, { recursive: true });
  });

  it('keeps the old packets beside the old events', async ({ skip }) => {
    skip(!isMounted, 'no file system of its own');
    const path = join(disk, 'x.pcapng');
    // 25 kB of packets and 77 kB of events: a second pair does not fit, its packets alone do.
    await convert(NAT_VSWITCH, path);
    const names = ['x.pcapng', 'x.events.json'];
    const before = names.map((name) => readFileSync(join(disk, name), 'hex'));
    await expect(convert(NAT_VSWITCH, path, { force: true, comments: 'none' })).rejects.toMatchObject({
      code: 'output',
      message: `${join(disk, 'x.events.json')}: no space left on the device`,
    });
    expect(names.map((name) => readFileSync(join(disk, name), 'hex'))).toEqual(before);
    expect(readdirSync(disk).sort()).toEqual([...names].sort());
  });
});

describe('an input is recognised', () => {
  const guard = new InputGuard();
  beforeEach(() => {
    mkdirSync(file('d'));
    writeFileSync(file('d/a.etl'), 'a');
    guard.add(file('d/a.etl'));
  });

  it.each<[string, () => string]>([
    ['by its name', () => file('d/a.etl')],
    ['through other spellings of the path', () => `${file('d')}/./../d//a.etl`],
    [
      'through a linked directory',
      () => {
        symlinkSync('d', file('l'));
        return file('l/a.etl');
      },
    ],
    [
      'as a hard link',
      () => {
        linkSync(file('d/a.etl'), file('h'));
        return file('h');
      },
    ],
    [
      'as a symbolic link',
      () => {
        symlinkSync('d/a.etl', file('s'));
        return file('s');
      },
    ],
  ])('%s', (_, path) => {
    expect(guard.inputAt(path())).toBe(file('d/a.etl'));
  });

  it('and its directory, a new name in it, and a file that took over its inode are none', () => {
    expect(guard.inputAt(file('d'))).toBeUndefined();
    expect(guard.inputAt(file('d/b.etl'))).toBeUndefined();
    renameSync(file('d/a.etl'), file('later'));
    expect(guard.inputAt(file('later'))).toBeUndefined();
  });
});

describe('the outputs of a run', () => {
  const set = (): OutputSet => new OutputSet(new InputGuard(), { force: true });

  it.each<[string, () => [string, string]]>([
    ['one name', () => [file('a'), `${directory}/./a`]],
    [
      'one name through a linked directory',
      () => {
        mkdirSync(file('d'));
        symlinkSync('d', file('l'));
        return [file('d/a'), file('l/a')];
      },
    ],
    [
      'a file and a link to it',
      () => {
        writeFileSync(file('a'), 'old');
        symlinkSync('a', file('b'));
        return [file('a'), file('b')];
      },
    ],
  ])('are refused as %s', async (_, names) => {
    const [first, second] = names();
    const outputSet = set();
    const output = await outputSet.file(first);
    await expect(outputSet.file(second)).rejects.toMatchObject({ code: 'usage' });
    await output.discard();
  });

  it('may differ in case where the file system tells the names apart', async ({ skip }) => {
    writeFileSync(file('case'), '');
    skip(existsSync(file('CASE')), 'a file system that does not');
    const outputSet = set();
    const all = [await outputSet.file(file('a.pcapng')), await outputSet.file(file('A.pcapng'))];
    await completeTogether(all);
    expect(readdirSync(directory).sort()).toEqual(['A.pcapng', 'a.pcapng', 'case']);
  });
});

describe('temporary files of others', () => {
  /** A temporary file as this process names it; with another name where `change` is given. */
  async function temporary(
    output: string,
    change: (name: string) => string = (name) => name,
  ): Promise<string> {
    const before = new Set(readdirSync(directory));
    await fileOutput(file(output));
    const own = readdirSync(directory).find((name) => !before.has(name)) ?? '';
    const name = change(own);
    renameSync(file(own), file(name));
    return name;
  }
  /** A process number that no process has: Linux gives numbers up to 4,194,304. */
  const withoutProcess = (name: string): string => name.replace(/-[0-9a-f]+-/u, '-7fffffff-');
  const ofOtherSystem = (name: string): string => name.replace(/\.[0-9a-f]{8}-/u, '.0badcafe-');

  it('are removed where their writer is gone, for all names that derive from the output', async () => {
    for (const name of ['x.pcapng', 'x.ethernet.pcapng', 'x.events.json'])
      await temporary(name, withoutProcess);
    await removeLeftovers([file('x.pcapng')]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('stay where the writer is at work, and where they are of another output', async () => {
    const kept = [
      await temporary('x.pcapng'),
      await temporary('y.pcapng', withoutProcess),
      await temporary('xx.pcapng', withoutProcess),
    ];
    await removeLeftovers([file('x.pcapng')], 0);
    expect(readdirSync(directory).sort()).toEqual(kept.sort());
  });

  it('are removed where the number of the writer belongs to a process with another start', async () => {
    await temporary('x.pcapng', (name) => name.replace(/(-[0-9a-f]+)-[0-9a-f]+-/u, '$1-1-'));
    await removeLeftovers([file('x.pcapng')]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('of another host stay, unless nobody has written to them for long', async () => {
    const kept = await temporary('x.pcapng', (name) => ofOtherSystem(withoutProcess(name)));
    await removeLeftovers([file('x.pcapng')]);
    expect(readdirSync(directory)).toEqual([kept]);
    await removeLeftovers([file('x.pcapng')], 0);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('are recognised by their whole name: similar names stay', async () => {
    const own = withoutProcess(await temporary('x.pcapng'));
    const names = [
      own.slice(1),
      `${own}.bak`,
      own.replace('.part', '.partial'),
      own.replace(/[0-9a-f]{16}\.part$/u, '0123.part'),
      '.x.pcapng.part',
    ];
    for (const name of names) writeFileSync(file(name), '');
    const before = readdirSync(directory);
    await removeLeftovers([file('x.pcapng')], 0);
    expect(readdirSync(directory)).toEqual(before);
  });

  it('with long names, which are cut, belong to their output', async () => {
    const long = `${'ä'.repeat(90)}.pcapng`;
    const name = await temporary(long, withoutProcess);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    await removeLeftovers([file(long)]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('that hold the previous file are given back their name where nothing has it, and else removed', async () => {
    const toOld = (name: string): string => withoutProcess(name).replace(/part$/u, 'old');
    for (const name of ['x.pcapng', 'x.events.json']) {
      const old = await temporary(name, toOld);
      writeFileSync(file(old), `previous ${name}`);
    }
    writeFileSync(file('x.events.json'), 'new');
    await removeLeftovers([file('x.pcapng')]);
    expect(readdirSync(directory).sort()).toEqual(['x.events.json', 'x.pcapng']);
    expect([text('x.pcapng'), text('x.events.json')]).toEqual(['previous x.pcapng', 'new']);
  });
});
