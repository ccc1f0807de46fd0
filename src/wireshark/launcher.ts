/**
 * The command line that the launcher starts: absolute path of the program, then its first arguments. It works without a
 * global installation.
 */
export type LauncherTarget = readonly [string, ...string[]];

export interface Launcher {
  readonly fileName: string;
  readonly text: string;
}

const WINDOWS_NAME = 'etlcap.bat';
const NAME = 'etlcap';

/** The launcher's file names on all platforms. */
export const launcherNames = [NAME, WINDOWS_NAME] as const;

/** The program that Wireshark starts from its extcap folder: it hands all arguments to `etlcap extcap`. */
export function launcher(target: LauncherTarget, platform: NodeJS.Platform): Launcher {
  if (platform === 'win32') {
    // The file is UTF-8, which cmd reads as such only in code page 65001.
    const lines = [
      '@echo off',
      'chcp 65001 >nul',
      `${target.map((word) => `"${batchText(word)}"`).join(' ')} extcap %*`,
      '',
    ];
    return { fileName: WINDOWS_NAME, text: lines.join('\r\n') };
  }
  const text = `#!/bin/sh\nexec ${target.map(shellWord).join(' ')} extcap "$@"\n`;
  return { fileName: NAME, text };
}

const batchText = (path: string): string => path.replaceAll('%', '%%');

const shellWord = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`;
