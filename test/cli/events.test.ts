import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { encodeTrace, eventRecord, TraceClock, unixTime } from '../../samples/encoder/index.js';
import { BIN, etlcap, run, sample, useDirectory } from './run.js';

const directory = useDirectory();
const NAT = sample('nat-vswitch');

/** A trace with one event of a provider whose name moves the cursor. */
function hostileTrace(): string {
  const clock = new TraceClock({ type: 'qpc', start: unixTime('2025-01-01T00:00:00Z') });
  const text = '\u001b[2J\u202eevil\r\n\0';
  const data = new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
  // TraceLogging metadata (TraceLoggingProvider.h): u16 size, tags, event name, field "T" as a Unicode string.
  const bytes = (value: string): number[] => [...new TextEncoder().encode(`${value}\0`)];
  const sized = (body: readonly number[]): Uint8Array => Uint8Array.from([body.length + 2, 0, ...body]);
  const record = eventRecord({
    provider: '3f1f9c22-6f5b-4a53-9d3c-6d1f0e6b7a10',
    id: 0,
    channel: 11,
    time: clock.startTicks,
    data,
    extended: [
      { type: 11, data: sized([0, ...bytes('Name\u001b]0;title\u0007'), ...bytes('T'), 1]) },
      { type: 12, data: sized(bytes('Provider\u009b31m')) },
    ],
  });
  const path = directory.file('hostile.etl');
  writeFileSync(path, encodeTrace({ clock }, [{ processor: 0, records: [record] }]));
  return path;
}

describe('etlcap events', () => {
  test('prints one line for each event, and nothing else', async () => {
    const { code, stderr, stdout } = await etlcap(['events', NAT]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.toString().trimEnd().split('\n');
    // 179 records, 74 of them packets (samples/README.md, the scenario's truth).
    expect(lines).toHaveLength(105);
    expect(lines.filter((line) => !/^2024-09-18 07:41:12\.\d{7}Z /.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes('Contoso.ContainerAgent'))).toEqual([
      '2024-09-18 07:41:12.0025013Z info Contoso.ContainerAgent [containerd.exe 3412:5108] EndpointAttached ' +
        'EndpointName=web-frontend CompartmentId=2 EndpointId=4c1d8d52-1a2b-4c3d-9e8f-00155d3c900a Ports=[80,443]',
    ]);
  });

  test.each(['--ndjson', '--json'])('%s prints the lines that --events ndjson writes', async (option) => {
    const { stdout } = await etlcap(['events', NAT, option]);
    const output = directory.file('nat.pcapng');
    await etlcap([NAT, '-o', output, '--events-output=-', '--events', 'ndjson', '-q']).then((written) => {
      expect(written.code).toBe(0);
      expect(stdout.toString()).toBe(written.stdout.toString());
    });
  });

  test('escapes what could move the cursor, in names and values', async () => {
    const { code, stdout } = await etlcap(['events', hostileTrace()]);
    expect(code).toBe(0);
    const text = stdout.toString();
    expect(text).toContain('evil');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text.split('\n').filter((line) => line.includes('evil'))).toHaveLength(1);
  });

  test('takes the filters of a conversion', async () => {
    const { stdout } = await etlcap([
      'events',
      '--providers',
      'microsoft-windows-dns-client',
      '--ndjson',
      NAT,
    ]);
    const events = stdout
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ id, message }) => [id, message.startsWith('DNS query is called')])).toEqual([
      [3006, true],
    ]);
    const none = await etlcap([
      'events',
      '--level',
      'critical',
      '--providers',
      'Contoso.ContainerAgent',
      NAT,
    ]);
    expect(none.stdout.toString()).toBe('');
  });

  test.skipIf(process.platform === 'win32')('ends quietly when its reader has seen enough', async () => {
    const line = `"${process.execPath}" "${BIN}" events ${Array(30).fill(`"${NAT}"`).join(' ')} | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stderr, stdout } = await run('bash', ['-c', line]);
    expect(stderr).toBe('');
    expect(stdout.toString().trimEnd().split('\n').at(-1)).toBe('0');
  });

  test.each([
    [['events'], 'no input'],
    [['events', NAT, '--level', 'loud'], "invalid --level 'loud': expected critical"],
    [['events', NAT, '--manifest', 'missing.man'], 'no such file'],
  ])('%j: exit 2 and one line', async (args, text) => {
    const { code, stderr } = await etlcap(args);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('the events of a conversion', () => {
  test('stand beside the pcapng, under its name', async () => {
    await etlcap([NAT, '-o', directory.path]);
    expect(directory.files()).toEqual(['nat-vswitch.events.json', 'nat-vswitch.pcapng']);
  });

  test('stand there too where the trace has no packets', async () => {
    const { code } = await etlcap([hostileTrace(), '-o', directory.path]);
    expect(code).toBe(4);
    expect(directory.files()).toEqual(['hostile.etl', 'hostile.events.json']);
  });

  test('are not overwritten without --force, and neither is the pcapng then', async () => {
    writeFileSync(directory.file('nat-vswitch.events.json'), 'mine');
    const refused = await etlcap([NAT, '-o', directory.path]);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('nat-vswitch.events.json: already exists');
    expect(directory.files()).toEqual(['nat-vswitch.events.json']);
    expect((await etlcap([NAT, '-o', directory.path, '--force'])).code).toBe(0);
  });

  test('go nowhere with -o -, unless --events-output names a file', async () => {
    await etlcap([NAT, '-o', '-'], { cwd: directory.path });
    expect(directory.files()).toEqual([]);
    const { code } = await etlcap([NAT, '-o', '-', '--events-output', 'e.json'], { cwd: directory.path });
    expect(code).toBe(0);
    expect(directory.files()).toEqual(['e.json']);
  });

  test('--split linktype: inline ETW events have a file of their own', async () => {
    const args = [sample('wifi-laptop'), '-o', directory.file('w.pcapng'), '--split', 'linktype'];
    const { code } = await etlcap([...args, '--inline-events', 'etw']);
    expect(code).toBe(0);
    expect(directory.captures()).toContain('w.etw.pcapng');
  });

  test('--events-output cannot be the trace, or the pcapng', async () => {
    for (const name of [NAT, directory.file('x.pcapng')]) {
      const { code } = await etlcap([
        NAT,
        '-o',
        directory.file('x.pcapng'),
        '--events-output',
        name,
        '--force',
      ]);
      expect(code).toBe(2);
    }
    expect(directory.files()).toEqual([]);
  });
});
