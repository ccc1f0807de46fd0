import { describe, expect, test } from 'vitest';
import { encodeTrace, eventRecord, TraceClock, unixTime } from '../../samples/encoder/index.js';
import {
  NDIS_PACKET_CAPTURE,
  NdisKeyword,
  natVswitch,
  packetFragment,
} from '../../samples/scenarios/index.js';
import { useConversions } from './convert.js';

const convert = useConversions();
const clock = new TraceClock({ type: 'qpc', start: unixTime('2025-03-01T10:00:00Z') });
const IDS = { miniportIfIndex: 8, lowerIfIndex: 8 };
const { ethernet, packetEnd, packetStart, receive } = NdisKeyword;

/** A part of a packet: its bytes are all `fill`. */
const part = (at: bigint, keyword: bigint, fill: number): Uint8Array =>
  eventRecord({
    provider: NDIS_PACKET_CAPTURE,
    id: 1001,
    keyword: ethernet | receive | keyword,
    time: clock.startTicks + at,
    processId: 4,
    threadId: 8,
    data: packetFragment(IDS, new Uint8Array(50).fill(fill)),
  });

const converted = (...records: readonly Uint8Array[]) =>
  convert(encodeTrace({ clock }, [{ processor: 0, records }]));
const fragmentOf = (fill: string): string => fill.repeat(50);

describe('parts of a packet that never becomes whole', () => {
  test.each([
    ['at the end of the trace', [part(10n, packetStart, 0xaa), part(20n, 0n, 0xbb)]],
    [
      'where another packet starts',
      [part(10n, packetStart, 0xaa), part(20n, 0n, 0xbb), part(30n, packetStart | packetEnd, 0xcc)],
    ],
  ])('%s are events, with their bytes and the reason, and are not counted as merged', async (_, records) => {
    const { document } = await converted(...records);
    const orphans = document.events.filter(
      ({ id, providerId }) => id === 1001 && providerId === NDIS_PACKET_CAPTURE,
    );
    expect(orphans.map(({ data }) => data.Fragment)).toEqual([fragmentOf('aa'), fragmentOf('bb')]);
    expect(orphans.every(({ damage }) => damage === "the packet's last part is not in the trace")).toBe(true);
    const counts = document.summary.providers.find(({ id }) => id === NDIS_PACKET_CAPTURE);
    expect(counts).toMatchObject({
      records: records.length,
      packets: records.length - 2,
      merged: 0,
      events: 2,
    });
  });

  test('of a packet that does become whole only the packet is left', async () => {
    const { document } = await converted(part(10n, packetStart, 0xaa), part(20n, packetEnd, 0xbb));
    expect(document.events.filter(({ id }) => id === 1001)).toEqual([]);
    expect(document.summary).toMatchObject({ packets: 1, merged: 1 });
  });
});

test('an NDIS event without a single captured byte is an event, not a packet of length 0', async () => {
  const empty = eventRecord({
    provider: NDIS_PACKET_CAPTURE,
    id: 1001,
    keyword: ethernet | receive | packetStart | packetEnd,
    time: clock.startTicks + 10n,
    processId: 4,
    threadId: 8,
    data: packetFragment(IDS, new Uint8Array(0)),
  });
  const { document } = await converted(empty);
  expect(document.summary.packets).toBe(0);
  expect(document.events.filter(({ id }) => id === 1001)).toHaveLength(1);
});

test("Hyper-V-VmSwitch's BufferAddress is the NBL, under the name that packet comments have", async () => {
  const { document } = await convert(natVswitch().plain);
  const passing = document.events.filter(({ data }) => typeof data.BufferAddress === 'string');
  expect(passing.length).toBeGreaterThan(0);
  for (const { context, data } of passing) expect(context?.NBL).toBe(data.BufferAddress);
});
