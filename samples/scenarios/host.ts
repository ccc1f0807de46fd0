import { unixTime, type WindowsHost } from '../encoder/index.js';

/** Windows Server 2022. */
export const SERVER_2022 = {
  build: 20348,
  buildText: '20348.2461.amd64fre.fe_release.210507-1500',
  productName: 'Windows Server 2022 Datacenter',
  installed: unixTime('2024-01-27T09:12:44Z'),
} as const satisfies Omit<WindowsHost, 'interfaces'>;

/** Windows 11 23H2. */
export const WINDOWS_11 = {
  build: 22631,
  buildText: '22621.1.amd64fre.ni_release.220506-1250',
  productName: 'Windows 11 Pro',
  installed: unixTime('2023-11-20T17:03:08Z'),
} as const satisfies Omit<WindowsHost, 'interfaces'>;

/** Windows 7 SP1. */
export const WINDOWS_7 = {
  build: 7601,
  buildText: '7601.24214.amd64fre.win7sp1_ldr_escrow.180801-1700',
  productName: 'Windows 7 Enterprise',
  installed: unixTime('2012-03-05T08:30:00Z'),
} as const satisfies Omit<WindowsHost, 'interfaces'>;

/** Windows 11 24H2. */
export const WINDOWS_11_24H2 = {
  build: 26100,
  buildText: '26100.1.amd64fre.ge_release.240331-1435',
  productName: 'Windows 11 Pro',
  installed: unixTime('2024-10-08T15:21:40Z'),
} as const satisfies Omit<WindowsHost, 'interfaces'>;
