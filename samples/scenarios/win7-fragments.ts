import { unixTime } from '../encoder/index.js';
import { EtherType, ethernet, mac, overIpv4, padded, ping, TcpFlag, tcp } from '../packets/index.js';
import { WINDOWS_7 } from './host.js';
import { type FragmentMoment, NdisHost } from './ndis-host.js';
import { Random } from './random.js';
import type { Scenario } from './truth.js';

const START = unixTime('2018-10-02T06:12:40.0312500Z');
const LAN = { miniportIfIndex: 11, lowerIfIndex: 11 };
const LAB = { miniportIfIndex: 13, lowerIfIndex: 13 };
const LAN_MAC = '00:21:70:aa:bb:01';
const LAB_MAC = '00:21:70:aa:bb:02';
const PEER_MAC = '00:1b:21:3a:4f:50';

interface Plan {
  readonly ids: typeof LAN;
  readonly direction: 'send' | 'receive';
  readonly bytes: Uint8Array;
  readonly moments: readonly FragmentMoment[];
  readonly capturedLength?: number;
  readonly path: string;
}

/**
 * Windows 7: 1001 without GFT fields, packets spread over several events as their buffers (MDLs) were. On one processor
 * the fragments of two interfaces and of both directions are interleaved; two packets were truncated.
 */
export function win7Fragments(): Scenario {
  // The clock of a PC of that time: 2.99 MHz, three fractional ticks to a microsecond.
  const host = new NdisHost(
    {
      type: 'qpc',
      start: START,
      perfFrequency: 2_994_853n,
      startTicks: 886_892_601_400n,
      cpuMegahertz: 3066,
    },
    { gft: false },
  );
  const { recorder } = host;
  const random = new Random(7601);
  const filler = (length: number): Uint8Array =>
    Uint8Array.from({ length }, () => random.between(0x21, 0x7e));
  const segment = (
    ids: typeof LAN,
    direction: 'send' | 'receive',
    sequence: number,
    length: number,
  ): Uint8Array => {
    const own = ids === LAN ? { mac: LAN_MAC, ip: '10.1.1.20' } : { mac: LAB_MAC, ip: '10.2.2.20' };
    const peer = { mac: PEER_MAC, ip: ids === LAN ? '10.1.1.9' : '10.2.2.9' };
    const [from, to] = direction === 'send' ? [own, peer] : [peer, own];
    const ports: [number, number] = direction === 'send' ? [49_300, 445] : [445, 49_300];
    return ethernet(
      { from: from.mac, to: to.mac },
      EtherType.ipv4,
      overIpv4(
        { from: from.ip, to: to.ip },
        tcp({
          ports,
          sequence,
          acknowledgement: 1,
          flags: TcpFlag.ack | TcpFlag.psh,
          payload: filler(length),
        }),
        { id: sequence & 0xffff },
      ),
    );
  };
  const moment = (at: bigint, processor: number, size?: number): FragmentMoment => ({
    at: START + at,
    processor,
    pid: 0,
    tid: 0,
    ...(size === undefined ? {} : { size }),
  });

  const plans: Plan[] = [
    {
      ids: LAN,
      direction: 'receive',
      bytes: segment(LAN, 'receive', 1000, 700),
      moments: [moment(10_000n, 0, 54), moment(10_040n, 0, 200), moment(10_080n, 0)],
      path: 'lan in 1',
    },
    {
      ids: LAB,
      direction: 'receive',
      bytes: segment(LAB, 'receive', 2000, 500),
      moments: [moment(10_020n, 0, 14), moment(10_060n, 0)],
      path: 'lab in 1',
    },
    {
      ids: LAN,
      direction: 'send',
      bytes: segment(LAN, 'send', 3000, 400),
      moments: [moment(10_030n, 0, 42), moment(10_050n, 0, 12), moment(10_100n, 0)],
      path: 'lan out 1',
    },
    {
      // The same interface and direction, at the same time, on another processor.
      ids: LAN,
      direction: 'receive',
      bytes: segment(LAN, 'receive', 4000, 300),
      moments: [moment(10_010n, 1, 54), moment(10_070n, 1)],
      path: 'lan in 2',
    },
    {
      ids: LAB,
      direction: 'send',
      bytes: segment(LAB, 'send', 5000, 1_200),
      moments: [moment(20_000n, 1, 54), moment(20_030n, 1)],
      capturedLength: 128,
      path: 'lab out cut',
    },
    {
      ids: LAN,
      direction: 'receive',
      bytes: segment(LAN, 'receive', 6000, 900),
      moments: [moment(21_000n, 0)],
      capturedLength: 96,
      path: 'lan in cut',
    },
  ];
  for (const { moments, ...plan } of plans) host.packet({ ...plan, media: 'ethernet' }, ...moments);
  for (let sequence = 1; sequence <= 3; sequence++) {
    const at = 30_000n + BigInt(sequence) * 20_000n;
    const request = overIpv4({ from: '10.1.1.20', to: '10.1.1.9' }, ping('request', sequence), {
      id: sequence,
    });
    const reply = overIpv4({ from: '10.1.1.9', to: '10.1.1.20' }, ping('reply', sequence), {
      id: 70 + sequence,
    });
    const out = ethernet({ from: LAN_MAC, to: PEER_MAC }, EtherType.ipv4, request);
    const back = padded(ethernet({ from: PEER_MAC, to: LAN_MAC }, EtherType.ipv4, reply));
    const processor = sequence % 2;
    host.packet(
      { ids: LAN, media: 'ethernet', direction: 'send', bytes: out },
      { ...moment(at, processor, 42), pid: 2744, tid: 2760 },
      { ...moment(at + 7n, processor), pid: 2744, tid: 2760 },
    );
    host.packet(
      { ids: LAN, media: 'ethernet', direction: 'receive', bytes: back },
      moment(at + 9_003n, 1 - processor),
    );
  }
  recorder.systemConfiguration(START + 150_000n, {
    ...WINDOWS_7,
    interfaces: [
      {
        index: 11,
        guid: 'e4a1f0b3-7c25-4c80-9a11-002170aabb01',
        alias: 'Local Area Connection',
        description: 'Intel(R) 82579LM Gigabit Network Connection',
        mac: mac(LAN_MAC),
        speed: 1_000_000_000n,
      },
      {
        index: 13,
        guid: 'e4a1f0b3-7c25-4c80-9a11-002170aabb02',
        alias: 'Lab',
        description: 'Intel(R) PRO/1000 PT Desktop Adapter',
        mac: mac(LAB_MAC),
        speed: 1_000_000_000n,
      },
    ],
  });
  const windows = { major: 6, minor: 1, build: 7601 };
  return recorder.scenario(
    'win7-fragments',
    { form: 'windows7', bufferSize: 8192, windows, processors: 2 },
    // Windows 7 itself does not compress: this is the trace as a later Windows rewrites it.
    { form: 'merged', windows, processors: 2, end: START + 160_000n },
  );
}
