import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { committedScenarios, type Scenario, type TruthPacket } from '../../samples/scenarios/index.js';
import type { ConvertOptions } from '../../src/library/index.js';
import { convert } from '../../src/library/index.js';
import { PcapngWriter } from '../../src/pcap-writer/index.js';
import { sample } from '../cli/run.js';

const folder = fileURLToPath(new URL('../../src/wireshark/', import.meta.url));

/** A file of src/wireshark. */
export const source = (name: string): string => `${folder}${name}`;
export const sourceText = (name: string): string => readFileSync(source(name), 'utf8');

/** Arguments that load the plugin without installing it. */
export const WITH_PLUGIN = ['-X', `lua_script:${source('etlcap.lua')}`] as const;

const scenarios = new Map<string, Scenario>();

/** The generator's truth about a sample trace. */
export function scenario(name: string): Scenario {
  if (scenarios.size === 0) {
    for (const made of committedScenarios().map((make) => make())) scenarios.set(made.name, made);
  }
  const found = scenarios.get(name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
}

export const truth = (name: string): readonly TruthPacket[] => scenario(name).truth.packets;

/** A sample trace as pcapng. */
export async function converted(name: string, options: ConvertOptions = {}): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  await convert(sample(name), sink, options);
  return Buffer.concat(chunks);
}

/** Environment of a user with nothing but this home. */
export const homeOf = (directory: string): Record<string, string | undefined> => ({
  HOME: directory,
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  XDG_CONFIG_HOME: undefined,
  WIRESHARK_CONFIG_DIR: undefined,
});

/** A frame of a capture that a test writes itself. */
export interface WrittenFrame {
  readonly comment: string;
  /** Name of its interface. */
  readonly at?: string;
}

/** A capture with one Ethernet packet for each comment, a second apart. */
export function withComments(frames: ReadonlyArray<string | WrittenFrame>, packetSize = 60): Uint8Array {
  const writer = new PcapngWriter();
  writer.sectionHeader({});
  const written = frames.map((frame) => (typeof frame === 'string' ? { comment: frame } : frame));
  const names = [...new Set(written.map(({ at = 'any' }) => at))];
  for (const name of names) writer.interfaceDescription({ linkType: 1, snapLength: 0, name });
  const bytes = new Uint8Array(packetSize);
  for (const [number, { at = 'any', comment }] of written.entries()) {
    const encoded = new TextEncoder().encode(comment);
    writer.enhancedPacket({
      interfaceId: names.indexOf(at),
      timeHigh: 0,
      timeLow: number * 1_000_000,
      bytes,
      start: 0,
      length: bytes.length,
      originalLength: bytes.length,
      flags: -1,
      hasPacketId: false,
      packetIdHigh: 0,
      packetIdLow: 0,
      verdict: undefined,
      processId: -1,
      threadId: -1,
      comment: encoded,
      commentLength: encoded.length,
    });
  }
  return writer.take();
}

/** The capture as an etlcap that did not number packets wrote it: the plugin does not know the renamed keys. */
export function withoutPacketNumbers(capture: Uint8Array): Uint8Array {
  const text = Buffer.from(capture).toString('latin1');
  const renamed = text.replaceAll(/ (?:Packet|Hop|Match|Parent|Parts)=/gu, (key) => ` x${key.slice(2)}`);
  return Buffer.from(renamed, 'latin1');
}
