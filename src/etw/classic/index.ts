import type { EventRecord } from '../../etl/index.js';
import { BuiltinProvider, parseEntries } from '../builtin/parse.js';
import type { EventSchema } from '../schema.js';
import { CLASSIC_CLASSES, type ClassicClass } from './tables.js';

/** Where the kernel logs image loads: opcode 10 in the group of processes (WMI_LOG_TYPE_PROCESS_LOAD_IMAGE). */
const IMAGE_LOAD_HOOK = 0x030a;

/** The names of a classic record. */
export interface ClassicName {
  readonly className: string;
  /** Event class GUID, lower case; for `system` and `perfinfo` records, which have none, the class of their group. */
  readonly classId: string;
  /** The number itself if it has no name. */
  readonly opcodeName: string;
}

/** One class with cached results. */
class KnownClass {
  readonly definition: ClassicClass;
  readonly #opcodes: ReadonlyMap<number, string>;
  readonly #names = new Map<number, ClassicName>();
  readonly #schemas = new Map<number, EventSchema | undefined>();
  #layouts: BuiltinProvider | undefined;

  constructor(definition: ClassicClass) {
    this.definition = definition;
    this.#opcodes = definition.opcodes === '' ? new Map() : parseEntries(definition.opcodes);
  }

  name(opcode: number): ClassicName {
    const known = this.#names.get(opcode);
    if (known !== undefined) return known;
    const { name: className, id: classId } = this.definition;
    const name = { className, classId, opcodeName: this.#opcodes.get(opcode) ?? String(opcode) };
    this.#names.set(opcode, name);
    return name;
  }

  schema(opcode: number, version: number): EventSchema | undefined {
    const { id, name, layouts = '' } = this.definition;
    if (layouts === '') return undefined;
    const key = opcode * 65_536 + version;
    if (this.#schemas.has(key)) return this.#schemas.get(key);
    this.#layouts ??= new BuiltinProvider(id, { name, events: layouts, maps: '' });
    let found: EventSchema | undefined;
    // Versions are small numbers; a large one is damage.
    for (let older = Math.min(version, 15); older >= 0 && found === undefined; older--) {
      found = this.#layouts.schema(opcode, older);
    }
    const opcodeName = this.#opcodes.get(opcode);
    const schema = found && { ...found, version, ...(opcodeName && { name: opcodeName, opcodeName }) };
    this.#schemas.set(key, schema);
    return schema;
  }
}

const byGroup = new Map<number, KnownClass>();
const byId = new Map<string, KnownClass>();
for (const definition of CLASSIC_CLASSES) {
  const known = new KnownClass(definition);
  byId.set(definition.id, known);
  if (definition.group !== undefined) byGroup.set(definition.group, known);
}

const IMAGE_GROUP = 0x14;

function classOf(record: EventRecord): KnownClass | undefined {
  switch (record.kind) {
    case 'system':
    case 'perfinfo': {
      const hook = record.id;
      return byGroup.get(hook === IMAGE_LOAD_HOOK ? IMAGE_GROUP : hook >> 8);
    }
    case 'classic':
    case 'instance':
      return byId.get(record.providerId);
    default:
      return undefined;
  }
}

/** The name of a classic record; undefined for other records and for classes that are not known. */
export const classicName = (record: EventRecord): ClassicName | undefined =>
  classOf(record)?.name(record.opcode);

/** The layout of a classic record if it is known: trace header, system configuration, processes, images, threads. */
export const classicSchema = (record: EventRecord): EventSchema | undefined =>
  classOf(record)?.schema(record.opcode, record.version);
