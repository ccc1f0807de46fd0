import 'uplot/dist/uPlot.min.css';
import './page.css';
import { count, latency, percent, plural, shortTime } from '../../format/index.js';
import type { ReportData, ReportPath } from '../report-data.js';
import { redrawCharts } from './chart.js';
import { h, section } from './dom.js';
import { findingsSection } from './findings.js';
import { histogramSection } from './histograms.js';
import { stackSection } from './stack.js';
import { dataTable } from './table.js';
import { timelineSection } from './timeline.js';
import { View } from './view.js';

const SECTIONS = [
  ['findings', 'Findings'],
  ['drops', 'Drops'],
  ['stack', 'Stack map'],
  ['timeline', 'Time'],
  ['paths', 'Paths'],
  ['latency', 'Latency'],
  ['lost', 'Disappeared'],
  ['conversations', 'Conversations'],
] as const;

function readData(): ReportData {
  return JSON.parse(document.getElementById('data')?.textContent ?? '{}');
}

function header(data: ReportData): HTMLElement {
  const warnings = data.traces.flatMap(({ input, losses }) =>
    losses.map((loss) => (data.traces.length > 1 ? `${input}: ${loss}` : loss)),
  );
  if (data.totals.traces > data.traces.length) {
    warnings.push(`the page lists ${count(data.traces.length)} of ${plural(data.totals.traces, 'trace')}`);
  }
  if (data.pathsClosedEarly > 0) {
    warnings.push(
      `${plural(data.pathsClosedEarly, 'path')} closed early: more packets at once than are kept`,
    );
  }
  return h(
    'header',
    {},
    h('a', { class: 'skip', href: '#findings' }, 'Skip to the findings'),
    h('h1', {}, `Packet paths: ${data.traces.map(({ input }) => baseName(input)).join(', ')}`),
    ...data.traces.map(({ bytes, end, host, input, os, start }) =>
      h(
        'p',
        { class: 'trace' },
        h('strong', {}, host ?? input),
        ...[
          host === undefined ? '' : input,
          os ?? '',
          `${shortTime(start)} to ${end === undefined ? '(never closed)' : shortTime(end)} UTC`,
          `${count(bytes)} bytes`,
        ]
          .filter((text) => text !== '')
          .map((text) => h('span', {}, text)),
      ),
    ),
    warnings.length > 0
      ? h(
          'div',
          { class: 'warning', role: 'note' },
          h('strong', {}, 'Lost or damaged: a hop that is missing here may be missing only in the trace.'),
          h('ul', {}, ...warnings.map((text) => h('li', {}, text))),
        )
      : h('p', { class: 'muted' }, 'Capture complete: no events lost, no damaged buffers.'),
    h(
      'dl',
      { class: 'tiles' },
      ...tile('packets', data.packets),
      ...tile('appearances', data.appearances),
      ...tile('delivered', data.delivered),
      ...tile('dropped', data.dropped, data.dropped > 0 ? 'drop' : ''),
      ...tile('with unknown outcome', data.lastSeen, data.lastSeen > 0 ? 'lost' : ''),
      ...(data.dropRecords > data.dropped ? tile('drop records', data.dropRecords) : []),
      ...(data.inferred > 0 ? tile('matched by content (inferred)', data.inferred) : []),
      ...(data.ambiguous > 0 ? tile('ambiguous matches', data.ambiguous) : []),
    ),
  );
}

/** A path without its directories. */
const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

const tile = (label: string, value: number, kind = ''): HTMLElement[] => [
  h('div', { class: `tile ${kind}` }, h('dt', {}, label), h('dd', {}, count(value))),
];

/** The bar that stays in sight: filter, compartment, theme, sections. */
function controls(data: ReportData, view: View): HTMLElement {
  const filter = h('input', {
    type: 'search',
    id: 'filter',
    placeholder: 'component, address, port, reason …',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  filter.addEventListener('input', () => view.set({ text: filter.value }));
  // A click on the map sets it too.
  view.onChange(() => {
    if (filter.value.trim().toLowerCase() !== view.text) filter.value = view.text;
  });
  const ids = [...data.conversations, ...data.droppedPackets].flatMap(({ Compartment }) => Compartment ?? []);
  const compartments = [...new Set(ids)].sort((a, b) => a - b);
  const compartment = h(
    'select',
    { id: 'compartment' },
    h('option', { value: '' }, 'all'),
    ...compartments.map((id) => h('option', { value: id }, String(id))),
  );
  compartment.addEventListener('change', () =>
    view.set({ compartment: compartment.value === '' ? undefined : Number(compartment.value) }),
  );
  return h(
    'div',
    { class: 'controls' },
    h('label', { for: 'filter' }, 'Filter'),
    filter,
    ...(compartments.length > 0 ? [h('label', { for: 'compartment' }, 'Compartment'), compartment] : []),
    themeButton(),
    h('nav', { 'aria-label': 'Sections' }, ...SECTIONS.map(([id, text]) => h('a', { href: `#${id}` }, text))),
  );
}

/** Light or dark as the system has it, until the reader chooses. */
function themeButton(): HTMLElement {
  const { dataset } = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const button = h('button', { type: 'button', id: 'theme' });
  const show = (theme: 'light' | 'dark'): void => {
    dataset.theme = theme;
    button.textContent = theme === 'dark' ? 'Light' : 'Dark';
    redrawCharts();
  };
  const system = (): void => show(dark.matches ? 'dark' : 'light');
  dark.addEventListener('change', system);
  button.addEventListener('click', () => {
    dark.removeEventListener('change', system);
    show(dataset.theme === 'dark' ? 'light' : 'dark');
  });
  system();
  return button;
}

function pathsSection(data: ReportData, view: View): HTMLElement {
  const more =
    data.otherPaths > 0 ? ` ${plural(data.otherPaths, 'packet')} took paths that are not listed.` : '';
  return section(
    'paths',
    'Paths through the host',
    `Packets that took the same path. Expand a row for per-hop latency.${more}`,
    dataTable<ReportPath>({
      caption: 'Paths through the host',
      view,
      rows: data.paths,
      total: data.totals.paths,
      columns: [
        { title: 'Packets', value: ({ packets }) => packets, numeric: true },
        { title: 'Share', value: ({ share }) => share, text: ({ share }) => percent(share), numeric: true },
        { title: 'Path', value: ({ locations }) => locations.join(' → '), cell: pathCell },
        {
          title: 'Outcome',
          value: ({ outcome }) => outcome.kind,
          cell: ({ outcome: { kind } }) => h('span', { class: `end ${kind}` }, kind),
        },
        latencyColumn('p50', ({ latency: times }) => times.p50),
        latencyColumn('p95', ({ latency: times }) => times.p95),
        latencyColumn('p99', ({ latency: times }) => times.p99),
        latencyColumn('Max', ({ latency: times }) => times.max),
        { title: 'First frame', value: ({ firstFrame }) => firstFrame, numeric: true },
      ],
    }),
  );
}

const latencyColumn = (
  title: string,
  value: (path: ReportPath) => number,
): { title: string; value: typeof value; text: (path: ReportPath) => string; numeric: true } => ({
  title,
  value,
  text: (path) => (path.locations.length > 1 ? latency(value(path)) : ''),
  numeric: true,
});

function pathCell({ inferred, locations, steps }: ReportPath): HTMLElement {
  const [first = ''] = locations;
  const last = locations.at(-1) ?? first;
  const hops = locations.map((location, at) => {
    const times = steps[at - 1]?.latency;
    return h(
      'li',
      {},
      location,
      ...(times === undefined
        ? []
        : [
            h(
              'span',
              { class: 'muted' },
              ` p50 ${latency(times.p50)}, p95 ${latency(times.p95)}, p99 ${latency(times.p99)}, max ${latency(times.max)}`,
            ),
          ]),
    );
  });
  return h(
    'details',
    {},
    h(
      'summary',
      {},
      locations.length === 1 ? first : `${first} → ${last} (${plural(locations.length, 'hop')})`,
    ),
    h('ol', {}, ...hops),
    ...(inferred > 0 ? [h('p', { class: 'muted' }, `${count(inferred)} matched by content (inferred)`)] : []),
  );
}

function lostSection(data: ReportData, view: View): HTMLElement {
  const about =
    'Last seen at this component, with no drop logged. A filter driver can discard a packet silently; an unreached edge points to that. Where nothing went on, the capture may end at this component.';
  if (data.neverLeft.length === 0) {
    return section('lost', 'Packets that disappeared', about, h('p', {}, 'None.'));
  }
  return section(
    'lost',
    'Packets that disappeared',
    about,
    dataTable({
      caption: 'Packets that disappeared',
      view,
      rows: data.neverLeft,
      total: data.totals.neverLeft,
      columns: [
        { title: 'Packets', value: ({ packets }) => packets, numeric: true },
        { title: 'Last seen at', value: ({ location }) => location },
        { title: 'Missing at edge', value: ({ unseenEdges }) => unseenEdges.join(', ') },
        { title: 'Continued (others)', value: ({ continued }) => continued, numeric: true },
        { title: 'Frame', value: ({ firstFrame }) => firstFrame, numeric: true },
      ],
    }),
  );
}

function conversationsSection(data: ReportData, view: View): HTMLElement {
  const conversations = dataTable({
    caption: 'Conversations',
    view,
    rows: data.conversations,
    total: data.totals.conversations,
    compartmentOf: ({ Compartment }) => Compartment,
    columns: [
      { title: 'Compartment', value: ({ Compartment }) => Compartment, numeric: true },
      { title: 'Virtual NIC', value: ({ nic }) => nic },
      { title: 'Protocol', value: ({ protocol }) => protocol },
      { title: 'Between', value: ({ a }) => a },
      { title: 'And', value: ({ b }) => b },
      { title: 'Packets', value: ({ packets }) => packets, numeric: true },
      { title: 'Bytes', value: ({ bytes }) => bytes, numeric: true },
      { title: 'Dropped', value: ({ dropped }) => dropped || undefined, numeric: true },
    ],
  });
  const asymmetric =
    data.asymmetric.length === 0
      ? []
      : [
          h('h3', {}, 'Asymmetric conversations'),
          dataTable({
            caption: 'Asymmetric conversations',
            view,
            rows: data.asymmetric,
            total: data.totals.asymmetric,
            compartmentOf: ({ Compartment }) => Compartment,
            columns: [
              { title: 'Compartment', value: ({ Compartment }) => Compartment, numeric: true },
              { title: 'Virtual NIC', value: ({ nic }) => nic },
              { title: 'Protocol', value: ({ protocol }) => protocol },
              { title: 'Between', value: ({ a }) => a },
              { title: 'And', value: ({ b }) => b },
              { title: 'Path from the first', value: ({ forward }) => forward.join(' → ') },
              { title: 'Path from the second', value: ({ reverse }) => reverse.join(' → ') },
            ],
          }),
        ];
  return section(
    'conversations',
    'Conversations',
    'Equal addresses in different compartments or at different vSwitch ports are separate hosts. Each packet is counted once; addresses are before NAT.',
    conversations,
    ...asymmetric,
  );
}

/** The reason of a drop; without one, the drop is inferred from a keyword bit. */
const dropReasonText = ({
  Drop,
  dropInferred,
}: ReportData['drops'][number] | ReportData['droppedPackets'][number]): string =>
  dropInferred === true ? 'no reason recorded in this trace (inferred)' : Drop;

function dropsSection(data: ReportData, view: View): HTMLElement {
  if (data.dropped === 0) return section('drops', 'Drops', '', h('p', {}, 'No drops.'));
  const left = data.dropped - data.droppedPackets.length;
  return section(
    'drops',
    'Drops',
    'Frame numbers refer to a pcapng converted without filters.',
    dataTable({
      caption: 'Drops by reason',
      view,
      rows: data.drops,
      total: data.totals.drops,
      columns: [
        { title: 'Packets', value: ({ packets }) => packets, numeric: true },
        { title: 'Reason', value: dropReasonText },
        { title: 'Number', value: ({ DropReason }) => DropReason, numeric: true },
        {
          title: 'Location',
          value: ({ DropLocation, dropLocationName }) => dropLocationName ?? DropLocation,
        },
      ],
    }),
    h(
      'h3',
      {},
      left > 0 ? `The first ${count(data.droppedPackets.length)} dropped packets` : 'Dropped packets',
    ),
    dataTable({
      caption: 'Dropped packets',
      view,
      rows: data.droppedPackets,
      total: data.dropped,
      compartmentOf: ({ Compartment }) => Compartment,
      columns: [
        { title: 'Frame', value: ({ frame }) => frame, numeric: true },
        { title: 'Time', value: ({ time }) => time, text: ({ time }) => time.slice(11, -1) },
        { title: 'At', value: ({ interface: name }) => name },
        { title: 'Reason', value: dropReasonText },
        {
          title: 'Location',
          value: ({ DropLocation, dropLocationName }) => dropLocationName ?? DropLocation,
        },
        { title: 'Compartment', value: ({ Compartment }) => Compartment, numeric: true },
        { title: 'Protocol', value: ({ protocol }) => protocol },
        { title: 'From', value: ({ source }) => source },
        { title: 'To', value: ({ destination }) => destination },
        { title: 'Bytes', value: ({ length }) => length, numeric: true },
      ],
    }),
  );
}

const data = readData();
const view = new View();
document
  .getElementById('page')
  ?.append(
    header(data),
    controls(data, view),
    findingsSection(data, view),
    dropsSection(data, view),
    stackSection(data.map, view),
    timelineSection(data.timeline, data.totals.interfaces),
    pathsSection(data, view),
    histogramSection(data.histograms, view),
    lostSection(data, view),
    conversationsSection(data, view),
    h('footer', {}, `Written by etlcap ${data.etlcap}. Charts: uPlot.`),
  );
