export { type IpAddress, macText } from './addresses.js';
export type { CaptureLayer, CaptureSource } from './capture-sources.js';
export {
  type CompartmentList,
  type ListedCompartment,
  type ListedInterface,
  parseCompartments,
} from './compartment-file.js';
export { ComponentSelection } from './component-names.js';
export {
  adapterIndex,
  type Component,
  type ComponentProperty,
  ComponentType,
  type Edge,
  type FlowCounters,
  PropertyType,
} from './components.js';
export { CompartmentFileError, type HostLimit, HostLimitError } from './errors.js';
export { filterExpression, type PacketFilter } from './filters.js';
export { hostNames } from './host-names.js';
export {
  compartmentLookup,
  describeInterfaces,
  type InterfaceDescription,
  InterfaceTable,
} from './interface-table.js';
export { type InterfaceCounters, type InterfaceRow, OPER_STATUS } from './mib-if-row.js';
export type { Compartment, HostInterface, HostModel } from './model.js';
export { type HeaderVersion, type OperatingSystem, operatingSystemText } from './operating-system.js';
export { type InterfaceStatistics, interfaceStatistics, type TraceLoss } from './statistics.js';
export { HostSurvey, type ModelOptions } from './survey.js';
export { uniqueNames } from './unique-names.js';
export type { VirtualNic, VirtualPort } from './vswitch.js';
