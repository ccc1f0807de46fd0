import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lbfoTeam, pktmonDrops } from '../../samples/scenarios/index.js';
import { readSection } from '../support/pcapng-reader.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';
import { describeWithTshark, tsharkFields } from '../support/wireshark.js';
import { keys, readCapture, ticksOf, timesOf } from './captures.js';
import { BIN, etlcap, run, sample, useDirectory } from './run.js';

const directory = useDirectory();

describe('where the output goes', () => {
  test('beside the input, with the extension pcapng', async () => {
    copyFileSync(sample('lbfo-team'), directory.file('trace.etl'));
    const { code, stdout } = await etlcap([directory.file('trace.etl')]);
    expect(code).toBe(0);
    expect(directory.captures()).toEqual(['trace.etl', 'trace.pcapng']);
    expect(readCapture(directory.file('trace.pcapng')).packets).toHaveLength(33);
    expect(stdout.toString()).toContain(`Wrote ${directory.file('trace.pcapng')}: 33 packets`);
  });

  test('-o FILE: that file', async () => {
    await etlcap([sample('lbfo-team'), '-o', directory.file('other.name')]);
    expect(directory.captures()).toEqual(['other.name']);
  });

  test.each(['out', 'out/'])('-o %s, a directory: into it, under the name of the input', async (out) => {
    mkdirSync(directory.file('out'));
    const { code } = await etlcap([sample('lbfo-team'), '-o', out], { cwd: directory.path });
    expect(code).toBe(0);
    expect(statSync(directory.file('out/lbfo-team.pcapng')).size).toBeGreaterThan(0);
  });

  test('-o DIR/ that is not there: it is made', async () => {
    const { code } = await etlcap([sample('lbfo-team'), '-o', 'new/below/'], { cwd: directory.path });
    expect(code).toBe(0);
    expect(readCapture(directory.file('new/below/lbfo-team.pcapng')).packets.length).toBeGreaterThan(0);
  });

  test('-o DIR/ that cannot be made: usage error that says why', async () => {
    writeFileSync(directory.file('taken'), '');
    const { code, stderr } = await etlcap([sample('lbfo-team'), '-o', 'taken/'], { cwd: directory.path });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^etlcap: -o taken\/: .+\n$/u);
  });

  test('several inputs: each has its own output', async () => {
    const { code } = await etlcap([sample('lbfo-team'), sample('nat-vswitch'), '-o', directory.path]);
    expect(code).toBe(0);
    expect(directory.captures()).toEqual(['lbfo-team.pcapng', 'nat-vswitch.pcapng']);
    expect(readCapture(directory.file('nat-vswitch.pcapng')).packets).toHaveLength(74);
  });

  test('several inputs and one output file: usage error before anything is written', async () => {
    const { code, stderr } = await etlcap([
      sample('lbfo-team'),
      sample('nat-vswitch'),
      '-o',
      directory.file('x'),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('several inputs need a directory, or --merge');
    expect(directory.files()).toEqual([]);
  });

  test('two inputs of one name into one directory: usage error before anything is written', async () => {
    mkdirSync(directory.file('a'));
    copyFileSync(sample('lbfo-team'), directory.file('a/lbfo-team.etl'));
    const { code, stderr } = await etlcap([
      sample('lbfo-team'),
      directory.file('a/lbfo-team.etl'),
      '-o',
      directory.path,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('would both become');
    expect(directory.files()).toEqual(['a']);
  });

  test('an output that exists is left as it is, and replaced with --force', async () => {
    const output = directory.file('out.pcapng');
    writeFileSync(output, 'precious');
    const refused = await etlcap([sample('lbfo-team'), '-o', output]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toBe(
      `etlcap: ${output}: already exists; use --force to overwrite, or -o for another name\n`,
    );
    expect(readFileSync(output, 'utf8')).toBe('precious');
    const forced = await etlcap([sample('lbfo-team'), '-o', output, '-f']);
    expect(forced.code).toBe(0);
    expect(readCapture(output).packets).toHaveLength(33);
    expect(directory.captures()).toEqual(['out.pcapng']);
  });

  test('a trace is never replaced by what is made of it, not even with --force', async () => {
    const trace = directory.file('trace.pcapng');
    copyFileSync(sample('lbfo-team'), trace);
    const before = readFileSync(trace);
    const { code, stderr } = await etlcap([trace, '--force']);
    expect(code).toBe(2);
    expect(stderr).toContain('is an input');
    expect(readFileSync(trace).equals(before)).toBe(true);
  });
});

describe('pipes', () => {
  test('- reads standard input, -o - writes to standard output: the same bytes as from file to file', async () => {
    await etlcap([sample('nat-vswitch'), '-o', directory.file('file.pcapng')]);
    const piped = await etlcap(['-', '-o', '-'], { input: readFileSync(sample('nat-vswitch')) });
    expect(piped.code).toBe(0);
    expect(piped.stdout.equals(readFileSync(directory.file('file.pcapng')))).toBe(true);
  });

  test.each([['-o', '-'], ['--output', '-'], ['--output=-'], ['-o-']])('%s %s', async (...option) => {
    const { code, stdout } = await etlcap([sample('lbfo-team'), ...option, '-q']);
    expect(code).toBe(0);
    expect(readSection(new Uint8Array(stdout)).packets).toHaveLength(33);
  });

  test('with data on standard output, the summary is on standard error', async () => {
    const { stderr, stdout } = await etlcap([sample('lbfo-team'), '-o', '-']);
    expect(readSection(new Uint8Array(stdout)).packets).toHaveLength(33);
    expect(stderr).toContain('33 packets');
  });

  test('--merge - writes several inputs to standard output', async () => {
    const { stdout } = await etlcap([sample('lbfo-team'), sample('nat-vswitch'), '--merge', '-', '-q']);
    expect(readSection(new Uint8Array(stdout)).packets).toHaveLength(33 + 74);
  });

  test('standard input has no name to write beside', async () => {
    const { code, stderr } = await etlcap(['-'], { input: readFileSync(sample('lbfo-team')) });
    expect(code).toBe(2);
    expect(stderr).toContain('use -o');
  });

  test('several inputs on standard output without --merge: usage error, and not a byte', async () => {
    const { code, stdout } = await etlcap([sample('lbfo-team'), sample('nat-vswitch'), '-o', '-']);
    expect(code).toBe(2);
    expect(stdout).toHaveLength(0);
  });
});

describeWithTshark('pipes into Wireshark', () => {
  test('etlcap - -o - | tshark -r - shows every packet', async () => {
    const line = `"${process.execPath}" "${BIN}" - -o - -q < "${sample('lbfo-team')}" | tshark -r - -T fields -e frame.number`;
    const { code, stdout } = await run('sh', ['-c', line]);
    expect(code).toBe(0);
    expect(stdout.toString().trim().split('\n')).toHaveLength(33);
  });
});

describe('--merge', () => {
  test('puts the packets of all inputs into one file, in the order of time', async () => {
    const half = pktmonDrops().truth.packets.length;
    const output = directory.file('all.pcapng');
    // Out of order on the command line: the trace that was taken last stands first.
    const { code } = await etlcap([sample('pktmon-drops'), sample('lbfo-team'), '--merge', output]);
    expect(code).toBe(0);
    const times = timesOf(readCapture(output));
    const expected = [...ticksOf(lbfoTeam().truth.packets), ...ticksOf(pktmonDrops().truth.packets)];
    expect(times).toHaveLength(half + 33);
    expect(times).toEqual([...expected].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  });

  test('and -o exclude each other', async () => {
    const { code, stderr } = await etlcap([sample('lbfo-team'), '--merge', 'a', '-o', 'b'], {
      cwd: directory.path,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('--merge');
    expect(directory.files()).toEqual([]);
  });
});

describe('what is said', () => {
  test('--quiet prints nothing', async () => {
    const { code, stderr, stdout } = await etlcap([sample('lbfo-team'), '-o', directory.path, '--quiet']);
    expect([code, stdout.toString(), stderr]).toEqual([0, '', '']);
    expect(directory.captures()).toEqual(['lbfo-team.pcapng']);
  });

  test('--json prints one JSON object on standard output, and nothing else anywhere', async () => {
    const { code, stderr, stdout } = await etlcap([sample('nat-vswitch'), '-o', directory.path, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const text = stdout.toString();
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(text)).toMatchObject({
      packets: 74,
      outputs: [{ path: directory.file('nat-vswitch.pcapng'), packets: 74 }],
      traces: [{ input: sample('nat-vswitch'), closed: true }],
    });
  });

  test('--json for several inputs: one object with a conversion each, and the failures', async () => {
    writeFileSync(directory.file('bad.etl'), 'no trace');
    const inputs = [sample('nat-vswitch'), directory.file('bad.etl'), sample('lbfo-team')];
    const { code, stdout } = await etlcap([...inputs, '-o', directory.path, '--json']);
    expect(code).toBe(1);
    const { conversions, failures } = JSON.parse(stdout.toString());
    expect(conversions.map(({ packets }: { packets: number }) => packets)).toEqual([74, 33]);
    expect(failures).toMatchObject([{ inputs: [directory.file('bad.etl')] }]);
  });

  test('the summary says what was read, the interfaces, the drops, the losses and the file', async () => {
    const { stdout } = await etlcap([sample('pktmon-drops'), '-o', directory.path]);
    const text = stdout.toString();
    expect(text).toContain('Windows 11 Pro (22631.2461)');
    expect(text).toMatch(/tcpip\.sys #31 +raw +6 +1 /u);
    expect(text).toMatch(/1 +Unauthorized VLAN +10 +VMS_PT_NIC_RCV_NBL1\n/u);
    expect(text).toContain('78 appearances of 15 packets, 2025-03-11 14:05:34.123 UTC to');
    expect(text).toContain('Trace complete: no events lost, no damaged buffers.');
    expect(text).toContain(`Wrote ${directory.file('pktmon-drops.pcapng')}: 78 packets`);
  });

  test('one input that fails does not stop the others; the exit code tells', async () => {
    writeFileSync(directory.file('bad.etl'), 'no trace');
    const { code } = await etlcap([directory.file('bad.etl'), sample('lbfo-team'), '-o', directory.path]);
    expect(code).toBe(1);
    expect(directory.captures()).toEqual(['bad.etl', 'lbfo-team.pcapng']);
  });

  test('--strict: exit 3 where the trace lost something, exit 0 where it did not', async () => {
    expect((await etlcap([sample('lbfo-team'), '-o', directory.path, '--strict'])).code).toBe(0);
    const torn = readFileSync(sample('lbfo-team')).subarray(0, -4000);
    writeFileSync(directory.file('torn.etl'), torn);
    const relaxed = await etlcap([directory.file('torn.etl')]);
    expect(relaxed.code).toBe(0);
    expect(relaxed.stdout.toString()).toContain('Problems in');
    expect((await etlcap([directory.file('torn.etl'), '--force', '--strict'])).code).toBe(3);
  });
});

describeWithRealTraces('a real pktmon trace', () => {
  test('gives 114 packets with direction, NBL, component, edge and appearance, at named interfaces', async () => {
    const output = directory.file('ping.pcapng');
    const { code } = await etlcap([realTrace('pktmon-azure-ping'), '-o', output]);
    expect(code).toBe(0);
    const section = readCapture(output);
    expect(section.packets).toHaveLength(114);
    // 2024-06-10 20:18:35.4891721 UTC, by pktmon's own conversion of this trace.
    expect(section.packets[0]?.timestamp).toBe(
      BigInt(Date.parse('2024-06-10T20:18:35Z')) * 10_000n + 4_891_721n,
    );
    for (const { comments, packetId } of section.packets) {
      const found = keys(comments);
      for (const key of ['Dir', 'NBL', 'Component', 'ComponentId', 'Edge', 'Appearance']) {
        expect(found.get(key)).toMatch(/^\S+$/u);
      }
      expect(packetId).toBe(BigInt(found.get('Packet') ?? -1));
    }
    // PktGroupId joins the appearances of a packet on this build: 38 packets of three appearances each.
    const idsByNumber = new Map<string | undefined, Set<bigint | undefined>>();
    for (const { comments, packetId } of section.packets) {
      const ids = idsByNumber.get(keys(comments).get('NBL')) ?? new Set();
      idsByNumber.set(keys(comments).get('NBL'), ids.add(packetId));
    }
    expect(idsByNumber.size).toBe(38);
    expect([...idsByNumber.values()].every(({ size }) => size === 1)).toBe(true);
    expect(new Set(section.packets.map(({ packetId }) => packetId)).size).toBe(38);
    expect(section.interfaces.map(({ name }) => name)).toEqual([
      'mlx5.sys #48',
      'NETVSCVFPP #50',
      'netvsc.sys #59',
      'xdp.sys #61',
    ]);
  });

  describeWithTshark('in Wireshark', () => {
    test('all of it is ICMP', async () => {
      const output = directory.file('ping.pcapng');
      await etlcap([realTrace('pktmon-azure-ping'), '-o', output]);
      const rows = tsharkFields(new Uint8Array(readFileSync(output)), ['_ws.col.Protocol', '_ws.malformed']);
      expect(rows).toHaveLength(114);
      expect(rows.filter(([protocol, malformed]) => protocol !== 'ICMP' || malformed !== '')).toEqual([]);
    });
  });
});

describe('help and version', () => {
  const manifest = JSON.parse(readFileSync(join(BIN, '../../package.json'), 'utf8'));

  test('--version prints the version alone', async () => {
    const { code, stdout } = await etlcap(['--version']);
    expect([code, stdout.toString()]).toEqual([0, `${manifest.version}\n`]);
  });

  test.each([[['--help']], [[sample('lbfo-team'), '--help']]])(
    '%j: short, on 100 columns, with examples and exit codes; nothing is converted',
    async (args) => {
      const { code, stderr, stdout } = await etlcap(args, { cwd: directory.path });
      expect([code, stderr]).toEqual([0, '']);
      const lines = stdout.toString().split('\n');
      expect(lines.length).toBeLessThan(60);
      expect(lines.filter((line) => line.length > 100)).toEqual([]);
      expect(stdout.toString()).toContain('$ etlcap PktMon.etl');
      expect(stdout.toString()).toContain('Exit codes');
    },
  );

  test('every option that the help lists is taken', async () => {
    const { stdout } = await etlcap(['--help']);
    const options = new Set(stdout.toString().match(/--[a-z][a-z-]+/gu));
    expect(options.size).toBeGreaterThan(12);
    for (const option of options) {
      const { stderr } = await etlcap([option, option === '--help' || option === '--version' ? '' : 'x']);
      expect(stderr).not.toContain('unknown option');
    }
  });
});
