import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { run, useDirectory } from '../cli/run.js';
import { describeWithTshark } from '../support/wireshark.js';
import { homeOf, WITH_PLUGIN } from '../wireshark/support.js';
import * as captures from './hostile/captures.js';

const GROWTH = 15;
/** KiB of address space: tshark takes some 700 MB of it for any file. */
const ADDRESS_SPACE = 2_000_000;

const directory = useDirectory();

/** Runs tshark in bounded memory. @returns seconds of processor time */
async function read(capture: Uint8Array, args: readonly string[]): Promise<number> {
  const path = directory.file('hostile.pcapng');
  writeFileSync(path, capture);
  const script = `ulimit -v ${ADDRESS_SPACE}; TIMEFORMAT='cpu %U %S'; time tshark "$@"`;
  const ended = await run('bash', ['-c', script, 'tshark', '-r', path, ...args], {
    env: homeOf(directory.path),
  });
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stderr).not.toMatch(/Lua|memory|rror/u);
  const [, user, system] = /^cpu ([\d.]+) ([\d.]+)$/mu.exec(ended.stderr) ?? [];
  return Number(user) + Number(system);
}

describeWithTshark('the plugin: ten times as much costs at most 15 times the processor time', () => {
  it.each<readonly [string, (scale: 1 | 10) => Uint8Array]>([
    ['packets', (n) => captures.packets(600 * n)],
    ['hops of one packet', (n) => captures.hops(600 * n)],
    ['frames of an interface with a long name', (n) => captures.longInterface(300 * n)],
    ['parts', (n) => captures.parts(1000 * n)],
    ['destination ports', (n) => captures.ports(1000 * n)],
    ['reasons of drops', (n) => captures.drops(600 * n)],
    ['bytes that are no token', (n) => captures.almostTokens(3000 * n)],
    ['escaped characters', (n) => captures.escapes(3000 * n)],
  ])('%s', async (_, make) => {
    const args = [...WITH_PLUGIN, '-q', '-z', 'etl,packets', '-z', 'etl,drops'];
    const small = await read(make(1), args);
    const large = await read(make(10), args);
    expect(large / small).toBeLessThanOrEqual(GROWTH);
  });
});
