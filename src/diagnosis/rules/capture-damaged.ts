import { count, plural } from '../../format/index.js';
import type { Rule } from '../rule.js';

/** Bytes of a trace that are no records. */
export const captureDamaged: Rule = {
  id: 'capture-damaged',
  severity: 'warning',
  basis: 'seen',
  summary: 'The trace is damaged',
  meaning:
    'Parts of the file are no valid records: it was copied while Windows wrote it, cut off, or overwritten. ' +
    'Packets and events of these parts are missing.',
  check: ['etlcap info FILE', 'pktmon stop', 'Get-FileHash FILE'],
  explain: [
    'Reports traces with bytes that are no valid buffers or records, with the number of damaged sections and bytes. There is no ' +
      'threshold.',
    'Limits: damage inside the fields of a valid record is not recognized.',
  ],
  observe: (context, findings) => ({
    onEnd: () => {
      for (const { damage, input } of context.facts.traces) {
        if (damage.sections === 0) continue;
        const group = findings.at(input, () => ({
          title: `${plural(damage.sections, 'damaged section')} with ${count(damage.bytes)} bytes could not be read`,
          evidence: { values: { sections: damage.sections, bytes: damage.bytes } },
        }));
        group.addCount(damage.sections);
      }
    },
  }),
};
