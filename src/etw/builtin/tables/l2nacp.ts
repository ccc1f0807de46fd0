// Written by scripts/event-tables.ts; do not edit.
export const L2NACP = {
  name: 'Microsoft-Windows-L2NACP',
  events: `
~ InterfaceGuid:guid ProfileName:sz Reason@tid_L2NACPPrelogon_Reason
14000 : Enabled:bool Remote:bool Dot3Allowed:bool WlanAllowed:bool CredentialsFound:bool
13024 : Result ~0
13004 : ^2 ~1
13023 : ^1 ~2 ~0
13003 : Result@tid_L2NACPPrelogon_Result ~2 ~0 ~1
`,
  maps: `
tid_L2NACPPrelogon_Reason 0=Success.
tid_L2NACPPrelogon_Result 0=Success|Failure
`,
};
