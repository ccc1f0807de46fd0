import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import {
  ByteWriter,
  eventRecord,
  eventSchemaRecord,
  InType,
  processRecord,
  TraceClock,
  unixTime,
} from '../../samples/encoder/index.js';
import { encodeTrace } from '../../samples/encoder/trace.js';
import { EtherType, ethernet, ipv4, overIpv4, overIpv6, TcpFlag, tcp } from '../../samples/packets/index.js';
import {
  flowOwners,
  NDIS_PACKET_CAPTURE,
  NdisKeyword,
  PEF_WFP,
  packetFragment,
  pefFlow,
  TCPIP,
  tcpConnection,
} from '../../samples/scenarios/index.js';
import { listPaths } from '../../src/library/index.js';
import { useConversions } from '../events/convert.js';
import { readSection } from '../support/pcapng-reader.js';
import { caseFile, describeWithCases } from '../support/shared.js';

const convert = useConversions();
const clock = new TraceClock({ type: 'qpc', start: unixTime('2025-03-01T10:00:00Z') });
const at = (milliseconds: number): bigint => clock.startTicks + BigInt(milliseconds) * 10_000n;
const OUT = { from: '00:0d:3a:fe:3f:ab', to: '00:1b:21:3a:4f:50' };
const LOCAL = { address: '10.0.0.4', port: 50_001 };
const REMOTE = { address: '192.0.2.80', port: 443 };

const segment = tcp({
  ports: [LOCAL.port, REMOTE.port],
  sequence: 1,
  acknowledgement: 1,
  flags: TcpFlag.ack,
});
const frame = ethernet(
  OUT,
  EtherType.ipv4,
  overIpv4({ from: LOCAL.address, to: REMOTE.address }, segment, { id: 7 }),
);

const sent = (milliseconds: number, bytes = frame): Uint8Array =>
  eventRecord({
    provider: NDIS_PACKET_CAPTURE,
    id: 1001,
    time: at(milliseconds),
    keyword: NdisKeyword.ethernet | NdisKeyword.packetStart | NdisKeyword.packetEnd | NdisKeyword.send,
    data: packetFragment({ miniportIfIndex: 8, lowerIfIndex: 8 }, bytes),
  });

const connection = (milliseconds: number, id: number, pid: number, compartment = 1): Uint8Array =>
  eventRecord({
    provider: TCPIP,
    id,
    time: at(milliseconds),
    data: tcpConnection(LOCAL, REMOTE, { pid, compartment }),
  });

const traceOf = (...records: readonly Uint8Array[]): Uint8Array =>
  encodeTrace({ clock, bufferSize: 65_536 }, [{ processor: 0, records }]);

const tokenOf = (comment: string, key: string): string | undefined =>
  new RegExp(`(?:^| )${key}=(\\S+)`).exec(comment)?.[1];

async function owners(...records: readonly Uint8Array[]): Promise<(string | undefined)[]> {
  const { pcapng } = await convert(traceOf(...records));
  return readSection(pcapng).packets.map(({ comments }) => tokenOf(comments[0] ?? '', 'Owner'));
}

/** The owners of the paths that a selection gives. */
async function ownersOfPaths(file: string, processes: readonly string[] | undefined) {
  const text: string[] = [];
  const output = new Writable({
    write(chunk, _, done) {
      text.push(String(chunk));
      done();
    },
  });
  await listPaths([file], output, processes === undefined ? {} : { processes });
  const lines = text.join('').split('\n');
  return lines.filter((line) => line !== '').map((line): string | undefined => JSON.parse(line).Owner);
}

describe('the owner of a packet’s flow', () => {
  it('is its process id where nothing names the process', async () => {
    expect(await owners(sent(1), connection(2, 1033, 77))).toEqual(['77']);
  });

  it('is known to packets before and after the event, and changes where another process uses the ports', async () => {
    const records = [
      sent(1),
      connection(2, 1033, 77),
      connection(1000, 1043, 77),
      sent(1001),
      sent(5000),
      connection(5001, 1017, 88),
      sent(5002),
    ];
    expect(await owners(...records)).toEqual(['77', '77', '88', '88']);
  });

  it('is not guessed from another flow', async () => {
    const other = ethernet(
      OUT,
      EtherType.ipv4,
      overIpv4({ from: LOCAL.address, to: '192.0.2.81' }, segment, { id: 7 }),
    );
    expect(await owners(sent(1, other), connection(2, 1033, 77))).toEqual([undefined]);
  });

  it('is not known where two compartments have the same flow and the packet does not tell which', async () => {
    expect(await owners(sent(1), connection(2, 1033, 77, 2), connection(2, 1033, 88, 3))).toEqual([
      undefined,
    ]);
  });

  it('joins an IPv4-mapped socket address to packets of IPv4', async () => {
    const mapped = (address: string, port: number): Uint8Array =>
      new ByteWriter()
        .u16(23)
        .u8(port >> 8)
        .u8(port & 0xff)
        .u32(0)
        .zeros(10)
        .u16(0xffff)
        .bytes(ipv4(address))
        .u32(0)
        .take();
    const data = new ByteWriter()
      .u32(28)
      .bytes(mapped(LOCAL.address, LOCAL.port))
      .u32(28)
      .bytes(mapped(REMOTE.address, REMOTE.port))
      .u32(0)
      .u32(99)
      .u32(1)
      .u64(1n)
      .take();
    const event = eventRecord({ provider: TCPIP, id: 1033, time: at(2), data });
    expect(await owners(sent(1), event)).toEqual(['99']);
  });

  it('is known from an event that the trace describes only later', async () => {
    const VERSION = 200;
    const field = (name: string, inType: number) => ({ name, inType });
    const schema = eventSchemaRecord(
      {
        provider: TCPIP,
        providerName: 'Microsoft-Windows-TCPIP',
        id: 1033,
        version: VERSION,
        fields: [
          field('LocalAddressLength', InType.uint32),
          { name: 'LocalAddress', inType: InType.binary, length: 'LocalAddressLength' },
          field('RemoteAddressLength', InType.uint32),
          { name: 'RemoteAddress', inType: InType.binary, length: 'RemoteAddressLength' },
          field('Status', InType.uint32),
          field('ProcessId', InType.uint32),
        ],
      },
      at(9),
    );
    const event = eventRecord({
      provider: TCPIP,
      id: 1033,
      version: VERSION,
      time: at(2),
      data: tcpConnection(LOCAL, REMOTE, { pid: 55 }),
    });
    expect(await owners(sent(1), event, schema)).toEqual(['55']);
  });

  it('is that of the flow handle for Pef-WFP packets, with the name of the process path', async () => {
    const body = new ByteWriter()
      .bytes(ipv4(LOCAL.address))
      .bytes(ipv4(REMOTE.address))
      .u8(6)
      .u64(0x1234n)
      .u16(20)
      .bytes(overIpv6({ from: '::1', to: '::1' }, segment, 64).subarray(40, 60))
      .take();
    const packet = eventRecord({
      provider: PEF_WFP,
      id: 60012,
      time: at(1),
      keyword: NdisKeyword.packetStart | NdisKeyword.packetEnd,
      data: body,
    });
    const path = '\\device\\harddiskvolume3\\program files\\app\\app.exe';
    const flow = (handle: bigint, pid: number): Uint8Array =>
      eventRecord({
        provider: PEF_WFP,
        id: 60031,
        time: at(2),
        data: pefFlow(handle, pid, path, { address: '10.9.9.9', port: 1 }, { address: '10.9.9.8', port: 2 }),
      });
    expect(await owners(packet, flow(0x1234n, 321), flow(0x9999n, 5))).toEqual(['app.exe(321)']);
  });

  it('selects paths: by process id, by name with or without .exe; other packets have none', async () => {
    const chrome = processRecord('running', { processId: 77, imageName: 'chrome.exe' }, at(0));
    const other = overIpv4({ from: '10.0.0.4', to: '10.0.0.5' }, segment, { id: 1 });
    const trace = traceOf(
      chrome,
      sent(1),
      connection(2, 1033, 77),
      sent(3, ethernet(OUT, EtherType.ipv4, other)),
    );
    const { directory, summary } = await convert(trace);
    expect(summary.owners).toEqual([{ pid: 77, name: 'chrome.exe', packets: 1 }]);
    const file = join(directory, 'owners.etl');
    writeFileSync(file, trace);
    for (const name of ['77', 'chrome.exe', 'CHROME']) {
      expect(await ownersOfPaths(file, [name])).toEqual(['chrome.exe(77)']);
    }
    expect(await ownersOfPaths(file, ['7'])).toEqual([]);
    expect(await ownersOfPaths(file, undefined)).toEqual(['chrome.exe(77)', undefined]);
  });
});

describe('offloads of out-of-band data', () => {
  it('are bits 9 to 11 of epb_flags beside the direction, and counted as stated by the trace', async () => {
    const { pcapng, summary } = await convert(flowOwners().plain);
    const { packets } = readSection(pcapng);
    const offloaded = packets.filter(({ comments: [comment = ''] }) => / Offload=/.test(comment));
    // Outbound, checksum not ready.
    expect(offloaded.map(({ flags }) => flags)).toEqual([2 | (1 << 9)]);
    for (const packet of packets) {
      if (!offloaded.includes(packet)) expect((packet.flags ?? 0) >> 2).toBe(0);
    }
    expect(summary.checksumsLeftToNic).toEqual({ frames: 1, inferred: 0 });
  });
});

describeWithCases('processes and checksums of cases', () => {
  it('process-names.etl: the packets of 4321 have the name of its process', async () => {
    const { pcapng } = await convert(new Uint8Array(readFileSync(caseFile('process-names.etl'))));
    const names = readSection(pcapng).packets.map(({ comments: [comment = ''] }) => [
      tokenOf(comment, 'PID'),
      tokenOf(comment, 'Process'),
    ]);
    expect(names.filter(([pid]) => pid === '4321')).toHaveLength(5);
    for (const [pid, name] of names) expect(name).toBe(pid === '4321' ? 'chrome.exe' : undefined);
  });

  it('checksum-offload.etl: the five outbound packets were left to the NIC, the five inbound ones are valid', async () => {
    const { summary } = await convert(new Uint8Array(readFileSync(caseFile('checksum-offload.etl'))));
    expect(summary.checksumsLeftToNic).toEqual({ frames: 5, inferred: 5 });
    const hint = summary.hints.find(({ id }) => id === 'checksumsLeft');
    expect(hint?.count).toBe(5);
    expect(hint?.text).toContain('5 outbound frames');
  });

  it('lso-pktmon.etl: the original length is the IP length and 14', async () => {
    const { pcapng } = await convert(new Uint8Array(readFileSync(caseFile('lso-pktmon.etl'))));
    const lengths = readSection(pcapng).packets.map(({ data, originalLength }) => [
      originalLength,
      ((data[16] ?? 0) << 8) + (data[17] ?? 0) + 14,
    ]);
    const large = lengths.filter(([, ip = 0]) => ip > 14);
    expect(large.length).toBeGreaterThan(0);
    for (const [original, ip] of large) expect(original).toBe(ip);
  });
});
