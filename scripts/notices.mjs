/** Licence texts of the packages that a bundle contains. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bundle-options.mjs';

/**
 * Folders of the packages that have code in a bundle; code that tree shaking removed does not count.
 *
 * @param {import('esbuild').Metafile} metafile
 */
export function packagesOf({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs.flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? (/^.*node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(path)?.[0] ?? []) : [],
  );
  return [...new Set(folders)].sort();
}

/** Where packages that contain other packages (meow) keep the licences of these. */
const CONTAINED_LICENCES = 'build/licenses.md';

/**
 * Name, version, origin and full licence text of a package. Throws if it has no licence file: its notice could not be
 * passed on.
 *
 * @param {string} folder
 */
export function notice(folder) {
  const read = (file) => readFileSync(join(root, folder, file), 'utf8');
  const { name, version, license, homepage } = JSON.parse(read('package.json'));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e(?:\.md|\.txt)?$/iu.test(entry));
  if (file === undefined) throw new Error(`${folder} has no licence file`);
  const heading = [`${name} ${version} (${license})`, ...(homepage === undefined ? [] : [homepage])];
  const files = [file, CONTAINED_LICENCES].filter((path) => existsSync(join(root, folder, path)));
  return [...heading, '', ...files.map((path) => read(path).trim().replaceAll('\r\n', '\n'))].join('\n');
}
