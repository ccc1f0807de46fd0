import { natVswitch } from './nat-vswitch.js';
import { pktmonDrops } from './pktmon-drops.js';
import type { Scenario } from './truth.js';

export { natVswitch } from './nat-vswitch.js';
export { pktmonDrops } from './pktmon-drops.js';
export { type PacketTruth, Recorder } from './recorder.js';
export type { Scenario, Truth, TruthInterface, TruthPacket, TruthPath, TruthPlace } from './truth.js';

/** The scenarios whose traces stand in the repository, as functions that make them. */
export function committedScenarios(): readonly (() => Scenario)[] {
  return [natVswitch, pktmonDrops];
}
