import { AddressSet, type IpAddress, parseIpAddress } from './addresses.js';
import { fixedString } from './mib-if-row.js';
import { windowsRelease } from './windows-releases.js';

/** Class of the system configuration records that a merged trace carries (docs/format/trace-metadata.md). */
export const SYSTEM_CONFIGURATION_CLASS = '9b79ee91-b5fd-41c0-a243-4248e266e9d0';

/** Opcodes of {@link SYSTEM_CONFIGURATION_CLASS}. */
export const SystemConfigurationOpcode = {
  buildInfo: 32,
  systemPaths: 33,
  networkInterface: 36,
  buildVersion: 37,
} as const;

/** Class of SystemConfig records (kernel, MOF class SystemConfig) with classic headers. */
export const SYSTEM_CONFIG_CLASS = '01853a65-418f-4f36-aefc-dc0f1d2fd235';

/** EVENT_TRACE_GROUP_CONFIG (ntwmi.h): the upper byte of the hook id of those with system headers. */
export const SYSTEM_CONFIG_GROUP = 0x0b;

/** Opcodes of SystemConfig. */
export const SystemConfigOpcode = { cpu: 10, nic: 13 } as const;

/** The trace's facts about the machine; unknown members are absent. */
export interface OperatingSystem {
  /** As the registry has it. Windows 11 still calls itself Windows 10 here; see {@link operatingSystemText}. */
  readonly product?: string;
  /** `20348.2461.amd64fre.fe_release_svc_refresh.210507-1500`. */
  readonly buildLab?: string;
  /** Four parts: `10.0.20348.2461`. */
  readonly version?: string;
  /** FILETIME: when Windows was installed (BuildInfo, by public parsers' reading of its first member). */
  readonly installTime?: bigint;
  readonly systemDirectory?: string;
  readonly computerName?: string;
  readonly domainName?: string;
  readonly processors?: number;
  readonly processorMhz?: number;
  /** MiB. */
  readonly memory?: number;
}

/** Windows' version from the trace header, for traces without other facts. */
export interface HeaderVersion {
  readonly majorVersion: number;
  readonly minorVersion: number;
  readonly build: number;
}

/** A network interface as the kernel's SystemConfig NIC record describes it. */
export interface ConfiguredNic {
  readonly description: string;
  readonly mac: Uint8Array;
  readonly ipv4Index: number;
  readonly ipv6Index: number;
  readonly addresses: readonly IpAddress[];
  readonly dns: readonly string[];
}

/** First build of Windows 11. */
const WINDOWS_11_BUILD = 22_000;

/**
 * For if_os and people: product and build, `Windows Server 2022 Datacenter (20348.2461)`; without a product name the release
 * of the build, `Windows 11 24H2 or Server 2025 (26100)`.
 */
export function operatingSystemText(system: OperatingSystem, header?: HeaderVersion): string | undefined {
  const [, , build, revision] = system.version?.split('.') ?? [];
  const number = build ?? system.buildLab?.split('.')[0] ?? header?.build.toString();
  if (system.product === undefined && number === undefined) return undefined;
  let product = system.product ?? windowsRelease(Number(number));
  if (Number(number) >= WINDOWS_11_BUILD) product = product.replace(/^Windows 10\b/, 'Windows 11');
  return number === undefined
    ? product
    : `${product} (${revision === undefined ? number : `${number}.${revision}`})`;
}

/** Consecutive NUL-terminated UTF-16 strings, as far as they are complete. */
function strings(payload: Uint8Array, at: number): string[] {
  const parts = fixedStrings
    .decode(payload.subarray(at, payload.length - ((payload.length - at) & 1)))
    .split('\0');
  return parts.slice(0, -1);
}

const fixedStrings = new TextDecoder('utf-16le', { ignoreBOM: true });

const viewOf = (payload: Uint8Array): DataView =>
  new DataView(payload.buffer, payload.byteOffset, payload.byteLength);

/** Text members that are not empty. */
const named = (
  name: 'product' | 'buildLab' | 'systemDirectory' | 'computerName' | 'domainName',
  text?: string,
) => (text === undefined || text === '' ? {} : { [name]: text });

/** BuildInfo: FILETIME, build text, product name. Read off real traces; names as public parsers have them. */
export function readBuildInfo(payload: Uint8Array): OperatingSystem {
  if (payload.length < 8) return {};
  const installTime = viewOf(payload).getBigUint64(0, true);
  const [buildLab, product] = strings(payload, 8);
  return {
    ...(installTime === 0n ? {} : { installTime }),
    ...named('buildLab', buildLab),
    ...named('product', product),
  };
}

/** SystemPaths: the system directory, then the Windows directory. */
export function readSystemPaths(payload: Uint8Array): OperatingSystem {
  return named('systemDirectory', strings(payload, 0)[0]);
}

/** The version as four 16-bit numbers, the last first; the rest is not known. From real traces. */
export function readBuildVersion(payload: Uint8Array): OperatingSystem {
  if (payload.length < 8) return {};
  const view = viewOf(payload);
  const part = (at: number): number => view.getUint16(at, true);
  return { version: `${part(6)}.${part(4)}.${part(2)}.${part(0)}` };
}

// SystemConfig_CPU (MOF, published in the Windows SDK): MHz, NumberOfProcessors, MemSize (MiB), PageSize and
// AllocationGranularity, u32 each, then ComputerName in 256 UTF-16 units and DomainName in 134.
const COMPUTER_NAME_AT = 20;
const COMPUTER_NAME_BYTES = 512;
const DOMAIN_NAME_AT = COMPUTER_NAME_AT + COMPUTER_NAME_BYTES;
const DOMAIN_NAME_BYTES = 268;

/** SystemConfig_CPU. */
export function readSystemConfigCpu(payload: Uint8Array): OperatingSystem {
  if (payload.length < DOMAIN_NAME_AT + DOMAIN_NAME_BYTES) return {};
  const view = viewOf(payload);
  return {
    processorMhz: view.getUint32(0, true),
    processors: view.getUint32(4, true),
    memory: view.getUint32(8, true),
    ...named('computerName', fixedString(payload, COMPUTER_NAME_AT, COMPUTER_NAME_BYTES)),
    ...named('domainName', fixedString(payload, DOMAIN_NAME_AT, DOMAIN_NAME_BYTES)),
  };
}

/** Version of SystemConfig_NIC from which the layout below holds. */
export const SYSTEM_CONFIG_NIC_VERSION = 2;

/** After PhysicalAddr u64, PhysicalAddrLen u32, Ipv4Index u32 and Ipv6Index u32 (MOF class SystemConfig_V2_NIC). */
const NIC_STRINGS_AT = 20;

const words = (text: string | undefined): string[] =>
  text?.split(/[\s;,]+/).filter((word) => word !== '') ?? [];

/** SystemConfig_V2_NIC; undefined if the payload is too short. */
export function readSystemConfigNic(payload: Uint8Array): ConfiguredNic | undefined {
  if (payload.length < NIC_STRINGS_AT) return undefined;
  const view = viewOf(payload);
  const [description, addresses, dns] = strings(payload, NIC_STRINGS_AT);
  const set = new AddressSet();
  for (const word of words(addresses)) {
    const printed = parseIpAddress(word);
    if (printed !== undefined) set.add(printed.address);
  }
  return {
    description: description ?? '',
    mac: payload.slice(0, Math.min(8, view.getUint32(8, true))),
    ipv4Index: view.getUint32(12, true),
    ipv6Index: view.getUint32(16, true),
    addresses: set.list(),
    dns: words(dns).flatMap((word) => parseIpAddress(word)?.address.text ?? []),
  };
}
