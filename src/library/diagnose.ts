import { type ConvertInput, nodeRuntime } from '../io/index.js';
import {
  type DiagnosedTraces,
  type DiagnoseOptions,
  type DiagnosisDocument,
  diagnoseTraces,
} from '../listing/index.js';
import { checkOptions } from '../options/index.js';
import type { ConvertOptions } from './convert-options.js';
import { withInputs } from './with-inputs.js';

export interface DiagnoseTracesOptions extends DiagnoseOptions, Pick<ConvertOptions, 'spoolLimit'> {}

/**
 * Examines the packets and events of traces and reports what is wrong, and why.
 *
 * @param inputs traces that belong together: frames count as in one merged capture
 * @throws ConvertError
 */
export async function diagnose(
  inputs: readonly ConvertInput[],
  options: DiagnoseTracesOptions = {},
): Promise<DiagnosisDocument> {
  return (await diagnoseWithDepths(inputs, options)).document;
}

/** {@link diagnose}, with what text output needs besides. */
export async function diagnoseWithDepths(
  inputs: readonly ConvertInput[],
  options: DiagnoseTracesOptions = {},
): Promise<DiagnosedTraces> {
  checkOptions('diagnose', options);
  return withInputs(inputs, options, (opened) => diagnoseTraces(opened, options, nodeRuntime));
}
