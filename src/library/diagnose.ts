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
 * Examines the packets and events of traces and reports faults with their causes.
 *
 * @param inputs traces of one capture: frames count as in a merged file
 * @throws ConvertError
 */
export async function diagnose(
  inputs: readonly ConvertInput[],
  options: DiagnoseTracesOptions = {},
): Promise<DiagnosisDocument> {
  return (await diagnoseWithDepths(inputs, options)).document;
}

/** {@link diagnose}, with the additional data of the text output. */
export async function diagnoseWithDepths(
  inputs: readonly ConvertInput[],
  options: DiagnoseTracesOptions = {},
): Promise<DiagnosedTraces> {
  checkOptions('diagnose', options);
  return withInputs(inputs, options, (opened) => diagnoseTraces(opened, options, nodeRuntime));
}
