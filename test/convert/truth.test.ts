import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  committedScenarios,
  flowOwners,
  gftFlow,
  neverClosed,
  rasVpn,
  type Scenario,
  stepsBack,
  switch32Bit,
  type TruthPacket,
  wfpCapture,
  wrapped,
} from '../../samples/scenarios/index.js';
import { convert } from '../../src/library/index.js';
import { type PcapngSection, type ReadPacket, readSection } from '../support/pcapng-reader.js';
import { dissect } from '../support/wireshark.js';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'etlcap-truth-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function converted(name: string, etl: Uint8Array): Promise<Uint8Array> {
  const input = join(directory, `${name}.etl`);
  const output = join(directory, `${name}.pcapng`);
  await writeFile(input, etl);
  await convert(input, output, { force: true });
  return new Uint8Array(await readFile(output));
}

const DIRECTION_FLAGS = { unknown: 0, inbound: 1, outbound: 2 } as const;

/** A packet in the form common to truth and output. */
function ofTruth(packet: TruthPacket): object {
  return {
    time: packet.time,
    bytes: hex(packet.bytes),
    originalLength: packet.originalLength,
    direction: DIRECTION_FLAGS[packet.direction],
    linkType: packet.linkType,
    comment: {
      PID: String(packet.pid),
      TID: String(packet.tid),
      CPU: String(packet.processor),
      ...packet.comment,
    },
  };
}

function ofOutput(packet: ReadPacket, section: PcapngSection): object {
  return {
    time: packet.timestamp,
    bytes: hex(packet.data),
    originalLength: packet.originalLength,
    direction: (packet.flags ?? 0) & 3,
    linkType: section.interfaces[packet.interfaceId]?.linkType,
    comment: withoutIdentity(parseComment(packet.comments[0] ?? '')),
  };
}

/** The generator names packets; the converter numbers them: see "one packet has one number". */
function withoutIdentity(comment: Record<string, string>): Record<string, string> {
  const { Hop, Match, Packet, Parent, Parts, ...rest } = comment;
  return rest;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The comment grammar of dissector-notes.md, in its simplest reading: key=value tokens, quoted values with backslash escapes. */
function parseComment(comment: string): Record<string, string> {
  const values: Record<string, string> = {};
  const pattern = /(?:^| )(?<key>\w+)=(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^\s"]*))/gy;
  let end = 0;
  for (let match = pattern.exec(comment); match !== null; match = pattern.exec(comment)) {
    const { key = '', quoted, plain = '' } = match.groups ?? {};
    if (key in values) throw new Error(`${key} stands twice in ${comment}`);
    values[key] = quoted === undefined ? plain : String(JSON.parse(`"${quoted}"`));
    end = pattern.lastIndex;
  }
  if (end !== comment.length) throw new Error(`not key=value tokens at ${end}: ${comment}`);
  return values;
}

const SCENARIOS: readonly (() => Scenario)[] = [
  ...committedScenarios(),
  rasVpn,
  wfpCapture,
  gftFlow,
  flowOwners,
  switch32Bit,
  neverClosed,
  wrapped,
  stepsBack,
];

describe.each(SCENARIOS.map((make) => make()))(
  'the packets of $name are what the generator wrote',
  (scenario) => {
    const forms = scenario.name === 'wrapped' ? (['plain'] as const) : (['plain', 'compressed'] as const);
    it.each(forms)('%s: time, bytes, length, direction, link type, comment', async (form) => {
      const section = readSection(await converted(`${scenario.name}.${form}`, scenario[form]));
      expect(section.packets.map((packet) => ofOutput(packet, section))).toEqual(
        scenario.truth.packets.map(ofTruth),
      );
    });

    it('one packet has one number, in epb_packetid and in the comment, and its hops count up', async () => {
      const { packets } = readSection(await converted(`${scenario.name}.identity`, scenario.plain));
      const hops = new Map<string, number>();
      const numbers = new Map<string, string>();
      for (const [at, { comments, packetId }] of packets.entries()) {
        const { Hop, Match, Packet = '' } = parseComment(comments[0] ?? '');
        expect(packetId).toBe(BigInt(Packet));
        const hop = (hops.get(Packet) ?? 0) + 1;
        // Packets are numbered in the order of their first appearances.
        if (hop === 1) expect(Packet).toBe(String(hops.size + 1));
        else expect(Match).toMatch(/^(?:number|content|translated|encapsulated)$/u);
        expect(Hop).toBe(String(hop));
        hops.set(Packet, hop);
        const name = scenario.truth.packets[at]?.packet;
        if (name !== undefined) numbers.set(name, numbers.get(name) ?? Packet);
        if (name !== undefined) expect(numbers.get(name)).toBe(Packet);
      }
      expect(new Set(numbers.values()).size).toBe(numbers.size);
    });

    it('Wireshark dissects the same bytes at the same times, and none of them as malformed', async () => {
      const pcapng = await converted(`${scenario.name}.wireshark`, scenario.plain);
      const frames = await dissect(pcapng, [
        'frame.time_epoch',
        'frame.len',
        'frame.cap_len',
        'frame.comment',
      ]);
      expect(frames.map(({ data }) => hex(data))).toEqual(
        scenario.truth.packets.map(({ bytes }) => hex(bytes)),
      );
      expect(frames.filter(({ protocols }) => protocols.includes('_ws.malformed'))).toEqual([]);
      expect(frames.map(({ fields }) => fields['frame.len']?.[0])).toEqual(
        scenario.truth.packets.map(({ originalLength }) => String(originalLength)),
      );
    });
  },
);
