/**
 * etlcap as a library: Windows ETL packet captures to pcapng.
 *
 * @packageDocumentation
 */
export {
  type Damage,
  type DamageKind,
  EtlError,
  type EtlErrorCode,
  type EventRecord,
  NO_ID,
  type RecordKind,
  type TraceHeader,
  type TraceSurvey,
} from './etl/index.js';
export { PcapngWriter } from './pcap-writer/index.js';
export * from './pipeline/index.js';
