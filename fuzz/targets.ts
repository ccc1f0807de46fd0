import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeRecords, eventRecord, TraceClock } from '../samples/encoder/index.js';
import { Clock, EtlError, EventRecord, mergeTraces, Trace } from '../src/etl/index.js';
import { Lz77Expander } from '../src/etl/read/lz77.js';
import { eventData, formatMessage, readFields, SchemaStore } from '../src/etw/index.js';
import {
  CompartmentFileError,
  describeInterfaces,
  HostLimitError,
  HostSurvey,
  LocationRegistry,
  parseCompartments,
} from '../src/host/index.js';
import { Archives, listTraces, nodeRuntime, openTraceAt } from '../src/io/index.js';
import { convert } from '../src/library/index.js';
import { diagnoseTraces, followPackets } from '../src/listing/index.js';
import { packetComment } from '../src/packets/comments/packet-comment.js';
import { CaptureDecoder, type Packet } from '../src/packets/index.js';
import { ConvertError, type OpenInput } from '../src/passes/index.js';
import { memorySource } from '../test/support/memory-source.js';
import { readPcapng } from '../test/support/pcapng-reader.js';
import { expandLz77 } from '../test/support/reference-lz77.js';
import { splitRecords } from './records.js';

/** A function with untrusted input. Throws if it breaks its promise. */
export type Target = (input: Uint8Array) => void | Promise<void>;

/** A promise that was broken without an exception. */
class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

function promise(kept: boolean, what: string): void {
  if (!kept) throw new BrokenPromise(what);
}

/** The container: any bytes are a trace with its damage counted, or an EtlError. */
function container(input: Uint8Array): void {
  let trace: Trace;
  try {
    trace = new Trace(memorySource(input));
  } catch (error) {
    if (error instanceof EtlError) return;
    throw error;
  }
  let seen = 0;
  const survey = trace.survey((record) => {
    seen += 1;
    const end = record.payloadOffset + record.payloadLength;
    promise(end === record.offset + record.size && end <= record.bytes.length, 'a record beyond its bytes');
    record.filetime();
    record.extendedItems();
    promise(record.providerId.length === 36, 'a provider without a GUID');
  });
  promise(seen === survey.records, 'records that are not counted');
  const { damage } = trace;
  promise(
    damage.items.every(({ bytes, offset }) => bytes >= 0 && offset >= 0 && offset <= input.length),
    'damage outside of the file',
  );
  let merged = 0;
  for (const batch of mergeTraces([trace])) merged += batch.count;
  promise(merged === survey.records, `${merged} records merged of ${survey.records}`);
}

/** LZ77: the first four bytes are the requested size, the rest is the stream, passed in chunks. */
function lz77(input: Uint8Array): void {
  if (input.length < 4) return;
  const wanted = (input[0] ?? 0) | ((input[1] ?? 0) << 8);
  const chunk = 1 + (input[2] ?? 0);
  const stream = input.subarray(4);
  let at = 0;
  const expander = new Lz77Expander((into) => {
    const part = stream.subarray(at, at + Math.min(chunk, into.length));
    into.set(part);
    at += part.length;
    return part.length;
  }, chunk);
  const out = new Uint8Array(wanted);
  const half = wanted >> 1;
  let end = expander.expand(out, 0, half);
  if (end === half) end = expander.expand(out, half, wanted);
  promise(end <= wanted, 'more than was asked for');
  promise((end === wanted) === (expander.failure === undefined), 'a failure that is not told, or none');
  let reference: Uint8Array;
  try {
    reference = expandLz77(stream, wanted);
  } catch {
    promise(end < wanted || expander.failure !== undefined, 'more than the reference finds');
    return;
  }
  if (expander.failure === undefined) promise(equal(out, reference), 'other bytes than the reference');
}

/** Records in a trace that is whole: schemas, values, packets, the model of the host. */
function records(input: Uint8Array): void {
  const file = encodeRecords({ clock: CLOCK, form: 'merged' }, splitRecords(input));
  const trace = new Trace(memorySource(file));
  const schemas = new SchemaStore();
  const registry = new LocationRegistry();
  const survey = new HostSurvey(schemas);
  try {
    const first = new CaptureDecoder({ registry, schemas });
    trace.survey((record) => {
      if (first.decode(record) === 'packet') return;
      survey.observe(record);
      schemas.addFromTrace(record);
    });
    const header = trace.header;
    const model = survey.finish({ header });
    const names = {
      componentName: () => undefined,
      dropReasonText: () => undefined,
      compartmentId: () => undefined,
    };
    const decoder = new CaptureDecoder({ registry, schemas });
    const record = new EventRecord();
    for (const batch of mergeTraces([trace])) {
      for (let n = 0; n < batch.count; n++) {
        batch.load(n, record);
        if (decoder.decode(record) === 'packet') {
          checkPacket(decoder.packet);
          packetComment(decoder.packet, names, 'full');
        } else {
          checkEvent(schemas, record);
        }
      }
    }
    decoder.finish();
    const described = describeInterfaces(registry.all(), model);
    promise(new Set(described.map(({ name }) => name)).size === described.length, 'two names alike');
  } catch (error) {
    if (!(error instanceof HostLimitError)) throw error;
  }
}

function checkPacket({ bytes, length, originalLength, captureLocation, start }: Packet): void {
  promise(start >= 0 && length >= 0 && start + length <= bytes.length, 'a packet beyond its bytes');
  promise(originalLength >= length, 'an original length below the captured one');
  promise(captureLocation.key !== '', 'a packet without a place');
}

function checkEvent(schemas: SchemaStore, record: EventRecord): void {
  const schema = schemas.locate(record);
  JSON.parse(eventData(schema, record).json);
  if (schema !== undefined) formatMessage(schema, readFields(schema, record).values);
}

/** A manifest, and event 1 that it declares. */
async function manifest(input: Uint8Array): Promise<void> {
  const schemas = new SchemaStore();
  schemas.addManifest(new TextDecoder().decode(input), 'fuzz');
  await schemas.prepare();
  for (const version of [0, 1]) {
    const schema = schemas.locateById(MANIFEST_PROVIDER, 1, version);
    if (schema === undefined) continue;
    const record = new EventRecord();
    const clock = new Clock('system-time', 10_000_000, 0n, 0n);
    const view = new DataView(EVENT.buffer, EVENT.byteOffset, EVENT.byteLength);
    record.moveTo(EVENT, view, 0, EVENT.length, 0, 0, clock, 0, 0);
    JSON.parse(eventData(schema, record).json);
    formatMessage(schema, readFields(schema, record).values);
  }
}

const CLOCK = new TraceClock({ type: 'qpc', start: 17_000_000_000_000_000n });

/** The provider whose manifests are read. */
const MANIFEST_PROVIDER = '1db28f2e-8f80-4027-8c5a-a11f7f10f62d';

/** One event with 64 bytes that can be numbers, texts or lengths. */
const EVENT = eventRecord({
  provider: MANIFEST_PROVIDER,
  id: 1,
  time: 0n,
  data: Uint8Array.from({ length: 64 }, (_, n) => (n % 5 === 0 ? 0 : n)),
});

/** The text of --compartments. */
function compartments(input: Uint8Array): void {
  try {
    parseCompartments(input);
  } catch (error) {
    if (!(error instanceof CompartmentFileError)) throw error;
  }
}

let directory: string | undefined;

/** A whole conversion: its output can be read, or there is an error that names the file. */
async function conversion(input: Uint8Array): Promise<void> {
  directory ??= mkdtempSync(join(tmpdir(), 'etlcap-fuzz-'));
  const [from, to] = [join(directory, 'case.etl'), join(directory, 'case.pcapng')];
  writeFileSync(from, input);
  rmSync(to, { force: true });
  try {
    const summary = await convert(from, to, { force: true });
    if (summary.packets > 0) {
      const sections = readPcapng(new Uint8Array(readFileSync(to)));
      const written = sections.reduce((sum, { packets }) => sum + packets.length, 0);
      promise(written === summary.packets, `${written} packets written of ${summary.packets}`);
    }
    JSON.stringify(summary);
    if (summary.eventsFile !== undefined) JSON.parse(readFileSync(summary.eventsFile.path, 'utf8'));
  } catch (error) {
    if (!(error instanceof ConvertError) || error.code !== 'input') throw error;
    promise(error.message.startsWith(from), 'an error without its file');
  }
}

/** A trace of these records, in memory. */
const inputOf = (records: Uint8Array): OpenInput => ({
  name: 'fuzz.etl',
  source: memorySource(encodeRecords({ clock: CLOCK, form: 'merged' }, splitRecords(records))),
  changes: () => [],
  close: () => undefined,
});

/** Packet identity and paths: each appearance is in one path, with numbers that rise. */
async function paths(input: Uint8Array): Promise<void> {
  try {
    let hops = 0;
    let packets = 0;
    const seen = new Set<number>();
    const pass = await followPackets(
      [inputOf(input)],
      {},
      {
        onPacket: ({ sighting }) => {
          packets += 1;
          promise(
            sighting !== undefined && sighting.packet > 0 && sighting.hop > 0,
            'an appearance without identity',
          );
        },
        onPath: ({ hops: found }) => {
          hops += found.length;
          for (const { frame } of found) {
            promise(!seen.has(frame), 'a frame in two paths');
            seen.add(frame);
          }
        },
      },
      nodeRuntime,
    );
    promise(packets === pass.packets, `${packets} packets of ${pass.packets}`);
    promise(hops <= packets, `${hops} hops of ${packets} packets`);
  } catch (error) {
    if (!(error instanceof ConvertError) || error.code !== 'input') throw error;
  }
}

/** Findings: a document that JSON can hold, whose packets the trace has. */
async function diagnosis(input: Uint8Array): Promise<void> {
  try {
    const { document } = await diagnoseTraces([inputOf(input)], {}, nodeRuntime);
    JSON.stringify(document);
  } catch (error) {
    if (!(error instanceof ConvertError) || error.code !== 'input') throw error;
  }
}

/** MiB that a member of a fuzzed archive may have. */
const MEMBER_LIMIT = 8 * 1024 * 1024;

/** Archives: their members are listed and read, or there is an error that names the file. */
async function archives(input: Uint8Array): Promise<void> {
  directory ??= mkdtempSync(join(tmpdir(), 'etlcap-fuzz-'));
  const path = join(directory, 'case');
  writeFileSync(path, input);
  const opened = new Archives({ spoolLimit: MEMBER_LIMIT });
  try {
    const traces = await listTraces(opened, path);
    for (const trace of traces.slice(0, 8)) {
      if (trace.problem !== undefined) continue;
      const open = await openTraceAt(opened, trace);
      promise(open.source.size <= MEMBER_LIMIT, 'a member beyond the limit');
      open.close();
    }
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
    promise(error.message.includes('case'), 'an error without its file');
  } finally {
    opened.close();
  }
}

/** Called after the last case. */
export function cleanUp(): void {
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  directory = undefined;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export const TARGETS = {
  container,
  lz77,
  records,
  manifest,
  compartments,
  conversion,
  paths,
  diagnosis,
  archives,
} as const satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof TARGETS;

export const isTargetName = (name: string): name is TargetName => Object.hasOwn(TARGETS, name);
