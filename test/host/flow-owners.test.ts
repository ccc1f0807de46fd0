import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EtherType, ethernet, overIpv4, TcpFlag, tcp } from '../../samples/packets/index.js';
import { type EventRecord, Trace } from '../../src/etl/index.js';
import { SchemaStore } from '../../src/etw/index.js';
import { FlowOwners } from '../../src/host/index.js';
import { FrameLayout, formatIpv4, LinkType, parseFrame } from '../../src/net/index.js';
import { memorySource } from '../support/memory-source.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';

interface Transfer {
  readonly pid: number;
  readonly local: string;
  readonly localPort: number;
  readonly remote: string;
  readonly remotePort: number;
  readonly ticks: { timeHigh: number; timeLow: number };
}

/** TCP send, receive, connect and disconnect over IPv4 by their bytes: PID u32, size u32, daddr, saddr, dport, sport. */
function transferOf(record: EventRecord): Transfer | undefined {
  if (![10, 11, 12, 13, 14, 15].includes(record.id)) return undefined;
  const bytes = record.payload();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ticks = { timeHigh: 0, timeLow: 0 };
  record.unixTicks(ticks);
  return {
    pid: view.getUint32(0, true),
    remote: formatIpv4(bytes, 8),
    local: formatIpv4(bytes, 12),
    remotePort: view.getUint16(16),
    localPort: view.getUint16(18),
    ticks,
  };
}

describeWithRealTraces('owners of the flows of win7-kernel-network.etl', () => {
  it('are the processes that the events name, for packets of both directions at the time of each event', () => {
    const bytes = new Uint8Array(readFileSync(realTrace('win7-kernel-network')));
    const trace = new Trace(memorySource(bytes));
    const owners = new FlowOwners();
    const schemas = new SchemaStore();
    const transfers: Transfer[] = [];
    trace.survey((record) => {
      owners.observe(record, (event) => schemas.locate(event));
      const transfer = record.kind === 'event' ? transferOf(record) : undefined;
      if (transfer !== undefined && transfer.pid !== 0) transfers.push(transfer);
    });
    owners.finish(
      (event) => schemas.locate(event),
      () => undefined,
    );
    expect(transfers.length).toBeGreaterThan(1000);
    const layout = new FrameLayout();
    const ownerOf = (from: string, fromPort: number, to: string, toPort: number, { ticks }: Transfer) => {
      const segment = tcp({ ports: [fromPort, toPort], sequence: 1, acknowledgement: 1, flags: TcpFlag.ack });
      const frame = ethernet(
        { from: '00:0d:3a:fe:3f:ab', to: '00:1b:21:3a:4f:50' },
        EtherType.ipv4,
        overIpv4({ from, to }, segment, { id: 1 }),
      );
      parseFrame(frame, 0, frame.length, LinkType.ethernet, layout);
      return owners.ownerOf(frame, layout, true, -1, ticks)?.pid;
    };
    const wrong = transfers.filter((transfer) => {
      const { local, localPort, pid, remote, remotePort } = transfer;
      return (
        ownerOf(local, localPort, remote, remotePort, transfer) !== pid ||
        ownerOf(remote, remotePort, local, localPort, transfer) !== pid
      );
    });
    expect(wrong).toEqual([]);
  });
});
