/** The software bill of materials of the executables, in CycloneDX's JSON format. */

import { execFileSync } from 'node:child_process';
import { root } from '../bundle-options.mjs';

/**
 * npm lists the packages that the program depends on; Node is added.
 *
 * @param {string} nodeVersion
 * @returns the document's text
 */
export function softwareBill(nodeVersion) {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--sbom-type', 'application'];
  const bill = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8' }));
  bill.components.push({
    type: 'platform',
    'bom-ref': `node@${nodeVersion}`,
    name: 'node',
    version: nodeVersion,
    purl: `pkg:generic/node@${nodeVersion}`,
    licenses: [{ license: { id: 'MIT' } }],
  });
  return `${JSON.stringify(bill, null, 2)}\n`;
}
