import { type BatchReport, type FileReport, isFailure, isLossy } from './report.js';

/**
 * Characters that XML 1.0 does not allow (production 2, Char), and those that can hide text from readers; not the white
 * space that is escaped below.
 */
const NO_XML = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/** A report as JUnit XML, which CI engines show: one test case for each trace. */
export function junitXml(report: BatchReport): string {
  const { files, rules, seconds, started, totals } = report;
  const failures = files.filter((file) => isFailure(file, rules)).length;
  const skipped = files.filter(isSkipped).length;
  const counts = `tests="${files.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${seconds}"`;
  const name = report.shard === undefined ? 'etlcap' : `etlcap ${report.shard.index}/${report.shard.count}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="etlcap" ${counts}>`,
    `<testsuite name="${xml(name)}" ${counts} timestamp="${xml(started.slice(0, 19))}">`,
    ...files.map((file) => testCase(file, report)),
    `<system-out>${xml(`${plural(totals.packets, 'packet')} of ${plural(totals.files, 'trace')}, ${totals.dropped} dropped`)}</system-out>`,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** Not converted in this run without a failure: aborted, another name of a file, or an archive without a trace. */
const isSkipped = ({ status }: FileReport): boolean =>
  status === 'not-run' || status === 'aborted' || status === 'duplicate' || status === 'no-trace';

function testCase(file: FileReport, { rules }: BatchReport): string {
  const { error, input, seconds, skipped } = file;
  const open = `<testcase classname="etlcap" name="${xml(input)}" time="${seconds}">`;
  if (isFailure(file, rules)) {
    const { code, message } = error ?? {
      code: file.status,
      message: file.reason ?? `${input}: no packets in this trace`,
    };
    return `${open}<failure type="${code}" message="${xml(message)}">${xml(message)}</failure></testcase>`;
  }
  if (isSkipped(file)) {
    const reason =
      file.reason ??
      (file.sameAs === undefined ? 'not converted in this run' : `the same file as ${file.sameAs}`);
    return `${open}<skipped message="${xml(reason)}"/></testcase>`;
  }
  const facts = [
    `${plural(file.packets, 'packet')}, ${plural(file.records, 'event')}, ${file.dropped} dropped`,
    ...(file.hints ?? []).map(({ text }) => `Note: ${text}`),
    ...(isLossy(file) ? ['something was lost or damaged'] : []),
    ...(skipped === true ? ['converted by an earlier run'] : []),
    ...file.outputs.map(({ path }) => path),
  ];
  return `${open}<system-out>${xml(facts.join('\n'))}</system-out></testcase>`;
}

const plural = (value: number, noun: string): string => `${value} ${noun}${value === 1 ? '' : 's'}`;

/** Text in an attribute or an element; characters that XML does not allow are shown as `\u{1b}`. */
function xml(text: string): string {
  return text
    .replace(NO_XML, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/gu, (character) => `&#${character.codePointAt(0)};`);
}
