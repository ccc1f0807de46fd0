import { count } from '../../format/index.js';
import { h } from './dom.js';
import type { View } from './view.js';

export interface Column<Row> {
  readonly title: string;
  /** The value for sorting, also shown unless {@link cell} is given. */
  readonly value: (row: Row) => string | number | undefined;
  readonly text?: (row: Row) => string;
  readonly cell?: (row: Row) => Node;
  readonly numeric?: boolean;
}

export interface TableOptions<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Rows of the whole list, where the page has a part of it. */
  readonly total?: number;
  readonly view: View;
  /** For tables that the choice of a compartment concerns. */
  readonly compartmentOf?: (row: Row) => number | undefined;
}

/** Rows that are shown initially. */
const FIRST_ROWS = 15;

/** A table that is sorted by its headings and follows the filter; empty columns are omitted. */
export function dataTable<Row>(options: TableOptions<Row>): HTMLElement {
  const { caption, compartmentOf, rows, view } = options;
  const total = options.total ?? rows.length;
  const missing =
    total > rows.length ? `; the page has the first ${count(rows.length)} of ${count(total)}` : '';
  const columns = options.columns.filter(({ value }) => rows.some((row) => (value(row) ?? '') !== ''));
  let sorted: { column: Column<Row>; up: boolean } | undefined;
  let shown = FIRST_ROWS;
  const body = h('tbody');
  const status = h('p', { class: 'rows', role: 'status' });
  const more = h('button', { type: 'button' }, 'Show more');
  const headings = columns.map((column) => {
    const button = h('button', { type: 'button' }, column.title);
    const heading = h('th', { scope: 'col', ...(column.numeric && { class: 'number' }) }, button);
    button.addEventListener('click', () => {
      const isSame = sorted?.column === column;
      sorted = { column, up: isSame ? !sorted?.up : column.numeric !== true };
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', sorted.up ? 'ascending' : 'descending');
      draw();
    });
    return heading;
  });
  const textOf = (column: Column<Row>, row: Row): string => {
    if (column.text !== undefined) return column.text(row);
    const value = column.value(row);
    return value === undefined ? '' : typeof value === 'number' ? count(value) : value;
  };
  function draw(): void {
    const found = rows.filter((row) =>
      view.accepts(
        columns.map((column) => `${textOf(column, row)} ${column.value(row) ?? ''}`),
        compartmentOf?.(row),
        compartmentOf !== undefined,
      ),
    );
    if (sorted !== undefined) {
      const { column, up } = sorted;
      found.sort((a, b) => (up ? 1 : -1) * compare(column.value(a), column.value(b)));
    }
    body.replaceChildren(
      ...found
        .slice(0, shown)
        .map((row) =>
          h(
            'tr',
            {},
            ...columns.map((column) =>
              h(
                'td',
                { ...(column.numeric && { class: 'number' }) },
                column.cell?.(row) ?? textOf(column, row),
              ),
            ),
          ),
        ),
    );
    const drawn = count(Math.min(shown, found.length));
    const isAll = found.length === rows.length && found.length <= shown && missing === '';
    status.textContent = isAll
      ? ''
      : found.length === rows.length
        ? `${drawn} of ${count(rows.length)} rows${missing}`
        : `${drawn} of ${count(found.length)} rows that match, ${count(rows.length)} in all${missing}`;
    more.hidden = found.length <= shown;
  }
  more.addEventListener('click', () => {
    shown += 10 * FIRST_ROWS;
    draw();
  });
  view.onChange(draw);
  draw();
  return h(
    'div',
    { class: 'data' },
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Table: ${caption}` },
      h(
        'table',
        {},
        h('caption', { class: 'hidden' }, caption),
        h('thead', {}, h('tr', {}, ...headings)),
        body,
      ),
    ),
    h('div', { class: 'below' }, status, more),
  );
}

function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''), 'en', { numeric: true });
}
