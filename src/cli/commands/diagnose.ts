import { basename } from 'node:path';
import { RULES, SEVERITIES, type Severity } from '../../diagnosis/index.js';
import { jsonText } from '../../etw/index.js';
import { diagnoseWithDepths } from '../../library/index.js';
import type { DiagnosedTraces } from '../../listing/index.js';
import { assertInputs, command } from '../command.js';
import { Exit, type ExitCode, UsageError } from '../exit.js';
import { tracesTogether, withFailures } from '../inputs.js';
import { print } from '../print.js';
import { warn } from '../print-error.js';
import { readOptions } from '../read-options.js';
import { diagnosisText, explanationText, ruleListText } from '../text/diagnosis.js';
import { diagnosisMarkdown } from '../text/diagnosis-markdown.js';
import { withTraces } from '../with-traces.js';

/** `etlcap diagnose FILE.etl …` */
export const diagnoseCommand = command('diagnose', async (flags, input) => {
  const { all, explain, failOn, json, markdown, quiet } = flags;
  if (explain !== undefined) return explainRule(explain);
  assertInputs('diagnose', input);
  if (json && markdown) throw new UsageError('--json and --markdown cannot be combined');
  const options = await readOptions('diagnose', flags);
  return withTraces({ ...flags, showsProgress: !quiet }, async ({ inputs, progress, signal }) => {
    const { codes, traces } = await tracesTogether(inputs, input, signal);
    const diagnosed = await diagnoseWithDepths(traces, {
      ...options,
      signal,
      onProgress: (state) => progress.update(basename(input[0] ?? ''), state),
      onWarning: (message) => {
        progress.clear();
        warn(message);
      },
    });
    progress.clear();
    const { document } = diagnosed;
    await print(
      json
        ? `${jsonText(document)}\n`
        : markdown
          ? diagnosisMarkdown(document)
          : diagnosisText(diagnosed, all),
    );
    return withFailures(codeOf(diagnosed, failOn), codes);
  });
});

async function explainRule(id: string): Promise<ExitCode> {
  if (id === 'all') {
    await print(ruleListText(RULES));
    return Exit.converted;
  }
  const rule = RULES.find((each) => each.id === id);
  if (rule === undefined) {
    throw new UsageError(
      `--explain: no finding has the id '${id}'; etlcap diagnose --explain all lists them`,
    );
  }
  await print(explanationText(rule));
  return Exit.converted;
}

function codeOf({ document }: DiagnosedTraces, failOn: Severity | undefined): ExitCode {
  if (failOn === undefined) return Exit.converted;
  const limit = SEVERITIES.indexOf(failOn);
  const fails = document.findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= limit);
  return fails ? Exit.findings : Exit.converted;
}
