import type { DropCountJson, LatencyJson, PathSummaryJson, WayJson } from './summary-json.js';

/** A step counts as slower where its median or 95th percentile grew by half, and by 5 µs: less is noise. */
const SLOWER_FACTOR = 1.5;
const SLOWER_SECONDS = 0.000_005;
/** Packets in both traces, so that a percentile says something. */
const SLOWER_PACKETS = 10;

/** A way that one of the traces does not have. */
export interface WayChange {
  readonly change: 'new' | 'gone';
  readonly stations: readonly string[];
  readonly end: WayJson['end'];
  readonly packets: number;
  /** Of all packets of its trace. */
  readonly share: number;
}

/** A station that one of the traces does not have. */
export interface HopChange {
  readonly change: 'new' | 'gone';
  readonly station: string;
}

/** A reason for drops whose packets one of the traces does not have. */
export interface DropChange extends Omit<DropCountJson, 'packets'> {
  readonly change: 'new' | 'gone';
  readonly packets: number;
}

/** A step that takes longer in the other trace. */
export interface SlowerStep {
  readonly from: string;
  readonly to: string;
  readonly before: LatencyJson;
  readonly after: LatencyJson;
}

/** What differs between two traces. */
export interface PathComparison {
  readonly ways: readonly WayChange[];
  readonly hops: readonly HopChange[];
  readonly drops: readonly DropChange[];
  readonly slower: readonly SlowerStep[];
}

/**
 * Compares the ways of packets in two traces, by names: component numbers change at each boot.
 *
 * @param before the trace that is the measure
 * @param after the one that is looked at: what is only there is new
 */
export function comparePaths(before: PathSummaryJson, after: PathSummaryJson): PathComparison {
  const waysBefore = waysByName(before);
  const waysAfter = waysByName(after);
  const hopsBefore = new Set(before.ways.flatMap(({ stableStations }) => stableStations));
  const hopsAfter = new Set(after.ways.flatMap(({ stableStations }) => stableStations));
  const dropKey = ({ Drop, DropLocation, DropReason }: DropCountJson): string =>
    `${DropReason} ${DropLocation} ${Drop}`;
  const dropsBefore = new Set(before.drops.byReason.map(dropKey));
  const dropsAfter = new Set(after.drops.byReason.map(dropKey));
  return {
    ways: [...onlyIn(waysAfter, waysBefore, 'new'), ...onlyIn(waysBefore, waysAfter, 'gone')],
    hops: [
      ...[...hopsAfter].filter((name) => !hopsBefore.has(name)).map((station) => change('new', { station })),
      ...[...hopsBefore].filter((name) => !hopsAfter.has(name)).map((station) => change('gone', { station })),
    ],
    drops: [
      ...after.drops.byReason.filter((drop) => !dropsBefore.has(dropKey(drop))).map((d) => change('new', d)),
      ...before.drops.byReason.filter((drop) => !dropsAfter.has(dropKey(drop))).map((d) => change('gone', d)),
    ],
    slower: slowerSteps(before, after),
  };
}

const change = <T extends object>(kind: 'new' | 'gone', of: T): T & { readonly change: 'new' | 'gone' } => ({
  change: kind,
  ...of,
});

type NamedWays = ReadonlyMap<string, Omit<WayChange, 'change'>>;

/** Ways with the same names are one: which of two equal components a packet passed cannot be compared. */
function waysByName({ ways }: PathSummaryJson): NamedWays {
  const named = new Map<string, Omit<WayChange, 'change'>>();
  for (const { end, packets, share, stableStations } of ways) {
    const key = stableStations.join('\n');
    const known = named.get(key);
    named.set(key, {
      stations: stableStations,
      end,
      packets: packets + (known?.packets ?? 0),
      share: share + (known?.share ?? 0),
    });
  }
  return named;
}

const onlyIn = (ways: NamedWays, others: NamedWays, kind: 'new' | 'gone'): WayChange[] =>
  [...ways]
    .filter(([key]) => !others.has(key))
    .map(([, way]) => change(kind, way))
    .sort((a, b) => b.packets - a.packets);

/** Steps of ways that both traces have, where the ways of one name are one in each. */
function slowerSteps(before: PathSummaryJson, after: PathSummaryJson): SlowerStep[] {
  const measured = new Map<string, LatencyJson>();
  for (const { key, latency } of namedSteps(before)) if (!measured.has(key)) measured.set(key, latency);
  const slower = new Map<string, SlowerStep>();
  for (const { from, key, latency, to } of namedSteps(after)) {
    const measure = measured.get(key);
    if (measure === undefined || slower.has(key) || !isSlower(measure, latency)) continue;
    slower.set(key, { from, to, before: measure, after: latency });
  }
  return [...slower.values()].sort((a, b) => b.after.p50 - b.before.p50 - (a.after.p50 - a.before.p50));
}

function namedSteps({
  ways,
}: PathSummaryJson): { key: string; from: string; to: string; latency: LatencyJson }[] {
  return ways.flatMap(({ stableStations, steps }) =>
    steps.map(({ since_previous: latency }, at) => {
      const from = stableStations[at] ?? '';
      const to = stableStations[at + 1] ?? '';
      return { key: `${stableStations.join('\n')}\n${at}`, from, to, latency };
    }),
  );
}

function isSlower(before: LatencyJson, after: LatencyJson): boolean {
  if (before.count < SLOWER_PACKETS || after.count < SLOWER_PACKETS) return false;
  const grew = (from: number, to: number): boolean =>
    to >= from * SLOWER_FACTOR && to - from >= SLOWER_SECONDS;
  return grew(before.p50, after.p50) || grew(before.p95, after.p95);
}
