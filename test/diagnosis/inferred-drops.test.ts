import { expect, it } from 'vitest';
import { natVswitch } from '../../samples/scenarios/index.js';
import { diagnosisOf } from './diagnose.js';

it('a drop that only a keyword bit of NDIS-PacketCapture tells of is in no finding; one that an event logs is', async () => {
  const scenario = natVswitch();
  const marked = scenario.truth.packets.flatMap(({ dropped }, n) => (dropped === true ? [n + 1] : []));
  const { findings } = await diagnosisOf(scenario.plain);
  const frames = findings.flatMap((finding) => finding.frames ?? []);
  // Hyper-V-VmSwitch 54 logs the drop of the first one.
  expect(marked).toHaveLength(2);
  expect([...new Set(frames)].filter((frame) => marked.includes(frame))).toEqual(marked.slice(0, 1));
});
