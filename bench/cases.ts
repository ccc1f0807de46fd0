import type { TraceRecipe } from './traces.js';

/** One conversion to measure. */
export interface BenchCase {
  readonly name: string;
  readonly recipe: TraceRecipe;
  /** Options of the conversion. */
  readonly options: readonly string[];
  /** Runs again on one processor, where the system can pin a process. */
  readonly alsoOneCore?: boolean;
  /** Only with --large. */
  readonly isLarge?: boolean;
}

/** TCP payloads that make frames of 60 to 120 bytes, and of 1500 bytes of IP. */
const SMALL = [6, 66] as const;
const FULL_SIZED = 1460;
const MIB = 1024 * 1024;

const small = (name: string, count: number, trace: Partial<TraceRecipe> = {}): TraceRecipe => ({
  name,
  kind: 'ndis',
  count,
  payloadSize: SMALL,
  ...trace,
});

const BRIEF = ['--comments', 'brief'] as const;
const FULL = ['--comments', 'full'] as const;

/** Enough packets that the start of the process is a small part of each. */
export const CASES: readonly BenchCase[] = [
  { name: 'small', recipe: small('small', 2_000_000), options: BRIEF },
  { name: 'small-full', recipe: small('small', 2_000_000), options: FULL },
  {
    name: 'full-sized',
    recipe: { name: 'full-sized', kind: 'ndis', count: 1_000_000, payloadSize: FULL_SIZED },
    options: BRIEF,
  },
  {
    name: 'vswitch',
    recipe: { name: 'vswitch', kind: 'vswitch', count: 1_000_000, payloadSize: SMALL },
    options: FULL,
  },
  { name: 'pktmon', recipe: { name: 'pktmon', kind: 'pktmon', count: 1_000_000 }, options: FULL },
  {
    name: 'compressed',
    recipe: {
      name: 'compressed',
      kind: 'pktmon',
      count: 1_000_000,
      trace: { form: 'merged', compression: 'matches', bufferSize: MIB },
    },
    options: FULL,
    alsoOneCore: true,
  },
  {
    name: 'processors-1',
    recipe: small('processors-1', 1_000_000, { processors: 1 }),
    options: BRIEF,
  },
  {
    name: 'processors-8',
    recipe: small('processors-8', 1_000_000, { processors: 8 }),
    options: BRIEF,
  },
  {
    name: 'processors-64',
    recipe: small('processors-64', 1_000_000, { processors: 64 }),
    options: BRIEF,
  },
  {
    name: 'small-buffers',
    recipe: small('small-buffers', 1_000_000, { trace: { bufferSize: 4096 } }),
    options: BRIEF,
  },
  { name: 'ten-million', recipe: small('small', 10_000_000), options: BRIEF, isLarge: true },
  { name: 'fifty-million', recipe: small('small', 50_000_000), options: BRIEF, isLarge: true },
  {
    name: 'ten-gigabytes',
    recipe: { name: 'full-sized', kind: 'ndis', count: 6_200_000, payloadSize: FULL_SIZED },
    options: BRIEF,
    isLarge: true,
  },
  {
    name: 'compressed-64',
    recipe: {
      name: 'compressed-64',
      kind: 'pktmon',
      count: 2_000_000,
      processors: 64,
      trace: { form: 'merged', compression: 'matches', bufferSize: 16 * MIB },
    },
    options: FULL,
    isLarge: true,
  },
];
