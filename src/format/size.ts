import { inUnits, plural, type Unit } from './number.js';

const BIT_RATES: readonly Unit[] = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'].map((name) => ({
  name,
  factor: 1000,
}));

/** `999 bytes`, `1.2 MB`, `26 GB`: two digits below 10, otherwise whole; units are powers of 1000. */
export function size(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte');
  let value = bytes / 1000;
  let unit = 'kB';
  for (const next of ['MB', 'GB', 'TB']) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  // 9.96 is 10, not 10.0.
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** `10 Gbit/s`, `866.7 Mbit/s` as `867 Mbit/s`: three significant digits. */
export const bitRate = (bitsPerSecond: number): string => inUnits(bitsPerSecond, BIT_RATES);
