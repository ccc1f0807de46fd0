import { describe, expect, it } from 'vitest';
import {
  type DiagnosedTrace,
  FAULTS,
  lbfoTeam,
  rasVpn,
  type Scenario,
  switch32Bit,
  wfpCapture,
  wifiLaptop,
  win7Fragments,
  win1124h2,
} from '../../samples/scenarios/index.js';
import { RULES } from '../../src/diagnosis/index.js';
import { diagnose } from '../../src/library/index.js';
import { schemaErrors } from '../support/json-schemas.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';
import { diagnosisOf } from './diagnose.js';

/** Names of packets by id, from the findings of a diagnosis. */
async function found({ scenario }: DiagnosedTrace): Promise<Record<string, readonly string[] | 'events'>> {
  const document = await diagnosisOf(scenario.plain);
  expect(schemaErrors('diagnosis', document)).toEqual([]);
  const { packets } = scenario.truth;
  const names = new Map<string, string[]>();
  for (const { count, frames, id } of document.findings) {
    const own = frames.map((frame) => packets[frame - 1]?.packet ?? `frame ${frame}`);
    expect(new Set(own).size, `${id}: one frame for each packet`).toBe(own.length);
    expect(count, id).toBeGreaterThanOrEqual(own.length);
    names.set(id, [...(names.get(id) ?? []), ...own]);
  }
  return Object.fromEntries([...names].map(([id, own]) => [id, own.length === 0 ? 'events' : own.sort()]));
}

const sorted = ({ findings }: DiagnosedTrace): Record<string, readonly string[] | 'events'> =>
  Object.fromEntries(
    Object.entries(findings).map(([id, own]) => [id, own === 'events' ? own : [...own].sort()]),
  );

describe.each(FAULTS.map((fault) => [fault.id, fault] as const))('%s', (id, { faulty, healthy }) => {
  it('is found with exactly its packets, and nothing else is', async () => {
    const trace = faulty();
    expect(Object.keys(trace.findings)).toContain(id);
    expect(await found(trace)).toEqual(sorted(trace));
  });

  it('is not found in the same traffic without the fault', async () => {
    const trace = healthy();
    expect(Object.keys(trace.findings)).not.toContain(id);
    expect(await found(trace)).toEqual(sorted(trace));
  });
});

it('each rule has a fault, and each fault a rule', () => {
  expect(FAULTS.map(({ id }) => id).sort()).toEqual(RULES.map(({ id }) => id).sort());
});

const HEALTHY: readonly (readonly [string, () => Pick<Scenario, 'plain'>])[] = [
  ['a team of adapters', lbfoTeam],
  ['a laptop on Wi-Fi', wifiLaptop],
  ['Windows 7', win7Fragments],
  ['Windows 11 24H2 with multicasts that nobody wants', win1124h2],
  ['a VPN server', rasVpn],
  ['a 32-bit virtual switch', switch32Bit],
  ['a WFP capture', wfpCapture],
];

describe('healthy traffic has no error and no warning', () => {
  it.each(HEALTHY)('%s', async (_name, make) => {
    const { findings } = await diagnosisOf(make().plain);
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });
});

describeWithRealTraces('real traces of healthy hosts have no error and no warning', () => {
  it.each(['pktmon-azure-ping', 'win7-kernel-network', 'win7-http-sys', 'shutdown-kernel'])(
    '%s',
    async (name) => {
      const { findings } = await diagnose([realTrace(name)]);
      expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    },
  );

  it('the 231 drops of the 24H2 excerpt are 53 benign packets and 2 that a neighbor did not take', async () => {
    const { findings } = await diagnose([realTrace('pktmon-24h2-excerpt')]);
    expect(findings.filter(({ id }) => id === 'drop-benign').map(({ count }) => count)).toEqual([53]);
  });
});
