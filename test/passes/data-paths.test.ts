import { describe, expect, it } from 'vitest';
import { ByteWriter, encodeTrace, eventRecord, TraceClock, unixTime } from '../../samples/encoder/index.js';
import { useConversions } from '../events/convert.js';

const convert = useConversions();
const NETVSC = '152fbe4b-c7ad-4f68-bada-a4fcc1464f6c';
const clock = new TraceClock({ type: 'qpc', start: unixTime('2025-03-01T10:00:00Z') });

const event = (seconds: number, id: number, data: ByteWriter): Uint8Array =>
  eventRecord({
    provider: NETVSC,
    id,
    time: clock.startTicks + BigInt(seconds) * 10_000_000n,
    data: data.take(),
  });

const state = (seconds: number, nic: string, active: number): Uint8Array =>
  event(seconds, 59, new ByteWriter().utf16z(nic).u32(2).u32(1).u32(active).zeros(6));

const traceOf = (...records: readonly Uint8Array[]): Uint8Array =>
  encodeTrace({ clock, bufferSize: 65_536 }, [{ processor: 0, records }]);

describe('SR-IOV in a guest', () => {
  it('is reported once for each NIC, with the time when the VF took over and when it ended', async () => {
    const { summary } = await convert(
      traceOf(
        state(1, 'NIC 1', 0),
        state(2, 'NIC 1', 1),
        state(3, 'NIC 1', 1),
        state(9, 'NIC 1', 0),
        state(4, 'NIC 2', 1),
        state(5, 'NIC 3', 0),
      ),
    );
    const hints = summary.hints.filter(({ id }) => id === 'vfDataPath');
    expect(hints).toHaveLength(1);
    expect(hints[0]?.count).toBe(2);
    expect(hints[0]?.text).toContain(
      'NIC 1, from 2025-03-01T10:00:02.0000000Z on until 2025-03-01T10:00:09.0000000Z; NIC 2, from 2025-03-01T10:00:04.0000000Z on',
    );
    expect(hints[0]?.text).not.toContain('NIC 3');
  });

  it('is not reported where no VF was active', async () => {
    const { summary } = await convert(traceOf(state(1, 'NIC 1', 0)));
    expect(summary.hints.map(({ id }) => id)).not.toContain('vfDataPath');
  });
});

describe('packets that Netvsc drops (event 18, from 17763 on)', () => {
  it('have their NBL and reason in the context of the event', async () => {
    const data = new ByteWriter().u32(0xc000_0001).u32(1).u32(5).u64(0xffff_a00c_1111_2222n).u64(77n).u32(8);
    const { document } = await convert(traceOf(event(1, 18, data)));
    const found = document.events.find(({ id, providerId }) => providerId === NETVSC && id === 18);
    expect(found?.context).toMatchObject({ NBL: '0xffffa00c11112222', DropReason: 5 });
    expect(found?.data).toMatchObject({ IfIndex: 8 });
  });
});
