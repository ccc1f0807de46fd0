import { expect, it } from 'vitest';
import { reasonKey } from '../../../src/diagnosis/drops/drop.js';
import { RULES } from '../../../src/diagnosis/index.js';
import { DROP_REASONS } from '../../../src/etw/builtin/pktmon-drops.js';

/** Names of all reasons of pktmon. */
const NAMES = DROP_REASONS.split('|').flatMap((entry) => entry.trim().split('=').at(-1) ?? []);

/** Reasons that mean "no reason", and those that are benign for every packet. */
const WITHOUT_RULE = ['Unknown', 'NL_InternalError'];
const ALWAYS_BENIGN = [
  'INET_DuplicateSegment',
  'INET_TimeWaitTcb',
  'INET_TimeWaitTcbReceivedRstOutsideWindow',
  'INET_TcbRemoved',
  'INET_FinReceived',
  'FL_LoopbackPacket',
  'NL_LoopbackDisallowed',
  'NL_IcmpNeighborDiscoveryLoopback',
  'NL_IcmpLocallySourcedMldReport',
  'BroadcastNoDestinations',
];

it('every reason of pktmon belongs to exactly one rule', () => {
  const claims = RULES.flatMap(
    ({ drops, id }) => drops?.reasons?.map((name) => [reasonKey(name), id] as const) ?? [],
  );
  const owners = new Map<string, string[]>();
  for (const [key, id] of claims) owners.set(key, [...(owners.get(key) ?? []), id]);
  expect([...owners].filter(([, ids]) => ids.length > 1)).toEqual([]);
  const unclaimed = NAMES.filter((name) => !owners.has(reasonKey(name)));
  expect(unclaimed.sort()).toEqual([...WITHOUT_RULE, ...ALWAYS_BENIGN].sort());
  const known = new Set(NAMES.map(reasonKey));
  expect([...owners.keys()].filter((key) => !known.has(key))).toEqual([]);
});
