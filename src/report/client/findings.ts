import { count, latency, plural } from '../../format/index.js';
import type { ReportData, ReportFinding } from '../report-data.js';
import { h, section } from './dom.js';
import type { View } from './view.js';

/** Frame numbers that are listed. */
const MAX_FRAMES = 20;

/** The findings, each with its evidence, frames, filters, commands and the journeys of its first packets. */
export function findingsSection(data: ReportData, view: View): HTMLElement {
  const { findings, notVisible, packets, totals } = data;
  const isHealthy = findings.every(({ severity }) => severity === 'note');
  const limits =
    notVisible.length === 0
      ? []
      : [h('p', { class: 'muted' }, `This capture could not have shown: ${notVisible.join('; ')}.`)];
  const left = totals.findings - findings.length;
  const items = findings.map((finding) => ({ finding, element: item(finding, data) }));
  const list = h('ul', { class: 'findings' }, ...items.map(({ element }) => element));
  view.onChange(() => {
    for (const { element, finding } of items)
      element.hidden = !view.accepts(wordsOf(finding), undefined, false);
  });
  return section(
    'findings',
    'Findings',
    '',
    ...(isHealthy
      ? [h('p', { class: 'fine' }, `No faults found in ${plural(packets, 'packet')}.`), ...limits]
      : []),
    list,
    ...(left > 0
      ? [h('p', { class: 'muted' }, `${count(left)} more: etlcap diagnose --all lists them.`)]
      : []),
  );
}

const wordsOf = ({ component, flow, id, interface: name, title }: ReportFinding): string[] =>
  [id, title, component, name, flow?.source, flow?.destination].filter((word) => word !== undefined);

function item(finding: ReportFinding, data: ReportData): HTMLElement {
  const { basis, check, count: packets, depth, id, meaning, severity, title } = finding;
  return h(
    'li',
    { class: depth > 0 ? 'finding consequence' : 'finding' },
    h(
      'details',
      {},
      h(
        'summary',
        {},
        h('span', { class: `severity ${severity}` }, severity),
        ` ${title} `,
        h('span', { class: 'muted' }, `${id}, ${plural(packets, 'packet')}`),
      ),
      h('p', {}, meaning),
      h('dl', { class: 'facts' }, ...facts(finding)),
      h('h3', {}, 'Check on the host'),
      h('ul', { class: 'commands' }, ...check.map((command) => h('li', {}, h('code', {}, command)))),
      ...alternatives(finding),
      ...journeys(finding, data),
      ...nearby(finding),
      h('p', { class: 'muted' }, BASES[basis]),
    ),
  );
}

const BASES = {
  logged: 'Basis: an event or a drop record states it.',
  seen: 'Basis: it follows from the packets.',
  inferred: 'Basis: the most likely explanation of the packets (inferred).',
} as const;

function facts(finding: ReportFinding): HTMLElement[] {
  const { causes, compartment, component, evidence, filter, flow, frames, pluginFilter, process } = finding;
  const { Drop, DropReason, dropLocationName, eventId, location, provider } = evidence;
  const reason =
    Drop === undefined ? undefined : `${Drop}${DropReason === undefined ? '' : ` (reason ${DropReason})`}`;
  const event = provider === undefined ? undefined : `${provider} event ${eventId ?? ''}`;
  const flowText =
    flow === undefined
      ? undefined
      : [flow.protocol, [flow.source, flow.destination].filter(Boolean).join(' → ')].join(' ');
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Explained by', causes.join(', ') || undefined],
    ['Flow', flowText],
    ['Reason', reason],
    ['Location', dropLocationName ?? location],
    ['Component', component],
    ['Compartment', compartment === undefined ? undefined : String(compartment)],
    ['Process', process],
    ['Event', event],
    ['Frames', framesText(frames)],
  ];
  return [
    ...rows.flatMap(([name, value]) => (value === undefined ? [] : [h('dt', {}, name), h('dd', {}, value)])),
    ...copyRow('Wireshark filter', filter),
    ...copyRow('Filter with the etlcap plugin', pluginFilter),
  ];
}

const framesText = (frames: readonly number[]): string | undefined =>
  frames.length === 0
    ? undefined
    : `${frames.slice(0, MAX_FRAMES).join(', ')}${frames.length > MAX_FRAMES ? ` and ${frames.length - MAX_FRAMES} more` : ''}`;

/** A text that can be copied with one click. */
function copyRow(name: string, text: string | undefined): HTMLElement[] {
  if (text === undefined) return [];
  const button = h('button', { type: 'button' }, 'Copy');
  const code = h('code', {}, text);
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text).then(
      () => {
        button.textContent = 'Copied';
      },
      () => {
        // A browser that does not allow it: the text is selected instead.
        getSelection()?.selectAllChildren(code);
      },
    );
  });
  return [h('dt', {}, name), h('dd', {}, code, ' ', button)];
}

function alternatives({ alternatives: all }: ReportFinding): HTMLElement[] {
  return all.length === 0
    ? []
    : [h('h3', {}, 'Other explanations'), h('ul', {}, ...all.map((text) => h('li', {}, text)))];
}

/** The journeys of the first packets, hop by hop. */
function journeys({ frames }: ReportFinding, data: ReportData): HTMLElement[] {
  return data.journeys
    .filter((journey) => frames.some((frame) => journey.frames.includes(frame)))
    .slice(0, 3)
    .flatMap(({ frame, hops }) => [
      h('h3', {}, `Journey of the packet of frame ${frame}`),
      h(
        'ol',
        { class: 'journey' },
        ...hops.map((hop) =>
          h(
            'li',
            hop.dropped ? { class: 'drop' } : {},
            hop.location,
            h(
              'span',
              { class: 'muted' },
              ` frame ${hop.frame}, ${hop.since === 0 ? 'start' : `+${latency(hop.since)}`}`,
            ),
          ),
        ),
      ),
    ]);
}

function nearby({ events }: ReportFinding): HTMLElement[] {
  if (events.length === 0) return [];
  return [
    h('h3', {}, 'Events around it'),
    h(
      'ul',
      {},
      ...events.map(({ eventId, provider, text, time }) =>
        h(
          'li',
          {},
          `${time.slice(11, -1)} ${provider} ${eventId ?? ''} `,
          h('span', { class: 'muted' }, text),
        ),
      ),
    ),
  ];
}
