import type { OPTIONS } from './definitions.js';
import type { CommandName } from './option.js';
import { type Flags, type OptionKey, optionsOf } from './options-of.js';

type Definitions = typeof OPTIONS;

/** The keys of the options of a command that set an option of the library. */
export type LibraryKey<Name extends CommandName> = {
  [Key in OptionKey<Name>]: Definitions[Key] extends { readonly library: string } ? Key : never;
}[OptionKey<Name>];

type LibraryName<Key extends keyof Definitions> = Definitions[Key] extends {
  readonly library: infer Library extends string;
}
  ? Library
  : never;

/** The library's options that a command line sets, by their names. */
export type LibraryOptions<Name extends CommandName> = {
  readonly [Key in LibraryKey<Name> as LibraryName<Key>]?: Exclude<Flags<Name>[Key], undefined>;
};

/** The library's options that a command line sets. Absent options are omitted. */
export function libraryOptions<Name extends CommandName>(
  command: Name,
  flags: Pick<Flags<Name>, LibraryKey<Name>>,
): LibraryOptions<Name> {
  const values: Readonly<Record<string, unknown>> = flags;
  const options = optionsOf(command).flatMap(({ definition: { library }, key }) => {
    const value = values[key];
    const isAbsent = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
    return library === undefined || isAbsent ? [] : [[library, value]];
  });
  // Keys and values are those of the definitions, from which the type is derived.
  return Object.fromEntries(options) as LibraryOptions<Name>;
}
