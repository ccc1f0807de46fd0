// Written by scripts/event-tables.ts; do not edit.
export const QOS_PACER = {
  name: 'Microsoft-Windows-QoS-Pacer',
  events: `
~ CurrentTime:u64 DsClass:i16 NewQoSObjectBuffer:bin*NewQoSObjectBufferLen NewQoSObjectBufferLen TrafficClass:i16 AffectedPackets BytesSent NewSendSpecDelayVariation NewSendSpecLatency NewSendSpecMaxSduSize NewSendSpecMinimumPolicedSize NewSendSpecPeakBandwidth NewSendSpecServiceType:h32 NewSendSpecTokenBucketSize NewSendSpecTokenRate OldSendSpecDelayVariation OldSendSpecLatency OldSendSpecMaxSduSize OldSendSpecMinimumPolicedSize OldSendSpecPeakBandwidth OldSendSpecServiceType:h32 OldSendSpecTokenBucketSize OldSendSpecTokenRate QoSObjectBuffer:bin*QoSObjectBufferLen QoSObjectBufferLen SendSpecDelayVariation SendSpecLatency SendSpecMaxSduSize SendSpecMinimumPolicedSize SendSpecPeakBandwidth SendSpecTokenBucketSize SendSpecTokenRate
3,4,12,16 : ?
9 : Allow
11 : ~0 ~6 BytesDropped NewSendWindow MinSendWindow Weight SBytesRequested:i64 DropRate IdleIntervals:u64 RcSendWindow RcEpisodeLength RcStatMuxFactor RcExitThreshold AverageMaxBytesRequested
7 : DropReason@valuemap_dropreason
6 : DroppedPackets PacketsScheduled PacketsTransmitted BytesScheduled:u64 BytesTransmitted:u64 NblSent NblComplete
8 : ~1 ~4 Wmm:i16
13 : FlowConformanceEvent@valuemap_flowconformance ~0 LastConformanceTime:u64 PeakConformanceTime:u64 Tokens:u64 MaxTokens:u64 Rate:u64 LastConformanceCredits
14 : FlowSendQueueEvent@valuemap_flowsendqueue ~0 IdleTime:u64 DelayTime:u64 BytesRequested ~6 BytesQueued
5 : FlowType ~m ~l ~j ~g ~f ~k ~h ~i ~e ~d ~b ~8 ~7 ~c ~9 ~a ~3 ~2 ~5
10 : IneligibleCount TotalCount IneligibleFirstDelta IneligibleLastDelta
3v1,4v1 : NetLuid:h64 NdisMediumType $FriendlyName $DeviceName Context
2 : Status:err FlowType ~m ~l ~j ~g ~f ~k ~h ~i ~e ~d ~b ~8 ~7 ~c ~9 ~a ~3 ~2
2v1 : ^2 ~v ~u ~t ~q ~p SendSpecServiceType:h32 ~r ~s ~1 ~4 ~3 ~2 ~5
1v1 : ^1 FlowType@valuemap_flowtype ~v ~u ~t ~q ~p SendSpecServiceType:h32@valuemap_servicetype ~r ~s ~1 ~4 ~o ~n DefaultSystemFlow:u8
1 : ^10 ~o ~n
15 : TimerEvent@valuemap_timer TimerId ~0 SetTime:u64 RunTime:u64 FlowsProcessed NblsSent NblsDropped Flags
`,
  maps: `
valuemap_dropreason 0=Non-conformance|Excessive delay
valuemap_flowconformance 0=Recompute|Update|Set|PreSend|PostSend
valuemap_flowsendqueue 0=Idle|SendRequest|DelayedSend
valuemap_flowtype 0=GQoS|TC|EQoS|Full|IDP
valuemap_servicetype 0=NOTRAFFIC|BESTEFFORT|CONTROLLEDLOAD|GUARANTEED|NETWORK_UNAVAILABLE|GENERAL_INFORMATION|NOCHANGE|9=NONCONFORMING|NETWORK_CONTROL|13=QUALITATIVE
valuemap_timer 0=TimerSet|TimerExpired|TimerStopped
`,
};
