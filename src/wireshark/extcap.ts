import { type CommandOption, type DialogField, type OptionDefinition, optionsOf } from '../options/index.js';

/** The name of the capture interface, as Wireshark passes it back in --extcap-interface. */
export const EXTCAP_INTERFACE = 'etlcap';

/** `{key=value}` repeated; a brace in a value would end the sentence early. */
function sentence(word: string, values: Readonly<Record<string, string>>): string {
  const parts = Object.entries(values).map(([key, value]) => `{${key}=${value.replace(/[{}]/gu, '')}}`);
  return `${word} ${parts.join('')}\n`;
}

/**
 * Answer to --extcap-interfaces.
 *
 * @param version of etlcap
 */
export function extcapInterfaces(version: string): string {
  return (
    sentence('extcap', { version, display: 'etlcap' }) +
    sentence('interface', { value: EXTCAP_INTERFACE, display: 'ETL trace (netsh trace, pktmon)' })
  );
}

/**
 * Answer to --extcap-dlts. In pcapng each interface has its link type; Wireshark requires one before the capture.
 * DLT_EN10MB is 1.
 */
export function extcapDlts(): string {
  return sentence('dlt', { number: '1', name: 'EN10MB', display: 'as the trace says' });
}

/** Headings of the dialog, in their order. */
const GROUPS = ['Trace', 'Events', 'Filter'] as const;

/** The options of the dialog, in its order: the required one first. */
function dialogOptions(): { readonly option: CommandOption; readonly field: DialogField }[] {
  const fields = optionsOf('extcap').flatMap((option) => {
    const { dialog } = option.definition;
    return dialog === undefined ? [] : [{ option, field: dialog }];
  });
  const rank = ({ group, required }: DialogField): number =>
    2 * GROUPS.indexOf(group) + (required === true ? 0 : 1);
  return fields.sort((a, b) => rank(a.field) - rank(b.field));
}

/** Answer to --extcap-config: the dialog of the interface. */
export function extcapConfig(): string {
  return dialogOptions()
    .map(({ field, option }, number) => argumentSentences(option, field, number))
    .join('');
}

function argumentSentences({ definition, typed }: CommandOption, field: DialogField, number: number): string {
  const { choices = {}, files, group, label, placeholder, required, tooltip } = field;
  const argument = sentence('arg', {
    number: String(number),
    call: typed,
    display: label,
    type: fieldType(definition, field),
    ...(tooltip !== undefined && { tooltip }),
    ...(required && { required: 'true' }),
    ...(files !== undefined && { mustexist: 'true' }),
    ...(files !== undefined && files !== '' && { fileext: files }),
    ...(placeholder !== undefined && { placeholder }),
    ...(definition.kind === 'flag' && { default: 'false' }),
    group,
  });
  const values = Object.entries(choices).map(([value, display], at) =>
    sentence('value', { arg: String(number), value, display, default: String(at === 0) }),
  );
  return argument + values.join('');
}

/** The kind of field, as Wireshark names it. */
function fieldType({ kind }: OptionDefinition, { choices, files }: DialogField): string {
  if (kind === 'flag') return 'boolflag';
  if (choices !== undefined) return 'selector';
  return files === undefined ? 'string' : 'fileselect';
}
