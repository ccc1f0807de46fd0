import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { compressLz77, encodeRecords, TraceClock } from '../samples/encoder/index.js';
import {
  committedScenarios,
  gftFlow,
  neverClosed,
  pings,
  rasVpn,
  stepsBack,
  switch32Bit,
  wfpCapture,
} from '../samples/scenarios/index.js';
import { EtlError, Trace } from '../src/etl/index.js';
import { overlappingZip, tar, zip } from '../test/hardening/hostile/archives.js';
import { cabFile } from '../test/io/archives/cab-builder.js';
import { memorySource } from '../test/support/memory-source.js';
import { type CaseRecord, joinRecords } from './records.js';
import type { TargetName } from './targets.js';

/** A case to start from; parts of a real trace never leave this machine. */
export interface Seed {
  readonly bytes: Uint8Array;
  readonly isGenerated: boolean;
}

/** A trace is cut into parts below this, so that cases stay fast. */
const MAX_SEED = 96 * 1024;
/** Records in a row that make one case. */
const WINDOW = 12;
/** The same for related records that are far apart: packets and their later appearances. */
const LONG_WINDOW = 120;
/** Limit of windows from one trace, evenly spaced. */
const MAX_WINDOWS = 60;

const MANIFEST = `<?xml version="1.0"?>
<instrumentationManifest xmlns="http://schemas.microsoft.com/win/2004/08/events"><instrumentation><events>
<provider name="Fuzz" guid="{1db28f2e-8f80-4027-8c5a-a11f7f10f62d}" symbol="F" messageFileName="f" resourceFileName="f">
<maps><valueMap name="M"><map value="1" message="$(string.m)"/></valueMap>
<bitMap name="B"><map value="0x1" message="$(string.m)"/><map value="0x2" message="two"/></bitMap></maps>
<keywords><keyword name="K" mask="0x8000000000000001"/></keywords>
<tasks><task name="T" value="1"><opcodes><opcode name="O" value="11"/></opcodes></task></tasks>
<templates><template tid="A"><data name="n" inType="win:UInt16"/><data name="s" inType="win:UnicodeString"/>
<data name="b" inType="win:Binary" length="n"/><struct name="t" count="n"><data name="x" inType="win:UInt8" map="M"/>
</struct><data name="f" inType="win:UInt32" map="B" outType="win:HexInt32"/></template></templates>
<events><event value="1" version="0" level="win:Error" template="A" message="$(string.m)" keywords="K" task="T"/>
<event value="1" version="1" template="A" symbol="E"/></events></provider></events></instrumentation>
<localization><resources culture="en-US"><stringTable><string id="m" value="%1 is %2!s! %n"/></stringTable></resources>
</localization></instrumentationManifest>`;

const IPCONFIG = `
==============================================================================
Network Information for Compartment 2
==============================================================================
   Compartment Name . . . . . . . . . : web

Ethernet adapter vEthernet (web):

   Connection-specific DNS Suffix  . :
   Link-local IPv6 Address . . . . . : fe80::1%12
   IPv4 Address. . . . . . . . . . . : 172.20.0.5
   Subnet Mask . . . . . . . . . . . : 255.255.240.0
   DNS Servers . . . . . . . . . . . : 172.20.0.1
`;

const NET_IP_ADDRESS = `{"value":[{"IPAddress":"10.0.0.1","PrefixLength":24,"InterfaceIndex":5,"InterfaceAlias":"a",
"CompartmentId":2}],"Count":1}`;

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The header's buffer with each of the others, as separate small traces. */
function parts(file: Uint8Array): Uint8Array[] {
  if (file.length <= MAX_SEED) return [file];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerSize = Math.min(view.getUint32(0, true), MAX_SEED / 2);
  const list: Uint8Array[] = [];
  for (let at = view.getUint32(0, true); at + 72 < file.length && list.length < 8; ) {
    const size = view.getUint32(at, true);
    const part = new Uint8Array(headerSize + Math.min(size, MAX_SEED - headerSize));
    part.set(file.subarray(0, headerSize));
    part.set(file.subarray(at, at + part.length - headerSize), headerSize);
    list.push(part);
    at += Math.max(72, size);
  }
  return list;
}

/** Runs of records of a trace, evenly spread over it. */
function recordWindows(file: Uint8Array, length = WINDOW): Uint8Array[] {
  const all: CaseRecord[] = [];
  try {
    new Trace(memorySource(file)).survey((record) => {
      const bytes = record.bytes.slice(record.offset, record.offset + record.size);
      if (bytes.length >= 24) all.push({ processor: record.processor & 3, record: bytes });
    });
  } catch (error) {
    if (!(error instanceof EtlError)) throw error;
  }
  const step = Math.max(length, Math.floor(all.length / MAX_WINDOWS));
  const windows: Uint8Array[] = [];
  for (let at = 0; at < all.length; at += step) windows.push(joinRecords(all.slice(at, at + length)));
  return windows;
}

function lz77Case(content: Uint8Array): Uint8Array {
  const packed = compressLz77(content, 'matches');
  const bytes = new Uint8Array(4 + packed.length);
  bytes.set([content.length & 0xff, content.length >> 8, 63]);
  bytes.set(packed, 4);
  return bytes;
}

/** A trace that is short, and so are the archives with it. */
const ARCHIVED = encodeRecords(
  { clock: new TraceClock({ type: 'qpc', start: 17_000_000_000_000_000n }), form: 'merged' },
  [],
);

function archiveSeeds(content: Uint8Array): Uint8Array[] {
  const files = [
    { name: 'a.etl', content },
    { name: 'b/c.txt', content: text('no trace') },
  ];
  const zipped = zip(files);
  return [
    zipped,
    tar(files),
    new Uint8Array(gzipSync(content)),
    new Uint8Array(gzipSync(tar(files))),
    zip([{ name: 'inner.zip', content: zipped }]),
    overlappingZip(3, content),
    new Uint8Array(cabFile([{ name: 'a.etl', bytes: Buffer.from(content) }])),
  ];
}

/** The first cases of a target: the generator's traces, and the real ones if they are available. */
export function seedsOf(target: TargetName, realTraces: string | undefined): Seed[] {
  const scenarios = [
    ...committedScenarios().map((scenario) => scenario()),
    rasVpn(),
    wfpCapture(),
    gftFlow(),
    switch32Bit(),
    neverClosed(),
    stepsBack(),
    pings(12, { type: 'cpuCycles' }, { form: 'windows7', pointerSize: 4 }),
  ];
  const generated = scenarios.flatMap(({ compressed, plain }) => [plain, compressed]);
  const real =
    realTraces === undefined || !existsSync(realTraces)
      ? []
      : readdirSync(realTraces)
          .filter((name) => name.endsWith('.etl'))
          .map((name) => new Uint8Array(readFileSync(join(realTraces, name))));
  const of = (make: (file: Uint8Array) => Uint8Array[]): Seed[] => [
    ...generated.flatMap(make).map((bytes) => ({ bytes, isGenerated: true })),
    ...real.flatMap(make).map((bytes) => ({ bytes, isGenerated: false })),
  ];
  const own = (...list: Uint8Array[]): Seed[] => list.map((bytes) => ({ bytes, isGenerated: true }));
  switch (target) {
    case 'container':
    case 'conversion':
      return of(parts);
    case 'records':
      return of((file) => recordWindows(file));
    case 'paths':
    case 'diagnosis':
      return of((file) => recordWindows(file, LONG_WINDOW));
    case 'archives':
      return own(...archiveSeeds(ARCHIVED));
    case 'lz77':
      return own(
        ...[0, 1, 3, 40, 300, 2000, 9000].map((length) =>
          lz77Case(Uint8Array.from({ length }, (_, n) => (n % 97) * (n % 13))),
        ),
        lz77Case(new Uint8Array(20_000)),
      );
    case 'manifest':
      return own(text(MANIFEST));
    case 'compartments':
      return own(text(IPCONFIG), text(NET_IP_ADDRESS));
  }
}
