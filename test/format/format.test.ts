import { describe, expect, test } from 'vitest';
import {
  bitRate,
  count,
  countdown,
  duration,
  latency,
  percent,
  plural,
  shortTime,
  size,
} from '../../src/format/index.js';

test('counts have groups of three digits, 64-bit integers too', () => {
  expect([count(0), count(999), count(25_571)]).toEqual(['0', '999', '25,571']);
  expect(count(2n ** 64n - 1n)).toBe('18,446,744,073,709,551,615');
});

test('a noun is plural for all counts but one', () => {
  expect([0, 1, 2, 1200].map((value) => plural(value, 'packet'))).toEqual([
    '0 packets',
    '1 packet',
    '2 packets',
    '1,200 packets',
  ]);
  expect([plural(1, 'loss', 'losses'), plural(2, 'loss', 'losses')]).toEqual(['1 loss', '2 losses']);
});

describe('a value that rounds to the next unit is shown in it', () => {
  test.each([
    [0, '0'],
    [1e-7, '100 ns'],
    [9.999e-7, '1 µs'],
    [3.4e-6, '3.4 µs'],
    [0.00099949, '999 µs'],
    [0.0009996, '1 ms'],
    [0.0125, '12.5 ms'],
    [0.1234, '123 ms'],
    [0.99949, '999 ms'],
    [0.99996, '1 s'],
    [1.2, '1.2 s'],
    [12.345, '12.3 s'],
    [1234.5, '1235 s'],
  ])('latency of %d s: %s', (seconds, text) => {
    expect(latency(seconds)).toBe(text);
  });

  test.each([
    [0, '0 s'],
    [0.021, '0.021 s'],
    [26.84, '26.8 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 0 s'],
    [59.996, '1 min 0 s'],
    [60, '1 min 0 s'],
    [119.6, '2 min 0 s'],
    [185, '3 min 5 s'],
    [3599.4, '59 min 59 s'],
    [3599.6, '1 h 0 min'],
    [3629, '1 h 0 min'],
    [7199, '2 h 0 min'],
    [29_520, '8 h 12 min'],
    [3_600_000, '1,000 h 0 min'],
  ])('duration of %d s: %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [1234, '1.2 kB'],
    [9949, '9.9 kB'],
    [9960, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [26e9, '26 GB'],
    [5e15, '5000 TB'],
  ])('size of %d bytes: %s', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });

  test.each([
    [56_000, '56 kbit/s'],
    [866_700_000, '867 Mbit/s'],
    [999_960_000, '1 Gbit/s'],
    [2_500_000_000, '2.5 Gbit/s'],
    [10e9, '10 Gbit/s'],
    [400e12, '400 Tbit/s'],
  ])('rate of %d bit/s: %s', (bits, text) => {
    expect(bitRate(bits)).toBe(text);
  });
});

test.each([
  [0, '0%'],
  [0.0001, '<0.1%'],
  [0.0125, '1.3%'],
  [0.0994, '9.9%'],
  [0.0996, '10%'],
  [0.25, '25%'],
  [0.994, '99%'],
  [0.9999, '>99%'],
  [1, '100%'],
])('a share of %d is %s: zero and all are exact', (share, text) => {
  expect(percent(share)).toBe(text);
});

test.each([
  [-1, '00:00'],
  [187, '03:07'],
  [3599.6, '1:00:00'],
  [7200, '2:00:00'],
])('%d s left: %s', (seconds, text) => {
  expect(countdown(seconds)).toBe(text);
});

test('a time has milliseconds and a space between date and time', () => {
  expect(shortTime('2024-06-10T20:18:35.4891721Z')).toBe('2024-06-10 20:18:35.489');
});
