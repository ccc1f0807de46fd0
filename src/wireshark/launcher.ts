/** What the launcher starts, both absolute: it works without a global installation. */
export interface LauncherTarget {
  /** The node program. */
  readonly node: string;
  /** bin/etlcap.js */
  readonly command: string;
}

export interface Launcher {
  readonly fileName: string;
  readonly text: string;
}

const WINDOWS_NAME = 'etlcap.bat';
const NAME = 'etlcap';

/** The launcher's file names on all platforms. */
export const launcherNames = [NAME, WINDOWS_NAME] as const;

/** The program that Wireshark starts from its extcap folder: it hands all arguments to `etlcap extcap`. */
export function launcher({ command, node }: LauncherTarget, platform: NodeJS.Platform): Launcher {
  if (platform === 'win32') {
    // The file is UTF-8, which cmd reads as such only in code page 65001.
    const lines = [
      '@echo off',
      'chcp 65001 >nul',
      `"${batchText(node)}" "${batchText(command)}" extcap %*`,
      '',
    ];
    return { fileName: WINDOWS_NAME, text: lines.join('\r\n') };
  }
  const text = `#!/bin/sh\nexec ${shellWord(node)} ${shellWord(command)} extcap "$@"\n`;
  return { fileName: NAME, text };
}

const batchText = (path: string): string => path.replaceAll('%', '%%');

const shellWord = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`;
