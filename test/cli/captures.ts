import { readFileSync } from 'node:fs';
import type { TruthPacket } from '../../samples/scenarios/index.js';
import { type PcapngSection, readSection } from '../support/pcapng-reader.js';

export const readCapture = (path: string): PcapngSection => readSection(new Uint8Array(readFileSync(path)));

/** Times of a capture's packets and of a scenario's, in the order in which they stand: what identifies packets here. */
export const timesOf = (section: PcapngSection): bigint[] =>
  section.packets.map(({ timestamp }) => timestamp);
export const ticksOf = (packets: readonly TruthPacket[]): bigint[] => packets.map(({ time }) => time);

/** A packet's comment as keys and values; for keys whose values need no quotes. */
export const keys = (comments: readonly string[]): Map<string, string> =>
  new Map(
    comments.flatMap((comment) =>
      Array.from(comment.matchAll(/(\w+)=(\S*)/gu), (m) => [m[1] ?? '', m[2] ?? '']),
    ),
  );
