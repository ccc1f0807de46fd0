/**
 * Fuzzing of the Wireshark plugin's reader of comments: `npm run fuzz:plugin -- [--cases N] [--seed N]`.
 *
 * tshark reads captures of thousands of frames, each with a mutated comment at an interface with a mutated name. A Lua
 * error, a crash, or more than a millisecond for a comment (and 10 µs for each of its bytes) is a find. It is kept as
 * build/fuzz-finds/plugin-N.pcapng.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Random } from '../samples/scenarios/index.js';
import { PcapngWriter } from '../src/pcap-writer/index.js';

const FRAMES = 5000;
/** Seconds that tshark needs for any capture, for a frame, and for a byte of a comment. */
const START_SECONDS = 3;
const FRAME_SECONDS = 0.001;
const BYTE_SECONDS = 0.00001;

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});

const SEEDS = [
  'PID=4 TID=8 CPU=0 Dir=Tx Packet=7 Hop=2 Match=content Parent=6 Parts=8,9 NBL=0xffff8001 PktNumber=1 Appearance=2',
  'PID=4 TID=8 CPU=1 NBL=0x12 PktNumber=3 SrcPortId=2 SrcNicType=Internal SrcNicName="a \\"b\\" \\u009b" DstPorts=2,3,4',
  'CPU=3 Component="x y" ComponentId=25 Edge=1 Drop="Bad checksum" DropReason=4 DropLocation=0xE0000001 Process=a.exe',
  'TID=1 CPU=2 VlanId=101 Priority=7 VSID=5001 HashValue=0x1234abcd RSSI=-60 DataRate=12 Username=anna Interface="eth #3"',
];
const WORDS = [
  '"',
  '\\',
  '\\u',
  '\\u00',
  '\\uffff',
  ' ',
  '  ',
  '=',
  'Packet=',
  'Hop=1',
  'Parts=',
  ',,,',
  'Drop="',
  '0x',
  '-1',
  '99999999999999999999',
  '4294967295',
  ' #1',
  ' #1 (2)',
  'é',
  '\u202e',
  '\u0001',
  '日本',
] as const;

function mutated(random: Random): string {
  let text = SEEDS[random.between(0, SEEDS.length - 1)] ?? '';
  for (let n = random.between(0, 6); n > 0; n--) {
    const at = random.between(0, text.length);
    const to = Math.min(text.length, at + random.between(0, 8));
    const word = WORDS[random.between(0, WORDS.length - 1)] ?? '';
    const times = random.between(0, 40) === 0 ? random.between(1, 3000) : 1;
    const part = [
      word.repeat(times),
      '',
      text.slice(at, to).repeat(times),
      String.fromCharCode(random.between(1, 0x24f)),
      text.slice(random.between(0, text.length)),
    ][random.between(0, 4)];
    text = (text.slice(0, at) + part + text.slice(to)).slice(0, 60_000);
  }
  return text;
}

interface Capture {
  readonly bytes: Uint8Array;
  readonly commentBytes: number;
}

function captureOf(random: Random): Capture {
  const writer = new PcapngWriter();
  writer.sectionHeader({});
  const interfaces = 50;
  for (let n = 0; n < interfaces; n++) {
    writer.interfaceDescription({ linkType: 1, snapLength: 0, name: mutated(random).slice(0, 3000) });
  }
  const frame = new Uint8Array(60);
  let commentBytes = 0;
  for (let n = 0; n < FRAMES; n++) {
    const comment = new TextEncoder().encode(mutated(random));
    commentBytes += comment.length;
    writer.enhancedPacket({
      interfaceId: n % interfaces,
      timeHigh: 0,
      timeLow: n * 1000,
      bytes: frame,
      start: 0,
      length: frame.length,
      originalLength: frame.length,
      flags: -1,
      hasPacketId: false,
      packetIdHigh: 0,
      packetIdLow: 0,
      verdict: undefined,
      processId: -1,
      threadId: -1,
      comment,
      commentLength: comment.length,
    });
  }
  return { bytes: writer.take(), commentBytes };
}

const directory = mkdtempSync(join(tmpdir(), 'etlcap-fuzz-plugin-'));
const path = join(directory, 'case.pcapng');
const plugin = join(root, 'src', 'wireshark', 'etlcap.lua');
const started = performance.now();
let found = 0;
let done = 0;
for (let seed = Number(values.seed); done < Number(values.cases); seed++) {
  const { bytes, commentBytes } = captureOf(new Random(seed));
  writeFileSync(path, bytes);
  const tshark = [
    '-X',
    `lua_script:${plugin}`,
    '-2',
    '-q',
    '-z',
    'etl,packets',
    '-z',
    'etl,drops',
    '-r',
    path,
  ];
  const script = 'ulimit -v 3000000; TIMEFORMAT="cpu %U %S"; time tshark "$@" >/dev/null';
  const { signal, status, stderr } = spawnSync('bash', ['-c', script, 'tshark', ...tshark], {
    env: { ...process.env, HOME: directory, LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
  });
  const [, user, system] = /^cpu ([\d.]+) ([\d.]+)$/mu.exec(stderr) ?? [];
  const seconds = Number(user) + Number(system);
  const allowed = START_SECONDS + FRAMES * FRAME_SECONDS + commentBytes * BYTE_SECONDS;
  const complaint = /^.*(?:Lua|[Ee]rror|memory).*$/mu.exec(stderr)?.[0];
  const reason =
    status !== 0
      ? `ended with ${status ?? signal}`
      : (complaint ?? (seconds > allowed ? `slow: ${seconds} s for ${commentBytes} bytes` : ''));
  if (reason !== '') {
    found += 1;
    const finds = join(root, 'build', 'fuzz-finds');
    mkdirSync(finds, { recursive: true });
    writeFileSync(join(finds, `plugin-${seed}.pcapng`), bytes);
    process.stdout.write(`FIND plugin-${seed}: ${reason}\n`);
  }
  done += FRAMES;
}
rmSync(directory, { recursive: true, force: true });
const minutes = (performance.now() - started) / 60_000;
process.stdout.write(`${done} comments in ${minutes.toFixed(1)} minutes, ${found} finds\n`);
process.exitCode = found > 0 ? 1 : 0;
