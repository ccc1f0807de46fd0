import { Clock, type ClockType, UNIX_EPOCH_AS_FILETIME } from './clock.js';
import { readTimeZone, readUtf16, TIME_ZONE_INFORMATION_SIZE, type TimeZone, UTC } from './time-zone.js';

/** TRACE_LOGFILE_HEADER, the payload of a trace's first record (docs/format/etl-container.md, "Trace header"). */
export interface TraceHeader {
  /** Bytes of a buffer in memory during the session. */
  readonly bufferSize: number;
  /** Windows: major, minor; 10.0 also for Windows 11 and Server 2016 and later. */
  readonly majorVersion: number;
  readonly minorVersion: number;
  /** Windows build, as 20348. */
  readonly build: number;
  readonly processors: number;
  /** FILETIME; 0 if the trace was never closed. */
  readonly endTime: bigint;
  readonly startTime: bigint;
  readonly bootTime: bigint;
  /** 100 ns. */
  readonly timerResolution: number;
  /** MiB, 0 for no limit. */
  readonly maximumFileSize: number;
  /** EVENT_TRACE_*_MODE bits. */
  readonly logFileMode: number;
  readonly buffersWritten: number;
  readonly pointerSize: 4 | 8;
  readonly eventsLost: number;
  readonly buffersLost: number;
  readonly cpuMhz: number;
  readonly perfFrequency: bigint;
  readonly clockType: ClockType;
  readonly timeZone: TimeZone;
  readonly loggerName: string;
  readonly fileName: string;
}

/** EVENT_TRACE_FILE_MODE_* and others (evntrace.h): how the log was written, for people. */
export const LOG_FILE_MODES: readonly (readonly [bit: number, name: string])[] = [
  [0x0000_0001, 'sequential'],
  [0x0000_0002, 'circular'],
  [0x0000_0004, 'append'],
  [0x0000_0008, 'newfile'],
  [0x0000_0020, 'preallocated'],
  [0x0000_0100, 'real-time'],
  [0x0000_0400, 'buffering'],
  [0x0000_0800, 'private'],
  [0x0400_0000, 'compressed'],
];

/** Bits of {@link TraceHeader.logFileMode} that reading depends on (evntrace.h). */
export const LogFileMode = { circular: 0x2, compressed: 0x0400_0000 } as const;

const FIXED_SIZE = { 8: 280, 4: 272 } as const;

/**
 * Reads the trace header from the payload of the first record.
 *
 * @returns undefined if the payload is too short to be one.
 */
export function readTraceHeader(payload: Uint8Array): TraceHeader | undefined {
  if (payload.length < FIXED_SIZE[4]) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const pointerSize = view.getUint32(44, true) === 4 ? 4 : 8;
  if (payload.length < FIXED_SIZE[pointerSize]) return undefined;
  const timeZoneAt = 56 + 2 * pointerSize;
  // The times are 8-byte aligned in both forms: 4 bytes of padding give the known sizes of 280 and 272 bytes.
  const timesAt = timeZoneAt + TIME_ZONE_INFORMATION_SIZE + 4;
  const loggerNameAt = FIXED_SIZE[pointerSize];
  const loggerName = readUtf16(view, loggerNameAt);
  return {
    bufferSize: view.getUint32(0, true),
    majorVersion: view.getUint8(4),
    minorVersion: view.getUint8(5),
    build: view.getUint32(8, true),
    processors: view.getUint32(12, true),
    endTime: view.getBigInt64(16, true),
    timerResolution: view.getUint32(24, true),
    maximumFileSize: view.getUint32(28, true),
    logFileMode: view.getUint32(32, true),
    buffersWritten: view.getUint32(36, true),
    pointerSize,
    eventsLost: view.getUint32(48, true),
    cpuMhz: view.getUint32(52, true),
    timeZone: readTimeZone(view, timeZoneAt),
    bootTime: view.getBigInt64(timesAt, true),
    perfFrequency: view.getBigInt64(timesAt + 8, true),
    startTime: view.getBigInt64(timesAt + 16, true),
    clockType: clockType(view.getUint32(timesAt + 24, true)),
    buffersLost: view.getUint32(timesAt + 28, true),
    loggerName,
    fileName: readUtf16(view, loggerNameAt + 2 * (loggerName.length + 1)),
  };
}

/** FILETIMEs of the years 2000 and 2200: a raw time between them is one, as no QPC counts centuries. */
const FILETIME_2000 = 125_911_584_000_000_000n;
const FILETIME_2200 = 189_027_648_000_000_000n;

/**
 * A replacement for a missing trace header. The clock is unknown: times that are not FILETIMEs are read as a QPC of 10
 * MHz, the frequency since Windows 10, which counts from the host's start. They become that time counted from 1970:
 * intervals are correct, and the dates are evidently not real.
 *
 * @param raw a raw time of the trace
 */
export function unknownTraceHeader(raw: bigint): { header: TraceHeader; time: bigint } {
  const isFiletime = raw > FILETIME_2000 && raw < FILETIME_2200;
  const startTime = isFiletime ? raw : UNIX_EPOCH_AS_FILETIME;
  const header: TraceHeader = {
    bufferSize: 0,
    majorVersion: 0,
    minorVersion: 0,
    build: 0,
    processors: 0,
    endTime: 0n,
    startTime,
    bootTime: 0n,
    timerResolution: 0,
    maximumFileSize: 0,
    logFileMode: 0,
    buffersWritten: 0,
    pointerSize: 8,
    eventsLost: 0,
    buffersLost: 0,
    cpuMhz: 0,
    perfFrequency: BigInt(USUAL_QPC_FREQUENCY),
    clockType: isFiletime ? 'system-time' : 'qpc',
    timeZone: UTC,
    loggerName: '',
    fileName: '',
  };
  return { header, time: isFiletime ? raw : 0n };
}

/** Whether the header has the data to convert record times into wall-clock time. */
export function tellsClock({ clockType: type, cpuMhz, perfFrequency }: TraceHeader): boolean {
  if (type === 'qpc') return isFrequency(perfFrequency);
  return type === 'system-time' || cpuMhz > 0;
}

/** The clock of a trace; `headerTime` is the raw time of the record that carries the header. */
export function clockOf(header: TraceHeader, headerTime: bigint): Clock {
  switch (header.clockType) {
    case 'system-time':
      return new Clock('system-time', 10_000_000, header.startTime, header.startTime);
    case 'cpu-cycles':
      return new Clock('cpu-cycles', Math.max(1, header.cpuMhz) * 1_000_000, header.startTime, headerTime);
    case 'qpc':
      return new Clock('qpc', qpcFrequency(header.perfFrequency), header.startTime, headerTime);
  }
}

/** Hz; the QPC frequency of current Windows versions on every machine. */
const USUAL_QPC_FREQUENCY = 10_000_000;

/** Not one that no machine has: 0, negative, beyond 2^53. */
const isFrequency = (frequency: bigint): boolean => frequency > 0n && frequency < 1n << 53n;

const qpcFrequency = (frequency: bigint): number =>
  isFrequency(frequency) ? Number(frequency) : USUAL_QPC_FREQUENCY;

/** TRACE_LOGFILE_HEADER.ReservedFlags; 0 and unknown values mean QPC, the default of a session. */
function clockType(value: number): ClockType {
  if (value === 2) return 'system-time';
  return value === 3 ? 'cpu-cycles' : 'qpc';
}
