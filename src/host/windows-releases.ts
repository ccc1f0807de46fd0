/** Windows releases by build (Microsoft's release information for Windows client and Windows Server). */
const RELEASES: ReadonlyMap<number, string> = new Map([
  [6000, 'Windows Vista'],
  [6001, 'Windows Vista SP1 or Server 2008'],
  [6002, 'Windows Vista SP2 or Server 2008 SP2'],
  [6003, 'Windows Server 2008 SP2'],
  [7600, 'Windows 7 or Server 2008 R2'],
  [7601, 'Windows 7 SP1 or Server 2008 R2 SP1'],
  [9200, 'Windows 8 or Server 2012'],
  [9600, 'Windows 8.1 or Server 2012 R2'],
  [10240, 'Windows 10 1507'],
  [10586, 'Windows 10 1511'],
  [14393, 'Windows 10 1607 or Server 2016'],
  [15063, 'Windows 10 1703'],
  [16299, 'Windows 10 1709 or Server 1709'],
  [17134, 'Windows 10 1803 or Server 1803'],
  [17763, 'Windows 10 1809 or Server 2019'],
  [18362, 'Windows 10 1903 or Server 1903'],
  [18363, 'Windows 10 1909 or Server 1909'],
  [19041, 'Windows 10 2004 or Server 2004'],
  [19042, 'Windows 10 20H2 or Server 20H2'],
  [19043, 'Windows 10 21H1'],
  [19044, 'Windows 10 21H2'],
  [19045, 'Windows 10 22H2'],
  [20348, 'Windows Server 2022'],
  [22000, 'Windows 11 21H2'],
  [22621, 'Windows 11 22H2'],
  [22631, 'Windows 11 23H2'],
  [25398, 'Windows Server 23H2'],
  [26100, 'Windows 11 24H2 or Server 2025'],
  [26200, 'Windows 11 25H2'],
  [28000, 'Windows 11 26H1'],
]);

/** First builds of families, latest first, for builds between releases: insider previews and builds not yet in the table. */
const FAMILIES: readonly (readonly [build: number, name: string])[] = [
  [22_000, 'Windows 11 or Server'],
  [10_000, 'Windows 10 or Server'],
  [9200, 'Windows 8 or Server 2012'],
  [7000, 'Windows 7 or Server 2008 R2'],
  [6000, 'Windows Vista or Server 2008'],
];

/**
 * The release of a Windows build: `Windows 11 24H2 or Server 2025`. Client and server of a release have the same build.
 *
 * @returns for a build between releases, the family; for a build before Windows Vista, `Windows`
 */
export function windowsRelease(build: number): string {
  return RELEASES.get(build) ?? FAMILIES.find(([first]) => build >= first)?.[1] ?? 'Windows';
}
