import {
  ByteWriter,
  classicRecord,
  eventRecord,
  eventSchemaRecord,
  systemRecord,
} from '../../samples/encoder/index.js';
import { Clock, EventRecord } from '../../src/etl/index.js';
import { SchemaStore } from '../../src/etw/index.js';
import type { CaptureLocation } from '../../src/host/capture-location.js';
import type { ModelOptions } from '../../src/host/host-survey.js';
import { type HostModel, HostSurvey } from '../../src/host/index.js';

export const PKTMON = '4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac';
export const TCPIP = '2f07e2ee-15db-40f1-90ef-9d7ba282188a';
export const VMSWITCH = '67dc0d66-3695-47c0-9642-33f76f7bd7ad';
export const NDIS_PACKET_CAPTURE = '2ed6006e-4729-4609-b423-3ee7bcd678ef';

/** {9b79ee91-…}: what a merged trace says about its system. */
export const SYSTEM_CONFIGURATION = '9b79ee91-b5fd-41c0-a243-4248e266e9d0';

const clock = new Clock('system-time', 10_000_000, 0n, 0n);

/** What a survey learns from these records, in this order. */
export function surveyOf(records: readonly Uint8Array[], options: ModelOptions = {}): HostModel {
  const schemas = new SchemaStore();
  const survey = new HostSurvey(schemas);
  const record = new EventRecord();
  for (const bytes of records) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    record.moveTo(bytes, view, 0, bytes.length, 0, 0, clock, 0, 0);
    schemas.addFromTrace(record);
    survey.observe(record);
  }
  return survey.finish(options);
}

export const event = (provider: string, id: number, data: ByteWriter, version = 0): Uint8Array =>
  eventRecord({ provider, id, version, time: 0n, data: data.take() });

export const configuration = (opcode: number, data: Uint8Array): Uint8Array =>
  classicRecord({ eventClass: SYSTEM_CONFIGURATION, opcode, time: 0n, data });

export const kernel = (hook: number, version: number, data: ByteWriter): Uint8Array =>
  systemRecord({ hook, version, time: 0n, data: data.take() });

/** pktmon event 20 (or 270, 280): Id, Type, Name, Description. */
export const component = (
  id: number,
  type: number,
  name: string,
  description: string,
  eventId = 20,
): Uint8Array => event(PKTMON, eventId, new ByteWriter().u16(id).u16(type).utf16z(name).utf16z(description));

/** pktmon event 30: a property of 32 bits. */
export const numberProperty = (componentId: number, type: number, value: number): Uint8Array =>
  event(PKTMON, 30, new ByteWriter().u16(componentId).u16(type).u32(value));

/** A string as VmSwitch writes it: u32 count of UTF-16 units, then the units. */
export const counted = (writer: ByteWriter, text: string): ByteWriter => writer.u32(text.length).utf16(text);

export const captureLocation = (
  over: Partial<CaptureLocation> & Pick<CaptureLocation, 'source'>,
): CaptureLocation => ({
  linkType: 1,
  key: JSON.stringify(over),
  ...over,
});

export const ndis = (miniportIfIndex: number, lowerIfIndex: number, linkType = 1): CaptureLocation =>
  captureLocation({ source: 'ndis', miniportIfIndex, lowerIfIndex, linkType });

export { ByteWriter, eventSchemaRecord };
