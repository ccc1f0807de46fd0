import { type EventRecord, LimitLog } from '../etl/index.js';

/** The event in which an EventSource describes itself (.NET, EventSource.cs, SendManifest). */
export const MANIFEST_EVENT_ID = 0xfffe;

/** ManifestEnvelope: format u8, major u8, minor u8, magic u8, total chunks u16, chunk number u16. */
const ENVELOPE_SIZE = 8;
const ENVELOPE_FORMAT = 1;
const ENVELOPE_MAGIC = 0x5b;

/** .NET refuses manifests beyond this (EventSource.cs: ushort.MaxValue chunks, in practice a few). */
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;

interface Assembly {
  readonly totalChunks: number;
  readonly chunks: Map<number, Uint8Array>;
  bytes: number;
}

/** Assembles the chunks of EventSource manifests by provider, in any order. */
export class EventSourceManifests {
  readonly #assemblies = new Map<string, Assembly>();
  readonly #complete = new Set<string>();
  readonly #limits: LimitLog;

  /** @param limits counts chunks beyond the limits */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  /**
   * Adds one event 65534.
   *
   * @returns false if the event is not a manifest; the whole text if this was the last missing chunk; otherwise true
   */
  add(record: EventRecord): boolean | string {
    const payload = record.payload();
    if (payload.length < ENVELOPE_SIZE) return false;
    if (payload[0] !== ENVELOPE_FORMAT || payload[3] !== ENVELOPE_MAGIC) return false;
    const totalChunks = (payload[4] ?? 0) | ((payload[5] ?? 0) << 8);
    const number = (payload[6] ?? 0) | ((payload[7] ?? 0) << 8);
    const { providerId } = record;
    if (this.#complete.has(providerId) || number >= totalChunks) return true;
    let assembly = this.#assemblies.get(providerId);
    // A different number of chunks: the source was rebuilt while the trace ran; the newer one counts.
    if (assembly === undefined || assembly.totalChunks !== totalChunks) {
      if (assembly !== undefined) this.#forget(providerId, assembly);
      assembly = { totalChunks, chunks: new Map(), bytes: 0 };
      this.#assemblies.set(providerId, assembly);
    }
    if (assembly.chunks.has(number)) return true;
    const size = payload.length - ENVELOPE_SIZE;
    if (assembly.bytes + size > MAX_MANIFEST_BYTES || !this.#limits.hasRoom(payload.length)) {
      this.#limits.add('manifestPartsLeftOut');
      return true;
    }
    const chunk = payload.slice(ENVELOPE_SIZE);
    assembly.bytes += size;
    assembly.chunks.set(number, chunk);
    if (assembly.chunks.size < totalChunks) return true;
    this.#complete.add(providerId);
    // Its bytes stay in the budget: the text is kept until it is read, and what it says is kept after.
    this.#assemblies.delete(providerId);
    return join(assembly);
  }

  #forget(providerId: string, { bytes, chunks }: Assembly): void {
    this.#assemblies.delete(providerId);
    this.#limits.free(bytes + ENVELOPE_SIZE * chunks.size);
  }
}

/** Chunks cut the text anywhere, also inside a character: they are joined before they are decoded. */
function join({ chunks, bytes, totalChunks }: Assembly): string {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (let number = 0; number < totalChunks; number++) {
    const chunk = chunks.get(number);
    if (chunk === undefined) continue;
    whole.set(chunk, at);
    at += chunk.length;
  }
  return new TextDecoder('utf-8').decode(whole);
}
