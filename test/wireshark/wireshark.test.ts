import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, etlcap, run, sample, useDirectory } from '../cli/run.js';
import { readSection } from '../support/pcapng-reader.js';
import { describeWithTshark, hasTshark } from '../support/wireshark.js';
import { converted, homeOf, sourceText, truth, withComments } from './support.js';

/** A user's home in which etlcap is installed for the Wireshark of this machine. */
const home = mkdtempSync(join(tmpdir(), 'etlcap-home-'));
const env = homeOf(home);
const launcher = join(home, '.config', 'wireshark', 'extcap', 'etlcap');
const directory = useDirectory();

const tshark = (...args: string[]): Promise<Ended> => run('tshark', args, { env });
const lines = ({ stdout }: Ended): string[] => stdout.toString().split('\n').slice(0, -1);
/** The messages of a program, without tshark's warning about the superuser. */
const said = ({ stderr }: Ended): string[] =>
  stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Running as user'));

const NBL_PACKETS = truth('nat-vswitch').length;
const trace = sample('nat-vswitch');

beforeAll(async () => {
  mkdirSync(join(home, '.config', 'wireshark'), { recursive: true });
  if (hasTshark) expect((await etlcap(['wireshark', 'install'], { env })).code).toBe(0);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('extcap answers', () => {
  it('names one interface', async () => {
    const { stdout } = await etlcap(['extcap', '--extcap-interfaces', '--extcap-version=4.0']);
    expect(stdout.toString()).toMatch(
      /^extcap \{version=\d[^}]*\}.*\ninterface \{value=etlcap\}\{display=[^}]+\}\n$/u,
    );
  });

  it('every argument of the dialog has a number of its own, and every choice one default', async () => {
    const { stdout } = await etlcap(['extcap', '--extcap-interface', 'etlcap', '--extcap-config']);
    const sentences = stdout.toString().split('\n').slice(0, -1);
    const numbers = sentences.flatMap((line) => /^arg \{number=(\d+)\}\{call=--/u.exec(line)?.[1] ?? []);
    expect(numbers).toEqual(numbers.map((_, at) => String(at)));
    const selectors = sentences.filter((line) => line.includes('{type=selector}')).length;
    expect(sentences.filter((line) => line.endsWith('{default=true}'))).toHaveLength(selectors);
    expect(sentences.filter((line) => !/^(?:arg|value) (?:\{[a-z]+=[^{}]*\})+$/u.test(line))).toEqual([]);
  });

  it.each([
    [['--capture', '--extcap-interface', 'etlcap', '--fifo', '/dev/null'], 2, /no trace chosen/u],
    [['--capture', '--extcap-interface', 'etlcap', '--trace', trace], 2, /--fifo/u],
    [['--capture', '--extcap-interface', 'eth0'], 2, /'eth0'/u],
    [
      ['--capture', '--extcap-interface', 'etlcap', '--fifo', '/dev/null', '--trace', '/none.etl'],
      1,
      /\/none\.etl: no such file/u,
    ],
    [
      ['--capture', '--extcap-interface', 'etlcap', '--fifo', '/dev/null', '--trace', trace, '--since', 'x'],
      2,
      /--since/u,
    ],
    [
      [
        '--capture',
        '--extcap-interface',
        'etlcap',
        '--fifo',
        '/dev/null',
        '--trace',
        trace,
        '--since',
        '2099-01-01',
      ],
      4,
      /filters exclude all/u,
    ],
  ])('%j ends with %i and one line that says why', async (args, code, reason) => {
    const ended = await etlcap(['extcap', ...args]);
    expect(ended.code).toBe(code);
    expect(said(ended)).toEqual([expect.stringMatching(reason)]);
  });

  it('options that this version does not know are let through', async () => {
    const args = [
      'extcap',
      '--extcap-interface',
      'etlcap',
      '--extcap-dlts',
      '--log-level',
      'noisy',
      '--new=1',
    ];
    expect((await etlcap(args)).stdout.toString()).toMatch(/^dlt \{number=1\}/u);
  });
});

describeWithTshark('Wireshark with etlcap installed', () => {
  it('tshark -D lists the capture source', async () => {
    expect(lines(await tshark('-D')).join('\n')).toMatch(/\betlcap \(ETL trace/u);
  });

  it('tshark captures from it, all packets and their interfaces', async () => {
    const output = directory.file('out.pcapng');
    await tshark('-i', 'etlcap', '-o', `extcap.etlcap.trace:${trace}`, '-w', output);
    const captured = readSection(new Uint8Array(readFileSync(output)));
    const expected = readSection(await converted('nat-vswitch'));
    expect(captured.packets).toHaveLength(NBL_PACKETS);
    expect(captured.packets.map(({ comments, data }) => ({ comments, data: Buffer.from(data) }))).toEqual(
      expected.packets.map(({ comments, data }) => ({ comments, data: Buffer.from(data) })),
    );
    expect(captured.interfaces.map(({ name }) => name)).toEqual(
      expect.arrayContaining(expected.interfaces.map(({ name }) => name)),
    );
  });

  it('choices of the dialog reach the conversion', async () => {
    const output = directory.file('out.pcapng');
    await tshark(
      '-i',
      'etlcap',
      '-o',
      `extcap.etlcap.trace:${trace}`,
      '-o',
      'extcap.etlcap.drops:only',
      '-w',
      output,
    );
    const drops = truth('nat-vswitch').filter(({ dropped }) => dropped === true).length;
    expect(readSection(new Uint8Array(readFileSync(output))).packets).toHaveLength(drops);
  });

  it('an error of the conversion reaches the user of tshark', async () => {
    const ended = await tshark('-i', 'etlcap', '-o', 'extcap.etlcap.trace:/none.etl');
    expect(ended.stderr).toContain('/none.etl: no such file or directory');
  });

  it('dumpcap takes its pipe', async () => {
    const fifo = directory.file('fifo');
    execFileSync('mkfifo', [fifo]);
    const output = directory.file('out.pcapng');
    const dumpcap = run('dumpcap', ['-q', '-i', fifo, '-w', output], { env });
    const args = ['--capture', '--extcap-interface', 'etlcap', '--fifo', fifo, '--trace', trace];
    const ended = await run(launcher, args);
    expect({ code: ended.code, said: said(ended) }).toEqual({ code: 0, said: [] });
    await dumpcap;
    expect(readSection(new Uint8Array(readFileSync(output))).packets).toHaveLength(NBL_PACKETS);
  });

  it('ends without a word when the reader goes away', async () => {
    const fifo = directory.file('fifo');
    execFileSync('mkfifo', [fifo]);
    const reader = spawn('head', ['-c', '100', fifo], { stdio: 'ignore' });
    const args = ['--capture', '--extcap-interface', 'etlcap', '--fifo', fifo, '--trace', trace];
    const ended = await run(launcher, args);
    reader.kill();
    expect({ code: ended.code, said: said(ended) }).toEqual({ code: 0, said: [] });
  });

  it('ends on SIGTERM while it waits for a reader', async () => {
    const fifo = directory.file('fifo');
    execFileSync('mkfifo', [fifo]);
    const args = ['--capture', '--extcap-interface', 'etlcap', '--fifo', fifo, '--trace', trace];
    const ended = await run(launcher, args, {
      onStart: (child) => void setTimeout(() => child.kill('SIGTERM'), 700),
    });
    expect(said(ended)).toEqual([]);
  });
});

describeWithTshark('tshark -r for .etl', () => {
  const FIELDS = [
    'frame.time_epoch',
    'frame.len',
    'frame.cap_len',
    'frame.encap_type',
    'ip.src',
    'etl.interface',
    'etl.nbl',
    'etl.hop',
    'etl.drop',
  ];
  const columns = FIELDS.flatMap((field) => ['-e', field]);

  it.each(['pktmon-drops', 'nat-vswitch', 'wifi-laptop'])(
    '%s shows what the converted file shows',
    async (name) => {
      const capture = directory.file('converted.pcapng');
      writeFileSync(capture, await converted(name));
      const expected = lines(await tshark('-r', capture, '-T', 'fields', ...columns));
      expect(expected).toHaveLength(truth(name).length);
      // Two passes read each packet twice, from places out of order.
      expect(lines(await tshark('-2', '-r', sample(name), '-T', 'fields', ...columns))).toEqual(expected);
    },
  );

  it('takes a name that a shell would act on', async () => {
    const path = directory.file(`a b'"$(touch x);.etl`);
    writeFileSync(path, readFileSync(trace));
    expect(lines(await tshark('-r', path, '-T', 'fields', '-e', 'frame.number'))).toHaveLength(NBL_PACKETS);
    expect(directory.files()).toHaveLength(1);
  });

  it('can be switched off', async () => {
    const { code, stderr } = await tshark('-o', 'etl.open_files:FALSE', '-r', trace);
    expect(code).not.toBe(0);
    expect(stderr).toContain('format');
  });

  it('leaves other files to other readers', async () => {
    const path = directory.file('trace.etl');
    writeFileSync(path, 'not a trace\n'.repeat(20));
    expect((await tshark('-r', path)).code).not.toBe(0);
    writeFileSync(path, await converted('nat-vswitch'));
    expect(lines(await tshark('-r', path, '-T', 'fields', '-e', 'frame.number'))).toHaveLength(NBL_PACKETS);
  });
});

describeWithTshark('the profile ETL', () => {
  const withProfile = (...args: string[]): Promise<Ended> => tshark('-C', 'ETL', ...args);

  it('is taken by Wireshark without a complaint', async () => {
    expect(said(await withProfile('-r', trace, '-c', '1'))).toEqual([]);
  });

  it('has columns for packet, hop, location, direction and drop, and the NBL last', async () => {
    const capture = directory.file('numbered.pcapng');
    const comment =
      'PID=4 TID=8 CPU=1 Dir=Ingress Packet=1234 Hop=56 Match=number NBL=0xabcdef Drop="Unauthorized VLAN"';
    writeFileSync(capture, withComments([{ comment, at: 'db "test" (Synthetic) port 4' }]));
    const [line = ''] = lines(await withProfile('-r', capture));
    expect(line).toMatch(/^ *1 +0\.0+ 1234 56 db "test" \(Synthetic\) port 4 Ingress 00:/u);
    expect(line).toMatch(/ 60 Unauthorized VLAN Ethernet II 0x0*abcdef$/u);
  });

  it('has a width for each column, in the order of the columns', () => {
    const columns = [...sourceText('profile/preferences').matchAll(/^\t"[^"]+", "(%[^"]+)"/gmu)];
    const widths = [...sourceText('profile/recent').matchAll(/"?(%[^",]+)"?, \d+/gu)];
    expect(columns).toHaveLength(13);
    // Older versions of Wireshark find a width by the field, newer ones by the position.
    expect(widths.map(([, name]) => name)).toEqual(columns.map(([, name]) => name?.replace(/:0:R$/u, '')));
  });

  it('does not call the second appearance of a packet a retransmission', async () => {
    const complaints = async (run: (...args: string[]) => Promise<Ended>): Promise<string[]> =>
      lines(await run('-q', '-r', trace, '-z', 'expert,warn'))
        .concat(lines(await run('-q', '-r', trace, '-z', 'expert,note')))
        .filter((line) => /retransmission|Duplicate ACK/iu.test(line));
    expect(await complaints(tshark)).not.toEqual([]);
    expect(await complaints(withProfile)).toEqual([]);
  });

  it('each colour and each button has a filter that Wireshark takes', async () => {
    const colors = sourceText('profile/colorfilters')
      .split('\n')
      .flatMap((line) => /^@[^@]+@([^@]+)@\[/u.exec(line)?.[1] ?? []);
    const buttons = sourceText('profile/dfilter_buttons')
      .split('\n')
      .flatMap((line) => /^"TRUE","[^"]+","([^"]+)"/u.exec(line)?.[1] ?? []);
    expect(colors).toHaveLength(9);
    expect(buttons).toHaveLength(10);
    const filters = [...colors, ...buttons.map((filter) => filter.replaceAll('\\x22', '"'))];
    const all = filters.map((filter) => `(${filter})`).join(' || ');
    expect(said(await tshark('-r', trace, '-c', '1', '-Y', all))).toEqual([]);
  });
});
