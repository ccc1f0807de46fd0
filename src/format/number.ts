/**
 * A whole number with separators: `25,571`. Node's own formatting loads tables for 10 ms; this runs at the end of every
 * command.
 */
export const count = (value: number | bigint): string => String(value).replace(/\B(?=(?:\d{3})+$)/gu, ',');

/** `1 packet`, `2 packets`, `1,200 losses`. */
export const plural = (value: number, noun: string, nouns = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : nouns}`;

/**
 * A share as percentage: one decimal place below 10%, otherwise none. A share above 0 is never shown as 0%, a share
 * below 1 never as 100%.
 *
 * @param share 0 to 1
 */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.05) return '<0.1%';
  // 9.96 is 10, not 10.0.
  if (value < 9.95) return `${value === 0 ? '0' : value.toFixed(1)}%`;
  return value < 100 && value >= 99.5 ? '>99%' : `${value.toFixed(0)}%`;
}

/** A unit and how many of the unit before it make one. */
export interface Unit {
  readonly name: string;
  readonly factor: number;
}

/**
 * A value with three significant digits, without trailing zeros, in the largest unit in which it is at least 1 after
 * rounding: 999.96 µs are 1 ms, not 1000 µs.
 *
 * @param value in the first unit, not negative
 */
export function inUnits(value: number, units: readonly Unit[]): string {
  let scaled = value;
  let name = '';
  for (const unit of units) {
    if (name !== '' && rounded(scaled) < unit.factor) break;
    if (name !== '') scaled /= unit.factor;
    name = unit.name;
  }
  return `${rounded(scaled)} ${name}`;
}

/** Three significant digits; all digits of the integer part. */
const rounded = (value: number): number => (value < 1000 ? Number(value.toPrecision(3)) : Math.round(value));
