import { expandPlain } from './plain-lz77.js';

/** A record as the second reading finds it. */
export interface PlainRecord {
  readonly bufferPosition: number;
  readonly headerType: number;
  /** Time as stored; undefined where this reading does not know its place. */
  readonly raw: bigint | undefined;
  readonly bytes: Uint8Array;
}

/** etl-format.md section 2, as its table has it: where size and time stand. */
const PLACES: Readonly<Record<number, { size: number; time: number }>> = {
  1: { size: 4, time: 16 },
  2: { size: 4, time: 16 },
  3: { size: 4, time: 16 },
  4: { size: 4, time: 16 },
  10: { size: 0, time: 16 },
  20: { size: 0, time: 16 },
  11: { size: 0, time: 16 },
  21: { size: 0, time: 16 },
  16: { size: 4, time: 8 },
  17: { size: 4, time: 8 },
  18: { size: 0, time: 16 },
  19: { size: 0, time: 16 },
};

/**
 * A second reading of an intact trace, buffer by buffer as it lies in the file, straight from etl-format.md: all in
 * memory, nothing shared with `src/etl`.
 *
 * @throws Error at the first byte that is not as the document says
 */
export function readPlainly(file: Uint8Array): PlainRecord[] {
  const records: PlainRecord[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  for (let position = 0; position < file.length; ) {
    const onDisk = view.getUint32(position, true);
    const filled = view.getUint32(position + 48, true);
    const compressed = (view.getUint16(position + 52, true) & 0x40) !== 0;
    const stored = file.subarray(position + 72, position + onDisk);
    const content = compressed
      ? Uint8Array.from(expandPlain(stored, filled - 72))
      : stored.subarray(0, filled - 72);
    const inside = new DataView(content.buffer, content.byteOffset, content.length);
    for (let at = 0; at + 4 <= content.length; ) {
      const word = inside.getUint32(at, true);
      if (word === 0 || word === 0xffff_ffff) break;
      const headerType = (word >>> 16) & 0xff;
      const place = PLACES[headerType];
      if (place === undefined) throw new Error(`header type ${headerType} at ${position} + 72 + ${at}`);
      const size = inside.getUint16(at + place.size, true);
      if (size < 16 || at + size > content.length)
        throw new Error(`a record of ${size} bytes at ${position}`);
      const bytes = content.slice(at, at + size);
      records.push({
        bufferPosition: position,
        headerType,
        raw: inside.getBigInt64(at + place.time, true),
        bytes,
      });
      at += Math.ceil(size / 8) * 8;
    }
    position += onDisk;
  }
  return records;
}
