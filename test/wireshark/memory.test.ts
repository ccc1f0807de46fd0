import { writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { launcher } from '../../src/wireshark/launcher.js';
import { BIN, type Ended, run, sample, useDirectory } from '../cli/run.js';
import { caseFile, describeWithCases } from '../support/shared.js';
import { describeWithTshark, isOnPath } from '../support/wireshark.js';
import { homeOf, truth, WITH_PLUGIN, withComments } from './support.js';

/**
 * Wireshark writes to the objects that it passed to Lua after the call. A function that drops its parameters leaves
 * them to the garbage collector, and Wireshark then writes to freed memory. Two tests make that visible: a full garbage
 * collection at each call and return of a Lua function, and valgrind.
 */

const COLLECT_AT_EACH_CALL = "debug.sethook(function() collectgarbage() end, 'cr')\n";
const VALGRIND_FOUND_ERRORS = 99;
/** Valgrind takes about 20 times as long as the program alone. */
const VALGRIND_TIMEOUT = { timeout: 300_000 };

const directory = useDirectory();
let env: Record<string, string | undefined>;

beforeEach(() => {
  const command = directory.file('launcher');
  writeFileSync(command, launcher([process.execPath, BIN], 'linux').text, { mode: 0o755 });
  writeFileSync(directory.file('collect.lua'), COLLECT_AT_EACH_CALL);
  env = { ...homeOf(directory.path), ETLCAP_COMMAND: command };
});

const collecting = (): string[] => ['-X', `lua_script:${directory.file('collect.lua')}`];
const tshark = (...args: string[]): Promise<Ended> => run('tshark', args, { env });

/** Standard output if the program succeeded; otherwise its end. */
const output = ({ code, stderr, stdout }: Ended): string =>
  code === 0 ? stdout.toString() : `ended with ${code}: ${stderr}`;

const X3000_PACKETS = 300;
const FRAMES = ['-T', 'fields', '-e', 'frame.number', '-e', 'frame.len', '-e', 'etl.interface'];
const STATISTICS = ['-q', '-z', 'etl,packets', '-z', 'etl,drops'];

const START = 'PID=4 TID=8 CPU=0 Dir=Tx';
/** A packet with two parts that follow it, one of them dropped twice, and a packet with parts that precede it. */
const NUMBERED = withComments([
  `${START} Packet=1 Hop=1 NBL=0x1`,
  `${START} Packet=2 Hop=1 Match=split Parent=1`,
  `${START} Packet=3 Hop=1 Match=split Parent=1`,
  `${START} Packet=3 Hop=2 Match=content Drop="Bad checksum" DropReason=4`,
  `${START} Packet=3 Hop=3 Match=content Drop="Bad checksum" DropReason=4`,
  `${START} Packet=4 Hop=1 Match=joined Parts=2,3`,
]);

describeWithTshark('the plugin with a garbage collection at each call', () => {
  it.each([
    ['reader, one pass', ['-r', sample('nat-vswitch'), ...FRAMES]],
    ['reader, two passes', ['-2', '-r', sample('wifi-laptop'), ...FRAMES]],
    ['dissector', ['-V', '-r', sample('pktmon-drops')]],
    ['statistics', ['-r', sample('pktmon-drops'), ...STATISTICS]],
    ['statistics with a filter', ['-r', sample('pktmon-drops'), '-q', '-z', 'etl,packets,etl.hop > 1']],
  ])('%s: the output is the same', async (_, args) => {
    const expected = output(await tshark(...WITH_PLUGIN, ...args));
    expect(expected).not.toMatch(/^(?:ended with|$)/u);
    expect(output(await tshark(...collecting(), ...WITH_PLUGIN, ...args))).toBe(expected);
  });

  it.each([
    ['links between frames', ['-2', '-R', 'frame', '-V']],
    ['statistics', STATISTICS],
  ])('%s of packets with numbers: the output is the same', async (_, args) => {
    const capture = directory.file('numbered.pcapng');
    writeFileSync(capture, NUMBERED);
    const expected = output(await tshark(...WITH_PLUGIN, '-r', capture, ...args));
    expect(expected).toContain('Bad checksum');
    expect(output(await tshark(...collecting(), ...WITH_PLUGIN, '-r', capture, ...args))).toBe(expected);
  });

  describeWithCases('x3000.etl', () => {
    it.each([['one pass'], ['two passes', '-2']])('all packets are read, %s', async (_, ...passes) => {
      const args = [...passes, '-r', caseFile('x3000.etl'), ...FRAMES];
      const lines = output(await tshark(...collecting(), ...WITH_PLUGIN, ...args)).split('\n');
      expect(lines.slice(0, -1)).toEqual(
        Array.from({ length: X3000_PACKETS }, (_, at) => expect.stringMatching(`^${at + 1}\t3014\t.`)),
      );
    });
  });
});

/** A `describe` for tests that run valgrind; ETLCAP_REQUIRE_VALGRIND=1 makes a missing valgrind a failure. */
const describeWithValgrind = describe.skipIf(
  !isOnPath('valgrind') && process.env.ETLCAP_REQUIRE_VALGRIND !== '1',
);

describeWithTshark('the plugin under valgrind', () => {
  describeWithValgrind('reads and writes only memory that is allocated', () => {
    /** Uninitialised values are not counted: programs that valgrind starts have them in system libraries. */
    const underValgrind = (...args: string[]): Promise<Ended> => {
      const options = ['-q', '--undef-value-errors=no', `--error-exitcode=${VALGRIND_FOUND_ERRORS}`];
      return run('valgrind', [...options, 'tshark', ...args], { env });
    };

    it(
      'reader, dissector and statistics, with a garbage collection at each call',
      VALGRIND_TIMEOUT,
      async () => {
        const args = ['-2', '-c', '10', '-r', sample('pktmon-drops'), '-V', ...STATISTICS];
        const ended = await underValgrind(...collecting(), ...WITH_PLUGIN, ...args);
        expect(output(ended)).toContain(truth('pktmon-drops')[0]?.comment.NBL);
      },
    );

    describeWithCases('reader', () => {
      it.each([['one pass'], ['two passes', '-2']])(
        'x3000.etl, %s',
        VALGRIND_TIMEOUT,
        async (_, ...passes) => {
          const ended = await underValgrind(
            ...WITH_PLUGIN,
            ...passes,
            '-r',
            caseFile('x3000.etl'),
            '-T',
            'fields',
            '-e',
            'frame.number',
          );
          expect(output(ended).split('\n')).toHaveLength(X3000_PACKETS + 1);
        },
      );
    });
  });
});
