/** Time of events as a number: Unix time in 100 ns. Numbers of today are exact to 200 ns. */
export type FlowTime = number;

/** `opens`: ownership by a process begins; `seen`: it continues; `closes`: it ends. */
export type FlowMomentKind = 'opens' | 'seen' | 'closes';

/** An event that names the owner of a flow, or its end. */
export interface FlowMoment {
  readonly kind: FlowMomentKind;
  readonly from: FlowTime;
  /** Later than `from` if several consecutive events agree. */
  to: FlowTime;
  /** 0: not in the event. */
  readonly pid: number;
  /** Path of the process' image, if the event has it. */
  readonly path: string;
}

/** A time during which a flow belonged to one process. */
export interface FlowSpan {
  readonly from: FlowTime;
  readonly to: FlowTime;
  readonly pid: number;
  /** When the events were logged that name the process. */
  readonly namedAt: FlowTime;
  readonly path: string;
}

/**
 * Packets of a handshake are logged before the connection's event, and those of a shutdown after the event of its end:
 * 4 minutes, which is two maximum segment lifetimes (RFC 9293, 3.4.1).
 */
const LINGER = 240 * 10_000_000;

interface OpenSpan {
  first: FlowTime;
  last: FlowTime;
  pid: number;
  path: string;
  isOpened: boolean;
  isClosed: boolean;
}

/**
 * The spans of a flow, in time order. Where ports are used again, a packet between two owners belongs to the one whose
 * event is nearer.
 */
export function flowSpans(moments: readonly FlowMoment[]): FlowSpan[] {
  const spans: OpenSpan[] = [];
  let span: OpenSpan | undefined;
  for (const { from, kind, path, pid, to } of [...moments].sort((a, b) => a.from - b.from)) {
    if (kind === 'closes' && span !== undefined && (pid === 0 || pid === span.pid)) {
      span.isClosed = true;
      span.last = Math.max(span.last, to);
      continue;
    }
    if (pid === 0) continue;
    const isSame = span !== undefined && span.pid === pid && !(kind === 'opens' && span.isClosed);
    if (span === undefined || !isSame) {
      span = { first: from, last: to, pid, path, isOpened: kind === 'opens', isClosed: false };
      spans.push(span);
    }
    span.last = Math.max(span.last, to);
    span.path ||= path;
    if (kind === 'closes') span.isClosed = true;
  }
  return spans.map(({ first, isClosed, isOpened, last, path, pid }, at) => {
    const before = spans[at - 1];
    const after = spans[at + 1];
    const earliest = before === undefined ? Number.NEGATIVE_INFINITY : (before.last + first) / 2;
    const latest = after === undefined ? Number.POSITIVE_INFINITY : (last + after.first) / 2;
    return {
      from: isOpened ? Math.max(earliest, first - LINGER) : earliest,
      to: isClosed ? Math.min(latest, last + LINGER) : latest,
      pid,
      namedAt: first,
      path,
    };
  });
}

/** Hot path. The span at a time; undefined if there is none. */
export function spanAt<T extends FlowSpan>(spans: readonly T[], time: FlowTime): T | undefined {
  let begin = 0;
  let end = spans.length;
  while (begin < end) {
    const middle = (begin + end) >> 1;
    const span = spans[middle];
    if (span === undefined || span.from > time) end = middle;
    else begin = middle + 1;
  }
  const span = spans[begin - 1];
  return span !== undefined && time <= span.to ? span : undefined;
}
