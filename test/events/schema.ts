import { schemaErrors } from '../support/json-schemas.js';

/** The errors of an events document, or of one of its events, under the published schema; empty if it is valid. */
export const problemsOf = (value: unknown, part: 'document' | 'event'): string[] =>
  schemaErrors(part === 'document' ? 'events' : 'events#/$defs/event', value);
