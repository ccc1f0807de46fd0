import { captureAdvice, type Finding, type Rule } from '../../diagnosis/index.js';
import { jsonText, printable } from '../../etw/index.js';
import { count, plural, shortTime } from '../../format/index.js';
import type { DiagnosedTraces, DiagnosisDocument } from '../../listing/index.js';

/** Lines without `--all`. */
const MAX_LINES = 40;
/** Lines after the findings. */
const FOOTER_LINES = 4;
const WIDTH = 100;

/** The findings: one line each, explained ones indented below the one that explains them. */
export function diagnosisText({ depths, document }: DiagnosedTraces, all: boolean): string {
  const { findings } = document;
  if (findings.length === 0) return `${noFaultsText(document)}\n`;
  const lines = findings.flatMap((finding, at) => [
    findingLine(finding, depths[at] ?? 0),
    ...(all ? [...details(finding), ''] : []),
  ]);
  const room = all ? lines.length : MAX_LINES - FOOTER_LINES;
  const left = lines.length - room;
  return [
    headText(document),
    ...lines.slice(0, room),
    ...(left > 0 ? [`… ${plural(left, 'more finding')}: --all`] : []),
    ...(isHealthy(document) ? [noFaultsText(document)] : []),
    all
      ? ''
      : 'Evidence, frames and what to check: --all, --json or --markdown. About a finding: --explain ID',
  ]
    .filter((line, at, every) => line !== '' || at < every.length - 1)
    .map((line) => `${line}\n`)
    .join('');
}

const isHealthy = ({ findings }: DiagnosisDocument): boolean =>
  findings.every(({ severity }) => severity === 'note');

function headText({ events, findings, packets }: DiagnosisDocument): string {
  const counts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const own = findings.filter((finding) => finding.severity === severity).length;
    return own === 0 ? [] : [plural(own, severity)];
  });
  return `${counts.join(', ')} in ${examinedText({ events, packets })}`;
}

/** The number of examined packets, or of events if there are no packets. */
const examinedText = ({ events, packets }: Pick<DiagnosisDocument, 'events' | 'packets'>): string =>
  packets === 0 ? plural(events, 'event') : plural(packets, 'packet');

/** That there are no findings, and which faults this capture could not have shown. */
export function noFaultsText({ notVisible, ...examined }: DiagnosisDocument): string {
  const limits =
    notVisible.length === 0 ? '' : ` This capture could not have shown: ${notVisible.join('; ')}.`;
  return `No faults found in ${examinedText(examined)}.${limits}`;
}

function findingLine({ basis, count: packets, id, severity, title }: Finding, depth: number): string {
  const indent = depth === 0 ? '' : `${'  '.repeat(depth - 1)}└ `;
  return `${severity.padEnd(7)}  ${indent}${id}  ${count(packets)} × ${printable(title)} (${basis})`;
}

/** Evidence, meaning and commands of a finding, indented. */
function details(finding: Finding): string[] {
  const { alternatives, check, events, filter, first, frames, last, meaning, pluginFilter } = finding;
  const rows: readonly (readonly [string, string])[] = [
    ['Time', timeText(first, last)],
    ['Flow', flowText(finding)],
    ['Evidence', evidenceText(finding)],
    ['Frames', framesText(frames)],
    ['Filter', filter ?? ''],
    ['Plugin filter', pluginFilter ?? ''],
    ['Meaning', meaning],
    ...check.map((line, at): readonly [string, string] => [at === 0 ? 'Check' : '', line]),
    ...alternatives.map((line): readonly [string, string] => ['Or', line]),
    ...events.map((event, at): readonly [string, string] => [
      at === 0 ? 'Events' : '',
      `${shortTime(event.time)} ${event.provider} ${event.eventId ?? ''} ${event.text}`,
    ]),
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `         ${name.padEnd(13)} ${printable(value)}`);
}

const timeText = (first: string | undefined, last: string | undefined): string =>
  first === undefined || last === undefined
    ? ''
    : first === last
      ? shortTime(first)
      : `${shortTime(first)} to ${shortTime(last)}`;

export function flowText({ flow }: Finding): string {
  if (flow === undefined) return '';
  const { destination, protocol, source } = flow;
  return source === undefined || destination === undefined
    ? protocol
    : `${protocol} ${source} → ${destination}`;
}

/** The evidence in one line: reason and location, then values and fields. */
export function evidenceText({ evidence }: Finding): string {
  const { Drop, DropLocation, DropReason, dropLocationName, eventId, fields, location, provider, values } =
    evidence;
  const named = Object.entries({ ...values, ...fields }).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : jsonText(value)}`,
  );
  return [
    Drop === undefined ? '' : `${Drop}${DropReason === undefined ? '' : ` (reason ${DropReason})`}`,
    dropLocationName ?? DropLocation ?? '',
    location === undefined ? '' : `at ${location}`,
    provider === undefined ? '' : `${provider} event ${eventId ?? ''}`,
    ...named,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export const framesText = (frames: readonly number[]): string =>
  frames.length > 20 ? `${frames.slice(0, 20).join(', ')} …` : frames.join(', ');

/** `--explain ID` */
export function explanationText({ basis, check, explain, id, meaning, severity, summary }: Rule): string {
  return [
    `${id}: ${summary}`,
    `Severity ${severity}, basis ${basis}`,
    '',
    ...wrapped(meaning),
    '',
    ...explain.flatMap((paragraph) => [...wrapped(paragraph), '']),
    'Commands to run on the host:',
    ...check.map((line) => `  ${line}`),
    '',
    'A capture that can show it (docs/capturing.md):',
    `  ${captureAdvice(id)}`,
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** `--explain all` */
export function ruleListText(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`)
    .join('');
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}
