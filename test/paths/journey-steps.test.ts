import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import {
  ByteWriter,
  encodeTrace,
  eventRecord,
  guidBytes,
  TraceClock,
  unixTime,
} from '../../samples/encoder/index.js';
import { EtherType, ethernet, overIpv4, TcpFlag, tcp } from '../../samples/packets/index.js';
import {
  type FlowEnd,
  NDIS_PACKET_CAPTURE,
  NdisKeyword,
  natSession,
  packetFragment,
  switchPacketFragment,
  VFP_EXT,
  vfpNoRule,
  vfpRewrite,
  vfpRule,
  WIN_NAT,
} from '../../samples/scenarios/index.js';
import { pathText } from '../../src/cli/text/paths.js';
import { listPaths } from '../../src/library/index.js';
import type { PathJson } from '../../src/paths/index.js';
import { useConversions } from '../events/convert.js';
import { schemaErrors } from '../support/json-schemas.js';

const convert = useConversions();
const clock = new TraceClock({ type: 'qpc', start: unixTime('2025-03-01T10:00:00Z') });
const at = (microseconds: number): bigint => clock.startTicks + BigInt(microseconds) * 10n;
const POD: FlowEnd = { address: '172.16.0.10', port: 50_001 };
const OTHER: FlowEnd = { address: '172.16.0.11', port: 50_001 };
const SERVER: FlowEnd = { address: '192.0.2.80', port: 443 };
const NAT: FlowEnd = { address: '10.0.0.4', port: 1024 };
const LAYER = ['ACL_ENDPOINT_LAYER', 'ACL_OUT', 'block-443'] as const;

const HOST_NETWORK_SERVICE = '0c885e0d-6eb6-476c-a048-2457eed3a5c1';
const OTHER_GUID = 'b1b2c3d4-0002-4000-8000-00155d3c900a';

const frame = (source: FlowEnd): Uint8Array =>
  ethernet(
    { from: '00:0d:3a:fe:3f:ab', to: '00:1b:21:3a:4f:50' },
    EtherType.ipv4,
    overIpv4(
      { from: source.address, to: SERVER.address },
      tcp({ ports: [source.port, SERVER.port], sequence: 1, acknowledgement: 0, flags: TcpFlag.syn }),
      { id: 7 },
    ),
  );

const sent = (microseconds: number, source: FlowEnd): Uint8Array => {
  const bytes = frame(source);
  return eventRecord({
    provider: NDIS_PACKET_CAPTURE,
    id: 1001,
    time: at(microseconds),
    keyword: NdisKeyword.ethernet | NdisKeyword.packetStart | NdisKeyword.packetEnd | NdisKeyword.send,
    data: packetFragment({ miniportIfIndex: 8, lowerIfIndex: 8 }, bytes),
  });
};

const vfp = (microseconds: number, id: number, data: Uint8Array): Uint8Array =>
  eventRecord({ provider: VFP_EXT, id, time: at(microseconds), data });

/** Steps without a packet in the trace that was read last. */
let unjoined = 0;

async function pathsOf(...records: readonly Uint8Array[]): Promise<PathJson[]> {
  const trace = encodeTrace({ clock, bufferSize: 65_536 }, [{ processor: 0, records }]);
  const { directory } = await convert(trace);
  const file = join(directory, 'steps.etl');
  writeFileSync(file, trace);
  const chunks: string[] = [];
  const output = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  ({ unjoinedSteps: unjoined } = await listPaths([file], output, {}));
  const lines = chunks.join('').split('\n');
  return lines.filter((line) => line !== '').map((line): PathJson => JSON.parse(line));
}

describe('steps of a packet that VFP states', () => {
  it('are those with its addresses and ports, in the order of time, also before its first appearance', async () => {
    const [pod, other] = await pathsOf(
      vfp(90, 115, vfpNoRule(3, 'METER_LAYER_OUT', POD, SERVER)),
      sent(100, POD),
      vfp(110, 101, vfpRule(3, LAYER, 2, POD, SERVER)),
      sent(120, OTHER),
      vfp(130, 101, vfpRule(4, [LAYER[0], LAYER[1], 'allow-all'], 1, OTHER, SERVER)),
    );
    expect(pod?.steps).toEqual([
      {
        source: 'VFP',
        event: 115,
        kind: 'no-rule',
        time: '2025-03-01T10:00:00.0000900Z',
        sinceFirst: -0.00001,
        CPU: 0,
        text: 'VFP port 3: no rule of layer METER_LAYER_OUT matched',
        portId: 3,
        layer: 'METER_LAYER_OUT',
      },
      {
        source: 'VFP',
        event: 101,
        kind: 'rule',
        time: '2025-03-01T10:00:00.0001100Z',
        sinceFirst: 0.00001,
        CPU: 0,
        text: 'VFP port 3: rule block-443 of layer ACL_ENDPOINT_LAYER, group ACL_OUT matched (Block)',
        portId: 3,
        layer: 'ACL_ENDPOINT_LAYER',
        group: 'ACL_OUT',
        rule: 'block-443',
        action: 'Block',
      },
    ]);
    expect(other?.steps.map(({ rule }) => rule)).toEqual(['allow-all']);
    expect(schemaErrors('path', pod)).toEqual([]);
  });

  it('without the packet’s addresses are joined by processor and time: a rewrite states the new ones', async () => {
    const [pod] = await pathsOf(
      sent(100, POD),
      vfp(110, 101, vfpRule(3, LAYER, 4, POD, SERVER)),
      vfp(111, 152, vfpRewrite(3, NAT, SERVER)),
      // Another port's, and one much later.
      vfp(112, 152, vfpRewrite(9, NAT, SERVER)),
      vfp(90_000, 152, vfpRewrite(3, NAT, SERVER)),
    );
    expect(pod?.steps.map(({ event, newFlow }) => [event, newFlow])).toEqual([
      [101, undefined],
      [152, '10.0.0.4:1024 > 192.0.2.80:443'],
    ]);
  });

  it('are not those of a packet a second ago', async () => {
    const [pod] = await pathsOf(sent(100, POD), vfp(1_000_100, 101, vfpRule(3, LAYER, 2, POD, SERVER)));
    expect(pod?.steps).toEqual([]);
    expect(unjoined).toBe(1);
  });

  it('stand between the hops in the text', async () => {
    const [pod] = await pathsOf(sent(100, POD), vfp(110, 101, vfpRule(3, LAYER, 2, POD, SERVER)));
    expect(pod && pathText(pod)).toMatch(/\n.*10 µs .*VFP port 3: rule block-443 of layer .* \(Block\)/u);
  });
});

describe('steps of a packet that the Host Network Service states', () => {
  it('are events about the endpoint or port where the packet was seen, by GUID, within a second', async () => {
    const port = 'a1b2c3d4-0002-4000-8000-00155d3c900a';
    const nic = { portId: 4, portName: port.toUpperCase(), nicName: 'web', nicType: 'Internal' };
    const bytes = frame(POD);
    const packet = eventRecord({
      provider: NDIS_PACKET_CAPTURE,
      id: 1003,
      time: at(100),
      keyword:
        NdisKeyword.ethernet |
        NdisKeyword.vmSwitch |
        NdisKeyword.packetStart |
        NdisKeyword.packetEnd |
        NdisKeyword.send,
      data: switchPacketFragment({ miniportIfIndex: 8, lowerIfIndex: 8 }, nic, [], bytes, new Uint8Array(0)),
    });
    // 1004: HResult, SwitchId, PortId, PortType.
    const hns = (microseconds: number, id: string): Uint8Array =>
      eventRecord({
        provider: HOST_NETWORK_SERVICE,
        id: 1004,
        time: at(microseconds),
        data: new ByteWriter()
          .u32(0x8007_0490)
          .bytes(guidBytes(OTHER_GUID))
          .bytes(guidBytes(id))
          .u32(1)
          .take(),
      });
    const [path] = await pathsOf(packet, hns(200, port), hns(300, OTHER_GUID), hns(2_000_000, port));
    expect(path?.steps.map(({ source, event, text }) => [source, event, text])).toEqual([
      ['HNS', 1004, `HNS event 1004: HResult=0x80070490 SwitchId=${OTHER_GUID} PortId=${port} PortType=1`],
    ]);
    expect(schemaErrors('path', path)).toEqual([]);
  });
});

describe('steps of a packet that WinNat states', () => {
  it('are the session that its flow begins, with both sides', async () => {
    const data = natSession(6, [POD, SERVER], [NAT, SERVER], 2);
    const event = eventRecord({ provider: WIN_NAT, id: 1001, version: 1, time: at(110), data });
    const [pod] = await pathsOf(sent(100, POD), event);
    expect(pod?.steps).toMatchObject([
      {
        source: 'WinNat',
        event: 1001,
        kind: 'nat-session',
        text: 'NAT session: TCP 172.16.0.10:50001 > 192.0.2.80:443 becomes TCP 10.0.0.4:1024 > 192.0.2.80:443',
        newFlow: 'TCP 10.0.0.4:1024 > 192.0.2.80:443',
      },
    ]);
  });
});
