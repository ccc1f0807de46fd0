import { expect, it } from 'vitest';
import { ByteWriter, eventRecord } from '../../samples/encoder/index.js';
import { Clock, EventRecord } from '../../src/etl/index.js';
import { ProviderNames, SchemaStore } from '../../src/etw/index.js';
import { EventWriter, JsonBytes } from '../../src/events/index.js';
import { ProcessTable } from '../../src/host/index.js';

const PROVIDER = '5b0d3a6e-9c3f-4d2b-8a51-0c7f5e2d9b15';

it('Events that a manifest describes only in part are counted by manifest, event and field', async () => {
  const schemas = new SchemaStore();
  schemas.addManifest(
    `<provider name="Dumped" guid="{${PROVIDER}}"><templates><template tid="t"><data name="A" inType="win:UInt32"/>
    <data name="Blob" inType="win:Binary"/><data name="B" inType="win:UInt32"/></template></templates>
    <events><event value="7" version="0" template="t"/></events></provider>`,
    'dump.xml',
  );
  expect(await schemas.prepare()).toEqual([]);
  const bytes = eventRecord({
    provider: PROVIDER,
    id: 7,
    time: 0n,
    data: new ByteWriter().u32(5).u32(6).take(),
  });
  const record = new EventRecord();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  record.moveTo(bytes, view, 0, bytes.length, 0, 0, new Clock('system-time', 10_000_000, 0n, 0n), 0, 0);
  const providers = new ProviderNames(schemas);
  const writer = new EventWriter({ schemas, providers, processes: new ProcessTable(), build: 0 });
  const out = new JsonBytes(4096);
  writer.write(record, 0, undefined, out);
  writer.write(record, 0, undefined, out);
  const line = new TextDecoder().decode(out.bytes.subarray(0, out.length));
  expect(line).toContain('"data":{"A":5,"bytes":"06000000"}');
  expect([...writer.partlyDecoded]).toEqual([['dump.xml: Dumped event 7 version 0, field Blob', 2]]);
  expect(writer.undecoded.size).toBe(0);
});
