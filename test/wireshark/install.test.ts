import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFolders } from '../../src/wireshark/folders.js';
import {
  type FileState,
  foldersIn,
  InstallError,
  install,
  installationStatus,
  uninstall,
} from '../../src/wireshark/index.js';
import { launcher } from '../../src/wireshark/launcher.js';
import { etlcap, run, useDirectory } from '../cli/run.js';

const TARGET = ['/opt/node/bin/node', '/home/me/etlcap/bin/etlcap.js'] as const;
const directory = useDirectory();

/** Paths of all files below a directory, without it. */
const filesBelow = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();

const states = (folders: ReturnType<typeof foldersIn>): Set<FileState> =>
  new Set(installationStatus(folders, TARGET, 'linux').map(({ state }) => state));

describe('etlcap wireshark install', () => {
  it('puts plugin, capture source and profile into the folders of Wireshark', () => {
    install(foldersIn(directory.path), TARGET, 'linux');
    expect(filesBelow(directory.path)).toEqual([
      'etlcap-install.json',
      'extcap/etlcap',
      'plugins/etlcap.command',
      'plugins/etlcap.lua',
      'profiles/ETL/colorfilters',
      'profiles/ETL/dfilter_buttons',
      'profiles/ETL/expert_severity',
      'profiles/ETL/preferences',
      'profiles/ETL/recent',
    ]);
    expect(statSync(directory.file('extcap/etlcap')).mode & 0o111).toBe(0o111);
    expect(states(foldersIn(directory.path))).toEqual(new Set(['installed']));
  });

  it('does nothing more the second time', () => {
    const folders = foldersIn(directory.path);
    install(folders, TARGET, 'linux');
    const manifest = readFileSync(directory.file('etlcap-install.json'), 'utf8');
    install(folders, TARGET, 'linux');
    expect(readFileSync(directory.file('etlcap-install.json'), 'utf8')).toBe(manifest);
  });

  it('is undone without a trace, in folders that it made', () => {
    const folders = foldersIn(directory.file('a/b'));
    install(folders, TARGET, 'linux');
    install(folders, TARGET, 'linux');
    uninstall(folders);
    expect(directory.files()).toEqual([]);
  });

  it('leaves what was there before as it was', () => {
    const own = ['plugins/mine.lua', 'profiles/ETL/hosts', 'profiles/Mine/preferences', 'preferences'];
    for (const name of own) {
      mkdirSync(dirname(directory.file(name)), { recursive: true });
      writeFileSync(directory.file(name), name);
    }
    mkdirSync(directory.file('extcap'));
    install(foldersIn(directory.path), TARGET, 'linux');
    uninstall(foldersIn(directory.path));
    expect(filesBelow(directory.path)).toEqual([...own].sort());
    for (const name of own) expect(readFileSync(directory.file(name), 'utf8')).toBe(name);
    expect(existsSync(directory.file('extcap'))).toBe(true);
  });

  it("writes nothing where a file of the user's has a name that it needs", () => {
    mkdirSync(directory.file('profiles/ETL'), { recursive: true });
    writeFileSync(directory.file('profiles/ETL/preferences'), 'mine');
    expect(() => install(foldersIn(directory.path), TARGET, 'linux')).toThrow(InstallError);
    expect(filesBelow(directory.path)).toEqual(['profiles/ETL/preferences']);
    expect(readFileSync(directory.file('profiles/ETL/preferences'), 'utf8')).toBe('mine');
  });

  it('keeps what the user changed, when installed again and when uninstalled', () => {
    const folders = foldersIn(directory.path);
    const path = directory.file('profiles/ETL/preferences');
    install(folders, TARGET, 'linux');
    writeFileSync(path, 'mine now');
    expect(install(folders, TARGET, 'linux').kept).toEqual([path]);
    expect(uninstall(folders).kept).toEqual([path]);
    expect(filesBelow(directory.path)).toEqual(['profiles/ETL/preferences']);
    expect(readFileSync(path, 'utf8')).toBe('mine now');
  });

  it('leaves the column widths that Wireshark wrote, before the installation or after it', () => {
    const folders = foldersIn(directory.path);
    const path = directory.file('profiles/ETL/recent');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'from an earlier profile');
    expect(install(folders, TARGET, 'linux').kept).toEqual([]);
    expect(states(folders)).toEqual(new Set(['installed', 'rewritten']));
    uninstall(folders);
    expect(readFileSync(path, 'utf8')).toBe('from an earlier profile');

    rmSync(path);
    install(folders, TARGET, 'linux');
    writeFileSync(path, 'written at exit');
    expect(install(folders, TARGET, 'linux').kept).toEqual([]);
    expect(states(folders)).toEqual(new Set(['installed', 'rewritten']));
    expect(readFileSync(path, 'utf8')).toBe('written at exit');
    expect(uninstall(folders).kept).toEqual([path]);
  });

  it('brings a launcher of another place up to date', () => {
    const folders = foldersIn(directory.path);
    install(folders, [TARGET[0], '/old/etlcap.js'], 'linux');
    expect(states(folders)).toEqual(new Set(['installed', 'outdated']));
    install(folders, TARGET, 'linux');
    expect(readFileSync(directory.file('extcap/etlcap'), 'utf8')).toContain(TARGET[1]);
    uninstall(folders);
    expect(directory.files()).toEqual([]);
  });

  it.each(['', '{', '[]', '{"format":"etlcap-wireshark-install","files":[{"path":1}],"directories":[]}'])(
    'does not act on a record that it cannot read: %j',
    (text) => {
      writeFileSync(directory.file('etlcap-install.json'), text);
      expect(() => uninstall(foldersIn(directory.path))).toThrow(InstallError);
      expect(() => install(foldersIn(directory.path), TARGET, 'linux')).toThrow(InstallError);
      expect(directory.files()).toEqual(['etlcap-install.json']);
    },
  );
});

describe('a record of an installation that somebody else wrote', () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

  /** A file of the user's with known content, outside of Wireshark's folders. */
  function userFile(name: string, text = 'precious'): string {
    const path = directory.file(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Wireshark's folder with a record that lists these files, each with the hash of `precious`, and directories. */
  function planted(files: readonly string[], directories: readonly string[] = []): string {
    const config = directory.file('wireshark');
    mkdirSync(config, { recursive: true });
    const record = {
      format: 'etlcap-wireshark-install',
      files: files.map((path) => ({ path, sha256: sha256('precious') })),
      directories,
    };
    writeFileSync(join(config, 'etlcap-install.json'), JSON.stringify(record));
    return config;
  }

  it('does not make uninstall or install remove a file elsewhere: absolute, relative or with ..', () => {
    const victim = userFile('home/letter.txt');
    const config = directory.file('wireshark');
    const listed = [
      victim,
      `${config}/../home/letter.txt`,
      `${config}/profiles/ETL/../../../home/letter.txt`,
      '../home/letter.txt',
      relative(process.cwd(), victim),
      userFile('wireshark/preferences'),
      userFile('wireshark/profiles/Mine/preferences'),
      userFile('wireshark/plugins/mine.lua'),
    ];
    planted(listed);
    expect(uninstall(foldersIn(config))).toEqual({ removed: [], kept: [], ignored: listed });
    planted(listed);
    install(foldersIn(config), TARGET, 'linux');
    for (const path of listed.filter((path) => path.startsWith('/'))) {
      expect(readFileSync(path, 'utf8')).toBe('precious');
    }
  });

  it('does not make uninstall remove a directory elsewhere', () => {
    const empty = directory.file('home/empty');
    mkdirSync(empty, { recursive: true });
    const config = planted([], [empty, `${directory.file('wireshark')}/../home/empty`, '/tmp/../tmp']);
    mkdirSync(join(config, 'profiles', 'Mine'), { recursive: true });
    uninstall(foldersIn(config));
    expect(existsSync(empty)).toBe(true);
    expect(existsSync(join(config, 'profiles', 'Mine'))).toBe(true);
  });

  it('does not make uninstall remove anything through a symbolic link', () => {
    const victim = userFile('home/preferences');
    const linked = join(directory.file('wireshark'), 'profiles', 'ETL', 'preferences');
    const config = planted([linked]);
    mkdirSync(join(config, 'profiles'));
    symlinkSync(directory.file('home'), join(config, 'profiles', 'ETL'));
    expect(uninstall(foldersIn(config))).toEqual({ removed: [], kept: [], ignored: [linked] });
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });

  it('is reported by the command with the files that it ignored', async () => {
    const victim = userFile('home/letter.txt');
    const config = planted([victim]);
    const { code, stdout } = await etlcap(['wireshark', 'uninstall', '--dir', config]);
    expect(code).toBe(0);
    expect(stdout.toString()).toContain(
      `Ignored, because etlcap does not install files there:\n  ${victim}\n`,
    );
    expect(existsSync(victim)).toBe(true);
  });

  it.each([
    ['a dangling link', (path: string) => symlinkSync('/none/here', path)],
    ['a link to itself', (path: string) => symlinkSync(path, path)],
    ['a directory', (path: string) => mkdirSync(path)],
    ['a named pipe', (path: string) => execFileSync('mkfifo', [path])],
    [
      'a link to a valid record',
      (path: string) => symlinkSync(join(planted([]), 'etlcap-install.json'), path),
    ],
  ])('is refused if it is %s', async (_, create) => {
    const config = directory.file('other');
    mkdirSync(config);
    create(join(config, 'etlcap-install.json'));
    const before = filesBelow(directory.path);
    for (const action of ['status', 'install', 'uninstall']) {
      const { code, stderr } = await etlcap(['wireshark', action, '--dir', config]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^etlcap: \S+\/etlcap-install\.json: not a regular file.*; remove it.*\n$/u);
    }
    expect(filesBelow(directory.path)).toEqual(before);
  });
});

describe('something else than a directory where Wireshark has one', () => {
  const OBSTACLES: readonly (readonly [string, (path: string) => void])[] = [
    ['a dangling link', (path) => symlinkSync('/none/here', path)],
    ['a link to itself', (path) => symlinkSync(path, path)],
    ['a file', (path) => writeFileSync(path, 'mine')],
  ];
  const PLACES = ['', 'plugins', 'extcap', 'profiles', 'profiles/ETL'];

  it.each(OBSTACLES.flatMap(([what, create]) => PLACES.map((place) => [what, place, create] as const)))(
    '%s: install names it and writes nothing, status and uninstall find nothing (%j)',
    (_, place, create) => {
      const folders = foldersIn(directory.file('wireshark'));
      const obstacle = join(folders.config, place);
      mkdirSync(dirname(obstacle), { recursive: true });
      create(obstacle);
      const before = readdirSync(directory.path, { recursive: true });
      expect(() => install(folders, TARGET, 'linux')).toThrow(
        new InstallError(`${obstacle}: not a directory; rename or remove it first`),
      );
      expect(states(folders)).toEqual(new Set(['missing']));
      expect(uninstall(folders)).toEqual({ removed: [], kept: [], ignored: [] });
      expect(readdirSync(directory.path, { recursive: true })).toEqual(before);
    },
  );

  it('above the folder: install names it', () => {
    const file = directory.file('file');
    writeFileSync(file, 'mine');
    expect(() => install(foldersIn(join(file, 'wireshark')), TARGET, 'linux')).toThrow(
      new InstallError(`${file}: not a directory; rename or remove it first`),
    );
  });

  it('a link to a directory below the folder is not written through', () => {
    const folders = foldersIn(directory.file('wireshark'));
    mkdirSync(directory.file('elsewhere'));
    mkdirSync(join(folders.config, 'profiles'), { recursive: true });
    symlinkSync(directory.file('elsewhere'), join(folders.config, 'profiles', 'ETL'));
    expect(() => install(folders, TARGET, 'linux')).toThrow(InstallError);
    expect(readdirSync(directory.file('elsewhere'))).toEqual([]);
  });

  it('a folder of Wireshark itself may be a link, as dotfile managers make it', () => {
    mkdirSync(directory.file('dotfiles'));
    symlinkSync(directory.file('dotfiles'), directory.file('wireshark'));
    const folders = foldersIn(directory.file('wireshark'));
    install(folders, TARGET, 'linux');
    expect(states(folders)).toEqual(new Set(['installed']));
    expect(uninstall(folders).removed).toHaveLength(8);
    expect(readdirSync(directory.file('dotfiles'))).toEqual([]);
    expect(lstatSync(directory.file('wireshark')).isSymbolicLink()).toBe(true);
  });
});

describe('a link in place of an installed file', () => {
  it.each(['/none/here', 'target'])('to %s: is kept, and its target is not touched', (target) => {
    const folders = foldersIn(directory.file('wireshark'));
    writeFileSync(directory.file('target'), 'precious');
    install(folders, TARGET, 'linux');
    const path = join(folders.plugins, 'etlcap.lua');
    rmSync(path);
    symlinkSync(target === 'target' ? directory.file('target') : target, path);
    expect(install(folders, TARGET, 'linux').kept).toEqual([path]);
    expect(uninstall(folders).kept).toEqual([path]);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(directory.file('target'), 'utf8')).toBe('precious');
  });

  it('that was never installed: is in the way', () => {
    const folders = foldersIn(directory.file('wireshark'));
    mkdirSync(folders.plugins, { recursive: true });
    symlinkSync('/none/here', join(folders.plugins, 'etlcap.lua'));
    expect(() => install(folders, TARGET, 'linux')).toThrow(/etlcap\.lua: not installed by etlcap/u);
  });
});

describe('the launcher', () => {
  it('starts its target with all arguments, from paths with blanks and quotes', async () => {
    const script = directory.file(`it's "here".mjs`);
    writeFileSync(script, 'console.log(JSON.stringify(process.argv.slice(2)))');
    const path = directory.file('launch');
    writeFileSync(path, launcher([process.execPath, script], 'linux').text, { mode: 0o755 });
    const { stdout } = await run(path, ['--capture', '--trace', 'a b $(c)']);
    expect(JSON.parse(stdout.toString())).toEqual(['extcap', '--capture', '--trace', 'a b $(c)']);
  });

  it('is a batch file on Windows, with percent signs doubled', () => {
    const { fileName, text } = launcher(['C:\\100% node\\node.exe', 'C:\\e\\etlcap.js'], 'win32');
    expect(fileName).toBe('etlcap.bat');
    expect(text.split('\r\n')).toContain('"C:\\100%% node\\node.exe" "C:\\e\\etlcap.js" extcap %*');
  });
});

describe('folders that Wireshark tells', () => {
  it('4.0 on Linux: extcap below the configuration', () => {
    const text =
      'Temp:                \t/tmp\nPersonal configuration:\t/home/me/.config/wireshark\nPersonal Plugins:    \t/home/me/.local/lib/wireshark/plugins/4.0\nPersonal Lua Plugins:\t/home/me/.local/lib/wireshark/plugins\nExtcap path:         \t/usr/lib/x86_64-linux-gnu/wireshark/extcap\n';
    expect(parseFolders(text, { HOME: '/home/me' }, 'linux')).toEqual({
      config: '/home/me/.config/wireshark',
      plugins: '/home/me/.local/lib/wireshark/plugins',
      extcap: '/home/me/.config/wireshark/extcap',
    });
  });

  it('4.2 and later: extcap in a folder of its own', () => {
    const text =
      'Personal configuration:\tC:\\Users\\me\\AppData\\Roaming\\Wireshark\r\nPersonal Lua Plugins:\tC:\\Users\\me\\AppData\\Roaming\\Wireshark\\plugins\r\nPersonal Extcap path:\tC:\\Users\\me\\AppData\\Roaming\\Wireshark\\extcap\r\nGlobal Extcap path:\tC:\\Program Files\\Wireshark\\extcap\\wireshark\r\n';
    expect(parseFolders(text, {}, 'win32')).toEqual({
      config: 'C:\\Users\\me\\AppData\\Roaming\\Wireshark',
      plugins: 'C:\\Users\\me\\AppData\\Roaming\\Wireshark\\plugins',
      extcap: 'C:\\Users\\me\\AppData\\Roaming\\Wireshark\\extcap',
    });
  });

  it('another program that answers is none', () => {
    expect(parseFolders('usage: tshark\n', {}, 'linux')).toBeUndefined();
  });
});

describe('etlcap wireshark', () => {
  it('installs into --dir, says so in status, and uninstalls', async () => {
    const dir = directory.file('portable');
    expect((await etlcap(['wireshark', 'status', '--dir', dir])).code).toBe(1);
    expect((await etlcap(['wireshark', 'install', '--dir', dir])).code).toBe(0);
    expect((await etlcap(['wireshark', 'status', '--dir', dir])).code).toBe(0);
    expect((await etlcap(['wireshark', 'uninstall', '--dir', dir])).code).toBe(0);
    expect(directory.files()).toEqual([]);
  });

  it('says what to do where there is no Wireshark', async () => {
    const env = { PATH: directory.path, HOME: directory.path };
    const { code, stderr } = await etlcap(['wireshark', 'install'], { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^etlcap: no Wireshark found .*--dir/u);
    expect(directory.files()).toEqual([]);
  });

  it.each(['', 'remove', 'install twice'])('refuses the action %j', async (action) => {
    const args = action.split(' ').filter((word) => word !== '');
    expect((await etlcap(['wireshark', ...args])).code).toBe(2);
  });
});
