import { ByteWriter, concat, type EventFields, eventRecord } from '../../../samples/encoder/index.js';
import { Clock, EventRecord } from '../../../src/etl/index.js';
import { SchemaStore } from '../../../src/etw/index.js';
import { LocationRegistry } from '../../../src/host/location-registry.js';
import type { Packet } from '../../../src/packets/packet.js';
import { CaptureDecoder } from '../../../src/packets/packet-decoder.js';
import type { Outcome } from '../../../src/packets/sources/source.js';

/** FILETIME of 2024-01-01 00:00:00 UTC; events count from here. */
const START = 133_485_408_000_000_000n;
/** The same in Unix time, 100 ns. */
export const START_UNIX = 17_040_672_000_000_000n;

const CLOCK = new Clock('system-time', 10_000_000, START, START);

/** An event of a test: `at` in 100 ns after the start of the trace. */
export type TestEvent = Partial<Omit<EventFields, 'time'>> & {
  readonly provider: string;
  readonly id: number;
  readonly data: Uint8Array;
  readonly at?: bigint;
  readonly processor?: number;
};

/** A decoded packet, copied because the decoder reuses its packet. */
export interface Decoded {
  readonly outcome: Outcome;
  readonly damage: string;
  /** The packet's fields; only for the outcome `packet`. */
  readonly packet: Packet;
  readonly bytes: number[];
}

/** A decoder and everything it was made with. */
export class Capture {
  readonly registry = new LocationRegistry();
  readonly schemas = new SchemaStore();
  readonly decoder = new CaptureDecoder({ registry: this.registry, schemas: this.schemas });

  /** Events that follow each other in one buffer, in the order given. */
  decode(...events: TestEvent[]): Decoded[] {
    const records = events.map(({ at = 0n, processor = 0, ...fields }) => ({
      processor,
      time: START + at,
      bytes: eventRecord({ ...fields, time: START + at }),
    }));
    const padded = records.map(({ bytes }) => concat([bytes, new Uint8Array(-bytes.length & 7)]));
    const buffer = concat(padded);
    const view = new DataView(buffer.buffer);
    const record = new EventRecord();
    let offset = 0;
    return records.map(({ processor, time, bytes }, index) => {
      const high = Number(time >> 32n);
      const low = Number(time & 0xffff_ffffn);
      record.moveTo(buffer, view, offset, bytes.length, processor, 0, CLOCK, high, low);
      offset += padded[index]?.length ?? 0;
      const outcome = this.decoder.decode(record);
      const { packet, damage } = this.decoder;
      return {
        outcome,
        damage,
        packet: { ...packet, point: packet.point, reset: packet.reset },
        bytes:
          outcome === 'packet' ? [...packet.bytes.subarray(packet.start, packet.start + packet.length)] : [],
      };
    });
  }

  /** A record that carries a schema, as merged traces have them. */
  addSchema(bytes: Uint8Array): void {
    const record = new EventRecord();
    record.moveTo(bytes, new DataView(bytes.buffer, bytes.byteOffset), 0, bytes.length, 0, 0, CLOCK, 0, 0);
    this.schemas.addFromTrace(record);
  }

  /** One event. */
  one(event: TestEvent): Decoded {
    const [decoded] = this.decode(event);
    if (decoded === undefined) throw new RangeError('no event');
    return decoded;
  }
}

/** Unix time of a packet, 100 ns. */
export const timeOf = ({ timeHigh, timeLow }: Packet): bigint => (BigInt(timeHigh) << 32n) | BigInt(timeLow);

export const payload = (): ByteWriter => new ByteWriter();

/** Bytes 0, 1, 2 … */
export const counting = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => index & 0xff);

const MAC_DESTINATION = [0x00, 0x15, 0x5d, 0x00, 0x00, 0x01];
const MAC_SOURCE = [0x00, 0x15, 0x5d, 0x00, 0x00, 0x02];

/** Ethernet header (and tags), then what follows. */
export const ethernet = (etherTypes: number[], rest: Uint8Array): Uint8Array => {
  const types = etherTypes.flatMap((type, index) =>
    index < etherTypes.length - 1 ? [type >> 8, type & 0xff, 0, 101] : [type >> 8, type & 0xff],
  );
  return concat([Uint8Array.from([...MAC_DESTINATION, ...MAC_SOURCE, ...types]), rest]);
};

/** An IPv4 header with the length `total`, truncated or filled to `captured`. */
export const ipv4 = (total: number, captured: number): Uint8Array => {
  const bytes = new Uint8Array(captured);
  bytes.set([0x45, 0, total >> 8, total & 0xff, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]);
  return bytes;
};

/** An IPv6 header with `payloadLength`, truncated or filled to `captured`. */
export const ipv6 = (payloadLength: number, captured: number): Uint8Array => {
  const bytes = new Uint8Array(captured);
  bytes.set([0x60, 0, 0, 0, payloadLength >> 8, payloadLength & 0xff, 17, 64]);
  return bytes;
};
