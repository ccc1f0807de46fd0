import { count, plural, size } from '../../format/index.js';
import type { TraceResult } from '../messages.js';
import { h } from './elements.js';

/** Findings that are listed; the report has all. */
const MAX_FINDINGS = 20;

/** The results of one trace: counts, findings, downloads, and the report page. */
export function resultSection(result: TraceResult): HTMLElement {
  const { name, outputs } = result;
  return h(
    'section',
    {},
    h('h2', { tabindex: '-1' }, name),
    h('ul', { class: 'facts' }, ...facts(result).map((text) => h('li', {}, text))),
    findings(result),
    outputs.length === 0
      ? h(
          'p',
          { class: 'failure' },
          'No file was written: the trace contains nothing that matches the options.',
        )
      : h('ul', { class: 'downloads' }, ...outputs.map((output) => h('li', {}, download(output)))),
    ...hints(result),
    ...report(result),
  );
}

function facts({ summary }: TraceResult): string[] {
  const { drops, events, identity, packets, traces } = summary;
  const lost = traces.reduce((sum, { lost: { events: lostEvents } }) => sum + lostEvents, 0);
  const damaged = traces.reduce((sum, { damage }) => sum + damage.sections, 0);
  const dropped = drops.length === 0 ? '' : `, ${count(identity.droppedPackets)} dropped`;
  return [
    packets === 0
      ? 'no packets'
      : `${plural(packets, 'frame')}: ${plural(identity.appearances, 'appearance')} of ${plural(identity.packets, 'packet')}${dropped}`,
    plural(events, 'event'),
    lost === 0 ? 'no events lost' : `${plural(lost, 'event')} lost while the trace was recorded`,
    damaged === 0 ? 'no damage found' : `${plural(damaged, 'damaged section')} in the file`,
  ];
}

function findings({ diagnosis, summary }: TraceResult): HTMLElement {
  const found = diagnosis.findings;
  if (found.length === 0) {
    return h('p', { class: 'fine' }, `No faults found in ${plural(summary.identity.packets, 'packet')}.`);
  }
  return h(
    'ul',
    { class: 'findings', 'aria-label': 'Findings' },
    ...found
      .slice(0, MAX_FINDINGS)
      .map(({ severity, title }) => h('li', { class: severity }, h('strong', {}, severity), ` ${title}`)),
    ...(found.length > MAX_FINDINGS ? [h('li', {}, `${count(found.length - MAX_FINDINGS)} more`)] : []),
  );
}

function download({ blob, bytes, name }: TraceResult['outputs'][number]): Node {
  const text = `${name} (${size(bytes)})`;
  if (blob === undefined) return document.createTextNode(`${text}: in the chosen folder`);
  return h('a', { href: URL.createObjectURL(blob), download: name }, `Download ${text}`);
}

function hints({ summary }: TraceResult): HTMLElement[] {
  return summary.hints.map(({ text }) => h('p', { class: 'hint' }, text));
}

/** The report page, which is drawn when it is opened. */
function report({ name, report: html }: TraceResult): HTMLElement[] {
  if (html === undefined) return [];
  const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  const details = h('details', {}, h('summary', {}, 'Report: paths of the packets through Windows'));
  details.addEventListener(
    'toggle',
    () => details.append(h('iframe', { src: url, title: `Report of ${name}` })),
    { once: true },
  );
  return [details];
}
