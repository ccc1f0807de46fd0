import type { ValueMap } from '../schema.js';
import { NDIS_PACKET_CAPTURE } from './ndis-packet-capture.js';
import { NLB_DIAGNOSTIC } from './nlb.js';
import { BuiltinProvider, type BuiltinTable, type BuiltinVariant, parseEntries } from './parse.js';
import { PKTMON } from './pktmon.js';
import { DROP_LOCATIONS, DROP_REASONS, DROP_REASONS_1809, DROP_REASONS_1903 } from './pktmon-drops.js';
import { PROVIDER_NAMES } from './provider-names.js';
import { RAS_NDISWAN } from './ras-ndiswan.js';
import { GENERATED_TABLES } from './tables/index.js';

export type { BuiltinVariant } from './parse.js';

/** GUIDs of providers with built-in tables that code refers to. */
export const BuiltinProviderId = {
  ndisPacketCapture: '2ed6006e-4729-4609-b423-3ee7bcd678ef',
  pktMon: '4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac',
  rasNdisWan: 'd84521f7-2235-4237-a7c0-14e3a9676286',
  vmSwitch: '67dc0d66-3695-47c0-9642-33f76f7bd7ad',
  tcpip: '2f07e2ee-15db-40f1-90ef-9d7ba282188a',
  ndis: 'cdead503-17f5-4a3e-b7ae-df8cc2902eb9',
  winNat: '66c07ecd-6667-43fc-93f8-05cf07f446ec',
  kernelProcess: '22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716',
  kernelNetwork: '7dd42a49-5329-4832-8dfd-43d979153a88',
  netvsc: '152fbe4b-c7ad-4f68-bada-a4fcc1464f6c',
  hostNetworkService: '0c885e0d-6eb6-476c-a048-2457eed3a5c1',
  vfpExt: '9f2660ea-cfe7-428f-9850-aeca612619b0',
  pefWfp: 'c22d1b14-c242-49de-9f17-1d76b8b9c458',
} as const;

const NLB_DIAGNOSTIC_ID = 'def02e30-3290-4b2d-bc28-d2b0edadf411';

const TABLES: ReadonlyMap<string, BuiltinTable> = new Map<string, BuiltinTable>([
  ...GENERATED_TABLES,
  [BuiltinProviderId.ndisPacketCapture, NDIS_PACKET_CAPTURE],
  [BuiltinProviderId.pktMon, PKTMON],
  [BuiltinProviderId.rasNdisWan, RAS_NDISWAN],
  [NLB_DIAGNOSTIC_ID, NLB_DIAGNOSTIC],
]);

const providers = new Map<string, BuiltinProvider>();

/**
 * The built-in layouts of an event, oldest build first; a provider's table is parsed when it is first used. There are
 * several layouts if the fields changed and the version did not.
 */
export function builtinVariants(providerId: string, id: number, version: number): readonly BuiltinVariant[] {
  const table = TABLES.get(providerId);
  if (table === undefined) return [];
  let provider = providers.get(providerId);
  if (provider === undefined) {
    const extraMaps = providerId === BuiltinProviderId.pktMon ? [dropReasonMap(), dropLocationMap()] : [];
    provider = new BuiltinProvider(providerId, table, extraMaps);
    providers.set(providerId, provider);
  }
  return provider.variants(id, version);
}

/** Whether a provider's table is built in. */
export const hasBuiltinTable = (providerId: string): boolean => TABLES.has(providerId);

/** The name of a provider that is known, with a table or without. */
export const builtinProviderName = (providerId: string): string | undefined =>
  TABLES.get(providerId)?.name ?? PROVIDER_NAMES.get(providerId);

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const currentReasons = once(() => parseEntries(DROP_REASONS));
const reasonsOf1809 = once(() => parseEntries(DROP_REASONS_1809));
const reasonsOf1903 = once(() => parseEntries(DROP_REASONS_1903));
const locations = once(() => parseEntries(DROP_LOCATIONS));

const dropReasonMap = (): ValueMap => ({ name: 'DropReason', kind: 'value', entries: currentReasons() });
const dropLocationMap = (): ValueMap => ({ name: 'DropLocation', kind: 'value', entries: locations() });

/** The vSwitch's own reasons, which every build numbers the same. */
const LAST_STABLE_DROP_REASON = 38;
/**
 * The last build that is known to use the old numbers (1909). The build of the change is not known; builds after this
 * one are read with the current numbers, which pktmonapi documents.
 */
const LAST_BUILD_OF_OLD_REASONS = 18363;
/** The build that added reasons of the framing layer (1903). */
const FIRST_BUILD_OF_FRAMING_REASONS = 18362;

/**
 * PktMon's name for a drop reason.
 *
 * For traces without a `DropReason` map: the trace's own map has precedence.
 *
 * @param build the OS build of the traced machine; undefined: current
 * @returns undefined for unknown numbers (0x80000000 and above belong to third parties)
 */
export function dropReasonText(reason: number, build?: number): string | undefined {
  if (reason <= LAST_STABLE_DROP_REASON || build === undefined || build > LAST_BUILD_OF_OLD_REASONS) {
    return currentReasons().get(reason);
  }
  const framing = build < FIRST_BUILD_OF_FRAMING_REASONS ? undefined : reasonsOf1903().get(reason);
  return framing ?? reasonsOf1809().get(reason);
}

/** PktMon's name for a drop location (0xE000gxxx); undefined if it is not known. */
export const dropLocationName = (location: number): string | undefined => locations().get(location >>> 0);
