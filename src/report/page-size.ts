import { scriptJson } from './page.js';

/**
 * Limits in bytes of the page's lists: together below 7 MB, so that a page with its script of 100 kB is below 8 MB.
 * Lists of real traces are far smaller.
 */
export const LIST_BYTES = {
  findings: 400_000,
  journeys: 300_000,
  traces: 250_000,
  timeline: 2_000_000,
  nodes: 800_000,
  histograms: 500_000,
  paths: 800_000,
  neverLeft: 250_000,
  asymmetric: 250_000,
  conversations: 500_000,
  drops: 250_000,
  droppedPackets: 250_000,
} as const;

/** Rows that are looked at: others would not be scrolled to. */
const MAX_ROWS = 5000;

const encoder = new TextEncoder();

/** The rows of a list, in order, whose JSON fits into this many bytes; larger rows are skipped. */
export function fitting<T extends object>(rows: readonly T[], bytes: number): T[] {
  let left = bytes;
  return rows.slice(0, MAX_ROWS).filter((row) => {
    const size = encoder.encode(scriptJson(row)).length + 1;
    if (size > left) return false;
    left -= size;
    return true;
  });
}
