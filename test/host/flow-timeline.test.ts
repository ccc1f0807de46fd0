import { describe, expect, it } from 'vitest';
import { type FlowMoment, flowSpans, spanAt } from '../../src/host/flow-timeline.js';

const SECOND = 10_000_000;
const MINUTE = 60 * SECOND;

const at = (kind: FlowMoment['kind'], seconds: number, pid: number): FlowMoment => ({
  kind,
  from: seconds * SECOND,
  to: seconds * SECOND,
  pid,
  path: '',
});

const ownerAt = (moments: readonly FlowMoment[], seconds: number): number | undefined =>
  spanAt(flowSpans(moments), seconds * SECOND)?.pid;

describe('the owner of a flow at a time', () => {
  it('is the process of the handshake that comes before the connection event', () => {
    expect(ownerAt([at('opens', 100, 7)], 99)).toBe(7);
  });

  it('is not known long before a connection was opened, and not long after its end', () => {
    const moments = [at('opens', 1000, 7), at('closes', 1010, 7)];
    expect(ownerAt(moments, 1000 - 241)).toBeUndefined();
    expect(ownerAt(moments, 1010 + 241)).toBeUndefined();
    expect(ownerAt(moments, 1010 + 239)).toBe(7);
  });

  it('is the same before and after a rundown, which tells of an open connection', () => {
    const moments = [at('seen', 1000, 7)];
    expect(ownerAt(moments, 0)).toBe(7);
    expect(ownerAt(moments, 100_000)).toBe(7);
  });

  it('is the process whose event is nearer, where the ports are used again', () => {
    const moments = [at('opens', 10, 7), at('closes', 20, 7), at('opens', 30, 8)];
    expect(ownerAt(moments, 21)).toBe(7);
    expect(ownerAt(moments, 29)).toBe(8);
    expect(ownerAt(moments, 31)).toBe(8);
  });

  it('does not depend on the order in which the events come', () => {
    const moments = [at('opens', 30, 8), at('closes', 20, 0), at('opens', 10, 7)];
    expect(ownerAt(moments, 15)).toBe(7);
    expect(ownerAt(moments, 35)).toBe(8);
  });

  it('is known up to a close event without process id', () => {
    const moments = [at('opens', 10, 7), at('closes', 20, 0)];
    expect(ownerAt(moments, 21)).toBe(7);
    expect(spanAt(flowSpans(moments), 20 * SECOND + 5 * MINUTE)).toBeUndefined();
  });

  it('is not known from events without process id alone', () => {
    expect(flowSpans([at('opens', 10, 0), at('closes', 20, 0)])).toEqual([]);
  });
});
