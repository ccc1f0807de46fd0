import { describe, expect, it } from 'vitest';
import { type CaptureStyle, inStyle } from '../../samples/scenarios/faults/fault-host.js';
import { type DiagnosedTrace, FAULTS } from '../../samples/scenarios/index.js';
import { diagnosisOf } from './diagnose.js';

/** Ids of all findings, with the names of their packets. */
async function found({ scenario }: DiagnosedTrace): Promise<Record<string, readonly string[] | 'events'>> {
  const { findings } = await diagnosisOf(scenario.plain);
  const names = new Map<string, string[]>();
  for (const { frames, id } of findings) {
    const own = frames.map((frame) => scenario.truth.packets[frame - 1]?.packet ?? `frame ${frame}`);
    names.set(id, [...(names.get(id) ?? []), ...own]);
  }
  return Object.fromEntries([...names].map(([id, own]) => [id, own.length === 0 ? 'events' : own.sort()]));
}

const wanted = ({ findings }: DiagnosedTrace): Record<string, readonly string[] | 'events'> =>
  Object.fromEntries(
    Object.entries(findings).map(([id, own]) => [id, own === 'events' ? own : [...own].sort()]),
  );

/** Rules about locations above the adapter, or about two adapters that only pktmon relates to each other. */
const NOT_AT_ADAPTERS = /^(?:drop-|path-|overlap|nat-error|capture-no-packets)/u;

const STYLES: readonly (readonly [CaptureStyle, string])[] = [
  ['each', 'pktmon of Windows 11 24H2, which numbers every appearance'],
  ['adapter', 'pktmon at the adapters alone'],
  ['ndis', 'NDIS-PacketCapture at the adapters'],
  ['ndis-layers', 'NDIS-PacketCapture at the adapters and at a filter driver'],
];

describe.each(STYLES)('%s: %s', (style) => {
  const faults = FAULTS.filter(({ id }) => style === 'each' || !NOT_AT_ADAPTERS.test(id));

  it.each(faults.map((fault) => [fault.id, fault] as const))(
    '%s is found, and nothing else',
    async (_id, fault) => {
      const trace = inStyle(style, fault.faulty);
      expect(await found(trace)).toEqual(wanted(trace));
    },
  );

  it.each(faults.map((fault) => [fault.id, fault] as const))(
    'no %s without the fault',
    async (_id, fault) => {
      const trace = inStyle(style, fault.healthy);
      expect(await found(trace)).toEqual(wanted(trace));
    },
  );
});
