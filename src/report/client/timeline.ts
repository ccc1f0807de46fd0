import type uPlot from 'uplot';
import { count, latency, plural } from '../../format/index.js';
import type { ReportTimeline } from '../report-data.js';
import { axis, bars, chart, colour, LINES, redrawCharts, wholeNumbers } from './chart.js';
import { h, section } from './dom.js';

/** Lines that are shown initially: those with the most packets. */
const FIRST_LINES = 6;

/** From the bin's start to the next; at least 2 pixels, so that single packets are visible. */
const BARS: uPlot.Series.BarsPathBuilderOpts = { size: [1, Number.POSITIVE_INFINITY, 2], align: 1 };

const sum = (counts: readonly number[]): number => counts.reduce((total, n) => total + n, 0);

/**
 * Packets over time: a line for each interface of first appearances, and drops below them.
 *
 * @param total interfaces of the whole list, of which the page may have a part
 */
export function timelineSection(timeline: ReportTimeline, total: number): HTMLElement {
  const { bins, interfaces, start, width } = timeline;
  const times = Array.from({ length: bins }, (_, n) => start + n * width);
  const lines = interfaces
    .map((line) => ({ ...line, total: sum(line.packets), totalDropped: sum(line.dropped) }))
    .sort((a, b) => b.total - a.total);
  const isShown = lines.map((_, at) => at < FIRST_LINES);
  const strokeOf = (at: number): string => colour(`line-${at % LINES}`);
  const plots: uPlot[] = [];
  const keep = (plot: uPlot): void => {
    const known = plots.findIndex((other) => other.root.parentElement === null);
    if (known === -1) plots.push(plot);
    else plots[known] = plot;
  };
  const cursor = { sync: { key: 'time' }, drag: { x: true, y: false } } as const;
  const xAxis = (): uPlot.Axis => axis({ space: 90, values: (_, splits) => splits.map((at) => clock(at)) });

  const end = start + bins * width;
  // Up to the end of the last bar, unless the user zoomed.
  const xRange = (_: uPlot, min: number, max: number): [number, number] =>
    min === start && max === times.at(-1) ? [start, end] : [min, max];
  const shownLines = (): number[] => lines.map((_, at) => at).filter((at) => isShown[at]);
  // Stacked bars: the series behind is highest, and each in front hides all but its own part.
  const stacked = (): number[][] => {
    let below: number[] = new Array<number>(bins).fill(0);
    return shownLines()
      .map((at) => {
        below = below.map((n, bin) => n + (lines[at]?.packets[bin] ?? 0));
        return below;
      })
      .reverse();
  };
  const packets = chart(
    `Packets over time, ${plural(lines.length, 'interface')}`,
    240,
    () => [times, ...stacked()],
    () => ({
      cursor,
      legend: { show: false },
      scales: {
        x: { range: xRange },
        y: { range: (_, __, max) => [0, Math.max(1, max)] },
      },
      axes: [xAxis(), axis({ size: 60, values: wholeNumbers })],
      series: [
        {},
        ...shownLines()
          .reverse()
          .map((at) => ({
            label: lines[at]?.name ?? '',
            stroke: strokeOf(at),
            fill: strokeOf(at),
            width: 0,
            ...bars(BARS),
            points: { show: false },
          })),
      ],
    }),
    keep,
  );
  const hasDrops = lines.some(({ totalDropped }) => totalDropped > 0);
  const dropped = times.map((_, bin) => lines.reduce((total, each) => total + (each.dropped[bin] ?? 0), 0));
  const drops = chart(
    'Dropped packets over time',
    110,
    () => [times, dropped],
    () => ({
      cursor,
      legend: { show: false },
      axes: [xAxis(), axis({ size: 60, values: wholeNumbers })],
      scales: {
        x: { range: xRange },
        y: { range: (_, __, max) => [0, Math.max(1, max)] },
      },
      series: [
        {},
        {
          label: 'dropped',
          stroke: colour('drop'),
          fill: colour('drop'),
          width: 1,
          ...bars(BARS),
          points: { show: false },
        },
      ],
    }),
    keep,
  );

  const legend = h(
    'fieldset',
    { class: 'legend' },
    h('legend', {}, 'Interfaces'),
    ...lines.map(({ name, total, totalDropped: lost }, at) => {
      const box = h('input', { type: 'checkbox', ...(isShown[at] && { checked: true }) });
      box.addEventListener('change', () => {
        isShown[at] = box.checked;
        redrawCharts();
      });
      return h(
        'label',
        {},
        box,
        h('span', { class: `swatch line-${at % LINES}`, 'aria-hidden': 'true' }),
        h('span', { class: 'name' }, name),
        h('span', { class: 'muted' }, count(total)),
        ...(lost > 0 ? [h('span', { class: 'drop' }, `${count(lost)} dropped`)] : []),
      );
    }),
  );
  const part =
    total > interfaces.length
      ? ` The page has ${count(interfaces.length)} of ${count(total)} interfaces.`
      : '';
  return section(
    'timeline',
    'Packets over time',
    `Bucket: ${latency(width)}. Each packet is counted once, at the interface where it was first seen. Times are UTC. Drag over the chart to zoom in, or use the buttons.${part}`,
    zoomButtons(start, end, width, () => plots),
    packets,
    ...(hasDrops ? [h('h3', {}, 'Dropped'), drops] : [h('p', {}, 'No drops.')]),
    legend,
  );
}

/** `20:18:35.489`, without trailing zeros. */
function clock(seconds: number): string {
  return new Date(Math.round(seconds * 1000))
    .toISOString()
    .slice(11, 23)
    .replace(/\.?0+$/u, '');
}

/** Looking closer without a mouse. */
function zoomButtons(first: number, last: number, width: number, plots: () => readonly uPlot[]): HTMLElement {
  let [from, to] = [first, last];
  const show = (): void => {
    for (const plot of plots()) plot.setScale('x', { min: from, max: to });
  };
  const button = (label: string, text: string, move: (span: number) => [number, number]): HTMLElement => {
    const element = h('button', { type: 'button', 'aria-label': label, title: label }, text);
    element.addEventListener('click', () => {
      [from, to] = move(to - from);
      from = Math.max(first, Math.min(from, last - width));
      to = Math.min(last, Math.max(to, from + 2 * width));
      show();
    });
    return element;
  };
  return h(
    'div',
    { class: 'buttons', role: 'group', 'aria-label': 'Zoom' },
    button('Earlier', '◀', (span) => [from - span / 2, Math.max(first + span, to - span / 2)]),
    button('Later', '▶', (span) => [Math.min(last - span, from + span / 2), to + span / 2]),
    button('Closer', '+', (span) => [from + span / 4, to - span / 4]),
    button('Wider', '−', (span) => [from - span / 2, to + span / 2]),
    button('All of it', 'All', () => [first, last]),
  );
}
