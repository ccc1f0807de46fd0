import type { DropCountJson } from '../packets/index.js';
import type { LatencyJson, PathCountsJson, PathSummaryJson } from './summary-json.js';

/** A step counts as slower where its median or 95th percentile grew by half, and by 5 µs: less is noise. */
const SLOWER_FACTOR = 1.5;
const SLOWER_SECONDS = 0.000_005;
/** Minimum of packets in both traces for a comparison of percentiles. */
const SLOWER_PACKETS = 10;

type Change = 'new' | 'gone';

/** A path that one of the traces does not have. */
export interface PathChange {
  readonly change: Change;
  readonly locations: readonly string[];
  readonly outcome: PathCountsJson['outcome'];
  readonly packets: number;
  /** Of all packets of its trace. */
  readonly share: number;
}

/** A location that one of the traces does not have. */
export interface LocationChange {
  readonly change: Change;
  readonly location: string;
}

/** A reason for drops that one of the traces does not have. */
export interface DropChange extends DropCountJson {
  readonly change: Change;
}

/** A step with higher latency in the other trace. */
export interface SlowerStep {
  readonly from: string;
  readonly to: string;
  readonly before: LatencyJson;
  readonly after: LatencyJson;
}

/** Differences between two traces. */
export interface PathComparison {
  readonly paths: readonly PathChange[];
  readonly locations: readonly LocationChange[];
  readonly drops: readonly DropChange[];
  readonly slower: readonly SlowerStep[];
}

/**
 * Compares the paths of packets in two traces, by names: component numbers change at each boot.
 *
 * @param before the baseline
 * @param after the trace to compare: paths that only this one has are new
 */
export function comparePaths(before: PathSummaryJson, after: PathSummaryJson): PathComparison {
  const waysBefore = hostPathsByName(before);
  const waysAfter = hostPathsByName(after);
  const hopsBefore = new Set(before.paths.flatMap(({ stableLocations }) => stableLocations));
  const hopsAfter = new Set(after.paths.flatMap(({ stableLocations }) => stableLocations));
  const dropKey = ({ Drop, DropLocation, DropReason }: DropCountJson): string =>
    `${DropReason} ${DropLocation} ${Drop}`;
  const dropsBefore = new Set(before.drops.map(dropKey));
  const dropsAfter = new Set(after.drops.map(dropKey));
  return {
    paths: [...onlyIn(waysAfter, waysBefore, 'new'), ...onlyIn(waysBefore, waysAfter, 'gone')],
    locations: [
      ...[...hopsAfter]
        .filter((name) => !hopsBefore.has(name))
        .map((location) => change('new', { location })),
      ...[...hopsBefore]
        .filter((name) => !hopsAfter.has(name))
        .map((location) => change('gone', { location })),
    ],
    drops: [
      ...after.drops.filter((drop) => !dropsBefore.has(dropKey(drop))).map((d) => change('new', d)),
      ...before.drops.filter((drop) => !dropsAfter.has(dropKey(drop))).map((d) => change('gone', d)),
    ],
    slower: slowerSteps(before, after),
  };
}

const change = <T extends object>(kind: Change, of: T): T & { readonly change: Change } => ({
  change: kind,
  ...of,
});

type NamedHostPaths = ReadonlyMap<string, Omit<PathChange, 'change'>>;

/** Ways with the same names are one: which of two equal components a packet passed cannot be compared. */
function hostPathsByName({ paths }: PathSummaryJson): NamedHostPaths {
  const named = new Map<string, Omit<PathChange, 'change'>>();
  for (const { outcome, packets, share, stableLocations } of paths) {
    const key = stableLocations.join('\n');
    const known = named.get(key);
    named.set(key, {
      locations: stableLocations,
      outcome,
      packets: packets + (known?.packets ?? 0),
      share: share + (known?.share ?? 0),
    });
  }
  return named;
}

const onlyIn = (hostPaths: NamedHostPaths, others: NamedHostPaths, kind: Change): PathChange[] =>
  [...hostPaths]
    .filter(([key]) => !others.has(key))
    .map(([, hostPath]) => change(kind, hostPath))
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
  paths,
}: PathSummaryJson): { key: string; from: string; to: string; latency: LatencyJson }[] {
  return paths.flatMap(({ stableLocations, steps }) =>
    steps.map(({ latency }, at) => {
      const from = stableLocations[at] ?? '';
      const to = stableLocations[at + 1] ?? '';
      return { key: `${stableLocations.join('\n')}\n${at}`, from, to, latency };
    }),
  );
}

function isSlower(before: LatencyJson, after: LatencyJson): boolean {
  if (before.count < SLOWER_PACKETS || after.count < SLOWER_PACKETS) return false;
  const grew = (from: number, to: number): boolean =>
    to >= from * SLOWER_FACTOR && to - from >= SLOWER_SECONDS;
  return grew(before.p50, after.p50) || grew(before.p95, after.p95);
}
