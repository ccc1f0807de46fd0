// Written by scripts/event-tables.ts; do not edit.
export const VPN_CLIENT = {
  name: 'Microsoft-Windows-VPN-Client',
  events: `
~ PropertiesString:sz
10003=VPNWmiDeleteSuccess : VpnConnectionName:sz
10004=VPNWmiDeleteFailure : ^1 ErrorCode
10002=VPNWmiCreateFailure,10006=VPNWmiModifyFailure : ^2 ~0
10001=VPNWmiCreateSuccess,10005=VPNWmiModifySuccess : ^1 ~0
10007=VPNWmiCreateSuccess,10008=VPNWmiModifySuccess : ^2 PropertiesNotUpdatedString:sz
`,
  maps: '',
};
