export {
  type BufferInfo,
  type InterfaceInfo,
  type SystemInfo,
  type TraceInfo,
  type TraceInfoList,
  type TraceInfoOptions,
  traceInfo,
  traceInfoList,
} from './trace-info.js';
