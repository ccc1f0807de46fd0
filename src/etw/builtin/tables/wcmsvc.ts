// Written by scripts/event-tables.ts; do not edit.
export const WCMSVC = {
  name: 'Microsoft-Windows-Wcmsvc',
  events: `
~ ProcessId ProfileName:sz ProviderID:sz Result AppName:sz AutoConnect:bool AutoFiltercontrol AutoProfileNames:sz InterfaceGUID:guid InterfaceGuid:guid ManualProfileNames:sz NumAutoprofiles NumManualprofiles OnDemandInfo:sz OnDemandType ProcessNetworkRefCount Profilename:sz Status:x32 TotalNetworkRefCount
1001,1002,1004,1022,1023,1028,1029,1052,1053,10001,10002,10003,10004,10005,10006 :
1035 : APNname:sz ~2 SubscriberID:sz ~g
4036 : AcquireRelease:sz InterfaceLuid:h64 ~3
4030 : Activate:bool ~3 ~i ~0 ~f ~4
4029 : Activity:bool ~h
1037,1038,1039,1040 : AppID:sz ProcessID ~e ~d ~2 Error
1031 : ConfigtoSyncWithTimeServer:bool TimeServerName:sz NumServerTimeRetries ServerTimeRetrievalError
4035 : FunctionName:sz Error
1024,1025 : ~8
1050,1051 : ^1 ActionType
1017,1018 : ^1 AvgIn AvgOut SpikeIn SpikeOut ThresholdAvgIn ThresholdAvgOut ThresholdSpikeIn ThresholdSpikeOut
1008 : ^1 InternetConnectivityv4:bool InternetConnectivityv6:bool InternetProbeCompletev4:bool InternetProbeCompletev6:bool DomainConnectivity:bool DomainProbeComplete:bool
1016 : ^1 Mediatype ManualConnect:bool ManualFiltercontrol ~c ~a ~5 ~6 ~b ~7 Error
1015 : ^3 ManualFiltercontrol@ut_FilterControlMap ~c ~a ~5 ~6 ~b ~7
1032,1033 : ^1 NdisRefError
1014 : ^1 ~1 WcmOpcode Datalength CallerProcessID ReturnValue
4020=MeasureWWANResumeReconnecttaskStop,4021=MeasureWLANResumeReconnecttaskStop,4022=MeasureWLANResumeReconnecttaskStop,4023=MeasureWLANResumeReconnecttaskStop,4024=MeasureWLANResumeReconnecttaskStop,4025=MeasureWLANResumeReconnecttaskStop,4026=MeasureWWANResumeReconnecttaskStop : ~9
1010,1011,1013,1026,1027 : ^1 MediaType
1019 : ^2 ~1
1012 : ^2 Status
1009 : ^1 MediaType@ut_MediaTypeMap
1034 : ~e ~8 ~d ~2 NewState Refcount
1054 : PolicyValue
4031,4034 : ~0 ~f ~i
1030 : ~1 ~9 ProfileUpdatedorDeleted:sz
1036 : ~g
1005,1006 : Reason
4032,4033 : ~3 TotalCmNdisRefCount ~0 PerProcessCmNdisRefCount ~4
1007 : Status
4027,4028 : ~h
1003 : Status@ut_MediaServiceStatusMap Name@ut_MediaServiceNameMap
1020 : WCMPreferredOrderList:sz
`,
  maps: `
ut_FilterControlMap 0=IgnoreProfileList|AllowProfileList|DenyProfileList
ut_MediaServiceNameMap 0=UNKNOWN|Ethernet.|Wlansvc.|Wwansvc.|INVALID
ut_MediaServiceStatusMap 0=Unknown|Disconnected. Service is not started.|Connected. Service is running.
ut_MediaTypeMap 0=UNKNOWN|Ethernet.|Wlan|Wwan.|INVALID
`,
};
