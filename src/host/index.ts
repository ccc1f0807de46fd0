export { macText } from './addresses.js';
export { type CaptureLocation, linkTypeName, SNAP_LENGTH, type SourceName } from './capture-location.js';
export type { CaptureSource } from './capture-sources.js';
export { joinTokens, token } from './comment-tokens.js';
export { type CompartmentList, parseCompartments } from './compartment-file.js';
export { ComponentSelection } from './component-names.js';
export { type Component, ComponentType, type FlowCounters } from './components.js';
export { CompartmentFileError, HostLimitError } from './errors.js';
export type { CaptureFilter } from './filters.js';
export { type FlowOwner, FlowOwners, flowOwnerText } from './flow-owners.js';
export { joinHostInfo, withoutNumbers } from './host-info/join-host-info.js';
export {
  HOST_INFO_KINDS,
  type HostInfo,
  type HostInfoFileReport,
  type HostInfoKind,
} from './host-info/listed.js';
export {
  type HostInfoFile,
  MAX_HOST_INFO_BYTES,
  parseHostInfo,
} from './host-info/parse-host-info.js';
export {
  type CompartmentJson,
  type ComponentJson,
  type CountersJson,
  compartmentJson,
  componentJson,
  type HostInterfaceJson,
  hostInterfaceJson,
  type InterfaceJson,
  interfaceJson,
  type SwitchNameJson,
  switchNameJson,
} from './host-json.js';
export type { HostModel } from './host-model.js';
export { HostSurvey } from './host-survey.js';
export { interfaceStatistics, type TraceLoss } from './interface-statistics.js';
export {
  compartmentLookup,
  describeInterfaces,
  driverName,
  type InterfaceDetails,
} from './interface-table.js';
export { LocationRegistry, MAX_CAPTURE_LOCATIONS } from './location-registry.js';
export { operatingSystemText } from './operating-system.js';
export { ownerSelection } from './owner-selection.js';
export { ProcessTable } from './process-table.js';
export {
  type DataPathState,
  type PortPolicy,
  policyText,
  type SwitchTeam,
  type TeamMember,
} from './switch-facts.js';
export { TeamMemberNames } from './team-members.js';
export { TEXT_ENCODINGS, type TextEncoding } from './text-encoding.js';
export { uniqueNames } from './unique-names.js';
export { nameKey } from './vswitch-names.js';
