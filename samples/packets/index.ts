export { internetChecksum } from './checksum.js';
export {
  arp,
  dnsAnswer,
  dnsQuery,
  type Ends,
  EtherType,
  ethernet,
  ethernetVlan,
  overIpv4,
  overIpv6,
  padded,
  ping,
  ping6,
  TcpFlag,
  tcp,
  text,
  udp,
  VXLAN_PORT,
  vxlan,
  WifiControl,
  wifiData,
} from './packets.js';
export { BROADCAST, ipv4, ipv6, mac, WireWriter } from './wire.js';
