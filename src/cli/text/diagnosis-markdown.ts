import type { Finding } from '../../diagnosis/index.js';
import { printable } from '../../etw/index.js';
import { count, shortTime } from '../../format/index.js';
import type { DiagnosisDocument } from '../../listing/index.js';
import { evidenceText, flowText, framesText, noFaultsText } from './diagnosis.js';

/** The findings for an issue or a wiki; texts from the trace cannot become markup. */
export function diagnosisMarkdown(document: DiagnosisDocument): string {
  const { findings, trace } = document;
  const name = [trace]
    .flat()
    .map(({ input }) => input)
    .join(', ');
  const lines = [
    `# Diagnosis of ${escaped(name)}`,
    '',
    ...(findings.every(({ severity }) => severity === 'note') ? [escaped(noFaultsText(document)), ''] : []),
    ...(findings.length === 0 ? [] : table(findings)),
    ...findings.flatMap(section),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

const table = (findings: readonly Finding[]): string[] => [
  '| Severity | Finding | Packets | Title |',
  '| --- | --- | ---: | --- |',
  ...findings.map(
    ({ count: packets, id, severity, title }) =>
      `| ${severity} | ${id} | ${count(packets)} | ${escaped(title)} |`,
  ),
  '',
];

function section(finding: Finding): string[] {
  const { alternatives, basis, causes, check, events, filter, first, frames, id, meaning, severity, title } =
    finding;
  const facts: readonly (readonly [string, string])[] = [
    ['Severity', `${severity} (${basis})`],
    ['First', first === undefined ? '' : shortTime(first)],
    ['Flow', escaped(flowText(finding))],
    ['Evidence', escaped(evidenceText(finding))],
    ['Frames', framesText(frames)],
    ['Filter', filter === undefined ? '' : code(filter)],
    ['Explained by', causes.join(', ')],
    ['Or', alternatives.map(escaped).join(' ')],
  ];
  return [
    `## ${id}: ${escaped(title)}`,
    '',
    meaning,
    '',
    ...facts.filter(([, value]) => value !== '').map(([label, value]) => `- ${label}: ${value}`),
    '',
    'Check on the host:',
    '',
    ...check.map((line) => `- ${code(line)}`),
    '',
    ...(events.length === 0
      ? []
      : [
          'Events around it:',
          '',
          ...events.map(
            ({ eventId, provider, text, time }) =>
              `- ${shortTime(time)} ${escaped(`${provider} ${eventId ?? ''} ${text}`)}`,
          ),
          '',
        ]),
  ];
}

/** Text with Markdown and HTML escaped. */
const escaped = (text: string): string => printable(text).replace(/[\\`*_{}[\]<>()#+!|~&]/gu, '\\$&');

/** Code; longer fences than any run of backticks in it. */
function code(text: string): string {
  const shown = printable(text);
  const longest = Math.max(0, ...(shown.match(/`+/gu) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}
