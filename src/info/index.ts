export {
  type BufferInfo,
  type DescribeTraceOptions,
  describeTrace,
  type InterfaceInfo,
  type SystemInfo,
  type TraceInfo,
  type TraceInfoList,
  traceInfoList,
} from './trace-info.js';
