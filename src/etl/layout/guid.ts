const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hex = (byte: number | undefined): string => HEX[byte ?? 0] ?? '00';

/**
 * A GUID as text, lower case, without braces.
 *
 * Layout: Data1 u32, Data2 u16, Data3 u16 little-endian, then eight bytes in order (Windows SDK, guiddef.h).
 */
export function formatGuid(bytes: Uint8Array, offset: number): string {
  const b = (at: number): string => hex(bytes[offset + at]);
  return (
    `${b(3)}${b(2)}${b(1)}${b(0)}-${b(5)}${b(4)}-${b(7)}${b(6)}-` +
    `${b(8)}${b(9)}-${b(10)}${b(11)}${b(12)}${b(13)}${b(14)}${b(15)}`
  );
}

/** A GUID as four signed 32-bit words (V8 compares those without conversion), and as text. */
interface KnownGuid {
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
  readonly text: string;
}

/** Whether the GUID at `offset` is this one, where the first words are known to be equal. */
const isSame = (known: KnownGuid, view: DataView, offset: number): boolean =>
  known.second === view.getInt32(offset + 4, true) &&
  known.third === view.getInt32(offset + 8, true) &&
  known.fourth === view.getInt32(offset + 12, true);

/**
 * Turns GUID bytes into text, one string for each distinct GUID: traces repeat a handful of GUIDs millions of times.
 */
export class GuidCache {
  readonly #known = new Map<number, KnownGuid[]>();
  /** The last GUID: neighbouring records are mostly of one provider. */
  #last: KnownGuid | undefined;

  /** Hot path. */
  text(view: DataView, offset: number): string {
    const key = view.getInt32(offset, true);
    const last = this.#last;
    if (last !== undefined && last.first === key && isSame(last, view, offset)) return last.text;
    const bucket = this.#known.get(key);
    if (bucket !== undefined) {
      for (const entry of bucket) {
        if (!isSame(entry, view, offset)) continue;
        this.#last = entry;
        return entry.text;
      }
    }
    const copy = new Uint8Array(16);
    copy.set(new Uint8Array(view.buffer, view.byteOffset + offset, 16));
    const text = formatGuid(copy, 0);
    // Bounded: a hostile trace with a new GUID in every record must not fill memory.
    if (this.#known.size < 65_536 && (bucket === undefined || bucket.length < 16)) {
      const words = new DataView(copy.buffer);
      const entry = {
        first: key,
        second: words.getInt32(4, true),
        third: words.getInt32(8, true),
        fourth: words.getInt32(12, true),
        text,
      };
      if (bucket === undefined) this.#known.set(key, [entry]);
      else bucket.push(entry);
    }
    return text;
  }
}
