import type { ValueType } from './value-type.js';

/** The commands; `convert` is the one without a name. */
export const COMMAND_NAMES = [
  'convert',
  'info',
  'events',
  'path',
  'diagnose',
  'report',
  'report merge',
  'table',
  'batch',
  'watch',
  'wireshark',
  'extcap',
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

/** Headings of help texts and tables, in their order. */
export const SECTIONS = {
  output: 'Output',
  selection: 'Selection',
  events: 'Events',
  annotations: 'Annotations',
  work: 'Work',
  logging: 'Results and logging',
} as const;
export type Section = keyof typeof SECTIONS;

/** A field of the dialog in which Wireshark asks for the options of its capture source. */
export interface DialogField {
  readonly group: 'Trace' | 'Events' | 'Filter';
  readonly label: string;
  readonly tooltip?: string;
  readonly placeholder?: string;
  /** For a file: the kind of files that are offered. */
  readonly files?: string;
  readonly required?: true;
  /** The choices and their labels, the default first; a choice that is no value of the option leaves it unset. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** The text about an option, and the commands that accept it. */
interface OptionText {
  /** The name in camelCase if it differs from the key of the definition. */
  readonly name?: string;
  /** One letter. */
  readonly short?: string;
  readonly section: Section;
  /** One line. */
  readonly help: string;
  /** The same for commands in which the option has another effect. */
  readonly helpIn?: { readonly [Name in CommandName]?: string };
  readonly commands: readonly CommandName[];
  /** Not listed in help texts and tables. */
  readonly hidden?: true;
  /** The option of the library's functions that it sets. */
  readonly library?: string;
  /** The values that the library accepts if they differ from those of the command line. */
  readonly libraryType?: ValueType<unknown>;
  readonly dialog?: DialogField;
}

/** An option without a value. */
export interface FlagOption extends OptionText {
  readonly kind: 'flag';
}

/** An option with one value. */
export interface SingleOption<T = unknown> extends OptionText {
  readonly kind: 'value';
  readonly type: ValueType<T>;
  /** The value in help texts, such as FILE. */
  readonly value: string;
  /** The value used if the option is absent, for help texts. */
  readonly default?: string;
}

/** An option that can be repeated. */
export interface ListOption<T = unknown> extends OptionText {
  readonly kind: 'list';
  readonly type: ValueType<T>;
  readonly value: string;
  /** Accepts all values up to the next option, as in `--component 59 61`. */
  readonly isGreedy?: true;
}

export type OptionDefinition = FlagOption | SingleOption | ListOption;

/** `oneCopy` in the form of the command line: `one-copy`. */
export const typedName = (name: string): string =>
  name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
