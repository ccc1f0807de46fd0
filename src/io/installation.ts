import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The package's root, from src/io, dist/io and dist/command alike. */
const ROOT = new URL('../../', import.meta.url);

/** The version in package.json. */
export function packageVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('../../package.json');
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}

/** Absolute path of the `etlcap` command's script. */
export const commandPath = (): string => fileURLToPath(new URL('bin/etlcap.js', ROOT));

/** A data file of this folder: the plugin, or a part of the profile. */
export const dataFile = (name: string): Uint8Array => readFileSync(new URL(`src/wireshark/${name}`, ROOT));
