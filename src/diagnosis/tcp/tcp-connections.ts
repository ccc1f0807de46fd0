import { UNKNOWN } from '../../packets/index.js';
import type { Flow } from '../../paths/index.js';
import type { DiagnosisContext } from '../context.js';
import type { Journey, JourneyNote } from '../journey.js';
import { isFromOutside } from '../origin.js';
import { TcpFlag, type TcpHeader, tcpHeader } from './tcp-header.js';

/** Ticks of 100 ns in a millisecond. */
const MILLISECOND = 10_000;
/** A repetition that comes sooner is a copy or came out of order: no sender waits so little. */
const MIN_REPEAT = 2 * MILLISECOND;
/** The same where the packets have no IP identification that tells copies apart. */
const MIN_REPEAT_WITHOUT_ID = 5 * MILLISECOND;
/** Segments of a side that are remembered. */
const RECENT = 64;
const MAX_CONNECTIONS = 50_000;

interface SentSegment {
  readonly sequence: number;
  readonly end: number;
  readonly identification: number;
  readonly ticks: bigint;
}

/** One end of a connection, by the segments that it sent. */
export interface TcpSide {
  /** Sequence number after the last byte sent; undefined before the first segment. */
  next: number | undefined;
  /** Acknowledgement number of the last segment that had one. */
  acknowledged: number | undefined;
  /** Segments with payload. */
  dataSegments: number;
  payloadBytes: number;
  /** Sequence number of its SYN; undefined if that is not in the capture. */
  synSequence: number | undefined;
  hasSentFin: boolean;
  hasSentReset: boolean;
  /** Unix time of the last segment in 100 ns; 0 before the first. */
  lastTicks: bigint;
  readonly recent: SentSegment[];
}

/** A TCP connection of one host, or of one compartment. */
export interface TcpConnection {
  /** The flow of the first segment that was seen. */
  readonly flow: Flow;
  readonly host: number;
  readonly compartment: number;
  /** Whether this host opened it; undefined if the first segment is not in the capture. */
  readonly isOutbound: boolean | undefined;
  /** Sides by `Flow.isFromA`: 0 is the conversation's `b`, 1 its `a`. */
  readonly sides: readonly [TcpSide, TcpSide];
  /** The side that sent the first SYN; undefined if it is not in the capture. */
  readonly opener: 0 | 1 | undefined;
  readonly started: JourneyNote;
  /** The connection of the same addresses and ports before. */
  readonly previous: TcpConnection | undefined;
  /** Both sides have sent data or acknowledged the SYN. */
  isEstablished: boolean;
  /** The side that sent the last segment with data; undefined if there is none. Alerts of TLS that end it do not count. */
  lastDataFrom: 0 | 1 | undefined;
  /** A side ended TLS (close_notify). */
  hasTlsClose: boolean;
}

/** The role of a segment in its connection. */
export interface TcpSegment {
  readonly connection: TcpConnection;
  readonly header: TcpHeader;
  /** The side that sent it. */
  readonly from: 0 | 1;
  readonly sender: TcpSide;
  readonly receiver: TcpSide;
  readonly isNewConnection: boolean;
  /** Repeats bytes that were sent at least {@link MIN_REPEAT} before; no keep-alive, no copy. */
  readonly isRetransmission: boolean;
  readonly isKeepAlive: boolean;
  /** Ticks since the receiver's last segment; undefined before its first. */
  readonly sinceReceiver: bigint | undefined;
}

/** The TCP connections of a capture, in bounded memory: the one unused for longest is forgotten. */
export class TcpConnections {
  readonly #byKey = new Map<string, TcpConnection>();
  readonly #limit: number;
  #lastJourney: Journey | undefined;
  #lastSegment: TcpSegment | undefined;

  /** @param limit for tests */
  constructor(limit = MAX_CONNECTIONS) {
    this.#limit = limit;
  }

  /** The segment of a journey; the same result for each rule. Undefined if it is not a new TCP segment. */
  segment(journey: Journey): TcpSegment | undefined {
    if (journey !== this.#lastJourney) {
      this.#lastJourney = journey;
      this.#lastSegment = this.#read(journey);
    }
    return this.#lastSegment;
  }

  #read(journey: Journey): TcpSegment | undefined {
    const header = journey.isDerived ? undefined : tcpHeader(journey);
    if (header === undefined) return undefined;
    const { flow, host, path } = journey;
    const compartment = path.compartment ?? UNKNOWN;
    const key = `${host} ${compartment} ${flow.conversation.a} ${flow.conversation.b}`;
    const from = flow.isFromA ? 1 : 0;
    const known = this.#byKey.get(key);
    const isSyn = (header.flags & (TcpFlag.syn | TcpFlag.ack | TcpFlag.rst)) === TcpFlag.syn;
    const isNewConnection = known === undefined || (isSyn && isReopened(known, header, from));
    const connection = isNewConnection
      ? this.#open(journey, compartment, isSyn ? from : undefined, known)
      : known;
    this.#byKey.delete(key);
    if (this.#byKey.size >= this.#limit) this.#forgetOldest();
    this.#byKey.set(key, connection);
    const [sender, receiver] =
      from === 0 ? connection.sides : ([connection.sides[1], connection.sides[0]] as const);
    const sinceReceiver = receiver.lastTicks === 0n ? undefined : path.ticks - receiver.lastTicks;
    const repeated = noteSegment(sender, header, path.ticks, journey.frame.identification);
    if (
      sender.next !== undefined &&
      receiver.acknowledged !== undefined &&
      receiver.next !== undefined &&
      sender.acknowledged !== undefined
    ) {
      connection.isEstablished ||= !sender.hasSentReset && !receiver.hasSentReset;
    }
    if (header.payloadLength > 0 && !repeated.isKeepAlive && (header.flags & TcpFlag.rst) === 0) {
      if (isTlsClose(journey, header)) connection.hasTlsClose = true;
      else connection.lastDataFrom = from;
    }
    return { connection, header, from, sender, receiver, isNewConnection, ...repeated, sinceReceiver };
  }

  #open(
    journey: Journey,
    compartment: number,
    opener: 0 | 1 | undefined,
    previous: TcpConnection | undefined,
  ): TcpConnection {
    return {
      flow: journey.flow,
      host: journey.host,
      compartment,
      isOutbound: opener === undefined ? undefined : !isFromOutside(journey),
      sides: [newTcpSide(), newTcpSide()],
      opener,
      started: journey.note(),
      previous: previous && { ...previous, previous: undefined },
      isEstablished: false,
      lastDataFrom: undefined,
      hasTlsClose: false,
    };
  }

  #forgetOldest(): void {
    const [oldest] = this.#byKey.keys();
    if (oldest !== undefined) this.#byKey.delete(oldest);
  }
}

const ofContext = new WeakMap<DiagnosisContext, TcpConnections>();

/** The connections of a run, which all rules about TCP share. */
export function tcpConnections(context: DiagnosisContext): TcpConnections {
  let known = ofContext.get(context);
  if (known === undefined) {
    known = new TcpConnections();
    ofContext.set(context, known);
  }
  return known;
}

/** A side that has sent nothing. */
export const newTcpSide = (): TcpSide => ({
  next: undefined,
  acknowledged: undefined,
  dataSegments: 0,
  payloadBytes: 0,
  synSequence: undefined,
  hasSentFin: false,
  hasSentReset: false,
  lastTicks: 0n,
  recent: [],
});

/**
 * Whether a SYN opens the connection anew. One with the sequence number of the first SYN repeats it, unless that was
 * refused, or its sender has sent data or FIN since.
 */
export const isReopened = (
  { sides }: Pick<TcpConnection, 'sides'>,
  header: TcpHeader,
  from: 0 | 1,
): boolean => {
  const { dataSegments, hasSentFin, synSequence } = sides[from];
  if (synSequence !== header.sequence || hasSentFin) return true;
  // Data may have been in the SYN itself.
  return dataSegments > 1 || sides.some(({ hasSentReset }) => hasSentReset);
};

const TLS_ALERT = 21;
const TLS_DATA = 23;
/** Length of a record header (RFC 8446, 5.1), and of an alert without encryption. */
const TLS_HEADER = 5;
const PLAIN_ALERT = 2;
/** Length of an encrypted alert of TLS 1.3: alert, content type, authentication tag. */
const ENCRYPTED_ALERT = 19;

/**
 * Whether a segment has an alert of TLS that ends the connection without an error: close_notify, or an alert that is
 * encrypted, whose kind cannot be seen.
 */
function isTlsClose({ bytes, frame: { transportStart } }: Journey, { payloadLength }: TcpHeader): boolean {
  const start = transportStart + ((bytes[transportStart + 12] ?? 0) >> 4) * 4;
  if (start + TLS_HEADER > bytes.length || bytes[start + 1] !== 3) return false;
  const length = ((bytes[start + 3] ?? 0) << 8) | (bytes[start + 4] ?? 0);
  if (payloadLength !== TLS_HEADER + length) return false;
  if (bytes[start] === TLS_DATA) return length === ENCRYPTED_ALERT;
  if (bytes[start] !== TLS_ALERT) return false;
  return length > PLAIN_ALERT || bytes[start + TLS_HEADER + 1] === 0;
}

/** Distance of two sequence numbers modulo 2^32; negative if `a` lies before `b`. */
export const sequenceDistance = (a: number, b: number): number => (a - b) | 0;

/**
 * Updates a side by a segment that it sent.
 *
 * @param ticks Unix time in 100 ns
 * @param identification of the IP header; negative or 0: none
 */
export function noteSegment(
  side: TcpSide,
  header: TcpHeader,
  ticks: bigint,
  identification: number,
): Pick<TcpSegment, 'isKeepAlive' | 'isRetransmission'> {
  const { flags, payloadLength, sequence } = header;
  const isReset = (flags & TcpFlag.rst) !== 0;
  const length =
    payloadLength + ((flags & TcpFlag.syn) !== 0 ? 1 : 0) + ((flags & TcpFlag.fin) !== 0 ? 1 : 0);
  const end = (sequence + length) >>> 0;
  const { next } = side;
  const isKeepAlive =
    next !== undefined &&
    payloadLength <= 1 &&
    length <= 1 &&
    sequenceDistance(sequence, next) === -1 &&
    (flags & (TcpFlag.syn | TcpFlag.fin)) === 0;
  const isNew = next === undefined || sequenceDistance(end, next) > 0;
  const isRetransmission =
    !isNew &&
    !isKeepAlive &&
    !isReset &&
    length > 0 &&
    isRepeated(side, sequence, end, ticks, identification);
  if ((flags & TcpFlag.syn) !== 0) side.synSequence = sequence;
  side.hasSentFin ||= (flags & TcpFlag.fin) !== 0;
  side.hasSentReset ||= isReset;
  if ((flags & TcpFlag.ack) !== 0) side.acknowledged = header.acknowledgement;
  side.lastTicks = ticks;
  if (length > 0 && !isReset) {
    if (isNew) {
      side.next = end;
      if (payloadLength > 0) {
        side.dataSegments += 1;
        side.payloadBytes += payloadLength;
      }
    }
    side.recent.push({ sequence, end, identification, ticks });
    if (side.recent.length > RECENT) side.recent.shift();
  } else if (next === undefined && !isReset) {
    side.next = sequence;
  }
  return { isKeepAlive, isRetransmission };
}

/** Whether the bytes were sent before, long enough ago for a retransmission; bytes that fill a gap are new. */
function isRepeated(
  { recent }: TcpSide,
  sequence: number,
  end: number,
  ticks: bigint,
  identification: number,
): boolean {
  let earlier: SentSegment | undefined;
  for (const sent of recent) {
    const covers = sequenceDistance(sent.sequence, sequence) <= 0 && sequenceDistance(sent.end, end) >= 0;
    if (covers) earlier = sent;
  }
  if (earlier === undefined) return false;
  const hasIds = identification > 0 && earlier.identification > 0;
  if (hasIds && earlier.identification === identification && earlier.sequence === sequence) return false;
  return Number(ticks - earlier.ticks) >= (hasIds ? MIN_REPEAT : MIN_REPEAT_WITHOUT_ID);
}
