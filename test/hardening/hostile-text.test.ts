import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ByteWriter,
  encodeTrace,
  eventMapRecord,
  eventRecord,
  eventSchemaRecord,
  InType,
  processRecord,
  TraceClock,
  TraceLoggingType,
  traceLoggingItems,
} from '../../samples/encoder/index.js';
import { etlcap, sample } from '../cli/run.js';

/** An escape sequence, C1's CSI, an override of direction, an isolate, a bell, an invisible joiner. */
const HOSTILE = ['\u001b\u009b', '\u202e\u2066', '\u0007\u200b', '\u2028\u0085'] as const;
const hostile = (at: number): string => `x${HOSTILE[at % HOSTILE.length] ?? ''}y`;

/** All that must not reach a terminal or a file as it is; line feeds and CSV's returns end lines of the output itself. */
const RAW = /(?![\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Evidence that a hostile character was printed, as an escape. */
const ESCAPED = /\\u(?:\{[0-9a-f]+\}|[0-9a-f]{4})/u;

/** Names of one word in the samples that users gave or that Windows shows; other single words are names of fields. */
const WORDS = new Set([
  'Ethernet',
  'Upper',
  'Lower',
  'nat',
  'Relogger',
  'TCPIP',
  'WLAN',
  'Synthetic',
  'Internal',
]);

/**
 * A copy of a trace in which hostile characters stand in every UTF-16 text of three characters or more, as long as before;
 * not in names of fields, by which schemas are understood.
 */
function poisoned(trace: Uint8Array): Uint8Array {
  const bytes = trace.slice();
  const unit = (at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  for (let at = 0; at + 1 < bytes.length; at++) {
    let text = '';
    for (let n = at; unit(n) >= 0x20 && unit(n) < 0x7f; n += 2) text += String.fromCharCode(unit(n));
    if (text.length < 3) continue;
    if (WORDS.has(text) || /[^A-Za-z0-9]/u.test(text)) {
      const pair = HOSTILE[text.length % HOSTILE.length] ?? '';
      for (let n = 0; n < 2; n++) {
        const code = pair.charCodeAt(n);
        bytes[at + 2 + 2 * n] = code & 0xff;
        bytes[at + 3 + 2 * n] = code >> 8;
      }
    }
    at += 2 * text.length - 1;
  }
  return bytes;
}

const PROVIDER = '11111111-2222-4333-8444-555555555555';
const RAS = 'd84521f7-2235-4237-a7c0-14e3a9676286';
const SELF_DESCRIBING = '99999999-2222-4333-8444-555555555555';

/** Texts of kinds that the samples lack: names of processes and users, TraceLogging, schemas with hostile names of fields. */
function traceOfNames(): Uint8Array {
  const clock = new TraceClock({ type: 'qpc', start: 17_000_000_000_000_000n });
  const time = (n: number): bigint => clock.startTicks + BigInt(n);
  const frame = Uint8Array.from({ length: 60 }, (_, n) => n);
  const string = (text: string): Uint8Array => new ByteWriter().utf16z(text).take();
  const records = [
    processRecord('running', { processId: 4321, imageName: 'p\u001b\u009b.exe' }, time(0)),
    eventSchemaRecord(
      {
        provider: PROVIDER,
        providerName: hostile(0),
        id: 7,
        taskName: hostile(1),
        opcodeName: hostile(2),
        levelName: hostile(3),
        message: `${hostile(0)} %1 %2 ${hostile(1)}`,
        fields: [
          { name: hostile(2), inType: InType.unicodeString },
          { name: hostile(3), inType: InType.uint32, map: 'M' },
        ],
      },
      time(1),
    ),
    eventMapRecord(
      { provider: PROVIDER, name: 'M', kind: 'value', entries: new Map([[1, hostile(0)]]) },
      time(2),
    ),
    eventRecord({
      provider: PROVIDER,
      id: 7,
      time: time(3),
      processId: 4321,
      data: new ByteWriter().utf16z(hostile(1)).u32(1).take(),
    }),
    eventRecord({
      provider: SELF_DESCRIBING,
      id: 0,
      time: time(4),
      processId: 4321,
      data: new ByteWriter().utf16z(hostile(2)).utf8z(hostile(3)).take(),
      extended: traceLoggingItems(hostile(0), hostile(1), [
        { name: hostile(2), type: TraceLoggingType.unicodeString },
        { name: hostile(3), type: TraceLoggingType.ansiString },
      ]),
    }),
    eventRecord({
      provider: RAS,
      id: 5001,
      time: time(5),
      processId: 4321,
      data: new ByteWriter()
        .bytes(string(hostile(0)))
        .bytes(string(hostile(1)))
        .u32(frame.length)
        .bytes(frame)
        .take(),
    }),
  ];
  return encodeTrace({ clock, loggerName: hostile(2), logFileName: hostile(3), bufferSize: 64 * 1024 }, [
    { processor: 0, records },
  ]);
}

const directory = mkdtempSync(join(tmpdir(), 'etlcap-hostile-'));
afterAll(() => rmSync(directory, { recursive: true }));
const file = (name: string): string => join(directory, name);

const TRACES = ['vswitch', 'pktmon', 'team', 'names'] as const;
const pathOf = (trace: string): string => file(`${trace} \u202e\u009b.etl`);

beforeAll(() => {
  writeFileSync(pathOf('vswitch'), poisoned(readFileSync(sample('nat-vswitch'))));
  writeFileSync(pathOf('pktmon'), poisoned(readFileSync(sample('pktmon-drops'))));
  writeFileSync(pathOf('team'), poisoned(readFileSync(sample('lbfo-team'))));
  writeFileSync(pathOf('names'), traceOfNames());
  mkdirSync(file('out'));
});

/** Runs a command on a hostile trace; checks what it printed and every text file it wrote into `out`. */
async function check(args: readonly string[], codes: readonly number[] = [0]): Promise<string> {
  rmSync(file('out'), { recursive: true });
  mkdirSync(file('out'));
  const { code, stderr, stdout } = await etlcap(args, { cwd: directory });
  expect(codes, stderr).toContain(code);
  const isBinary = args.includes('-') && args[0] !== 'report';
  const written = readdirSync(file('out'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:json|ndjson|html|xml|csv)$/u.test(name),
  );
  const texts = [
    stderr,
    ...(isBinary ? [] : [stdout.toString()]),
    ...written.map((name) => readFileSync(join(file('out'), name), 'utf8')),
  ];
  for (const text of texts) {
    const [found] = RAW.exec(text) ?? [];
    expect(found && `U+${found.codePointAt(0)?.toString(16)} in ${text.slice(0, 200)}`).toBeUndefined();
  }
  const all = texts.join('\n');
  expect(all).toMatch(ESCAPED);
  return all;
}

describe.each(TRACES)('hostile text of the trace "%s" is escaped in every output of', (trace) => {
  const input = pathOf(trace);
  const isJson = (text: string): void => void JSON.parse(text);
  const isLines = (text: string): void => {
    for (const line of text.trim().split('\n')) JSON.parse(line);
  };

  it('convert', async () => {
    await check([input, '-f', '-o', file('out/a.pcapng')]);
    await check([input, '-f', '-o', file('out/a.pcapng'), '--events', 'ndjson']);
    await check([input, '-f', '-o', '-']);
    await check([input, '-f', '-o', file('out/a.pcapng'), '--providers', hostile(0)]);
    await check([input, '-f', '-o', file('out/a.pcapng'), '--component', hostile(1)], [4]);
    await check([input, '-f', '-q', '-o', file('out/none\u202e/a.pcapng')], [1]);
    isJson(await check([input, '-f', '--json', '--events', 'none', '-o', file('out/a.pcapng')]));
  });

  it('info', async () => {
    await check(['info', input]);
    isJson(await check(['info', '--json', input]));
  });

  it('events', async () => {
    await check(['events', input]);
    isLines(await check(['events', '--ndjson', input]));
    await check(['events', input, '--providers', hostile(2)]);
  });

  it.runIf(trace !== 'names')('path', async () => {
    await check(['path', input]);
    isLines(await check(['path', '--json', input]));
    await check(['path', '--csv', input]);
    await check(['path', '--summary', input]);
    isJson(await check(['path', '--summary', '--json', input]));
    await check(['path', '--compare', pathOf('names'), input]);
    isJson(await check(['path', '--compare', pathOf('names'), '--json', input]));
  });

  it('report', async () => {
    const page = await check(['report', input, '-f', '-o', file('out/report.html')]);
    // The page shows texts: they are escaped for people as well.
    const data: unknown = JSON.parse(/id="data">(.*?)<\/script>/su.exec(page)?.[1] ?? '');
    expect(JSON.stringify(data)).not.toMatch(RAW);
  });

  it('batch', async () => {
    const reports = ['--report', file('out/r.json'), '--report', file('out/r.xml')];
    await check(['batch', input, '-f', '-o', file('out/b'), ...reports]);
    const printed = ['batch', input, '-f', '-q', '--events', 'none', '--json', '-o', file('out/b')];
    await check(printed);
    const { stdout } = await etlcap(printed, { cwd: directory });
    isJson(stdout.toString());
    await check(['batch', input, '-f', '--log-format', 'json', '-o', file('out/b')]);
  });
});

/** Members of a JSON value by path, with `[]` for any position: `components[].name`. */
function textsAt(value: unknown, path: string, texts: Map<string, string[]>): void {
  if (typeof value === 'string') texts.set(path, [...(texts.get(path) ?? []), value]);
  else if (Array.isArray(value)) for (const item of value) textsAt(item, `${path}[]`, texts);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value))
      textsAt(member, path === '' ? name : `${path}.${name}`, texts);
  }
}

it('the traces are hostile in every text that info shows, and JSON keeps the characters', async () => {
  const texts = new Map<string, string[]>();
  for (const trace of TRACES) {
    const { stdout } = await etlcap(['info', '--json', pathOf(trace)]);
    textsAt(JSON.parse(stdout.toString()), '', texts);
  }
  const clean = [
    'logger.name',
    'logger.fileName',
    'system.product',
    'system.systemDirectory',
    'system.timeZone.name',
    'hostInterfaces[].alias',
    'hostInterfaces[].description',
    'components[].type',
    'components[].name',
    'components[].description',
    'components[].vSwitch',
    'components[].properties[].name',
    'components[].properties[].value',
    'components[].edges[].name',
    'filters[].name',
    'interfaces[].name',
    'interfaces[].description',
    'interfaces[].nicName',
    'interfaces[].vSwitch',
    'packets.drops[].Drop',
    'providers[].name',
    'captureSources[].name',
    'captureSources[].layers[].name',
    'switchNics[].friendlyName',
    'switchNics[].vSwitch',
  ].filter((path) => !(texts.get(path) ?? []).some((text) => RAW.test(text)));
  expect(clean).toEqual([]);
});

it('a cell of the CSV that a spreadsheet would take for a formula begins with an apostrophe, fullwidth forms too', async () => {
  const { pathCsv } = await import('../../src/cli/text/paths.js');
  const cell = (name: string): string =>
    pathCsv({
      format: 'etlcap-path',
      formatVersion: 1,
      packetSource: 'ndis',
      Packet: 1,
      inferred: false,
      firstFrame: 1,
      time: '',
      duration: 0,
      protocol: 'UDP',
      hops: [
        {
          Hop: 1,
          frame: 1,
          time: 't',
          sinceFirst: 0,
          sincePrevious: 0,
          interface: name,
          CPU: 0,
          protocol: 'UDP',
          length: 1,
        },
      ],
      steps: [],
      outcome: { kind: 'last-seen', location: '', frame: 1, unseenEdges: [] },
    }).split(',')[16] ?? '';
  for (const start of ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
    expect(cell(`${start}1`).startsWith("'"), start).toBe(true);
  }
  expect(cell('Ethernet')).toBe('Ethernet');
});
