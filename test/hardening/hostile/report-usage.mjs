/** Loaded before the command (`node --import`): writes what the process used to the file that ETLCAP_USAGE names. */
import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.ETLCAP_USAGE;
if (isMainThread && file !== undefined) {
  process.on('exit', () => {
    const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage();
    writeFileSync(file, `${userCPUTime + systemCPUTime} ${peakKibibytes() ?? maxRSS}`);
  });
}

/** Of this program: maxRSS counts from that of the process that started it (Linux). */
function peakKibibytes() {
  if (process.platform !== 'linux') return undefined;
  return /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
}
