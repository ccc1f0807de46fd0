import type { DropJson } from '../../packets/index.js';
import type { Flow, Hop } from '../../paths/index.js';
import type { DiagnosisEvent } from '../event.js';
import type { FindingFlow } from '../finding.js';
import type { Journey } from '../journey.js';

/** A drop according to an event; see `drops/sources`. */
export interface DroppedByEvent {
  /** Name of the reason in Windows' enumeration, or the event's own text. */
  readonly reasonName?: string;
  /** Names of the NIC and the port: as the event has them, friendly names included. */
  readonly nics: readonly string[];
  readonly flow?: FindingFlow;
  readonly compartment?: number;
  /** Image name and process id. */
  readonly process?: string;
  /** As text: `NIC "web" of switch nat`. */
  readonly location: string;
}

/** A dropped packet with all evidence of its drop: the drop record, events, or both. Valid during the call. */
export interface Drop {
  /** Absent if only an event states the drop. */
  readonly journey?: Journey;
  /** The drop record. */
  readonly hop?: Hop;
  /** Events about this drop. May be kept. */
  readonly events: readonly DiagnosisEvent[];
  /** The facts of the first of them. */
  readonly byEvent?: DroppedByEvent;
  readonly host: number;
  /** Unix time in 100 ns. */
  readonly ticks: bigint;
  /** Name of the reason in Windows' enumeration: of the record, otherwise of an event. Undefined if neither has it. */
  readonly reasonName: string | undefined;
  /** Name of the location in Windows' source: `VMS_PT_NIC_RCV_NBL1`. */
  readonly locationName: string | undefined;
  /** Reason and location as JSON. */
  readonly json: DropJson;
  /** The location, as text. */
  readonly location: string;
  readonly flow: Flow | undefined;
}

/** Reasons are compared without case and punctuation: `UnauthorizedVLAN`, `Unauthorized VLAN`. */
export const reasonKey = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/gu, '');
