export { checkOptions, isEmptyRange } from './check-options.js';
export { COMMANDS, TYPED_COMMANDS } from './commands.js';
export { helpText } from './help-text.js';
export { type LibraryKey, type LibraryOptions, libraryOptions } from './library-options.js';
export { nearestName } from './nearest-name.js';
export type { CommandName, DialogField, OptionDefinition } from './option.js';
export { type CommandOption, type Flags, optionsOf } from './options-of.js';
export { PATH } from './value-types.js';
