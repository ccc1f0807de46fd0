import { resolve } from 'node:path';
import { printable } from '../../etw/index.js';
import { systemReason } from '../../io/index.js';
import { nearestName } from '../../options/index.js';
import {
  type FileState,
  type FileStatus,
  findWireshark,
  foldersIn,
  InstallError,
  install,
  installationStatus,
  uninstall,
  type WiresharkFolders,
} from '../../wireshark/index.js';
import { command } from '../command.js';
import { Exit, type ExitCode, UsageError } from '../exit.js';
import { print } from '../print.js';
import { table } from '../text/table.js';

const ACTIONS = { install: installInto, uninstall: uninstallFrom, status: statusOf } as const;

/** `etlcap wireshark install|uninstall|status` */
export const wiresharkCommand = command('wireshark', async (flags, input) => {
  const [name = '', ...rest] = input;
  if (!isAction(name) || rest.length > 0) {
    const meant = nearestName(name, Object.keys(ACTIONS));
    const hint =
      rest.length > 0 || meant === undefined ? 'see etlcap wireshark --help' : `did you mean ${meant}?`;
    throw new UsageError(`expected etlcap wireshark install, uninstall or status; ${hint}`);
  }
  const folders = flags.dir === undefined ? foundFolders() : foldersIn(resolve(flags.dir));
  const { lines, code } = withSystemErrors(() => ACTIONS[name](folders));
  await print(`${lines.join('\n')}\n`);
  return code;
});

const isAction = (name: string): name is keyof typeof ACTIONS => Object.hasOwn(ACTIONS, name);

interface Outcome {
  readonly lines: readonly string[];
  readonly code: ExitCode;
}

/** @throws Error that names the file, in place of a system error */
function withSystemErrors<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    const path = error instanceof Error && 'path' in error ? error.path : undefined;
    if (typeof path !== 'string') throw error;
    throw new Error(`${path}: ${systemReason(error)}`, { cause: error });
  }
}

function foundFolders(): WiresharkFolders {
  const found = findWireshark();
  if (found !== undefined) return found.folders;
  throw new InstallError('no Wireshark found (tshark or wireshark in PATH); --dir names its personal folder');
}

function installInto(folders: WiresharkFolders): Outcome {
  const { kept, written } = install(folders);
  const lines = [
    'Installed for Wireshark:',
    fileTable(written),
    ...keptLines(kept),
    'Restart Wireshark. It then has the capture source "ETL trace", File > Open for .etl files, Statistics > ETL,',
    'and the profile ETL.',
  ];
  return { lines, code: Exit.converted };
}

function uninstallFrom(folders: WiresharkFolders): Outcome {
  const { ignored, kept, removed } = uninstall(folders);
  const lines = [
    removed.length === 0 ? 'Nothing to remove.' : 'Removed:',
    ...removed.map((path) => `  ${printable(path)}`),
    ...keptLines(kept),
    ...pathLines('Ignored, because etlcap does not install files there:', ignored),
  ];
  return { lines, code: Exit.converted };
}

function statusOf(folders: WiresharkFolders): Outcome {
  const files = installationStatus(folders);
  const isWhole = files.every(({ state }) => state === 'installed' || state === 'rewritten');
  const isMissing = files.every(({ state }) => state === 'missing');
  const advice = isMissing ? ['Not installed. Run: etlcap wireshark install'] : [];
  return { lines: [fileTable(files), ...advice], code: isWhole ? Exit.converted : Exit.failed };
}

const keptLines = (paths: readonly string[]): string[] =>
  pathLines('Kept, because changed since etlcap installed it:', paths);

/** A heading and a line for each path; empty without paths. */
const pathLines = (heading: string, paths: readonly string[]): string[] =>
  paths.length === 0 ? [] : [heading, ...paths.map((path) => `  ${printable(path)}`)];

const STATE_TEXT: Readonly<Record<FileState, string>> = {
  installed: 'installed',
  outdated: 'outdated (install again)',
  changed: 'changed by you',
  rewritten: 'rewritten by Wireshark',
  missing: 'not installed',
  foreign: "not etlcap's",
};

function fileTable(files: readonly FileStatus[]): string {
  const rows = files.map(({ part, path, state }) => [part, STATE_TEXT[state], printable(path)]);
  return table([{ title: 'Part' }, { title: 'State' }, { title: 'File' }], rows);
}
