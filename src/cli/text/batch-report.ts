import { extname } from 'node:path';
import { type BatchReport, type FileReport, isFailure, isLossy } from '../../batch/index.js';
import { jsonText, printable } from '../../etw/index.js';
import { count, duration, plural, size } from '../../format/index.js';
import { writeWholeFile } from '../../io/index.js';
import { Exit, type ExitCode } from '../exit.js';
import { appearancesText, droppedText, shortened } from './conversion-summary.js';
import { table } from './table.js';

/** How a batch ends; the same for any number of jobs. */
export function batchExit({ files, interrupted, rules }: BatchReport): ExitCode {
  if (interrupted || files.some((file) => isFailure(file, rules))) return Exit.failed;
  if (files.some(({ status }) => status === 'not-run' || status === 'aborted')) return Exit.failed;
  return rules.strict && files.some(isLossy) ? Exit.lossy : Exit.converted;
}

/**
 * Writes a report; it appears complete or not at all.
 *
 * @throws ConvertError `output`
 */
export async function writeReport(path: string, report: BatchReport): Promise<void> {
  const { junitXml } = await import('../../batch/index.js');
  const text = extname(path).toLowerCase() === '.json' ? `${jsonText(report, 1)}\n` : junitXml(report);
  await writeWholeFile(path, text);
}

/** A report for people: the files, failed ones first, then the sums. */
export function reportText(report: BatchReport): string {
  const { files, interrupted, rules, seconds, shard, totals } = report;
  const failed = files.filter((file) => isFailure(file, rules));
  const others = files.filter((file) => !isFailure(file, rules));
  const rows = [...failed, ...others].map((file) => [
    printable(file.input),
    size(file.bytes),
    hasNumbers(file) ? count(file.packets) : '',
    hasNumbers(file) && file.dropped > 0 ? count(file.dropped) : '',
    isLossy(file) ? 'yes' : '',
    file.seconds > 0 ? file.seconds.toFixed(1) : '',
    outcomeWord(file, failed.includes(file)),
  ]);
  const sums = [
    `${plural(totals.files, 'trace')}: ${count(totals.converted)} converted`,
    ...part(totals.noPackets, 'without packets'),
    ...part(totals.failed, 'failed'),
    ...part(totals.noTrace, 'archive without a trace', 'archives without a trace'),
    ...part(totals.duplicates, 'another name of the same file', 'other names of the same files'),
    ...part(totals.notRun, 'not done'),
  ];
  const done = totals.skipped === 0 ? '' : `; ${count(totals.skipped)} of them already up to date`;
  const where = shard === undefined ? '' : `Shard ${shard.index} of ${shard.count}: `;
  return [
    table(
      [
        { title: 'Trace' },
        { title: 'Size', align: 'right' },
        { title: 'Packets', align: 'right' },
        { title: 'Dropped', align: 'right' },
        { title: 'Lossy', align: 'right' },
        { title: 'Seconds', align: 'right' },
        { title: 'Result' },
      ],
      shortened(rows),
    ),
    '',
    `${where}${sums.join(', ')}${done}`,
    `${packetsText(totals)}, ${plural(totals.records, 'event')}; ` +
      `${size(totals.bytes)} in ${duration(seconds)}`,
    ...findingsLines(files),
    ...unknownComponentsLines(files),
    ...(totals.lossy > 0 ? [`In ${plural(totals.lossy, 'trace')} data was lost or damaged.`] : []),
    ...(interrupted || totals.notRun > 0 ? ['Run the same command again to continue.'] : []),
  ].join('\n');
}

/** Packets and appearances; of reports of skipped files, which have no counts of packets, the frames. */
const packetsText = ({ dropped, identity, packets }: BatchReport['totals']): string =>
  identity.appearances === 0
    ? `${plural(packets, 'packet')}, ${count(dropped)} dropped`
    : `${appearancesText(identity)}, ${droppedText(identity)}`;

/** Errors and warnings that the report prints. */
const MAX_FINDINGS_LINES = 20;

/** One line for each error and warning that `--diagnose` found. */
function findingsLines(files: readonly FileReport[]): string[] {
  const lines = files.flatMap(({ findings = [], input }) =>
    findings
      .filter(({ severity }) => severity !== 'note')
      .map(
        ({ id, severity, title }) => `${severity.padEnd(7)}  ${id}  ${printable(input)}: ${printable(title)}`,
      ),
  );
  if (lines.length === 0) return files.some(({ findings }) => findings) ? ['No faults found.'] : [];
  const left = lines.length - MAX_FINDINGS_LINES;
  return [
    ...lines.slice(0, MAX_FINDINGS_LINES),
    ...(left > 0 ? [`${plural(left, 'more finding')} in the report`] : []),
  ];
}

/** One line for each name given with --component that some traces do not have. */
function unknownComponentsLines(files: readonly FileReport[]): string[] {
  const traces = new Map<string, number>();
  for (const { unknownComponents } of files) {
    for (const name of unknownComponents?.names ?? []) traces.set(name, (traces.get(name) ?? 0) + 1);
  }
  return [...traces].map(
    ([name, number]) =>
      `--component: in ${plural(number, 'trace')} no interface is named '${printable(name)}'; the report lists the names.`,
  );
}

const part = (number: number, noun: string, nouns = noun): string[] =>
  number === 0 ? [] : [`${count(number)} ${number === 1 ? noun : nouns}`];

const hasNumbers = ({ status, unchecked }: FileReport): boolean =>
  (status === 'converted' || status === 'no-packets') && unchecked !== true;

const WORDS: Readonly<Record<FileReport['status'], string>> = {
  converted: 'converted',
  'no-packets': 'no packets',
  failed: 'FAILED',
  aborted: 'aborted',
  'not-run': 'not started',
  duplicate: 'same file',
  'no-trace': 'no trace',
};

function outcomeWord(file: FileReport, isFailed: boolean): string {
  const isEventsOnly = file.status === 'converted' && file.packets === 0 && file.unchecked !== true;
  const word = isEventsOnly ? 'converted, events only' : WORDS[file.status];
  if (file.error !== undefined) return `${word}: ${shortReason(file.input, file.error.message)}`;
  if (file.skipped) {
    if (file.unchecked) return 'skipped (output is newer)';
    return file.status === 'converted' ? 'skipped (up to date)' : `${word} (up to date)`;
  }
  return isFailed ? `FAILED: ${WORDS['no-packets']}` : word;
}

/** The first part of an error message: `not an ETL trace at offset 0`. */
function shortReason(input: string, message: string): string {
  const text = message.startsWith(`${input}: `) ? message.slice(input.length + 2) : message;
  return printable(/^[^:;]*/u.exec(text)?.[0] ?? text);
}

/** One file, as a line of a log for people. */
export function fileLine(file: FileReport): string {
  const { error, input, packets, reason, sameAs, seconds, bytes } = file;
  const name = printable(input);
  if (error !== undefined) return `failed: ${printable(error.message)}`;
  if (reason !== undefined) return `no trace: ${printable(reason)}`;
  if (sameAs !== undefined) return `same file: ${name} is ${printable(sameAs)}`;
  const word = outcomeWord(file, false);
  return hasNumbers(file)
    ? `${word}: ${name}: ${plural(packets, 'packet')}, ${size(bytes)}, ${duration(seconds)}`
    : `${word}: ${name}`;
}
