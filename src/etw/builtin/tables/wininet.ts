// Written by scripts/event-tables.ts; do not edit.
export const WININET = {
  name: 'Microsoft-Windows-WinINet',
  events: `
~ Error Flags:h32 Flags AddressName:asz DetectFlags SocketHandle:ptr Directory:sz Limit:i64 Filter GroupId:i64 Headers:asz*Length Length:u16 RequestHandle:ptr RootPath:sz ServerName:asz*_ServerNameLength Url:sz Verb:asz*_VerbLength _ConfigurationURLLength:u16 _ServerNameLength:u16 _VerbLength:u16 ConfigurationURL:asz*_ConfigurationURLLength ConfigurationURL:sz*_ConfigurationURLLength ConnectionHandle:ptr Context:ptr EntryMaxAge Filename:sz Handle:ptr HostName:asz IsProxy:bool ManifestURL:sz ResponseCode:i32 ServerPort Service:asz*_ServiceLength URL:asz*_URLLength _MIMETypeLength:u16 _ProxyStringLength:u16 _ServiceLength:u16 _URLLength:u16
816=WININET_BLOCKING_AUTOPROXY_DETERMINATIONStart,817=WININET_BLOCKING_AUTOPROXY_DETERMINATIONStop,818=WININET_TRANSFER,820=WININET_AUTOPROXY_PERFTRACK_HOST_IP_LOOKUPStart,821=WININET_AUTOPROXY_PERFTRACK_HOST_IP_LOOKUPStop,822=WININET_AUTOPROXY_PERFTRACK_SWPAD_LOOKUPStart,823=WININET_AUTOPROXY_PERFTRACK_SWPAD_LOOKUPStop,824=WININET_AUTOPROXY_PERFTRACK_KNOWN_DETECTIONStart,825=WININET_AUTOPROXY_PERFTRACK_KNOWN_DETECTIONStop,826=WININET_AUTOPROXY_PERFTRACK_UNKNOWN_DETECTIONStart,827=WININET_AUTOPROXY_PERFTRACK_UNKNOWN_DETECTIONStop,828=WININET_AUTOPROXY_PERFTRACK_SCRIPT_DOWNLOADStart,829=WININET_AUTOPROXY_PERFTRACK_SCRIPT_DOWNLOADStop,1127=Wininet_CacheClientBloomFilterStart,1128=Wininet_CacheClientBloomFilterStop,1223=Wininet_UrlCacheContainerStart,1224=Wininet_UrlCacheContainerStop,1225=Wininet_UrlCacheContainerStart,1226=Wininet_UrlCacheContainerStop,1237=Wininet_UrlCacheContainerStart,1238=Wininet_UrlCacheContainerStop,1239=Wininet_SyncInternetOpen,1240=Wininet_SyncSendRequestStart,1241=Wininet_SyncSendRequestStop,1242=Wininet_SyncQueryDataAvailableStart,1243=Wininet_SyncQueryDataAvailableStop,1244=Wininet_SyncReadFileStart,1245=Wininet_SyncReadFileStop,1246=Wininet_SyncWriteFileStart,1247=Wininet_SyncWriteFileStop :
901=WININET_APPLICATION_OFFLINE_CHECKStart : AppPackageSid:sz
103=WININET_CONNECT_HANDLE_CREATED : ~m ParentHandle:ptr ~i ~e ~v ~10 ~w ~1
102=WININET_OPEN_URL_HANDLE_CREATED : ^2 ~11 ~x _HeadersLength:u16 Headers:asz*_HeadersLength ~1
104=WININET_HTTP_REQUEST_HANDLE_CREATED : ^2 ~j ~g _ObjectNameLength:u16 ObjectName:asz*_ObjectNameLength _VersionLength:u16 Version:asz*_VersionLength _ReferrerLength Referrer:asz*_ReferrerLength _AcceptTypesLength:u16 AcceptTypes:asz*_AcceptTypesLength ~1
206=WININET_KEEP_ALIVE_CONNECTION_REUSED,207=WININET_KEEP_ALIVE_CONNECTION_POOLED,208=WININET_KEEP_ALIVE_CONNECTION_CLOSED : ^1 ~5
205=WININET_HTTP_CONNECTION_CLOSED : ^2 _ReasonLength:u16 Reason:asz*_ReasonLength
108=WININET_HTTP_REQUEST_HANDLE_CREATED : ^1 ~i ~e ~v ~10 ~w
1065=Wininet_SecurityContextStart : ~n ~r NegotiationCount Socket
1066=Wininet_SecurityContextStop : ^4 Status
402=Wininet_WebSocketSessionStart,412=Wininet_WebSocketSession,413=Wininet_WebSocketSession : CorrelationID:guid
400=Wininet_WebSocketUpgrade : ^1 InternetFlags:h32 ~b ~a
406=Wininet_WebSocketSession,408=Wininet_WebSocketSession,410=Wininet_WebSocketSession,411=Wininet_WebSocketSession : ^1 Length:i64
404=Wininet_WebSocketSession,405=Wininet_WebSocketSession : ^2 TruncatedLength:u16 TruncatedData:sz*TruncatedLength
401=Wininet_WebSocketUpgrade : ^1 ~u ~b ~a
414=Wininet_WebSocketSession,415=Wininet_WebSocketSession,416=Wininet_WebSocketSession,417=Wininet_WebSocketSession : ^1 SequenceNumber PayloadByteLength Payload:bin*PayloadByteLength
403=Wininet_WebSocketSessionStop : ^1 Status:u16
407=Wininet_WebSocketSession,409=Wininet_WebSocketSession : ^2 Length Reason:asz*Length
805=WININET_AUTOPROXY_DNSStart : ~4
807=WININET_AUTOPROXY_DNSFail : ^1 ~0
808=WININET_AUTOPROXY_SEARCHFail : ~0
1051=Wininet_GetaddrinfoStart : ~1 ~3
105=WININET_HANDLE_CLOSED,200=WININET_HTTP_REQUESTStart : HINTERNET:ptr
200v1 : ^1 ~n
106=WININET_HANDLE_CREATE_FAILED,107=WININET_HANDLE_CLOSE_FAILED : ^1 ~0
101=WININET_ROOT_HANDLE_CREATED : ^1 _UserAgentLength:u16 UserAgent:asz*_UserAgentLength _AccessTypeLength:u16 AccessType:asz*_AccessTypeLength _ProxyListLength:u16 ProxyList:asz*_ProxyListLength _ProxyBypassListLength:u16 ProxyBypassList:asz*_ProxyBypassListLength ~1
1126=Wininet_CacheClientBloomFilterStop : HResult
308=WININET_NETWORK_CHANGE_DETECTED,1125=Wininet_CacheClientBloomFilterStart : ~q
202=WININET_HTTP_REQUESTFail,204=WININET_HTTP_RESPONSEFail : ^1 ~0
1069=Wininet_FileIOStart,1070=Wininet_FileIOStop,1072=Wininet_FileIOStop : ^1 Operation ClientType ThreadInfoUIType IsSync:bool
1071=Wininet_FileIOStart : ^5 DataLength
1235=Wininet_UrlCacheContainerStart,1236=Wininet_UrlCacheContainerStop : LimitType
1233=Wininet_UrlCacheContainerStart,1234=Wininet_UrlCacheContainerStop : ^1 ~7
1062=Wininet_AppCacheLookupStop : ~t
1227=Wininet_UrlCacheContainerStart,1228=Wininet_UrlCacheContainerStop : Name:sz Prefix:sz ~6 ~d ~7 Options
1229=Wininet_UrlCacheContainerStart,1230=Wininet_UrlCacheContainerStop : ^1 ~d
1081=Wininet_AppCacheHandleStart,1085=Wininet_AppCacheHandleStart,1087=Wininet_AppCacheHandleStart,1091=Wininet_AppCacheServerContainerStart,1093=Wininet_AppCacheServerContainerStart,1103=Wininet_AppCacheServerContainerStart,1105=Wininet_AppCacheServerContainerStart,1107=Wininet_AppCacheServerContainerStart,1109=Wininet_AppCacheServerContainerStart,1113=Wininet_BlobServerContainerStart,1115=Wininet_BlobServerContainerStart,1123=Wininet_BlobServerContainerStart,1131=Wininet_CookieServerContainerStart,1135=Wininet_CookieServerContainerStart,1139=Wininet_CookieServerContainerStart,1147=Wininet_DependencyServerContainerStart,1151=Wininet_DependencyServerContainerStart,1155=Wininet_HstsServerContainerStart,1161=Wininet_HstsServerContainerStart,1163=Wininet_CacheServerConnectionStart,1167=Wininet_CacheServerEntryEnumStart,1171=Wininet_CacheServerEntryEnumStart,1181=Wininet_CacheServerContainerStart,1191=Wininet_CacheServerContainerStart,1193=Wininet_CacheServerContainerStart,1199=Wininet_CacheServerContainerStart,1201=Wininet_CacheServerContainerStart,1209=Wininet_CacheServerContainerStart,1219=Wininet_CacheServerContainerStart : Object:ptr
1079=Wininet_AppCacheHandleStart : ^1 DataSize
1173=Wininet_CacheServerContainerStart : ^1 ~o
1197=Wininet_CacheServerContainerStart : ^1 Factor ~8
1203=Wininet_CacheServerContainerStart : ^1 ~p
1205=Wininet_CacheServerContainerStart : ^1 ~2
1211=Wininet_CacheServerContainerStart : ^1 ~9
1207=Wininet_CacheServerContainerStart,1213=Wininet_CacheServerContainerStart : ^2 ~2
1074=Wininet_AppCacheHandleStop,1076=Wininet_AppCacheHandleStop,1078=Wininet_AppCacheHandleStop,1080=Wininet_AppCacheHandleStop,1082=Wininet_AppCacheHandleStop,1084=Wininet_AppCacheHandleStop,1086=Wininet_AppCacheHandleStop,1088=Wininet_AppCacheHandleStop,1090=Wininet_AppCacheServerContainerStop,1092=Wininet_AppCacheServerContainerStop,1094=Wininet_AppCacheServerContainerStop,1096=Wininet_AppCacheServerContainerStop,1098=Wininet_AppCacheServerContainerStop,1100=Wininet_AppCacheServerContainerStop,1102=Wininet_AppCacheServerContainerStop,1104=Wininet_AppCacheServerContainerStop,1106=Wininet_AppCacheServerContainerStop,1108=Wininet_AppCacheServerContainerStop,1110=Wininet_AppCacheServerContainerStop,1112=Wininet_BlobServerContainerStop,1114=Wininet_BlobServerContainerStop,1116=Wininet_BlobServerContainerStop,1118=Wininet_BlobServerContainerStop,1120=Wininet_BlobServerContainerStop,1122=Wininet_BlobServerContainerStop,1124=Wininet_BlobServerContainerStop,1130=Wininet_CookieServerContainerStop,1132=Wininet_CookieServerContainerStop,1134=Wininet_CookieServerContainerStop,1136=Wininet_CookieServerContainerStop,1138=Wininet_CookieServerContainerStop,1140=Wininet_CookieServerContainerStop,1142=Wininet_CacheClientCountersStop,1144=Wininet_DependencyServerContainerStop,1146=Wininet_DependencyServerContainerStop,1148=Wininet_DependencyServerContainerStop,1150=Wininet_DependencyServerContainerStop,1152=Wininet_DependencyServerContainerStop,1154=Wininet_HstsServerContainerStop,1156=Wininet_HstsServerContainerStop,1158=Wininet_HstsServerContainerStop,1160=Wininet_HstsServerContainerStop,1162=Wininet_HstsServerContainerStop,1164=Wininet_CacheServerConnectionStop,1166=Wininet_CacheServerConnectionStop,1168=Wininet_CacheServerEntryEnumStop,1170=Wininet_CacheServerEntryEnumStop,1172=Wininet_CacheServerEntryEnumStop,1174=Wininet_CacheServerContainerStop,1176=Wininet_CacheServerContainerStop,1178=Wininet_CacheServerContainerStop,1180=Wininet_CacheServerContainerStop,1182=Wininet_CacheServerContainerStop,1184=Wininet_CacheServerContainerStop,1186=Wininet_CacheServerContainerStop,1188=Wininet_CacheServerContainerStop,1190=Wininet_CacheServerContainerStop,1192=Wininet_CacheServerContainerStop,1194=Wininet_CacheServerContainerStop,1196=Wininet_CacheServerContainerStop,1198=Wininet_CacheServerContainerStop,1200=Wininet_CacheServerContainerStop,1202=Wininet_CacheServerContainerStop,1204=Wininet_CacheServerContainerStop,1206=Wininet_CacheServerContainerStop,1208=Wininet_CacheServerContainerStop,1210=Wininet_CacheServerContainerStop,1212=Wininet_CacheServerContainerStop,1214=Wininet_CacheServerContainerStop,1216=Wininet_CacheServerContainerStop,1218=Wininet_CacheServerContainerStop,1220=Wininet_CacheServerContainerStop : ^1 HResult
1141=Wininet_CacheClientCountersStart,1165=Wininet_CacheServerConnectionStart : ^1 ~q
1111=Wininet_BlobServerContainerStart,1129=Wininet_CookieServerContainerStart,1153=Wininet_HstsServerContainerStart : ^2 ~6
1089=Wininet_AppCacheServerContainerStart : ^3 IsIEAppContainer:bool
1169=Wininet_CacheServerEntryEnumStart : ^2 ~8 ~9
1149=Wininet_DependencyServerContainerStart : ^2 IsCreateContainer:bool ~6
1217=Wininet_CacheServerContainerStart : ^2 Name:sz ~6 ~2 ~7 ~o
1075=Wininet_AppCacheHandleStart,1077=Wininet_AppCacheHandleStart : ^2 ~f
1159=Wininet_HstsServerContainerStart : ^1 Hash:i64 HstsEntryCount
1137=Wininet_CookieServerContainerStart : ^2 OperationCount
1195=Wininet_CacheServerContainerStart : ^1 ~7
1101=Wininet_AppCacheServerContainerStart : ^1 MasterUrl:sz ~t DataSize EntryType HeaderSize
1133=Wininet_CookieServerContainerStart : ^1 MinimizedRDomain:sz
1157=Wininet_HstsServerContainerStart : ^2 Hash:i64
1175=Wininet_CacheServerContainerStart : ^1 Type ~2 ~f Redirect:sz ~p Extension:sz
1083=Wininet_AppCacheHandleStart,1095=Wininet_AppCacheServerContainerStart,1097=Wininet_AppCacheServerContainerStart,1117=Wininet_BlobServerContainerStart,1119=Wininet_BlobServerContainerStart,1121=Wininet_BlobServerContainerStart,1145=Wininet_DependencyServerContainerStart,1183=Wininet_CacheServerContainerStart,1187=Wininet_CacheServerContainerStart : ^1 ~f
1143=Wininet_DependencyServerContainerStart : ^2 BlobSize
1189=Wininet_CacheServerContainerStart : ^2 Fields
1099=Wininet_AppCacheServerContainerStart,1179=Wininet_CacheServerContainerStart : ^2 ~2
1215=Wininet_CacheServerContainerStart : ^2 ~9 ~2
1073=Wininet_AppCacheHandleStart : ^2 LocalFileName:sz
1185=Wininet_CacheServerContainerStart : ^2 Type
1177=Wininet_CacheServerContainerStart : ^2 ValidateCreationTime:bool
1053=Wininet_DHCP_I252WPADStart : Order ~3
1009=Wininet_OfflineCacheLookup,1011=Wininet_OfflineCacheHit,1013=Wininet_OfflineCacheMiss,1015=Wininet_PreNet_CacheLookup,1017=Wininet_PreNet_CacheHit,1019=Wininet_PreNet_CacheMiss,1021=Wininet_PostNet_CacheLookup,1023=Wininet_PostNet_CacheHit,1025=Wininet_PostNet_CacheMiss,1028=Wininet_AutodialIfNotLocalHostStop,1045=Wininet_ConnectStart,1047=Wininet_LookupConnectionStart : Request:ptr
1007=Wininet_SendRequestStart,1049=Wininet_Redirect : ^1 ~3
1055=Wininet_SelectStart,1056=Wininet_SelectStop : ^1 ~1
1027=Wininet_AutodialIfNotLocalHostStart,1029=Wininet_ResolveHostStart,1030=Wininet_ResolveHostStop : ^1 ~r
1063=Wininet_RequestPrioritySet : ^1 OldPriority:i32 NewPriority:i32
1031=Wininet_SendRequest_Main,1033=Wininet_SendRequest_Extra,1035=Wininet_SendRequest_CRLF,1037=Wininet_ReadData,1039=Wininet_ReadDataPostReceiveBuf,1041=Wininet_SendRequest_PostReceiveBuf,1043=Wininet_DrainResponsePostReceiveBuf : ^1 Size
1046=Wininet_ConnectStop,1048=Wininet_LookupConnectionStop,1060=Wininet_SocketConnectStop,1067=Wininet_SocketReceiveDelayStart,1068=Wininet_SocketReceiveDelayStop : ^1 Socket
1046v1 : ^2 Protocol:h32@maphttpProtocolType %LocalAddress %RemoteAddress
1059=Wininet_SocketConnectStart : ^2 SourcePort RemoteAddressIndex
1008=Wininet_SendRequestStop : ^1 StatusLineLength StatusLine:asz*StatusLineLength
209=WININET_HTTP_RESPONSE_BODY_RECEIVED,701=WININET_HTTPS_NEGOTIATIONStart,702=WININET_HTTPS_NEGOTIATIONStop,706=WININET_HTTPS_CLIENT_CERT_REQUIRED,711=WININET_HTTPS_RENEGOTIATIONStart,712=WININET_HTTPS_RENEGOTIATIONStop : ~c
213=WININET_HTTP_RESPONSE_BODY_READ_ERROR,703=WININET_HTTPS_NEGOTIATIONFail,704=WININET_HTTPS_SERVER_CERT_ERROR,707=WININET_HTTPS_CLIENT_CERT_UNAVAILABLE,713=WININET_HTTPS_RENEGOTIATIONFail : ^1 ~0
602=WININET_AUTH_CLIENT_SETS_USERNAME,603=WININET_AUTH_CLIENT_SETS_PASSWORD,604=WININET_AUTH_USING_CACHED_CREDS,605=WININET_AUTH_USING_DEFAULT_CREDS : ^1 ~s
210=WININET_REQUEST_HEADER,211=WININET_RESPONSE_HEADER,212=WININET_REQUEST_HEADER_OPTIONAL : ^1 ~b ~a
201=WININET_HTTP_REQUESTStop : ^1 ~5 ~j ~g Cookie:bool
1064=WININET_STREAM_DATA_INDICATED : ^1 StreamId:h32 Size Headers:bool
708=WININET_HTTPS_CLIENT_CERT_SELECTED : ^1 _CertHashLength:u16 CertHash:asz*_CertHashLength
705=WININET_HTTPS_SERVER_CERT_VALIDATED : ^3 WarningFlags
601=WININET_AUTH_RESPONSE_RECEIVED,606=WININET_AUTH_CLIENT_ADD_HEADERS : ^1 _SchemeLength:u16 Scheme:asz*_SchemeLength ~s
203=WININET_HTTP_RESPONSEStop : ~u ~c ~5 ~j ~g _ContentLengthStrLength:u16 ContentLength:asz*_ContentLengthStrLength
902=WININET_APPLICATION_OFFLINE_CHECKStop : Result Offline:bool
1231=Wininet_UrlCacheContainerStart,1232=Wininet_UrlCacheContainerStop : ~d
303=WININET_TCP_CONNECTIONStop : ~5
1221=Wininet_UrlCacheContainerStart,1222=Wininet_UrlCacheContainerStop : TargetSize:i64 ~8
1058=Wininet_UsageLogScavenge : URL:asz
1057=Wininet_UsageLogRequest : ^1 Verb:asz RequestHeaders:asz ResponseHeaders:asz Status UsageLogRequestCache:h32@mapUsageLogRequestCache
1061=Wininet_AppCacheLookupStart : URL:sz
501=WININET_COOKIE_HEADER_RECEIVED,506=WININET_COOKIE_REQUEST_HEADER_CREATED : URLLength URL:asz*URLLength
834=WININET_AUTOPROXY_PERFTRACK_ALLStart,835=WININET_AUTOPROXY_PERFTRACK_ALLStop : UniqueId
819=WININET_AUTOPROXY_SWPAD : WPADNetworkDecision:h32@mapWPADNetworkDecision NetworkCount:h32
809=WININET_AUTOPROXY_DOWNLOADStart,810=WININET_AUTOPROXY_DOWNLOADStop : ~h ~k
806=WININET_AUTOPROXY_DNSStop : ^2 ~4
811=WININET_AUTOPROXY_DOWNLOADFail : ^2 ~0
812=WININET_AUTOPROXY_DOWNLOADFail : ^2 ~y MIMEType:asz*_MIMETypeLength ~0
809v1,810v1 : ^1 ~l
806v1 : ^2 ~4
811v1 : ^2 ~0
812v1 : ^2 ~y MIMEType:sz*_MIMETypeLength ~0
801=WININET_AUTOPROXY_SEARCHStart : _ConnectionNameLength:u16 ConnectionName:asz*_ConnectionNameLength ~4
801v1 : ^1 ConnectionName:sz*_ConnectionNameLength ~4
502=WININET_COOKIE_STORED,503=WININET_COOKIE_DELETED,504=WININET_COOKIE_BLOCKED,505=WININET_COOKIE_P3P_REJECTED,507=WININET_COOKIE_ADDED_TO_HEADER : _DomainLength:u16 Domain:asz*_DomainLength _PathLength:u16 Path:asz*_PathLength _NameLength:u16 Name:asz*_NameLength _ValueLength:u16 Value:asz*_ValueLength
304=WININET_DNS_QUERYStart : _HostNameLength:u16 HostName:asz*_HostNameLength ~c
306=WININET_DNS_QUERYFail : ^3 ~0
305=WININET_DNS_QUERYStop,307=WININET_DNS_QUERYStop : ^3 _AddressListLength:u16 AddressList:asz*_AddressListLength
802=WININET_AUTOPROXY_DHCPStart : _InterfaceLength:u16 Interface:asz*_InterfaceLength
803=WININET_AUTOPROXY_DHCPStop : ^2 ~h ~k
804=WININET_AUTOPROXY_DHCPFail : ^4 ~0
802v1 : ^1 Interface:sz*_InterfaceLength
803v1 : ^2 ~h ~l
804v1 : ^4 ~0
302=WININET_TCP_CONNECTIONFail : ~i ~e ~m ~0
301=WININET_TCP_CONNECTIONStart : ^3 ~5 LocalPort
1000=WININET_TEST_EVENT : _TestStr0Length:u8 TestStr0:asz*_TestStr0Length _TestStr1Length:u16 TestStr1:asz*_TestStr1Length _TestStr2Length TestStr2:asz*_TestStr2Length _TestStr0WLength:u8 TestStr0W:sz*_TestStr0WLength _TestStr1WLength:u16 TestStr1W:sz*_TestStr1WLength _TestStr2WLength TestStr2W:sz*_TestStr2WLength TestStrLength:u16 TestStr:asz*TestStrLength TestStrWLength:u16 TestStrW:sz*TestStrWLength
813=WININET_AUTOPROXY_FIND_INFO_FOR_URLStart : ~11 ~x
815=WININET_AUTOPROXY_FIND_INFO_FOR_URLFail : ^2 ~0
814=WININET_AUTOPROXY_FIND_INFO_FOR_URLStop : ^2 ~z ProxyString:asz*_ProxyStringLength
813v1 : ^1 URL:sz*_URLLength
815v1 : ^2 ~0
814v1 : ^2 ~z ProxyString:sz*_ProxyStringLength
1054=Wininet_DHCP_I252WPADStop : error ~3
1052=Wininet_GetaddrinfoStop : ^1 ~1 ~3
`,
  maps: `
mapUsageLogRequestCache 0=Missed|Hit|Stale-Modified|Stale-NotModified
mapWPADNetworkDecision 0=WPAD_NETWORK_DECISION_OFF|WPAD_NETWORK_DECISION_ON|WPAD_NETWORK_DECISION_UNKNOWN|WPAD_NETWORK_DECISION_UNKNOWN
maphttpProtocolType 0=HTTP|SPDY3
`,
};
