import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EventRecord, mergeTraces, Trace } from '../../../src/etl/index.js';
import { SchemaStore } from '../../../src/etw/index.js';
import { LocationRegistry } from '../../../src/host/location-registry.js';
import { CaptureDecoder } from '../../../src/packets/packet-decoder.js';
import { memorySource } from '../../support/memory-source.js';
import { describeWithRealTraces, hasRealTraces, realTrace } from '../../support/shared.js';

const SAMPLE = realTrace('pktmon-azure-ping');

interface Seen {
  readonly time: bigint;
  readonly nbl: bigint;
  readonly number: number;
  readonly appearance: number;
  readonly component: number | undefined;
  readonly edge: number;
  readonly direction: string | undefined;
  readonly linkType: number;
  readonly bytes: Uint8Array;
  readonly originalLength: number;
}

/** Both passes over the trace, as a conversion makes them. */
function readSample(): { seen: Seen[]; surveyPlaces: number; registry: LocationRegistry; damaged: number } {
  const trace = new Trace(memorySource(readFileSync(SAMPLE)));
  const registry = new LocationRegistry();
  const schemas = new SchemaStore();
  const survey = new CaptureDecoder({ registry, schemas });
  trace.survey((record) => {
    if (!schemas.addFromTrace(record)) survey.decode(record);
  });
  const surveyPlaces = registry.size;
  const decoder = new CaptureDecoder({ registry, schemas });
  const record = new EventRecord();
  const seen: Seen[] = [];
  let damaged = 0;
  for (const batch of mergeTraces([trace])) {
    for (let n = 0; n < batch.count; n++) {
      batch.load(n, record);
      const outcome = decoder.decode(record);
      if (outcome === 'damaged') damaged++;
      if (outcome !== 'packet') continue;
      const { packet } = decoder;
      seen.push({
        time: (BigInt(packet.timeHigh) << 32n) | BigInt(packet.timeLow),
        nbl: (BigInt(packet.nblHigh) << 32n) | BigInt(packet.nblLow),
        number: packet.packetNumber,
        appearance: packet.appearance,
        component: packet.captureLocation.componentId,
        edge: packet.edgeId,
        direction: packet.directionText,
        linkType: packet.captureLocation.linkType,
        bytes: packet.bytes.slice(packet.start, packet.start + packet.length),
        originalLength: packet.originalLength,
      });
    }
  }
  return { seen, surveyPlaces, registry, damaged };
}

/** Offset of the IPv4 header by link type; only Ethernet (1) and raw IP (101) are in the sample. */
const ipAt = ({ linkType }: Seen): number => (linkType === 1 ? 14 : 0);

describeWithRealTraces('a pktmon trace of pings, written by Windows Server 2022', () => {
  const { seen, surveyPlaces, registry, damaged } = hasRealTraces
    ? readSample()
    : { seen: [], surveyPlaces: 0, registry: new LocationRegistry(), damaged: 0 };

  it('has 114 packet events', () => {
    expect(seen).toHaveLength(114);
    expect(damaged).toBe(0);
  });

  it('starts with the packet of 2024-06-10 20:18:35.4891721 UTC', () => {
    const start = BigInt(Date.parse('2024-06-10T20:18:35Z')) * 10_000n + 4_891_721n;
    expect(seen[0]?.time).toBe(start);
  });

  it('holds ICMP echoes only, whole', () => {
    for (const packet of seen) {
      const at = ipAt(packet);
      expect(packet.bytes[at]).toBe(0x45);
      expect(packet.bytes[at + 9]).toBe(1);
      expect([0, 8]).toContain(packet.bytes[at + 20]);
      expect(packet.originalLength).toBe(packet.bytes.length);
    }
  });

  it('shows 38 packets, each at its appearances 1 to n in the order of time', () => {
    const appearances = new Map<string, number[]>();
    for (const { nbl, number, appearance } of seen) {
      const key = `${nbl}/${number}`;
      appearances.set(key, [...(appearances.get(key) ?? []), appearance]);
    }
    expect(appearances.size).toBe(38);
    for (const list of appearances.values()) expect(list).toEqual(list.map((_, index) => index + 1));
  });

  it('has a component, an edge and a direction for every packet', () => {
    for (const { component, edge, direction } of seen) {
      expect(component).toBeGreaterThan(0);
      expect(edge).toBeGreaterThan(0);
      expect(['Rx', 'Tx']).toContain(direction);
    }
  });

  it('gives the same places in the survey as in the conversion', () => {
    expect(registry.size).toBe(surveyPlaces);
    expect(new Set(seen.map(({ component, linkType }) => `${component}/${linkType}`)).size).toBe(
      surveyPlaces,
    );
  });
});
