import { followPackets } from '../listing/index.js';
import type { OpenInput, Runtime } from '../passes/index.js';
import { hopLocationName, secondsOf } from '../paths/index.js';
import type { ReportFinding, ReportJourney } from './report-data.js';

/** Packets of each finding whose journeys the page shows, and of all findings. */
const MAX_PER_FINDING = 3;
const MAX_JOURNEYS = 60;
/** Hops of one journey that the page shows. */
const MAX_HOPS = 60;

/**
 * The journeys of the first packets of findings, hop by hop. Which packets these are is known after the first pass: this is a
 * second one, and none without findings.
 *
 * @param inputs stay open
 * @throws ConvertError
 */
export async function affectedJourneys(
  inputs: readonly OpenInput[],
  findings: readonly ReportFinding[],
  options: Parameters<typeof followPackets>[1],
  runtime: Runtime,
): Promise<ReportJourney[]> {
  const frames = new Set(
    findings
      .filter(({ severity }) => severity !== 'note')
      .flatMap((finding) => finding.frames.slice(0, MAX_PER_FINDING))
      .slice(0, MAX_JOURNEYS),
  );
  if (frames.size === 0) return [];
  const journeys: ReportJourney[] = [];
  await followPackets(
    inputs,
    options,
    {
      onPath: ({ hops, host }, names) => {
        const frame = hops.find((hop) => frames.has(hop.frame))?.frame;
        if (frame === undefined) return;
        journeys.push({
          frame,
          frames: hops.map((hop) => hop.frame),
          hops: hops.slice(0, MAX_HOPS).map(({ frame: number, hopLocation, since }) => ({
            frame: number,
            since: secondsOf(since),
            location: hopLocationName(hopLocation, names.factsOf(hopLocation.captureLocation, host)),
            dropped: hopLocation.dropped,
          })),
        });
      },
    },
    runtime,
  );
  return journeys;
}
