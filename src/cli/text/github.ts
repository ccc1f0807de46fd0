import { relative } from 'node:path';
import { type BatchReport, type FileReport, isFailure, isLossy } from '../../batch/index.js';
import { printable } from '../../etw/index.js';

/** Annotations of each kind that are written; GitHub shows ten of a step. */
const MAX_ANNOTATIONS = 50;

/** Whether this runs in a GitHub workflow. */
export const isGitHub = process.env.GITHUB_ACTIONS === 'true';

/** Lines that fold the lines between them (GitHub workflow commands). */
export const groupStart = (title: string): string => `::group::${data(title)}`;
export const GROUP_END = '::endgroup::';

/** Failures and damage, as annotations. */
export function annotations({ files, rules }: BatchReport): string[] {
  const failed = files.filter((file) => isFailure(file, rules));
  const lossy = files.filter((file) => !isFailure(file, rules) && isLossy(file));
  return [
    ...some(
      failed,
      'error',
      'etlcap: failed',
      ({ error, input, reason }) => error?.message ?? reason ?? `${input}: no packets`,
    ),
    ...some(
      lossy,
      'warning',
      'etlcap: lost or damaged',
      ({ input }) => `${input}: lost or damaged, see the report`,
    ),
  ];
}

function some(
  files: readonly FileReport[],
  kind: 'error' | 'warning',
  title: string,
  text: (file: FileReport) => string,
): string[] {
  const lines = files
    .slice(0, MAX_ANNOTATIONS)
    .map((file) => `::${kind} file=${property(pathOf(file))},title=${property(title)}::${data(text(file))}`);
  if (files.length > lines.length) lines.push(`::${kind}::${files.length - lines.length} more traces`);
  return lines;
}

/** The file as the workspace sees it: of a member, its archive. */
function pathOf({ input }: FileReport): string {
  const path = input.replace(/#.*$/su, '');
  return relative(process.env.GITHUB_WORKSPACE ?? process.cwd(), path) || path;
}

/** The escapes that the runner undoes; all else that could end a line is shown as an escape first. */
const data = (text: string): string =>
  printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
