import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const schema = JSON.parse(
  readFileSync(new URL('../../src/events/events.schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
ajv.addSchema(schema);
const validateDocument = ajv.getSchema(schema.$id);
const validateEvent = ajv.getSchema(`${schema.$id}#/$defs/event`);

/** What the published schema says against a sidecar; empty where it is valid. */
export function problemsOf(value: unknown, part: 'document' | 'event'): string[] {
  const validate = part === 'document' ? validateDocument : validateEvent;
  if (validate === undefined) throw new Error(`no schema for a ${part}`);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).slice(0, 5);
}
