// Written by scripts/event-tables.ts; do not edit.
export const NDISIMPLATFORMSYSEVTPROVIDER = {
  name: 'Microsoft-Windows-NdisImPlatformSysEvtProvider',
  events: `
~ Status:sz TeamNic:sz
16994 : Member:sz ~0
16997,16998 : ^1 ~1 ~0
16999 : ~0
16993 : Team:sz ~0
16995 : ~1 ~0
16996 : ^1 Team:sz ~0
`,
  maps: '',
};
