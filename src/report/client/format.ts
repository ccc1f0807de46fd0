/** 25,571 */
export const count = (value: number): string => value.toLocaleString('en-US');

/** `1 packet`, `2 packets` */
export const plural = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** 0, 300 ns, 3.4 µs, 12.5 ms, 1.2 s */
export function latency(seconds: number): string {
  if (seconds === 0) return '0';
  const [value, unit] =
    seconds < 1e-6
      ? [seconds * 1e9, 'ns']
      : seconds < 1e-3
        ? [seconds * 1e6, 'µs']
        : seconds < 1
          ? [seconds * 1e3, 'ms']
          : [seconds, 's'];
  return `${Number(value.toPrecision(3))} ${unit}`;
}

/** `2024-06-10 20:18:35.489` of ISO 8601 */
export const shortTime = (iso: string): string => iso.replace('T', ' ').slice(0, 23);

export const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

/** Cut in the middle: the ends of names tell them apart. */
export function within(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  const tail = Math.floor((width - 1) / 3);
  return `${characters.slice(0, width - 1 - tail).join('')}…${characters.slice(-tail).join('')}`;
}
