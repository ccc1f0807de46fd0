import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';

const FOLDER = fileURLToPath(new URL('../../schemas', import.meta.url));

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
const idByName = new Map<string, string>();
for (const file of readdirSync(FOLDER)) {
  const schema = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  ajv.addSchema(schema);
  idByName.set(file.replace('.schema.json', ''), schema.$id);
}

/**
 * The errors of a value under a published schema; empty if it is valid.
 *
 * @param name `events`, or a definition in it: `events#/$defs/event`
 */
export function schemaErrors(name: string, value: unknown): string[] {
  const [document = '', part = ''] = name.split('#');
  const id = idByName.get(document);
  const validate = id === undefined ? undefined : ajv.getSchema(part === '' ? id : `${id}#${part}`);
  if (validate === undefined) throw new Error(`no schema ${name}`);
  validate(value);
  return (validate.errors ?? [])
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .slice(0, 8);
}
