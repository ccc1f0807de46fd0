import { CASES } from './cases.js';
import type { Figures, Measured } from './figures.js';

/** A bound on one figure. Most are ratios, which do not depend on the speed of the machine. */
interface Goal {
  /** The names of the cases: the worst of them counts. */
  readonly of: readonly string[];
  readonly figure: keyof typeof LABELS;
  /** The figure is divided by this case's. */
  readonly beside?: string;
  readonly bound: '<=' | '>=';
  readonly limit: number;
}

const LABELS = {
  overCp: 'time x cp',
  overEditcap: 'time x editcap',
  oneCore: 'time on 1 core / 2 cores',
  perPacket: 'time per packet',
  speed: 'MB/s, expanded',
  filesPerSecond: 'files/s',
  overOneJob: 'x one job',
  ofBudget: 'of 1.5 x node + 100 ms',
  overSummary: 'CPU x path --summary',
  overWithout: 'CPU x without identity',
  overConversion: 'CPU of path --summary x conversion',
  moreMemory: 'MiB more than without identity',
  peak: 'peak MiB',
} as const satisfies Partial<Record<keyof Figures, string>>;

/** The case whose buffers alone, one of 16 MiB for each of 64 processors, are more than others may use. */
const LARGE_BUFFERS = 'compressed-64';
const IN_LITTLE_MEMORY = CASES.map(({ name }) => name).filter((name) => name !== LARGE_BUFFERS);

const BATCHES = [
  'batch-small',
  'batch-large, 1 job',
  'batch-large, 2 jobs',
  'batch-large-packets, 1 job',
  'batch-large-packets, 2 jobs',
];

const GOALS: readonly Goal[] = [
  { of: ['etlcap --version'], figure: 'ofBudget', bound: '<=', limit: 1 },
  { of: ['etlcap, a trace of 64 KiB'], figure: 'ofBudget', bound: '<=', limit: 1 },
  { of: ['batch-small'], figure: 'filesPerSecond', bound: '>=', limit: 40 },
  { of: ['batch-large, 2 jobs'], figure: 'overOneJob', bound: '>=', limit: 1.6 },
  { of: ['batch-large-packets, 2 jobs'], figure: 'overOneJob', bound: '>=', limit: 1.6 },
  { of: BATCHES, figure: 'peak', bound: '<=', limit: 200 },
  {
    of: ['diagnose-pktmon', 'diagnose-host', 'diagnose-ndis'],
    figure: 'overSummary',
    bound: '<=',
    limit: 1.5,
  },
  { of: ['journeys'], figure: 'overWithout', bound: '<=', limit: 1.03 },
  { of: ['journeys-24h2'], figure: 'overWithout', bound: '<=', limit: 1.35 },
  { of: ['journeys', 'journeys-24h2'], figure: 'overConversion', bound: '<=', limit: 1.2 },
  { of: ['journeys', 'journeys-24h2'], figure: 'moreMemory', bound: '<=', limit: 100 },
  { of: ['events'], figure: 'peak', bound: '<=', limit: 200 },
  { of: ['small'], figure: 'overEditcap', bound: '<=', limit: 0.8 },
  { of: ['small-full'], figure: 'overEditcap', bound: '<=', limit: 1.3 },
  { of: ['full-sized'], figure: 'overEditcap', bound: '<=', limit: 0.8 },
  { of: ['full-sized'], figure: 'overCp', bound: '<=', limit: 2 },
  { of: ['vswitch'], figure: 'overEditcap', bound: '<=', limit: 1.3 },
  { of: ['compressed'], figure: 'speed', bound: '>=', limit: 150 },
  { of: ['compressed'], figure: 'oneCore', bound: '>=', limit: 1.6 },
  { of: ['processors-8'], figure: 'perPacket', beside: 'processors-1', bound: '<=', limit: 1.1 },
  { of: ['processors-64'], figure: 'perPacket', beside: 'processors-1', bound: '<=', limit: 1.1 },
  { of: ['fifty-million'], figure: 'perPacket', beside: 'small', bound: '<=', limit: 1.1 },
  { of: IN_LITTLE_MEMORY, figure: 'peak', bound: '<=', limit: 200 },
  { of: [LARGE_BUFFERS], figure: 'peak', bound: '<=', limit: 400 },
];

export const GOALS_HEAD: readonly string[] = ['goal', 'measured', 'wanted', 'met?'];

/** A row for each goal that these figures can answer. */
export function goalRows(measured: Measured): string[][] {
  return GOALS.flatMap((goal) => {
    const answers = answersTo(goal, measured);
    const worst = answers[0];
    return worst === undefined ? [] : [row(goal, worst, answers.length)];
  });
}

interface Answer {
  readonly name: string;
  readonly value: number;
}

/** The worst first. */
function answersTo({ of, figure, beside, bound }: Goal, measured: Measured): Answer[] {
  const unit = beside === undefined ? 1 : measured.get(beside)?.[figure];
  const answers = of.flatMap((name) => {
    const value = measured.get(name)?.[figure];
    return value === undefined || unit === undefined ? [] : [{ name, value: value / unit }];
  });
  return answers.sort((a, b) => (bound === '<=' ? b.value - a.value : a.value - b.value));
}

function row({ figure, beside, bound, limit }: Goal, { name, value }: Answer, count: number): string[] {
  const isMet = bound === '<=' ? value <= limit : value >= limit;
  const isLarge = limit >= 10;
  const what = `${name}: ${LABELS[figure]}${beside === undefined ? '' : ` x ${beside}`}`;
  return [
    count > 1 ? `${what} (the worst of ${count})` : what,
    value.toFixed(isLarge ? 1 : 3),
    `${bound} ${limit.toFixed(isLarge ? 0 : 2)}`,
    isMet ? 'met' : 'missed',
  ];
}
