export { type ConversionOutputs, convertTraces } from './convert-traces.js';
export type { EventListener } from './event-flow.js';
