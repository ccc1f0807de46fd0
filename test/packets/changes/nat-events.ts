import { eventRecord } from '../../../samples/encoder/index.js';
import { WIN_NAT } from '../../../samples/scenarios/index.js';
import { Clock, EventRecord } from '../../../src/etl/index.js';
import { SchemaStore } from '../../../src/etw/index.js';
import { NatSessions } from '../../../src/packets/index.js';

export const SECOND = 10_000_000;
const START = 133_485_408_000_000_000n;
const UNIX = 17_040_672_000_000_000n;
const CLOCK = new Clock('system-time', 10_000_000, START, START);

export const ticksAt = (ticks: number): { timeHigh: number; timeLow: number } => {
  const time = UNIX + BigInt(ticks);
  return { timeHigh: Number(time >> 32n), timeLow: Number(time & 0xffff_ffffn) };
};

/** The sessions that events of WinNat state; times are ticks of 100 ns. */
export function sessionsOf(
  ...events: readonly [id: number, ticks: number, data: Uint8Array, version?: number][]
): NatSessions {
  const schemas = new SchemaStore();
  const sessions = new NatSessions();
  const record = new EventRecord();
  for (const [id, ticks, data, version = 0] of events) {
    const time = START + BigInt(ticks);
    const bytes = eventRecord({ provider: WIN_NAT, id, version, time, data });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    record.moveTo(
      bytes,
      view,
      0,
      bytes.length,
      0,
      0,
      CLOCK,
      Number(time >> 32n),
      Number(time & 0xffff_ffffn),
    );
    sessions.observe(record, (event) => schemas.locate(event));
  }
  return sessions;
}
