export {
  type BufferInfo,
  type CompartmentInfo,
  type ComponentInfo,
  type CountersInfo,
  type HostInfo,
  type HostInterfaceInfo,
  type LoggerInfo,
  type PlaceInfo,
  type SwitchNameInfo,
  type TraceInfo,
  type TraceInfoOptions,
  traceInfo,
} from './trace-info.js';
