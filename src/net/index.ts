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
  parseMac,
} from './address.js';
export { readUint16 } from './bytes.js';
export { internetSum, isChecksumLeft } from './checksum.js';
export { ANY_END, FlowKey, ipv6End, type SocketEnd, socketEnd } from './flow-key.js';
export { ABSENT, FrameLayout } from './frame-layout.js';
export { EtherType, IpProtocol, LinkType } from './numbers.js';
export { parseFrame, parseInnerFrame } from './parse-frame.js';
