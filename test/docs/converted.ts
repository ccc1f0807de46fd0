import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  committedScenarios,
  flowOwners,
  gftFlow,
  rasVpn,
  type Scenario,
  wfpCapture,
} from '../../samples/scenarios/index.js';

const executable = fileURLToPath(new URL('../../bin/etlcap.js', import.meta.url));

/** The traces that the documents speak of. */
export const scenarios: readonly Scenario[] = [
  ...committedScenarios(),
  rasVpn,
  wfpCapture,
  gftFlow,
  flowOwners,
].map((make) => make());

const outputs = new Map<string, Uint8Array>();

/**
 * What the command makes of a trace.
 *
 * @param spec as the documents write it: the trace's name, then options
 */
export function converted(spec: string): Uint8Array {
  const known = outputs.get(spec);
  if (known !== undefined) return known;
  const output = convert(spec);
  outputs.set(spec, output);
  return output;
}

function convert(spec: string): Uint8Array {
  const [name, ...options] = spec.split(' ');
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario === undefined) throw new Error(`no trace is called '${name}'`);
  return convertTrace(scenario.plain, options);
}

/** What the command makes of the bytes of a trace. */
export function convertTrace(etl: Uint8Array, options: readonly string[] = []): Uint8Array {
  const directory = mkdtempSync(join(tmpdir(), 'etlcap-docs-'));
  try {
    const input = join(directory, 'trace.etl');
    const output = join(directory, 'trace.pcapng');
    writeFileSync(input, etl);
    const args = [executable, input, '-q', '-o', output, ...options];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`etlcap ${options.join(' ')}: exit ${status}: ${stderr}`);
    return new Uint8Array(readFileSync(output));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
