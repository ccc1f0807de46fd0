import type { Scenario } from '../truth.js';

/** A trace with the findings that it must have. */
export interface DiagnosedTrace {
  readonly scenario: Scenario;
  /**
   * Ids of all findings, with the names of their packets (keys of the truth's paths); `events`: a finding without packets, from
   * events or counters. A finding that is not listed is a false alarm.
   */
  readonly findings: Readonly<Record<string, readonly string[] | 'events'>>;
}

/** A fault, and the same traffic without it. */
export interface Fault {
  /** Of the expected finding. */
  readonly id: string;
  readonly faulty: () => DiagnosedTrace;
  readonly healthy: () => DiagnosedTrace;
}
