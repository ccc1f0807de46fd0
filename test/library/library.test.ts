import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { natVswitch } from '../../samples/scenarios/index.js';
import type { SidecarEvent } from '../../src/events/event.js';
import { convert, merge } from '../../src/library/convert.js';
import { etlToPcapng } from '../../src/library/etl-to-pcapng.js';
import { listEvents } from '../../src/library/list-events.js';
import { openTrace } from '../../src/library/open-trace.js';
import { listPaths, summarizePaths } from '../../src/library/paths.js';
import { traceInfo } from '../../src/library/trace-info.js';
import { writeReport } from '../../src/library/write-report.js';
import { ConvertError } from '../../src/passes/errors.js';
import { readSection } from '../support/pcapng-reader.js';

const SAMPLE = new URL('../../samples/nat-vswitch.etl', import.meta.url).pathname;
const scenario = natVswitch();

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'etlcap-library-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function collect(source: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

describe('etlToPcapng, a stream from ETL bytes to pcapng bytes', () => {
  it('gives the bytes that convert writes into a file', async () => {
    const file = join(directory, 'file.pcapng');
    await convert(SAMPLE, file);
    const streamed = await collect(createReadStream(SAMPLE).pipe(etlToPcapng()));
    expect(Buffer.compare(streamed, await readFile(file))).toBe(0);
  });

  it('emits every record that is not a packet, with the number of the packet before it', async () => {
    const stream = etlToPcapng();
    const events: SidecarEvent[] = [];
    stream.on('event', (event) => events.push(event));
    const pcapng = await collect(createReadStream(SAMPLE).pipe(stream));
    const { packets } = readSection(pcapng);
    const vmSwitch = events.filter(({ providerId }) => providerId === '67dc0d66-3695-47c0-9642-33f76f7bd7ad');
    const expected = Object.entries(scenario.truth.events)
      .filter(([kind]) => kind.toLowerCase().startsWith('67dc0d66'))
      .reduce((sum, [, count]) => sum + count, 0);
    expect(vmSwitch.length).toBe(expected);
    for (const { afterFrame, time } of events) {
      const ticks = BigInt(Date.parse(time)) * 10_000n + BigInt(time.slice(-5, -1));
      if (afterFrame > 0) expect(packets[afterFrame - 1]?.timestamp).toBeLessThanOrEqual(ticks);
      if (afterFrame < packets.length) expect(packets[afterFrame]?.timestamp).toBeGreaterThanOrEqual(ticks);
    }
  });

  it('ends with an error, not with half a file, where the bytes are no trace', async () => {
    const bytes: Uint8Array[] = [];
    const into = new Writable({
      write: (chunk: Uint8Array, _encoding, done) => {
        bytes.push(chunk);
        done();
      },
    });
    await expect(pipeline(Readable.from([Buffer.from('no trace')]), etlToPcapng(), into)).rejects.toThrow(
      ConvertError,
    );
    expect(bytes).toEqual([]);
  });

  it('leaves no temporary file behind when it is destroyed half way', async () => {
    // A separate directory: other tests create and remove temporary files at the same time.
    const own = await mkdtemp(join(directory, 'tmp-'));
    vi.stubEnv('TMPDIR', own);
    try {
      const stream = etlToPcapng();
      stream.write((await readFile(SAMPLE)).subarray(0, 10_000));
      await new Promise((resolve) => setTimeout(resolve, 20));
      const closed = new Promise((resolve) => stream.once('close', resolve));
      stream.destroy();
      await closed;
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await readdir(own)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('waits for a slow reader', async () => {
    const stream = createReadStream(SAMPLE).pipe(etlToPcapng());
    let bytes = 0;
    for await (const chunk of stream) {
      bytes += chunk instanceof Uint8Array ? chunk.length : 0;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(bytes).toBeGreaterThan(10_000);
  });
});

describe('openTrace, for the records themselves', () => {
  it('gives all records in the order of time', () => {
    const trace = openTrace(SAMPLE);
    let count = 0;
    let last = 0n;
    let packets = 0;
    for (const record of trace.records()) {
      expect(record.filetime()).toBeGreaterThanOrEqual(last);
      last = record.filetime();
      count += 1;
      if (record.providerId === '2ed6006e-4729-4609-b423-3ee7bcd678ef') packets += 1;
    }
    trace.close();
    expect(count).toBe(trace.survey().records);
    const expected = Object.entries(scenario.truth.events).filter(([kind]) => kind.startsWith('2ed6006e'));
    expect(packets).toBe(expected.reduce((sum, [, events]) => sum + events, 0));
  });
});

describe('what a caller without types gets wrong', () => {
  const wrong = (options: object) => convert(SAMPLE, join(directory, 'never.pcapng'), options);

  it.each([
    [{ drops: 'onyl' }, "invalid option drops: expected 'only' or 'exclude'"],
    [{ since: '2030-01-01' }, 'invalid option since: expected a bigint, Unix time in 100 ns'],
    [{ component: ['59'] }, 'there is no option component'],
    [{ constructor: 1 }, 'there is no option constructor'],
  ])('%o is refused with a ConvertError, and nothing is written', async (options, message) => {
    await expect(wrong(options)).rejects.toMatchObject({ name: 'ConvertError', code: 'usage', message });
    expect(await readdir(directory)).not.toContain('never.pcapng');
  });

  const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() });

  it.each<[string, (options: object) => Promise<unknown>]>([
    ['merge', (options) => merge([SAMPLE], sink(), options)],
    ['traceInfo', (options) => traceInfo(SAMPLE, options)],
    ['listEvents', (options) => listEvents(SAMPLE, sink(), options)],
    ['listPaths', (options) => listPaths([SAMPLE], sink(), options)],
    ['summarizePaths', (options) => summarizePaths([SAMPLE], options)],
    ['writeReport', (options) => writeReport([SAMPLE], sink(), options)],
    ['etlToPcapng', async (options) => etlToPcapng(options)],
  ])('%s refuses an unknown option and a wrong value, by name', async (name, call) => {
    await expect(call({ compartment: 1 })).rejects.toMatchObject({
      code: 'usage',
      message: 'there is no option compartment',
    });
    await expect(call({ onProgress: 'often' })).rejects.toMatchObject({
      code: 'usage',
      message: 'invalid option onProgress: expected a function',
    });
    if (name !== 'traceInfo' && name !== 'listEvents') {
      await expect(call({ drops: 'onyl' })).rejects.toMatchObject({
        code: 'usage',
        message: "invalid option drops: expected 'only' or 'exclude'",
      });
    }
  });

  it.each([
    [
      { ports: '443' },
      'invalid option ports: expected an array; each element: a whole number from 0 to 65535',
    ],
    [
      { ports: [70_000] },
      'invalid option ports: expected an array; each element: a whole number from 0 to 65535',
    ],
    [
      { addresses: ['10.0.0.300'] },
      'invalid option addresses: expected an array; each element: an IP address or network such as 10.0.0.0/8',
    ],
    [
      { protocols: ['tpc'] },
      'invalid option protocols: expected an array; each element: a protocol such as tcp, icmpv6 or 89, as a string',
    ],
    [{ since: 2n, until: 1n }, 'the option until must be later than since'],
  ])('summarizePaths refuses %o', async (options: object, message) => {
    await expect(summarizePaths([SAMPLE], options)).rejects.toMatchObject({ code: 'usage', message });
  });

  it('protocols may be written as on the command line', async () => {
    const [icmp, number] = await Promise.all(
      [['icmp'], ['1']].map((protocols) => summarizePaths([SAMPLE], { protocols })),
    );
    expect(icmp?.packets).toBeGreaterThan(0);
    expect(number?.packets).toBe(icmp?.packets);
  });

  it('damage() has each section that the reader skipped, with its offset', () => {
    // WMI_BUFFER_HEADER.BufferSize of the first buffer: the file ends inside the first record of the second one.
    const bytes = readFileSync(SAMPLE);
    const bufferSize = bytes.readUInt32LE(0);
    const path = join(directory, 'torn.etl');
    writeFileSync(path, bytes.subarray(0, bufferSize + 80));
    const trace = openTrace(path);
    expect(trace.damage()).toEqual({ sections: 0, bytes: 0, items: [] });
    trace.survey();
    const { items, sections } = trace.damage();
    trace.close();
    expect(items).toHaveLength(sections);
    expect(items.map(({ kind }) => kind)).toContain('torn-buffer');
    for (const { offset } of items) expect(offset).toBeGreaterThanOrEqual(bufferSize);
    expect(Object.keys(trace).sort()).toEqual(['close', 'damage', 'header', 'records', 'survey']);
  });

  it('a trace that is not there is a ConvertError for openTrace too', () => {
    expect(() => openTrace(join(directory, 'nosuch.etl'))).toThrow(ConvertError);
  });
});
