import uPlot from 'uplot';
import { count } from '../../format/index.js';
import { h } from './dom.js';

/** Colours of lines, distinguished by people with colour-blindness too (Okabe and Ito), from the style sheet. */
export const LINES = 7;

/** The current value of a colour of the style sheet, light or dark. */
export const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const charts: { readonly redraw: () => void }[] = [];

/** Draws all charts anew: they are pixels, and do not see that colours changed. */
export function redrawCharts(): void {
  for (const chart of charts) chart.redraw();
}

/** Labels of an axis of counts: whole numbers only. */
export const wholeNumbers = (_: uPlot, splits: readonly number[]): string[] =>
  splits.map((n) => (Number.isInteger(n) ? count(n) : ''));

/** Bars; `align` 1: from the point on. */
export function bars(options: uPlot.Series.BarsPathBuilderOpts): { paths?: uPlot.Series.PathBuilder } {
  const paths = uPlot.paths.bars?.(options);
  return paths === undefined ? {} : { paths };
}

/** Common properties of axes. */
export function axis(more: uPlot.Axis): uPlot.Axis {
  return {
    stroke: colour('muted'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { stroke: colour('line'), width: 1 },
    font: '12px system-ui, sans-serif',
    ...more,
  };
}

/** A chart as wide as its container, in an element whose label describes it. */
export function chart(
  label: string,
  height: number,
  dataOf: () => uPlot.AlignedData,
  optionsOf: () => Omit<uPlot.Options, 'width' | 'height'>,
  onDraw: (plot: uPlot) => void = () => undefined,
): HTMLElement {
  const place = h('div', { class: 'chart', role: 'img', 'aria-label': label });
  let plot: uPlot | undefined;
  const redraw = (): void => {
    plot?.destroy();
    plot = undefined;
    const width = place.clientWidth;
    if (width === 0) return;
    plot = new uPlot({ ...optionsOf(), width, height }, dataOf(), place);
    onDraw(plot);
  };
  charts.push({ redraw });
  let drawn = 0;
  new ResizeObserver(() => {
    const width = place.clientWidth;
    if (width === drawn) return;
    drawn = width;
    if (plot === undefined) redraw();
    else plot.setSize({ width, height });
  }).observe(place);
  return place;
}
