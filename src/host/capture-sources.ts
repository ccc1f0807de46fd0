import type { RawStruct, RawValue } from '../etw/index.js';
import { numberField, textField } from './raw-values.js';

/** One layer that NDIS-PacketCapture could capture at. */
export interface CaptureLayer {
  readonly id: number;
  readonly name: string;
}

/** An interface that NDIS-PacketCapture captured on (event 5101, written at the start and end of a session). */
export interface CaptureSource {
  /** `NDIS`, `VM-Switch`, or the number. */
  readonly kind: string;
  readonly name: string;
  readonly ifIndex: number;
  readonly layers: readonly CaptureLayer[];
}

/** mapCaptureSource (NDIS-PacketCapture's manifest). */
const KINDS: ReadonlyMap<number, string> = new Map([
  [0, 'Undefined'],
  [1, 'NDIS'],
  [2, 'VM-Switch'],
  [3, 'Test'],
]);

/** The first number and the first text of a structure: member names differ between descriptions of event 5101. */
function layer(value: RawValue): CaptureLayer[] {
  if (!(value instanceof Map)) return [];
  const members = [...value.values()];
  const id = members.find((member) => typeof member === 'number');
  const name = members.find((member) => typeof member === 'string');
  return typeof id === 'number' && typeof name === 'string' ? [{ id, name }] : [];
}

/** Event 5101; undefined if it names no interface. */
export function readCaptureSource(values: RawStruct): CaptureSource | undefined {
  const ifIndex = numberField(values, 'IfIndex');
  if (ifIndex === undefined) return undefined;
  const kind = numberField(values, 'SourceId') ?? 0;
  const layers = [...values.values()].find((value): value is readonly RawValue[] => Array.isArray(value));
  return {
    kind: KINDS.get(kind) ?? String(kind),
    name: textField(values, 'SourceName'),
    ifIndex,
    layers: layers === undefined ? [] : layers.flatMap(layer),
  };
}
