import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ConvertInput } from '../io/index.js';
import { fileOutput, type Output, packageVersion, StreamOutput } from '../io/index.js';
import { followPackets, type PathOptions } from '../listing/index.js';
import { checkOptions } from '../options/index.js';
import { ConvertError, systemReason, type TraceSummary, traceSummary } from '../passes/index.js';
import {
  type ConversationJson,
  latencyJson,
  mostFrequentSteps,
  type PathNames,
  PathSummary,
  secondsOf,
  stationName,
  summaryJson,
} from '../paths/index.js';
import { type PageAssets, reportPage } from './page.js';
import type { ReportData, ReportHistogram, ReportTrace } from './report-data.js';
import { stackMap } from './stack-map.js';
import { Timeline } from './timeline.js';

/** Rows of the page's lists: what people scroll through. */
const MAX_WAYS = 200;
const MAX_HISTOGRAMS = 24;
const MAX_CONVERSATIONS = 500;

export interface ReportOptions extends PathOptions {
  /** Replace a file that exists. */
  readonly force?: boolean;
  /** What a trace lost, in words for people; default: nothing is said. */
  readonly lossesOf?: (trace: TraceSummary) => readonly string[];
}

/**
 * Writes a page about the ways of packets in traces: one file that needs nothing else.
 *
 * @param output a path, or a writable stream
 * @returns the number of packets on it; without packets nothing is written
 * @throws ConvertError
 */
export async function writeReport(
  inputs: readonly ConvertInput[],
  output: string | Writable,
  options: ReportOptions = {},
): Promise<number> {
  checkOptions('writeReport', options);
  const assets = pageAssets();
  const timeline = new Timeline();
  let summary: PathSummary | undefined;
  const { cut, hostOf, names, sessions } = await followPackets(inputs, options, {
    onPath: (path, pathNames) => {
      summary ??= new PathSummary(pathNames);
      summary.add(path);
    },
    onPacket: (packet) => timeline.add(packet),
  });
  if (summary === undefined) return 0;
  const { lossesOf = () => [] } = options;
  const traces = sessions.map((session) => reportTrace(traceSummary(session), lossesOf));
  const data: ReportData = {
    ...reportData(summary, names),
    etlcap: packageVersion(),
    traces,
    cut,
    timeline: timeline.json((place) => names.factsOf(place, hostOf(place)).interface),
  };
  const target: Output =
    typeof output === 'string'
      ? await fileOutput(output, options)
      : new StreamOutput(output, 'standard output');
  try {
    await target.write(new TextEncoder().encode(reportPage(data, assets)));
    await target.complete();
  } catch (error) {
    await target.discard();
    throw error;
  }
  return summary.packets;
}

type Counted = Omit<ReportData, 'cut' | 'etlcap' | 'timeline' | 'traces'>;

function reportData(summary: PathSummary, names: PathNames): Counted {
  const json = summaryJson(summary, names);
  const listed = json.ways.slice(0, MAX_WAYS);
  return {
    packets: json.packets,
    appearances: json.appearances,
    guesses: json.guesses,
    delivered: json.delivered,
    dropped: json.dropped,
    map: stackMap(summary),
    histograms: histograms(summary, names),
    ways: listed.map(({ stableStations: _, ...way }) => way),
    otherWays: json.packets - listed.reduce((sum, { packets }) => sum + packets, 0),
    neverLeft: json.neverLeft,
    asymmetric: json.asymmetric,
    conversations: topOfEachCompartment(json.conversations),
    dropsByReason: json.drops.byReason,
    drops: json.drops.list,
  };
}

/** The steps that most packets took. */
function histograms(summary: PathSummary, names: PathNames): ReportHistogram[] {
  return mostFrequentSteps(summary, MAX_HISTOGRAMS).map(({ from, latency, to }) => ({
    from: stationName(from, names.factsOf(from.place, from.host)),
    to: stationName(to, names.factsOf(to.place, to.host)),
    since_previous: latencyJson(latency),
    buckets: latency.buckets().map(([start, end, count]) => [secondsOf(start), secondsOf(end), count]),
  }));
}

/** A busy compartment leaves room for the others. */
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

/** What the build makes of src/report/client; it stands in dist, from wherever this module runs. */
function pageAssets(): PageAssets {
  const read = (name: string): string => {
    const path = fileURLToPath(new URL(`../../dist/report/${name}`, import.meta.url));
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      throw new ConvertError('input', `${path}: ${systemReason(error)}; npm run build makes it`, {
        cause: error,
      });
    }
  };
  const script = read('page-client.js');
  const style = read('page-client.css');
  return { script, style, scriptHash: hashOf(script), styleHash: hashOf(style) };
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
