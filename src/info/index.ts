export {
  type BufferInfo,
  type CompartmentInfo,
  type ComponentInfo,
  type CountersInfo,
  type DescribeTraceOptions,
  describeTrace,
  type HostInfo,
  type HostInterfaceInfo,
  type LoggerInfo,
  type PlaceInfo,
  type SwitchNameInfo,
  type TraceInfo,
} from './trace-info.js';
