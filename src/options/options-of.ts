import { OPTIONS } from './definitions.js';
import { type CommandName, type OptionDefinition, typedName } from './option.js';
import type { ValueType } from './value-type.js';

type Definitions = typeof OPTIONS;

/** The keys of the options that a command accepts. */
export type OptionKey<Name extends CommandName> = {
  [Key in keyof Definitions]: Name extends Definitions[Key]['commands'][number] ? Key : never;
}[keyof Definitions];

/** The value of an option on the command line. */
type ValueOf<Definition> = Definition extends { readonly kind: 'flag' }
  ? boolean
  : Definition extends { readonly kind: 'list'; readonly type: ValueType<infer T> }
    ? readonly T[]
    : Definition extends { readonly kind: 'value'; readonly type: ValueType<infer T> }
      ? T | undefined
      : never;

/** The options of a command line by the keys of their definitions. */
export type Flags<Name extends CommandName> = {
  readonly [Key in OptionKey<Name>]: ValueOf<Definitions[Key]>;
};

/** An option of one command. */
export interface CommandOption {
  /** Of the definition. */
  readonly key: string;
  /** In camelCase. */
  readonly name: string;
  /** The form of the command line, with the dashes. */
  readonly typed: string;
  readonly help: string;
  readonly definition: OptionDefinition;
}

/** All definitions; a wider type than that of OPTIONS. */
export const DEFINITIONS: Readonly<Record<string, OptionDefinition>> = OPTIONS;

/** The options of a command in the order of their definitions. */
export function optionsOf(command: CommandName): CommandOption[] {
  return Object.entries(DEFINITIONS)
    .filter(([, { commands }]) => commands.includes(command))
    .map(([key, definition]) => {
      const { help, helpIn, name = key } = definition;
      return { key, name, typed: `--${typedName(name)}`, help: helpIn?.[command] ?? help, definition };
    });
}
