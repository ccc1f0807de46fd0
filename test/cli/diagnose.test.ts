import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FaultHost } from '../../samples/scenarios/faults/fault-host.js';
import { type Connection, syn } from '../../samples/scenarios/faults/traffic.js';
import { FAULTS } from '../../samples/scenarios/index.js';
import { HOST_IP } from '../../samples/scenarios/pktmon-drops.js';
import { RULES } from '../../src/diagnosis/index.js';
import { schemaErrors } from '../support/json-schemas.js';
import { etlcap, sample, useDirectory } from './run.js';

const directory = useDirectory();

/** The trace of a fault as a file. */
function faultFile(id: string, form: 'faulty' | 'healthy' = 'faulty'): string {
  const path = directory.file(`${id}.etl`);
  const fault = FAULTS.find((each) => each.id === id);
  writeFileSync(path, fault?.[form]().scenario.plain ?? '');
  return path;
}

const linesOf = (stdout: Buffer): string[] => stdout.toString().trimEnd().split('\n');

describe('etlcap diagnose', () => {
  it('prints a line for each finding, with what it explains indented below it', async () => {
    const { code, stdout } = await etlcap(['diagnose', faultFile('drop-vlan')]);
    const lines = linesOf(stdout);
    expect(code).toBe(0);
    expect(lines[0]).toBe('2 errors in 4 packets');
    expect(lines[1]).toMatch(
      /^error {4}drop-vlan {2}4 × VLAN 999 not allowed at .*, the port has VLAN 102 \(logged\)$/u,
    );
    expect(lines[2]).toMatch(/^error {4}└ tcp-syn-unanswered {2}3 × no answer to TCP /u);
  });

  it('without findings names the packets and what the capture could not have shown', async () => {
    const { code, stdout } = await etlcap(['diagnose', faultFile('drop-vlan', 'healthy')]);
    expect(code).toBe(0);
    expect(stdout.toString()).toMatch(
      /^No faults found in 5 packets\. This capture could not have shown: .*\.\n$/u,
    );
  });

  it('prints at most 40 lines without --all, and says how many findings are left', async () => {
    const host = new FaultHost();
    for (let n = 0; n < 60; n++) {
      const connection: Connection = {
        client: HOST_IP,
        server: `192.0.2.${n + 1}`,
        ports: [50_000 + n, 443],
      };
      host.send(`SYN ${n}`, { ms: n }, syn(connection, n));
      host.send(`SYN ${n} again`, { ms: 1000 + n }, syn(connection, 100 + n));
    }
    writeFileSync(directory.file('many.etl'), host.finish('many').plain);
    const { stdout } = await etlcap(['diagnose', directory.file('many.etl')]);
    const lines = linesOf(stdout);
    expect(lines.length).toBeLessThanOrEqual(40);
    const shown = lines.filter((line) => line.startsWith('error')).length;
    expect(lines).toContain(`… ${60 - shown} more findings: --all`);
    const all = linesOf((await etlcap(['diagnose', '--all', directory.file('many.etl')])).stdout);
    expect(all.filter((line) => line.startsWith('error'))).toHaveLength(60);
  });

  it('--all has evidence, frames, filters and commands', async () => {
    const { stdout } = await etlcap(['diagnose', '--all', faultFile('drop-vlan')]);
    expect(stdout.toString()).toMatch(/Evidence +Unauthorized VLAN \(reason 10\), VMS_PT_NIC_RCV_NBL1, at /u);
    expect(stdout.toString()).toMatch(/Check +Get-VMNetworkAdapterVlan/u);
  });

  it('--json matches its schema', async () => {
    const { stdout } = await etlcap(['diagnose', '--json', faultFile('nat-error')]);
    expect(schemaErrors('diagnosis', JSON.parse(stdout.toString()))).toEqual([]);
  });

  it('--markdown has a section for each finding, and texts of the trace are no markup', async () => {
    const { stdout } = await etlcap(['diagnose', '--markdown', sample('nat-vswitch')]);
    const text = stdout.toString();
    expect(text).toMatch(/^# Diagnosis of /u);
    expect(text).toContain('## drop-vlan: VLAN 102 not allowed at Container NIC db "test" \\(Synthetic\\)');
  });

  it.each([
    ['error', 'drop-vlan', 'faulty', 5],
    ['warning', 'drop-vlan', 'faulty', 5],
    ['error', 'capture-lost-events', 'faulty', 0],
    ['warning', 'capture-lost-events', 'faulty', 5],
    ['warning', 'drop-benign', 'faulty', 0],
    ['warning', 'drop-vlan', 'healthy', 0],
  ] as const)('--fail-on %s: %s, %s, exits %i', async (limit, id, form, expected) => {
    const { code } = await etlcap(['diagnose', '--fail-on', limit, faultFile(id, form)]);
    expect(code).toBe(expected);
  });

  it('--ignore and --only choose findings, also for the exit code', async () => {
    const path = faultFile('drop-vlan');
    const ignoring = await etlcap(['diagnose', '--json', '--ignore', 'drop-vlan', path]);
    const ids = (stdout: Buffer): string[] =>
      JSON.parse(stdout.toString()).findings.map(({ id }: { id: string }) => id);
    expect(ids(ignoring.stdout)).toEqual(['tcp-syn-unanswered']);
    const only = await etlcap(['diagnose', '--json', '--only', 'drop-vlan', path]);
    expect(ids(only.stdout)).toEqual(['drop-vlan']);
    const none = await etlcap(['diagnose', '--fail-on', 'error', '--only', 'nat-error', path]);
    expect(none.code).toBe(0);
  });

  it.each([
    [['--only', 'drop-vlam', 'x.etl'], "no finding has the id 'drop-vlam'"],
    [['--explain', 'nothing'], "no finding has the id 'nothing'"],
    [['--json', '--markdown', 'x.etl'], '--json and --markdown cannot be combined'],
    [['--fail-on', 'note', 'x.etl'], '--fail-on'],
    [[], 'no input'],
  ])('%j is a mistake of usage that is named', async (options, text) => {
    writeFileSync(directory.file('x.etl'), FAULTS[0]?.healthy().scenario.plain ?? '');
    const { code, stderr } = await etlcap(['diagnose', ...options], { cwd: directory.path });
    expect([code, stderr]).toEqual([2, expect.stringContaining(text)]);
  });

  it('several files are one capture', async () => {
    const { stdout } = await etlcap(['diagnose', '--json', faultFile('drop-vlan'), faultFile('nat-error')]);
    const { findings, trace } = JSON.parse(stdout.toString());
    expect(trace).toHaveLength(2);
    expect(findings.map(({ id }: { id: string }) => id).sort()).toEqual([
      'drop-vlan',
      'nat-error',
      // Containers of both traces have one address.
      'overlap',
      'tcp-syn-unanswered',
    ]);
  });

  it('--explain all lists every id, and --explain ID has thresholds, limits and commands', async () => {
    const list = linesOf((await etlcap(['diagnose', '--explain', 'all'])).stdout);
    expect(list.map((line) => line.split(' ')[0])).toEqual(RULES.map(({ id }) => id));
    for (const { id } of RULES) {
      const { code, stdout } = await etlcap(['diagnose', '--explain', id]);
      expect(code).toBe(0);
      expect(stdout.toString()).toContain('Limits:');
      expect(linesOf(stdout).filter((line) => line.length > 100)).toEqual([]);
    }
  });
});
