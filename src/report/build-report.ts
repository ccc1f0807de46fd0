import { DiagnosisPass, type FollowOptions, followPackets, type PathListeners } from '../listing/index.js';
import { type OpenInput, type Runtime, type TraceSummary, traceSummary } from '../passes/index.js';
import {
  type ConversationJson,
  hopLocationName,
  latencyJson,
  mostFrequentSteps,
  type PathNames,
  PathSummary,
  secondsOf,
  summaryJson,
} from '../paths/index.js';
import { affectedJourneys } from './affected-journeys.js';
import { type PageAssets, reportPage } from './page.js';
import { fitting, LIST_BYTES } from './page-size.js';
import type { ListTotals, ReportData, ReportHistogram, ReportTrace, StackMap } from './report-data.js';
import { stackMap } from './stack-map.js';
import { Timeline } from './timeline.js';

/** Limit of rows of the page's lists. */
const MAX_PATHS = 200;
const MAX_HISTOGRAMS = 24;
const MAX_CONVERSATIONS = 500;

export interface BuildReportOptions extends FollowOptions {
  /** Problems of a trace as text; default: none are shown. */
  readonly lossesOf?: (trace: TraceSummary) => readonly string[];
}

/** A page, and the number of packets on it. */
export interface BuiltReport {
  readonly packets: number;
  readonly html: string;
}

/**
 * Builds a page about the paths of packets in traces. The page needs no other file.
 *
 * @param inputs stay open
 * @returns undefined if there are no packets
 * @throws ConvertError
 */
export async function buildReport(
  inputs: readonly OpenInput[],
  options: BuildReportOptions,
  runtime: Runtime,
  assets: PageAssets,
): Promise<BuiltReport | undefined> {
  const timeline = new Timeline();
  let summary: PathSummary | undefined;
  const diagnosis = new DiagnosisPass({});
  const listeners: PathListeners = {
    ...diagnosis.listeners,
    onPath: (path, pathNames) => {
      summary ??= new PathSummary(pathNames);
      summary.add(path);
      timeline.add(path);
    },
  };
  const pass = await followPackets(inputs, options, listeners, runtime);
  const { cut, hostOf, names, sessions } = pass;
  if (summary === undefined) return undefined;
  const { depths, document } = diagnosis.finish(pass);
  const findings = document.findings.map((finding, at) => ({ ...finding, depth: depths[at] ?? 0 }));
  const { compartments, since, signal, until } = options;
  const journeys = await affectedJourneys(
    inputs,
    findings,
    {
      ...(compartments !== undefined && { compartments }),
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
      ...(signal && { signal }),
    },
    runtime,
  );
  const { lossesOf = () => [] } = options;
  const traces = sessions.map((session) => reportTrace(traceSummary(session), lossesOf));
  const time = timeline.json(
    (captureLocation) => names.factsOf(captureLocation, hostOf(captureLocation)).interface,
  );
  const counted = reportData(summary, names);
  const data: ReportData = {
    ...counted,
    etlcap: runtime.version,
    totals: {
      ...counted.totals,
      findings: findings.length,
      traces: traces.length,
      interfaces: time.interfaces.length,
    },
    findings: fitting(findings, LIST_BYTES.findings),
    journeys: fitting(journeys, LIST_BYTES.journeys),
    notVisible: document.notVisible,
    traces: fitting(traces, LIST_BYTES.traces),
    pathsClosedEarly: cut,
    timeline: { ...time, interfaces: fitting(time.interfaces, LIST_BYTES.timeline) },
  };
  return { packets: summary.packets, html: reportPage(data, assets) };
}

interface Counted
  extends Omit<
    ReportData,
    'etlcap' | 'findings' | 'journeys' | 'notVisible' | 'pathsClosedEarly' | 'timeline' | 'totals' | 'traces'
  > {
  readonly totals: Omit<ListTotals, 'findings' | 'interfaces' | 'traces'>;
}

function reportData(summary: PathSummary, names: PathNames): Counted {
  const json = summaryJson(summary, names);
  const { asymmetric, conversations, drops, neverLeft, paths } = json;
  const ends = [...summary.hopLocations.values()].filter(({ lastSeen }) => lastSeen > 0);
  const listed = fitting(
    paths.slice(0, MAX_PATHS).map(({ stableLocations: _, ...path }) => path),
    LIST_BYTES.paths,
  );
  return {
    packets: json.packets,
    appearances: json.appearances,
    inferred: json.inferred,
    ambiguous: json.ambiguous,
    delivered: json.delivered,
    dropped: json.dropped,
    dropRecords: json.dropRecords,
    totals: {
      paths: summary.hostPaths.values().length,
      neverLeft: ends.length,
      asymmetric: asymmetric.length,
      conversations: summary.conversations.values().length,
      drops: drops.length,
    },
    map: fittingMap(stackMap(summary)),
    histograms: fitting(histograms(summary, names), LIST_BYTES.histograms),
    paths: listed,
    otherPaths: json.packets - listed.reduce((sum, { packets }) => sum + packets, 0),
    lastSeen: ends.reduce((sum, { lastSeen }) => sum + lastSeen, 0),
    neverLeft: fitting(neverLeft, LIST_BYTES.neverLeft),
    asymmetric: fitting(asymmetric, LIST_BYTES.asymmetric),
    conversations: fitting(topOfEachCompartment(conversations), LIST_BYTES.conversations),
    drops: fitting(drops, LIST_BYTES.drops),
    droppedPackets: fitting(json.droppedPackets, LIST_BYTES.droppedPackets),
  };
}

/** A map with names of moderate length is far below the limit; further nodes are omitted. */
function fittingMap(map: StackMap): StackMap {
  const nodes = fitting(map.nodes, LIST_BYTES.nodes);
  const isKept = new Set(nodes.map(({ id }) => id));
  return {
    ...map,
    nodes,
    links: map.links.filter(({ from, to }) => isKept.has(from) && isKept.has(to)),
    nodesLeftOut: map.nodesLeftOut + map.nodes.length - nodes.length,
  };
}

/** The steps that most packets took. */
function histograms(summary: PathSummary, names: PathNames): ReportHistogram[] {
  return mostFrequentSteps(summary, MAX_HISTOGRAMS).map(({ from, latency, to }) => ({
    from: hopLocationName(from, names.factsOf(from.captureLocation, from.host)),
    to: hopLocationName(to, names.factsOf(to.captureLocation, to.host)),
    latency: latencyJson(latency),
    buckets: latency.buckets().map(([start, end, count]) => [secondsOf(start), secondsOf(end), count]),
  }));
}

/** Limits each compartment, so that the others have rows. */
function topOfEachCompartment(conversations: readonly ConversationJson[]): ConversationJson[] {
  const compartments = new Set(conversations.map(({ Compartment }) => Compartment));
  const each = Math.max(10, Math.floor(MAX_CONVERSATIONS / Math.max(1, compartments.size)));
  const taken = new Map<number | undefined, number>();
  return conversations.filter(({ Compartment }) => {
    const count = (taken.get(Compartment) ?? 0) + 1;
    taken.set(Compartment, count);
    return count <= each;
  });
}

function reportTrace(trace: TraceSummary, lossesOf: (trace: TraceSummary) => readonly string[]): ReportTrace {
  const { bytes, end, host, input, os, start } = trace;
  return {
    input,
    ...(host !== undefined && { host }),
    ...(os !== undefined && { os }),
    start,
    ...(end !== undefined && { end }),
    bytes,
    losses: lossesOf(trace),
  };
}
