/** The plugin and the profile for Wireshark, for manual installation. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { root } from '../bundle-options.mjs';
import { packageFiles } from './bundle.mjs';

const PROFILE = 'src/wireshark/profile/';

const README = `Plugin and profile of etlcap for Wireshark

Plugin: copy etlcap.lua into the folder "Personal Lua Plugins" (Help > About Wireshark > Folders).
Profile: copy the folder ETL into the folder "profiles" of the personal configuration, or import this file with
Edit > Configuration Profiles > Import > From Zip File.

"etlcap wireshark install" does both, and adds the capture source "ETL trace".
`;

/**
 * Writes the zip file. Wireshark imports the folder ETL.
 *
 * @param {string} path
 */
export async function writeWiresharkZip(path) {
  const writer = new Uint8ArrayWriter();
  const zip = new ZipWriter(writer, { useWebWorkers: false, lastModDate: new Date('2000-01-01T00:00:00Z') });
  await zip.add('README.txt', new TextReader(README));
  await zip.add('etlcap.lua', new Uint8ArrayReader(readFileSync(join(root, 'src/wireshark/etlcap.lua'))));
  for (const name of packageFiles().filter((file) => file.startsWith(PROFILE))) {
    await zip.add(`ETL/${name.slice(PROFILE.length)}`, new Uint8ArrayReader(readFileSync(join(root, name))));
  }
  writeFileSync(path, await zip.close());
}
