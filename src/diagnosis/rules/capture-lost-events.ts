import { count } from '../../format/index.js';
import type { CaptureTrace } from '../context.js';
import type { Rule } from '../rule.js';

/** Events, buffers or both were lost while the trace was recorded. */
export const captureLostEvents: Rule = {
  id: 'capture-lost-events',
  severity: 'warning',
  basis: 'logged',
  summary: 'Events were lost while the trace was recorded',
  meaning:
    'Windows could not write events as fast as they came, so packets, drops or events are missing in the trace. ' +
    'A packet that seems to disappear, or a request without an answer, may only be a lost record.',
  check: [
    'pktmon start --capture --file-size 2048 --log-mode memory',
    'netsh trace start capture=yes bufferSize=1024 maxSize=2048',
    'logman query -ets',
  ],
  explain: [
    'Reads the counters that Windows writes into the header of the trace (lost events and buffers), RT_LostEvent records of ' +
      'real-time sessions, and the sequence numbers of buffers, which show missing buffers.',
    'Any loss is reported. Buffers whose header states a loss before them are listed, but are no finding by ' +
      'themselves: they repeat the other counters.',
    'Limits: drivers drop packets before ETW sees them without any counter.',
  ],
  observe: (context, findings) => ({
    onEnd: () => {
      for (const trace of context.facts.traces) {
        const losses = lossesOf(trace);
        if (losses.length === 0) continue;
        const total = losses.reduce((sum, [, value]) => sum + value, 0);
        const group = findings.at(trace.input, () => ({
          title: `${losses.map(([noun, value]) => `${count(value)} ${noun}`).join(', ')} lost during the capture`,
          evidence: { values: Object.fromEntries(losses.map(([noun, value]) => [noun, value])) },
        }));
        group.addCount(total);
      }
    },
  }),
};

/** The losses above 0, by noun. */
function lossesOf({ lost: { buffers, events, missingBuffers, realTime } }: CaptureTrace): [string, number][] {
  const losses: [string, number][] = [
    ['events', events],
    ['buffers', buffers],
    ['real-time records', realTime],
    ['missing buffers', missingBuffers],
  ];
  return losses.filter(([, value]) => value > 0);
}
