export { count, percent, plural } from './number.js';
export { bitRate, size } from './size.js';
export { countdown, duration, latency, shortTime } from './time.js';
export { exceedsBytes, shortName, startOf } from './truncate.js';
