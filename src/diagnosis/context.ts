import { dropReasonText } from '../etw/index.js';
import type { CaptureFilter, HostModel, SourceName } from '../host/index.js';
import { type DropJson, dropJson, UNKNOWN } from '../packets/index.js';
import type { CaptureLocationFacts, Hop, PathNames } from '../paths/index.js';
import type { DropEvidence } from './drops/drop-evidence.js';
import type { EventLog } from './event-log.js';

/** A trace: how it was recorded, and how far it can be trusted. TraceSummary of `passes` has these members. */
export interface CaptureTrace {
  readonly input: string;
  /** ISO 8601. */
  readonly start: string;
  readonly end?: string;
  /** False if the session was never closed. */
  readonly closed: boolean;
  readonly build: number;
  readonly filters: readonly CaptureFilter[];
  readonly lost: {
    readonly events: number;
    readonly buffers: number;
    readonly buffersAfterLoss: number;
    readonly realTime: number;
    readonly missingBuffers: number;
  };
  readonly damage: { readonly sections: number; readonly bytes: number };
  readonly logger: { readonly modes: readonly string[]; readonly maximumFileSize?: number };
  readonly incomplete: Readonly<Record<string, number>>;
}

/** A provider and its records. */
export interface CaptureProvider {
  readonly id: string;
  readonly name?: string;
  readonly records: number;
  readonly packets: number;
}

/** The contents of the capture; complete after all records were read. */
export interface CaptureFacts {
  readonly traces: readonly CaptureTrace[];
  readonly providers: readonly CaptureProvider[];
  /** Packets, each once. */
  packets: number;
  /** Frames: all appearances. */
  appearances: number;
  /** Appearances that are no drop records. */
  passed: number;
  /** Appearances of which the capture kept a part. */
  truncated: number;
  /** Inbound and outbound appearances, by the direction that their sources state. */
  inbound: number;
  outbound: number;
  /** Layers with packets. */
  readonly sources: ReadonlySet<SourceName>;
  /** Unix time of the first and last packet in 100 ns; 0 without packets. */
  firstPacket: bigint;
  lastPacket: bigint;
  events: number;
}

/** A host as rules see it. */
export interface DiagnosisHost {
  readonly model: HostModel;
  /** OS build; 0 if unknown. */
  readonly build: number;
}

/** The surroundings of a diagnosis: one object for all rules of a run. */
export interface DiagnosisContext {
  readonly names: PathNames;
  /** By number; journeys, events and drops name it. */
  readonly hosts: readonly DiagnosisHost[];
  /** Grows during the run; complete at the end, when `traces` and `providers` are filled. */
  readonly facts: CaptureFacts;
  /** Events that were decoded, for looking around a moment. */
  readonly log: EventLog;
  readonly drops: DropEvidence;
}

/** Facts about a hop's location: interface, component, NIC, edges, compartment. */
export const factsOf = (
  { names }: Pick<DiagnosisContext, 'names'>,
  hop: Hop,
  host: number,
): CaptureLocationFacts => names.factsOf(hop.hopLocation.captureLocation, host);

/**
 * The name of a drop reason in Windows' enumeration; without one, the trace's own text for the number. Undefined where the
 * number is unknown.
 */
export function dropReasonName(
  { hosts, names }: Pick<DiagnosisContext, 'hosts' | 'names'>,
  reason: number,
  host: number,
): string | undefined {
  if (reason === UNKNOWN) return undefined;
  return dropReasonText(reason, hosts[host]?.build) ?? names.namesOf(host).dropReasonText(reason);
}

/** Reason and location of a drop record as JSON. */
export const dropOf = ({ names }: Pick<DiagnosisContext, 'names'>, hop: Hop, host: number): DropJson =>
  dropJson(hop.dropReason, hop.dropLocation, names.namesOf(host));

/** Whether events of a provider are in the capture: rules about these events depend on them. */
export const wasRecorded = ({ facts }: Pick<DiagnosisContext, 'facts'>, providerId: string): boolean =>
  facts.providers.some(({ id }) => id === providerId);

/** Addresses of a host by its model. */
const addressesOf = new WeakMap<HostModel, ReadonlySet<string>>();

/** Whether an address is one of the host's, or may be, if the trace does not have the host's addresses. */
export function mayBeLocal(
  { hosts }: Pick<DiagnosisContext, 'hosts'>,
  host: number,
  address: string | undefined,
): boolean {
  const model = hosts[host]?.model;
  if (model === undefined || address === undefined) return true;
  let known = addressesOf.get(model);
  if (known === undefined) {
    const all = [...model.interfaces.values(), ...model.components.values(), ...model.compartments.values()];
    known = new Set(all.flatMap(({ addresses }) => addresses.map(({ text }) => text)));
    addressesOf.set(model, known);
  }
  return known.size === 0 || known.has(address);
}
