import { count, latency, plural } from '../../format/index.js';
import type { ReportHistogram } from '../report-data.js';
import { axis, bars, chart, colour, wholeNumbers } from './chart.js';
import { h, section } from './dom.js';
import type { View } from './view.js';

/** Bars of a histogram, at most: an even share of powers of the latency each. */
const BARS = 32;
const FIRST_SHOWN = 6;

/** Latency per hop: a chart for each step, those with most packets first. */
export function histogramSection(histograms: readonly ReportHistogram[], view: View): HTMLElement {
  const figures = histograms.map((step, at) => ({ step, figure: figureOf(step, at) }));
  const none = h('p', { role: 'status' });
  let isAll = histograms.length <= FIRST_SHOWN;
  const more = h('button', { type: 'button' }, `Show all ${count(histograms.length)}`);
  const update = (): void => {
    let shown = 0;
    for (const { figure, step } of figures) {
      const fits = view.text === '' || `${step.from} ${step.to}`.toLowerCase().includes(view.text);
      figure.hidden = !fits || (!isAll && shown >= FIRST_SHOWN);
      if (!figure.hidden) shown += 1;
    }
    none.textContent =
      histograms.length === 0
        ? 'No packet has more than one appearance.'
        : shown === 0
          ? 'No hop matches the filter.'
          : '';
    more.hidden = isAll;
  };
  more.addEventListener('click', () => {
    isAll = true;
    update();
  });
  view.onChange(update);
  update();
  return section(
    'latency',
    'Latency per hop',
    'Bars count packets. Logarithmic time axis. Percentiles: error at most 1.6 % above 6.4 µs.',
    h('div', { class: 'figures' }, ...figures.map(({ figure }) => figure)),
    none,
    more,
  );
}

function figureOf({ buckets, from, latency: facts, to }: ReportHistogram, at: number): HTMLElement {
  const { counts, edges } = rebinned(buckets);
  const summary = `p50 ${latency(facts.p50)}, p95 ${latency(facts.p95)}, p99 ${latency(facts.p99)}, max ${latency(facts.max)}`;
  const id = `step-${at}`;
  return h(
    'figure',
    { 'aria-labelledby': id },
    h(
      'figcaption',
      { id },
      h('span', { class: 'name' }, from),
      h('span', { class: 'arrow', 'aria-label': 'to' }, '→'),
      h('span', { class: 'name' }, to),
      h('span', { class: 'muted' }, `${plural(facts.count, 'packet')}: ${summary}`),
    ),
    chart(
      `Histogram: ${summary}`,
      120,
      () => [counts.map((_, n) => n + 0.5), counts],
      () => ({
        cursor: { show: false },
        legend: { show: false },
        scales: {
          x: { time: false, range: () => [0, counts.length] },
          y: { range: (_, __, max) => [0, Math.max(1, max)] },
        },
        axes: [
          axis({
            size: 34,
            splits: () => axisSplits(counts.length),
            values: (_, splits) => splits.map((n) => latency(edges[n] ?? 0)),
            grid: { show: false },
          }),
          axis({ size: 48, values: wholeNumbers }),
        ],
        series: [
          {},
          {
            fill: colour('accent'),
            stroke: colour('accent'),
            width: 0,
            ...bars({ size: [0.9, 40, 1] }),
            points: { show: false },
          },
        ],
      }),
    ),
  );
}

/** First, last and two in between. */
const axisSplits = (bins: number): number[] =>
  bins < 4 ? [0, bins] : [0, Math.round(bins / 3), Math.round((2 * bins) / 3), bins];

interface Bins {
  readonly counts: number[];
  /** Seconds; one more than counts. */
  readonly edges: number[];
}

/** Bins of equal ratio from the least latency to the greatest. */
function rebinned(buckets: ReportHistogram['buckets']): Bins {
  const least = Math.max(5e-8, buckets[0]?.[0] ?? 0);
  const greatest = Math.max(buckets.at(-1)?.[1] ?? 0, least * 1.1);
  const distinct = buckets.length;
  const bins = Math.max(4, Math.min(BARS, distinct * 2));
  const ratio = Math.log(greatest / least);
  const counts = new Array<number>(bins).fill(0);
  for (const [from, to, packets] of buckets) {
    const middle = Math.max(least, (from + to) / 2);
    const bin = Math.min(bins - 1, Math.floor((bins * Math.log(middle / least)) / ratio));
    counts[bin] = (counts[bin] ?? 0) + packets;
  }
  const edges = Array.from({ length: bins + 1 }, (_, n) => least * Math.exp((ratio * n) / bins));
  return { counts, edges };
}
