import type { EventRecord } from '../etl/index.js';
import { classicName, type SchemaStore } from '../etw/index.js';

/** Providers that network traces often hold and that name themselves nowhere in them (published by Windows, logman). */
const WELL_KNOWN: ReadonlyMap<string, string> = new Map([
  ['0bd3506a-9030-4f76-9b88-3e8fe1f7cfb6', 'Microsoft-Windows-NWiFi'],
  ['0c478c5b-0351-41b1-8c58-4a6737da32e3', 'Microsoft-Windows-WFP'],
  ['0c885e0d-6eb6-476c-a048-2457eed3a5c1', 'Microsoft-Windows-Host-Network-Service'],
  ['1c95126e-7eea-49a9-a3fe-a378b03ddb4d', 'Microsoft-Windows-DNS-Client'],
  ['22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716', 'Microsoft-Windows-Kernel-Process'],
  ['36c23e18-0e66-11d9-bbeb-505054503030', 'Microsoft-Windows-Diagnostics-Networking'],
  ['43d1a55c-76d6-4f7e-995c-64c711e5cafe', 'Microsoft-Windows-WinINet'],
  ['50b3e73c-9370-461d-bb9f-26f32d68887d', 'Microsoft-Windows-WebIO'],
  ['6a1f2b00-6a90-4c38-95a5-5cab3b056778', 'Microsoft-Windows-DHCPv6-Client'],
  ['6ad52b32-d609-4be9-ae07-ce8dae937e39', 'Microsoft-Windows-RPC'],
  ['7d44233d-3055-4b9c-ba64-0d47ca40a232', 'Microsoft-Windows-WinHttp'],
  ['7dd42a49-5329-4832-8dfd-43d979153a88', 'Microsoft-Windows-Kernel-Network'],
  ['9580d7dd-0379-4658-9870-d5be7d52d6de', 'Microsoft-Windows-WLAN-AutoConfig'],
  ['988c59c5-0a1c-45b6-a555-0c62276e327d', 'Microsoft-Windows-SMBClient'],
  ['b72c6994-9fe0-45ad-83b3-8f5885f20e0e', 'Microsoft-Windows-MsLbfo'],
  ['c22d1b14-c242-49de-9f17-1d76b8b9c458', 'Pef-WFP-MessageProvider'],
  ['c42a2738-2333-40a5-a32f-6acc36449dcc', 'Microsoft-Windows-HttpLog'],
  ['dd5ef90a-6398-47a4-ad34-4dcecdef795f', 'Microsoft-Windows-HttpService'],
  ['e53c6823-7bb8-44bb-90dc-3f86090d48a6', 'Microsoft-Windows-Winsock-AFD'],
  ['fbcfac3f-8459-419f-8e48-1f0b49cdb85e', 'Microsoft-Windows-NetworkProfile'],
  ['ff15e657-4f26-570e-88ab-0796b258d11c', 'Microsoft-Quic'],
]);

/** Records of one provider that are asked for its name; those of a provider that has none cost nothing beyond. */
const MAX_TRIES = 32;

interface Candidate {
  name: string | undefined;
  tries: number;
  /** Events whose schema may come with a manifest further on. */
  readonly events: { readonly id: number; readonly version: number }[];
}

/**
 * The names of a trace's providers, from the records themselves: TraceLogging events carry theirs, others have it in an
 * embedded schema or an EventSource manifest, classic records have a class.
 *
 * Feed it every record ({@link observe}), then ask, when the schema store is prepared.
 */
export class ProviderNames {
  readonly #schemas: SchemaStore;
  readonly #candidates = new Map<string, Candidate>();
  #lastId = '';
  #last: Candidate = { name: undefined, tries: 0, events: [] };

  constructor(schemas: SchemaStore) {
    this.#schemas = schemas;
  }

  /** Hot path. */
  observe(record: EventRecord): void {
    if (record.kind === 'system' || record.kind === 'perfinfo') return;
    const id = record.providerId;
    if (id !== this.#lastId) {
      this.#lastId = id;
      this.#last = this.#candidate(id);
    }
    const candidate = this.#last;
    if (candidate.name !== undefined || candidate.tries >= MAX_TRIES) return;
    candidate.tries += 1;
    if (record.kind === 'event') {
      candidate.name = this.#schemas.locate(record)?.providerName;
      candidate.events.push({ id: record.id, version: record.version });
    } else {
      candidate.name = classicName(record)?.className;
    }
  }

  /** @returns undefined where nothing told it. */
  nameOf(id: string): string | undefined {
    const candidate = this.#candidates.get(id);
    if (candidate !== undefined && candidate.events.length > 0) this.#lookAgain(id, candidate);
    return candidate?.name ?? WELL_KNOWN.get(id);
  }

  /** Once: for schemas that stood behind the records, or came with a manifest. */
  #lookAgain(id: string, candidate: Candidate): void {
    for (const event of candidate.events.splice(0)) {
      candidate.name ??= this.#schemas.locateById(id, event.id, event.version)?.providerName;
    }
  }

  #candidate(id: string): Candidate {
    const known = this.#candidates.get(id);
    if (known !== undefined) return known;
    const fresh: Candidate = { name: undefined, tries: 0, events: [] };
    this.#candidates.set(id, fresh);
    return fresh;
  }
}
