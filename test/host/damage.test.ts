import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeInterfaces, HostLimitError, parseCompartments } from '../../src/host/index.js';
import {
  ByteWriter,
  captureLocation,
  configuration,
  event,
  kernel,
  NDIS_PACKET_CAPTURE,
  ndis,
  PKTMON,
  surveyOf,
  TCPIP,
  VMSWITCH,
} from './feed.js';

const bytes = fc.uint8Array({ maxLength: 1400 });
const data = (payload: Uint8Array): ByteWriter => new ByteWriter().bytes(payload);

/** A record of every kind that the survey reads, with any payload. */
const anyRecord = fc.oneof(
  fc
    .tuple(fc.constantFrom(20, 30, 40, 50, 60, 65, 66, 70, 73, 75, 80, 90, 100, 110, 270, 280), bytes)
    .map(([id, payload]) => event(PKTMON, id, data(payload))),
  fc
    .tuple(fc.constantFrom(56, 57, 58, 67, 232, 240, 241, 242), bytes)
    .map(([id, payload]) => event(VMSWITCH, id, data(payload))),
  fc
    .tuple(fc.constantFrom(1033, 1127, 1202, 1441, 1527), fc.integer({ min: 0, max: 3 }), bytes)
    .map(([id, version, payload]) => event(TCPIP, id, data(payload), version)),
  bytes.map((payload) => event(NDIS_PACKET_CAPTURE, 5101, data(payload))),
  fc.tuple(fc.constantFrom(32, 33, 36, 37), bytes).map(([opcode, payload]) => configuration(opcode, payload)),
  fc.tuple(fc.constantFrom(0x0b0a, 0x0b0d), bytes).map(([hook, payload]) => kernel(hook, 3, data(payload))),
);

it('any payload of any host record gives a model that describes places under unique names', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 30 }), (records) => {
      const model = surveyOf(records);
      const components = [...model.components.keys()].map((componentId) =>
        captureLocation({ source: 'pktmon', componentId }),
      );
      const interfaces = [...model.interfaces.keys()].map((index) => ndis(index, index));
      const described = describeInterfaces([...components, ...interfaces], model);
      expect(described).toHaveLength(model.components.size + model.interfaces.size);
      expect(new Set(described.map(({ name }) => name)).size).toBe(described.length);
      expect(described.every(({ mac }) => mac === undefined || mac.length === 6)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

it('any text is a list of compartments or refused with an error that says why', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('====', '----  ----', '   IPv4 . . : 10.0.0.1', 'A :', 'CompartmentId : 2', 'x y:', ''),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      try {
        const { compartments, interfaces } = parseCompartments(lines.join('\n'));
        expect(compartments.length + interfaces.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toMatchObject({ name: 'CompartmentFileError' });
      }
    }),
    { numRuns: 300 },
  );
});

it('fifty thousand places of one name get fifty thousand names in linear time', () => {
  const captureLocations = Array.from({ length: 50_000 }, (_, n) =>
    captureLocation({ source: 'ras', userName: 'anna', key: `ras ${n}` }),
  );
  const start = performance.now();
  const described = describeInterfaces(captureLocations, surveyOf([]));
  expect(new Set(described.map(({ name }) => name)).size).toBe(50_000);
  expect(performance.now() - start).toBeLessThan(10_000);
});

it('an error about too much names what there is too much of', () => {
  expect(new HostLimitError('components', 1_000_000).message).toBe(
    'the trace describes more than 1,000,000 components',
  );
});
