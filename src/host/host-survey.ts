import { type EventRecord, LimitLog } from '../etl/index.js';
import { BuiltinProviderId, type EventSchema, type SchemaStore } from '../etw/index.js';
import { buildModel, type HostFacts } from './build-model.js';
import { readCaptureSource } from './capture-sources.js';
import type { CompartmentList } from './compartment-file.js';
import { ComponentEvent, ComponentTable } from './components.js';
import { DeferredRecords } from './deferred-records.js';
import { HostLimitError } from './errors.js';
import { type CaptureFilter, FILTER_EVENTS, readFilter } from './filters.js';
import { type AppliedHostInfo, applyHostInfo } from './host-info/apply-host-info.js';
import type { HostInfo } from './host-info/listed.js';
import type { HostModel } from './host-model.js';
import { type InterfaceRow, readInterfaceRow } from './mib-if-row.js';
import {
  type ConfiguredNic,
  type HeaderVersion,
  type OperatingSystem,
  readBuildInfo,
  readBuildVersion,
  readSystemConfigCpu,
  readSystemConfigNic,
  readSystemPaths,
  SYSTEM_CONFIG_CLASS,
  SYSTEM_CONFIG_GROUP,
  SYSTEM_CONFIG_NIC_VERSION,
  SYSTEM_CONFIGURATION_CLASS,
  SystemConfigOpcode,
  SystemConfigurationOpcode,
} from './operating-system.js';
import { EventKind, RepeatedEvents } from './sampling.js';
import { isStackEvent, StackEvents } from './stack-events.js';
import { statedValues } from './stated-values.js';
import { isSwitchFact, SwitchFacts } from './switch-facts.js';
import { VSwitchNames } from './vswitch-names.js';

const MAX_INTERFACES = 65_536;

/** More filters than pktmon accepts (32); further ones are ignored. */
const MAX_FILTERS = 1024;
const MAX_CAPTURE_SOURCES = 65_536;
const MAX_CONFIGURED_NICS = 65_536;

/** Bytes of events that wait for their schema. */
const MAX_UNDESCRIBED_BYTES = 32 * 1024 * 1024;
/** Limit of kinds of events that are counted as unread. */
const MAX_UNKEPT_KINDS = 65_536;

/** Microsoft-Windows-Iphlpsvc-Trace: events 4167 and 4168 name compartments. */
const IPHLPSVC_TRACE = '6600e712-c3b6-44a2-8a48-935c511f28c8';

/** NDIS-PacketCapture's event for an interface that it captured on. */
const CAPTURE_SOURCE_EVENT = 5101;

/** PktMon's events that describe the host; all others are packets. */
const PKTMON_HOST_EVENTS: ReadonlySet<number> = new Set([
  ComponentEvent.component,
  ComponentEvent.register,
  ComponentEvent.unregister,
  ...ComponentEvent.properties,
  ComponentEvent.drops,
  ComponentEvent.flow,
  FILTER_EVENTS.ipv4,
  FILTER_EVENTS.ipv6,
]);

/** The caller's part of the model. */
export interface ModelOptions {
  /** Windows' version from the trace header. */
  readonly header?: HeaderVersion;
  /** Contents of the user's file; see parseCompartments. */
  readonly compartments?: CompartmentList;
  /** Files saved on the host; see parseHostInfo. */
  readonly hostInfo?: HostInfo;
}

/** Reads one kind of event (provider, id, version). */
interface EventPlan {
  readonly kind: EventKind;
  readonly take: (record: EventRecord) => void;
}

/** Count of events of one kind that were not read for lack of memory. */
interface UnkeptEvents {
  readonly providerId: string;
  readonly id: number;
  readonly version: number;
  count: number;
}

/**
 * The survey's part of the host model.
 *
 * Pass every record, or every one that is not a packet, in any order to {@link observe}, then call {@link finish} once.
 * Events that need the trace's schemas are deferred until then, because schemas may follow them; the schema store must
 * have all schemas by then.
 */
export class HostSurvey {
  readonly #schemas: SchemaStore;
  readonly #shelf = new DeferredRecords();
  /** Events about the host that no schema described when they came. */
  readonly #undescribed = new DeferredRecords(MAX_UNDESCRIBED_BYTES);
  /** Events that were not read for lack of memory, by kind. */
  readonly #unkept = new Map<string, UnkeptEvents>();
  #isFinishing = false;
  readonly #components: ComponentTable;
  readonly #filters = new Map<number, CaptureFilter>();
  readonly #captureSources = new Map<string, NonNullable<ReturnType<typeof readCaptureSource>>>();
  readonly #names: VSwitchNames;
  readonly #switchFacts: SwitchFacts;
  readonly #stack: StackEvents;
  readonly #limits: LimitLog;
  readonly #repeated = new RepeatedEvents();
  readonly #rows = new Map<number, InterfaceRow>();
  readonly #nics: ConfiguredNic[] = [];
  #system: OperatingSystem = {};
  /** By provider, then id and version; null: such events have no facts about the host. */
  readonly #plans = new Map<string, Map<number, EventPlan | null>>([
    [BuiltinProviderId.tcpip, new Map()],
    [BuiltinProviderId.ndis, new Map()],
    [BuiltinProviderId.winNat, new Map()],
    [IPHLPSVC_TRACE, new Map()],
    [BuiltinProviderId.vmSwitch, new Map()],
  ]);

  /** @param limits counts facts beyond the limits */
  constructor(schemas: SchemaStore, limits = new LimitLog()) {
    this.#schemas = schemas;
    this.#limits = limits;
    this.#components = new ComponentTable(limits);
    this.#names = new VSwitchNames(limits);
    this.#switchFacts = new SwitchFacts(limits);
    this.#stack = new StackEvents(limits);
  }

  /**
   * Hot path: called for every record; one look-up by provider decides for most of them.
   *
   * @throws HostLimitError
   */
  observe(record: EventRecord): void {
    switch (record.kind) {
      case 'event':
        this.#observeEvent(record);
        return;
      case 'classic':
        this.#observeClassic(record);
        return;
      case 'system':
        if (record.id >> 8 === SYSTEM_CONFIG_GROUP) this.#addSystemConfig(record);
        return;
    }
  }

  #observeEvent(record: EventRecord): void {
    const { providerId } = record;
    const isPktMon = providerId === BuiltinProviderId.pktMon && PKTMON_HOST_EVENTS.has(record.id);
    const isCapture =
      providerId === BuiltinProviderId.ndisPacketCapture && record.id === CAPTURE_SOURCE_EVENT;
    if (isPktMon || isCapture) {
      if (this.#shelf.keep(record)) return;
      // The memory is full: deferred records are read first, so that later events still replace earlier ones.
      this.#readShelf();
      this.#readShelved(record);
      return;
    }
    if (isSwitchFact(record)) this.#addSwitchFact(record);
    const plans = this.#plans.get(providerId);
    if (plans === undefined) return;
    const key = record.id * 256 + record.version;
    let plan = plans.get(key);
    if (plan === null) return;
    if (plan === undefined) {
      const schema = this.#schemas.locate(record);
      if (schema === undefined) {
        this.#keepUndescribed(record);
        return;
      }
      plan = this.#planFor(providerId, schema);
      plans.set(key, plan);
      if (plan === null) return;
    }
    this.#repeated.visit(plan.kind, record, plan.take);
  }

  /** The trace may describe the event later. */
  #keepUndescribed(record: EventRecord): void {
    if (this.#isFinishing || this.#undescribed.keep(record)) return;
    const { id, providerId, version } = record;
    const key = `${providerId} ${id} ${version}`;
    const known = this.#unkept.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.#unkept.size < MAX_UNKEPT_KINDS)
      this.#unkept.set(key, { providerId, id, version, count: 1 });
  }

  #readUndescribed(): void {
    this.#isFinishing = true;
    this.#undescribed.empty((record) => this.#observeEvent(record));
    for (const { count, id, providerId, version } of this.#unkept.values()) {
      const schema = this.#schemas.locateById(providerId, id, version);
      if (schema === undefined || this.#planFor(providerId, schema) === null) continue;
      this.#limits.add('hostEventsLeftOut', count);
    }
  }

  #planFor(providerId: string, schema: EventSchema): EventPlan | null {
    if (providerId === BuiltinProviderId.vmSwitch) {
      const hasNames = schema.fields.some(({ name }) => /^(Src|Dest)?NicName$|^PortName$/.test(name));
      if (!hasNames) return null;
      return {
        kind: new EventKind(schema, this.#names),
        take: (record) => this.#names.add(statedValues(schema, record, this.#limits)),
      };
    }
    if (!isStackEvent(schema)) return null;
    return {
      kind: new EventKind(schema, this.#stack),
      take: (record) => this.#stack.add(schema, statedValues(schema, record, this.#limits)),
    };
  }

  #observeClassic(record: EventRecord): void {
    const { providerId } = record;
    if (providerId === SYSTEM_CONFIG_CLASS) {
      this.#addSystemConfig(record);
      return;
    }
    if (providerId !== SYSTEM_CONFIGURATION_CLASS) return;
    switch (record.opcode) {
      case SystemConfigurationOpcode.networkInterface:
        this.#addRow(readInterfaceRow(record.payload()));
        return;
      case SystemConfigurationOpcode.buildInfo:
        this.#system = { ...this.#system, ...readBuildInfo(record.payload()) };
        return;
      case SystemConfigurationOpcode.systemPaths:
        this.#system = { ...this.#system, ...readSystemPaths(record.payload()) };
        return;
      case SystemConfigurationOpcode.buildVersion:
        this.#system = { ...this.#system, ...readBuildVersion(record.payload()) };
        return;
    }
  }

  /** The events are built in; the time of a record that waits would be lost. */
  #addSwitchFact(record: EventRecord): void {
    const schema = this.#schemas.locate(record);
    if (schema !== undefined && !this.#isFinishing) this.#switchFacts.add(record, schema);
  }

  #addRow(row: InterfaceRow | undefined): void {
    if (row === undefined) return;
    if (this.#rows.size >= MAX_INTERFACES && !this.#rows.has(row.ifIndex)) {
      throw new HostLimitError('interfaces', MAX_INTERFACES);
    }
    this.#rows.set(row.ifIndex, row);
  }

  #addSystemConfig(record: EventRecord): void {
    switch (record.opcode) {
      case SystemConfigOpcode.cpu:
        this.#system = { ...this.#system, ...readSystemConfigCpu(record.payload()) };
        return;
      case SystemConfigOpcode.nic: {
        if (record.version < SYSTEM_CONFIG_NIC_VERSION) return;
        const nic = readSystemConfigNic(record.payload());
        if (nic === undefined) return;
        if (this.#nics.length >= MAX_CONFIGURED_NICS) this.#limits.add('nicRecordsLeftOut');
        else if (this.#limits.mayKeep('nicRecordsLeftOut', record.payloadLength)) this.#nics.push(nic);
        return;
      }
    }
  }

  #readShelf(): void {
    this.#shelf.empty((record) => this.#readShelved(record));
  }

  #readShelved(record: EventRecord): void {
    const schema = this.#schemas.locate(record);
    if (schema === undefined) return;
    const values = statedValues(schema, record, this.#limits);
    if (record.providerId === BuiltinProviderId.ndisPacketCapture) {
      const source = readCaptureSource(values);
      if (source === undefined) return;
      const key = `${source.kind} ${source.ifIndex}`;
      if (!this.#captureSources.has(key) && this.#captureSources.size >= MAX_CAPTURE_SOURCES) {
        this.#limits.add('captureSourcesLeftOut');
      } else if (this.#limits.mayKeep('captureSourcesLeftOut', record.payloadLength)) {
        this.#captureSources.set(key, source);
      }
    } else if (record.id === FILTER_EVENTS.ipv4 || record.id === FILTER_EVENTS.ipv6) {
      const filter = readFilter(values);
      if (this.#filters.has(filter.id) || this.#filters.size < MAX_FILTERS) {
        this.#filters.set(filter.id, filter);
      } else {
        this.#limits.add('filtersLeftOut');
      }
    } else {
      this.#components.add(schema, values);
    }
  }

  /**
   * The model of the host, after all records.
   *
   * @throws HostLimitError
   */
  finish(options: ModelOptions = {}): HostModel {
    return this.finishWithFiles(options).model;
  }

  /**
   * The model of the host, after all records were seen, and why some facts of the files were not used.
   *
   * @throws HostLimitError
   */
  finishWithFiles({ compartments, header, hostInfo }: ModelOptions): AppliedHostInfo {
    this.#readShelf();
    this.#readUndescribed();
    const facts: HostFacts = {
      system: this.#system,
      rows: this.#rows,
      nics: this.#nics,
      components: this.#components.list(),
      filters: [...this.#filters.values()].sort((a, b) => a.id - b.id),
      captureSources: [...this.#captureSources.values()].sort((a, b) => a.ifIndex - b.ifIndex),
      names: this.#names,
      switchFacts: this.#switchFacts,
      stack: this.#stack,
      limits: this.#limits,
    };
    const listed = joinedLists(compartments, hostInfo?.addresses);
    const model = buildModel(facts, header, listed);
    return hostInfo === undefined ? { model, problems: [] } : applyHostInfo(model, hostInfo);
  }
}

/** Both lists, the user's compartments first. */
function joinedLists(
  first: CompartmentList | undefined,
  second: CompartmentList | undefined,
): CompartmentList | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return {
    compartments: [...first.compartments, ...second.compartments],
    interfaces: [...first.interfaces, ...second.interfaces],
  };
}
