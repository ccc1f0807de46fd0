// Written by scripts/event-tables.ts; do not edit.
export const KERNEL_NETWORK = {
  name: 'Microsoft-Windows-Kernel-Network',
  events: `
~ connid:ptr seqnum dport:port rcvwinscale:u16 sackopt:u16 sndwinscale:u16 sport:port tsopt:u16 wsopt:u16
12=TCPIP/Connectionattempted,15=TCPIP/Connectionaccepted : PID size daddr:ip4 saddr:ip4 ~2 ~6 mss:u16 ~4 ~7 ~8 rcvwin ~3 ~5 ~1 ~0
11=TCPIP/Datareceived,13=TCPIP/Disconnectissued,14=TCPIP/Dataretransmitted,16=TCPIP/Reconnectattempted,18=TCPIP/Protocolcopieddataonbehalfofuser,42=UDPIP/DatasentoverUDPprotocol,43=UDPIP/DatareceivedoverUDPprotocol : ^6 ~1 ~0
10=TCPIP/Datasent : ^6 startime endtime ~1 ~0
28=TCPIP/Connectionattempted,31=TCPIP/Connectionaccepted : ^2 daddr:ip6 saddr:ip6 ~2 ~6 mss:u16 ~4 ~7 ~8 rcvwin ~3 ~5 ~1 ~0
27=TCPIP/Datareceived,29=TCPIP/Disconnectissued,30=TCPIP/Dataretransmitted,32=TCPIP/Reconnectattempted,34=TCPIP/Protocolcopieddataonbehalfofuser,58=UDPIP/DatasentoverUDPprotocol,59=UDPIP/DatareceivedoverUDPprotocol : ^6 ~1 ~0
26=TCPIP/Datasent : ^6 startime endtime ~1 ~0
17=TCPIP/TCPconnectionattemptfailed,49=UDPIP/UDPconnectionattemptfailed : Proto:u16 FailureCode:u16
`,
  maps: '',
};
