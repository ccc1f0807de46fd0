export { EtlToPcapng, type EtlToPcapngEvents, etlToPcapng, type StreamOptions } from './etl-to-pcapng.js';
export { type OpenedTrace, openTrace } from './open-trace.js';
