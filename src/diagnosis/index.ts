export { captureAdvice } from './capture-advice.js';
export { Diagnoser, type DiagnoserOptions, type DiagnosisResult } from './diagnoser.js';
export {
  type Basis,
  type Diagnosis,
  type Evidence,
  type Finding,
  type FindingFlow,
  type NearbyEvent,
  SEVERITIES,
  type Severity,
} from './finding.js';
export type { Rule } from './rule.js';
export { RULES } from './rules/index.js';
export { isReopened, newTcpSide, noteSegment, type TcpSide } from './tcp/tcp-connections.js';
export { TcpFlag, tcpHeader } from './tcp/tcp-header.js';
