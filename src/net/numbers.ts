/** Link types that a trace can contain (https://www.tcpdump.org/linktypes.html). */
export const LinkType = {
  ethernet: 1,
  raw: 101,
  ieee80211: 105,
} as const;

/** EtherTypes (IANA, "IEEE 802 Numbers"). */
export const EtherType = {
  ipv4: 0x0800,
  arp: 0x0806,
  transparentEthernet: 0x6558,
  /** IEEE 802.1Q customer tag. */
  vlan: 0x8100,
  ipv6: 0x86dd,
  eapol: 0x888e,
  /** IEEE 802.1ad service tag. */
  serviceVlan: 0x88a8,
  /** Service tag of switches older than IEEE 802.1ad. */
  oldQinQ: 0x9100,
} as const;

/** Whether a VLAN tag follows this EtherType: two bytes of tag control information and the next EtherType. */
export const isVlanTag = (etherType: number): boolean =>
  etherType === EtherType.vlan || etherType === EtherType.serviceVlan || etherType === EtherType.oldQinQ;

/** Protocol numbers of IPv4's Protocol and IPv6's Next Header field (IANA, "Protocol Numbers"). */
export const IpProtocol = {
  hopByHop: 0,
  icmp: 1,
  igmp: 2,
  ipv4: 4,
  tcp: 6,
  udp: 17,
  ipv6: 41,
  routing: 43,
  fragment: 44,
  gre: 47,
  esp: 50,
  authentication: 51,
  icmpv6: 58,
  noNextHeader: 59,
  destinationOptions: 60,
  sctp: 132,
  mobility: 135,
  hostIdentity: 139,
  shim6: 140,
} as const;
