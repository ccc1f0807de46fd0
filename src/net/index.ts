export {
  formatIp,
  formatIpv4,
  formatIpv6,
  formatMac,
  type IpPrefix,
  isInPrefix,
  parseIp,
  parseIpPrefix,
  parseIpv4,
  parseIpv6,
  parseMac,
} from './address.js';
export { readUint16, readUint32 } from './bytes.js';
export { type ChecksumState, internetSum, ipv4ChecksumState, transportChecksumState } from './checksum.js';
export { ABSENT, FrameLayout, type NetworkHeader, type ParseEnd, type Tunnel } from './frame-layout.js';
export { EtherType, IpProtocol, isVlanTag, LinkType } from './numbers.js';
export { isSnap } from './parse-ethernet.js';
export { parseFrame, parseInnerFrame } from './parse-frame.js';
export { FrameControl } from './parse-wifi.js';
