import { expect, it } from 'vitest';
import { FAULTS } from '../../samples/scenarios/index.js';
import { convertTrace } from '../docs/converted.js';
import { describeWithTshark, tsharkFields } from '../support/wireshark.js';
import { diagnosisOf } from './diagnose.js';

describeWithTshark('display filters of findings, in tshark without the plugin', () => {
  // A trace without packets has no pcapng.
  const faults = FAULTS.filter(({ faulty }) => faulty().scenario.truth.packets.length > 0);
  it.each(faults.map((fault) => [fault.id, fault] as const))(
    '%s: show the frames of the finding',
    async (_id, fault) => {
      const { plain } = fault.faulty().scenario;
      const { findings } = await diagnosisOf(plain);
      const capture = convertTrace(plain);
      for (const { filter, frames, id } of findings) {
        if (filter === undefined) {
          expect(frames, id).toEqual([]);
          continue;
        }
        const shown = tsharkFields(capture, ['frame.number'], ['-Y', filter]).map(([number]) =>
          Number(number),
        );
        expect(shown, `${id}: ${filter}`).toEqual(expect.arrayContaining([...frames]));
      }
    },
  );
});
