import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Trace } from '../../../src/etl/index.js';
import { SchemaStore } from '../../../src/etw/index.js';
import type { CaptureLocation } from '../../../src/host/capture-location.js';
import { LocationRegistry } from '../../../src/host/location-registry.js';
import { CaptureDecoder } from '../../../src/packets/packet-decoder.js';
import { memorySource } from '../../support/memory-source.js';

const SAMPLES = new URL('../../../samples/', import.meta.url);
const samples = readdirSync(SAMPLES).filter((name) => /^[^.]+\.etl$/.test(name));

/**
 * Calls `repeats` for every record before decoding it.
 *
 * @returns the number of repetitions, and of those the number of wrong ones
 */
function askAndDecode(bytes: Uint8Array): { repeats: number; wrong: number } {
  const schemas = new SchemaStore();
  const decoder = new CaptureDecoder({ registry: new LocationRegistry(), schemas });
  const captureLocations = new Set<CaptureLocation>();
  let repeats = 0;
  let wrong = 0;
  new Trace(memorySource(bytes)).survey((record) => {
    const isSaidToRepeat = decoder.repeats(record);
    const isPacket = decoder.decode(record) === 'packet';
    if (isSaidToRepeat) repeats += 1;
    if (isSaidToRepeat && !(isPacket && captureLocations.has(decoder.packet.captureLocation))) wrong += 1;
    if (isPacket) captureLocations.add(decoder.packet.captureLocation);
    schemas.addFromTrace(record);
  });
  return { repeats, wrong };
}

describe('a record that is said to repeat', () => {
  it.each(samples)('is a packet at a place that was seen, when it is decoded (%s)', (name) => {
    expect(askAndDecode(readFileSync(new URL(name, SAMPLES))).wrong).toBe(0);
  });

  it('is what most packets of a trace are', () => {
    expect(askAndDecode(readFileSync(new URL('lbfo-team.etl', SAMPLES))).repeats).toBeGreaterThan(10);
    expect(askAndDecode(readFileSync(new URL('nat-vswitch.etl', SAMPLES))).repeats).toBeGreaterThan(10);
    expect(askAndDecode(readFileSync(new URL('pktmon-drops.etl', SAMPLES))).repeats).toBeGreaterThan(10);
  });

  it('is one also where bytes of the trace were changed', () => {
    for (const name of samples) {
      const file = readFileSync(new URL(name, SAMPLES));
      const change = fc.tuple(fc.integer({ min: 700, max: file.length - 1 }), fc.nat(255));
      fc.assert(
        fc.property(fc.array(change, { minLength: 100, maxLength: 400 }), (changes) => {
          const changed = Uint8Array.from(file);
          for (const [at, value] of changes) changed[at] = value;
          expect(askAndDecode(changed).wrong).toBe(0);
        }),
        { numRuns: 25 },
      );
    }
  });
});
