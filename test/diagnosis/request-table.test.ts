import { describe, expect, it } from 'vitest';
import type { Asking } from '../../src/diagnosis/request-table.js';
import { RequestTable } from '../../src/diagnosis/request-table.js';

const UNKNOWN = -1;

/** A packet from and to a compartment. */
const packet = (number: number, from = UNKNOWN, to = UNKNOWN): Asking<number> => ({
  origin: { compartment: from, port: UNKNOWN },
  target: { compartment: to, port: UNKNOWN },
  note: () => number,
});

const waiting = <Data>(table: RequestTable<Data, number>): Data[] =>
  [...table.waiting].map(({ data }) => data);

describe('requests and answers', () => {
  it('an answer takes the request with one of its keys', () => {
    const table = new RequestTable<string, number>();
    table.ask(['a'], packet(1), () => 'first');
    table.ask(['b', 'c'], packet(2), () => 'second');
    expect(table.answer(['x', 'c'], packet(3))?.data).toBe('second');
    expect(table.answer(['b'], packet(4))).toBeUndefined();
    expect(waiting(table)).toEqual(['first']);
  });

  it('a repetition is an attempt of the same request', () => {
    const table = new RequestTable<string, number>();
    for (const number of [1, 2, 3]) table.ask(['a'], packet(number), () => `request ${number}`);
    const [request, ...others] = table.waiting;
    expect(others).toEqual([]);
    expect(request).toMatchObject({ data: 'request 1', attempts: [1, 2, 3], attemptCount: 3 });
  });

  it('equal addresses in two compartments are two requests; an answer takes that of its compartment', () => {
    const table = new RequestTable<string, number>();
    table.ask(['a'], packet(1, 2), () => 'compartment 2');
    table.ask(['a'], packet(2, 3), () => 'compartment 3');
    expect(table.answer(['a'], packet(3, 1, 3))?.data).toBe('compartment 3');
    expect(waiting(table)).toEqual(['compartment 2']);
  });

  it('an answer whose compartment fits no request answers one all the same: silence instead of a false alarm', () => {
    const table = new RequestTable<string, number>();
    table.ask(['a'], packet(1, 2), () => 'compartment 2');
    expect(table.answer(['a'], packet(2, 1, 1))?.data).toBe('compartment 2');
    expect(table.isEmpty).toBe(true);
  });

  it('a full table forgets the oldest request, and counts it', () => {
    const table = new RequestTable<number, number>(3);
    for (const number of [1, 2, 3, 4, 5]) table.ask([`key ${number}`], packet(number), () => number);
    expect(waiting(table)).toEqual([3, 4, 5]);
    expect(table.forgotten).toBe(2);
    expect(table.answer(['key 1'], packet(6))).toBeUndefined();
  });
});
