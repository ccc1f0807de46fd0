import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type FileState,
  foldersIn,
  InstallError,
  install,
  installationStatus,
  launcher,
  parseFolders,
  uninstall,
} from '../../src/wireshark/index.js';
import { etlcap, run, useDirectory } from '../cli/run.js';

const TARGET = { node: '/opt/node/bin/node', command: '/home/me/etlcap/bin/etlcap.js' };
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

  it('brings a launcher of another place up to date', () => {
    const folders = foldersIn(directory.path);
    install(folders, { ...TARGET, command: '/old/etlcap.js' }, 'linux');
    expect(states(folders)).toEqual(new Set(['installed', 'outdated']));
    install(folders, TARGET, 'linux');
    expect(readFileSync(directory.file('extcap/etlcap'), 'utf8')).toContain(TARGET.command);
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

describe('the launcher', () => {
  it('starts its target with all arguments, from paths with blanks and quotes', async () => {
    const script = directory.file(`it's "here".mjs`);
    writeFileSync(script, 'console.log(JSON.stringify(process.argv.slice(2)))');
    const path = directory.file('launch');
    writeFileSync(path, launcher({ node: process.execPath, command: script }, 'linux').text, { mode: 0o755 });
    const { stdout } = await run(path, ['--capture', '--trace', 'a b $(c)']);
    expect(JSON.parse(stdout.toString())).toEqual(['extcap', '--capture', '--trace', 'a b $(c)']);
  });

  it('is a batch file on Windows, with percent signs doubled', () => {
    const { fileName, text } = launcher(
      { node: 'C:\\100% node\\node.exe', command: 'C:\\e\\etlcap.js' },
      'win32',
    );
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
