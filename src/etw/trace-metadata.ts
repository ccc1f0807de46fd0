import type { EventRecord } from '../etl/index.js';
import {
  EMBEDDED_EVENT_OPCODE,
  EMBEDDED_MAP_OPCODE,
  EMBEDDED_SCHEMA_CLASS,
  parseEmbeddedMap,
  parseEmbeddedSchema,
} from './embedded.js';
import type { JsonScalar } from './format.js';

/** Class of the records in which a trace carries the machine's performance assessment, as compressed XML. */
const WINSAT_CLASS = 'ed54dff8-c409-4cf6-bf83-05e1e61a09c4';

/** EVENT_MAP_INFO records start with the provider's GUID. */
const MAP_INFO_AT = 16;

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), 32 bits. */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c_9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return hash >>> 0;
}

/** Length and FNV-1a hash of bytes: enough to distinguish two records. */
export const digest = (bytes: Uint8Array): { readonly length: number; readonly hash: string } => ({
  length: bytes.length,
  hash: `fnv1a:${fnv1a(bytes).toString(16).padStart(8, '0')}`,
});

/**
 * A summary of a record about the trace itself: an embedded schema, an embedded value map, or a record of the
 * performance assessment. Such records are long and serve only to decode other records.
 *
 * @returns undefined for all other records
 */
export function metadataSummary(record: EventRecord): { readonly [name: string]: JsonScalar } | undefined {
  if (record.kind !== 'classic') return undefined;
  if (record.providerId === WINSAT_CLASS) return digest(record.payload());
  if (record.providerId !== EMBEDDED_SCHEMA_CLASS) return undefined;
  const payload = record.payload();
  switch (record.opcode) {
    case EMBEDDED_EVENT_OPCODE: {
      const schema = parseEmbeddedSchema(payload, () => undefined);
      if (schema === undefined) return digest(payload);
      const { providerId, providerName, id, version, name, fields } = schema;
      return {
        providerId,
        ...(providerName && { provider: providerName }),
        id,
        version,
        ...(name && { name }),
        fields: fields.length,
      };
    }
    case EMBEDDED_MAP_OPCODE: {
      const map = parseEmbeddedMap(payload.subarray(MAP_INFO_AT));
      if (map === undefined) return digest(payload);
      return { map: map.name, kind: map.kind, entries: map.entries.size };
    }
    default:
      return digest(payload);
  }
}
