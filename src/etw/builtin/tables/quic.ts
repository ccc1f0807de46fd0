// Written by scripts/event-tables.ts; do not edit.
export const QUIC = {
  name: 'Microsoft-Quic',
  events: `
~ ErrStr:asz Status LocalAddr:addr*LocalAddrLength LocalAddrLength:u8 RemoteAddr:addr*RemoteAddrLength RemoteAddrLength:u8 CongestionWindow Registration:ptr ID:u64 Message:asz SlowStartThreshold Addr:addr*AddrLength AddrLength:u8 Alpn:bin*AlpnLength AlpnLength:u8 Binding:ptr BytesInFlight BytesInFlightMax CongestionCount Connection:ptr ConnectionFlowControl:u64 DatapathFeatures EcnCongestionCount ErrorCode:u64 IdealBytes:u64 Owner:ptr PersistentCongestionCount PostedBytes:u64 Reason:asz ReasonFlags:u8 RecvTotalBytes:u64 SegmentSize:u16 SendTotalBytes:u64 SmoothedRtt SmoothedRtt:u64 Worker:ptr
2,3,4,5,12,14,23 :
7170,7171 : ~f
7174 : ^1 ~0
7168,7169 : ^1 Socket:ptr ~3 ~2 ~5 ~4
7175 : ^1 ~1 ~0
7176 : ^1 Type
3073,3074 : Configuration:ptr
3077 : ^1 ~0
3072,3076 : ^1 ~7
3078 : ^1 ~1 ~0
5121,5122,5132,5137,5138,5144,5145,5146,5153,5158,5175,5179,5195 : ~j
5127,5128,5129,5130,5180 : ^1 ~c ~b
5181 : ^1 ~e ~d
5186 : ^1 BbrState RecoveryState ~6 ~g ~h EstMinRtt:u64 EstBw:u64 IsAppLimited
5142 : ^1 BytesReceived:u64
5140 : ^1 BytesSent:u64 ~g ~h ~6 ~a ~k ~o ~r ~x
5193 : ^3 ~6 ~k ~o ~r ~y OneWayDelay:u64
5192 : ^1 Count Count2
5188 : ^1 EncryptLevel EcnEctCounter:u64 EcnCeCounter:u64 NumPacketsSentWithEct:u64 EctCeDeltaSum:i64 State:u8
5156,8192 : ^1 ~0
5136 : ^1 ~n IsRemoteShutdown:u8
5135 : ^3 IsQuicStatus:u8
5191 : ^1 HyStartState ~6 ~a
5187 : ^1 IsCapable
5189 : ^1 IsEcn:u8
5159 : ^1 IsLocallyInitiated:u8
5120,5147 : ^1 IsServer CorrelationId:u64
5168,5169,5170,5171,8194 : ^1 ~9
5162,5163 : ^1 NewValue:u8
5141 : ^1 ~t
5133,5134 : ^1 ~7
5174 : ^1 SendTotalPackets:u64 SendSuspectedLostPackets:u64 SendSpuriousLostPackets:u64 RecvTotalPackets:u64 RecvReorderedPackets:u64 RecvDroppedPackets:u64 RecvDuplicatePackets:u64 RecvDecryptionFailures:u64
5148,5149,5150,5151 : ^1 SequenceNumber:u64 CidLength:u8 Cid:bin*CidLength
5143 : ^1 ~a K WindowMax WindowLastMax
5160 : ^1 ~x ~i ~q ~w ~u ~6 Cc:asz
5190 : ^8 ~m
5194 : ^1 ~y ~i ~q ~w ~u ~6 Cc:asz ~m
5123 : ^1 State
5157,8193 : ^1 ~1 ~0
5173 : ^1 StreamFlowControl:u64 StreamSendWindow:u64
5124,5125,5126,5172 : ^1 Type
5184,5185 : ^1 Type:u8
5183 : ^2 Delay:u64
5152 : ^2 DelayMs ProbeCount:u16
5139,5182 : ^1 Value
5161 : ^1 Value:u8
5176,5177,5178 : ^1 VnlLength:u8 Vnl:bin*VnlLength
5131 : ^1 ~z
20,22 : ~l
6 : Desc:asz ByteCount:u64
8 : ~0
11265,11266,11267,11268,11269 : ~8
11264 : ^1 ID2:u64
10 : Line File:asz Expression:asz
4097,4099 : Listener:ptr
4098 : ^1 ~f ~c ~b ~e ~d
4101 : ^1 ~0
4096,4100 : ^1 ~7
4102 : ^1 ~1 ~0
17 : Major Minor Patch Build
10240,10241,10242,10243 : ~9
5154,7172 : ~p ~3 ~2 ~5 ~4 ~s
5167 : ^1 Number:u64 Type:u8
5164,5165 : ^3 Length:u16
5166 : ^3 Reason:u8
5155,7173 : ^1 Value:u64 ~3 ~2 ~5 ~4 ~s
19,21 : PartitionCount
1,7 : ^1 ~l
15 : PerfCountersLength:u16 PerfCounters:bin*PerfCountersLength
1025,1026 : ~7
1024,1027 : ^1 AppName:asz
1031,1032 : ^2 ExecProfile
1028 : ^1 ~0
1030 : ^1 Flags ~n
1029 : ^1 ~1 ~0
13,18 : ~1
9 : ^1 ~0
6145,6162 : Stream:ptr
6159,6161 : ^1 BufLength:u64 BufCount Flags
6156 : ^1 ~j
6144,6147 : ^2 ~8 IsLocalOwned:u8
6150 : ^1 ~0
6157,6158,6160,6163 : ^1 ~8
6152,6153,6154,6155 : ^1 ~9
6146 : ^1 ~t
6148,6149 : ^1 State:u8
6151 : ^1 ~1 ~0
11 : Type Handle:ptr
9222 : UdpBinding:ptr
9219 : ^1 ~0
9224 : ^1 ~3 ~2
9221,9223 : ^3 ~5 ~4
9225 : ^1 SegmentSize TcpFlags:h8 ~5 ~4 ~3 ~2
9220 : ^1 ~1 ~0
9217 : ^1 TotalSize BufferCount:u8 ~v ~5 ~4 ~3 ~2
9218 : ^2 ~v ~3 ~2 ~5 ~4
16 : Value:u8
2049,2050,2053,2054 : ~z
2055 : ^1 ~0
2048 : ^1 IdealProcessor:u16 ~p
2051 : ^1 IsActive:u8 Arg
2052 : ^1 QueueDelay
2056 : ^1 ~1 ~0
`,
  maps: '',
};
