import { count, inUnits, type Unit } from './number.js';

const LATENCIES: readonly Unit[] = [
  { name: 'ns', factor: 1 },
  { name: 'µs', factor: 1000 },
  { name: 'ms', factor: 1000 },
  { name: 's', factor: 1000 },
];

/**
 * `0`, `300 ns`, `3.4 µs`, `12.5 ms`, `1.2 s`: three significant digits, the accuracy of the histograms' percentiles;
 * JSON has the exact time.
 */
export const latency = (seconds: number): string => (seconds === 0 ? '0' : inUnits(seconds * 1e9, LATENCIES));

/** `0.021 s`, `26.8 s`, `3 min 5 s`, `8 h 12 min`: rounded in the smallest unit that is shown. */
export function duration(seconds: number): string {
  const short = Number(seconds.toPrecision(3));
  if (short < 60) return `${short} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${count(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** `03:07`, `2:00:00`: a remaining time, in whole seconds. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(whole / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${parts.join(':')}`;
}

/** `2024-06-10 20:18:35.489` of ISO 8601, in UTC as there. */
export const shortTime = (iso: string): string => iso.replace('T', ' ').slice(0, 23);
