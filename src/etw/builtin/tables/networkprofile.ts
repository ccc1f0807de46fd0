// Written by scripts/event-tables.ts; do not edit.
export const NETWORKPROFILE = {
  name: 'Microsoft-Windows-NetworkProfile',
  events: `
~ Category Guid:guid InterfaceGuid:guid State@NetworkStateMap WnfStatusCode:nt
20001 : ErrorCode:hr Context
20004 : FreeNetworkPresent:bool ~4
4002=WaitforIdentificationStop,4003=WaitforIdentificationStop : ~2 CurrentOrNextState:u8
4001=WaitforIdentificationStart : ^1 CurrentOrNextState:u8@StateMap
20003 : InternetPresent:bool ~4
10001 : Name:sz Description:sz ~1 Type State ~0
10002 : ^4 ~3 ~0
10000 : ^3 Type@NetworkTypeMap ~3 Category@NetworkCategoryMap
10005=NotifyClientsStart,10006=NotifyClientsStop,10007=NotifyClientsStart,10008=NotifyClientsStop : NetworkProfileEventState ~1
10003=NotifyClientsStart,10004=NotifyClientsStop : NetworkProfileEventState@NetworkProfileEventStateMap ~1
4004 : NewInternetConnectionProfile:bool ConnectionCostChanged:bool DomainConnectivityLevelChanged:bool NetworkConnectivityLevelChanged:bool HostNameChanged:bool WwanRegistrationStateChanged:bool TetheringOperationalStateChanged:bool TetheringClientCountChanged:bool
20002 : ProfileGuid:guid ~2 ~0 ErrorCodev4:i32 ErrorCodev6:i32 Context
20005 : Url:sz
`,
  maps: `
NetworkCategoryMap 0=Public|Private|Domain Authenticated
NetworkProfileEventStateMap 0=Network Added Event Notifying|Network Deleted Event Notifying|Network Connected Event Notifying|Network Disconnected Event Notifying|Network Property Event Notifying|Network Added Event Notified|Network Deleted Event Notified|Network Connected Event Notified|Network Disconnected Event Notified|Network Property Event Notified
&NetworkStateMap 1=Connected|Disconnected|4=IPV4 (Local)|8=IPV4 (Internet)|16=IPV6 (Local)|32=IPV6 (Internet)
NetworkTypeMap 0=Unmanaged|Managed
StateMap 0=Identifying Network|Identified Network|Unidentified Network
`,
};
