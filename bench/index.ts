import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { batches } from './batch.js';
import { type BenchCase, CASES } from './cases.js';
import { diagnosis } from './diagnose.js';
import { events } from './events.js';
import type { Figures, Part } from './figures.js';
import { GOALS_HEAD, goalRows } from './goals.js';
import { identity } from './identity.js';
import { isInstalled, measureOnQuietDisk, peakMiB, type Run, summarize } from './measure.js';
import { startUp } from './start-up.js';
import { cell, formatTable } from './table.js';
import { type BenchTrace, makeTrace } from './traces.js';

const HELP = `
npm run bench -- [NAME …] [options]

  NAME …             only these cases (start-up, batch, events, diagnose, identity, ${CASES.map(({ name }) => name).join(', ')})
  --large            the cases of gigabytes too; they want 50 GB of disk
  --runs N           runs of each conversion (default 5, large ones 1); the median is shown
  --profile          leave a CPU profile of each conversion in the directory
  --directory DIR    where traces and outputs go (default .bench)
  --command FILE     the program to measure (default bin/etlcap.js)
`;

/** build/bench/index.js: the project is two folders up. */
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    large: { type: 'boolean', default: false },
    runs: { type: 'string' },
    profile: { type: 'boolean', default: false },
    directory: { type: 'string', default: join(PROJECT, '.bench') },
    command: { type: 'string', default: join(PROJECT, 'bin', 'etlcap.js') },
    help: { type: 'boolean', default: false },
  },
});

const { directory, command } = values;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** The programs that a conversion is compared with. */
interface Rivals {
  readonly editcap: boolean;
  readonly tshark: boolean;
  readonly taskset: boolean;
}

/** Everything that was measured around one case. */
interface Result {
  readonly trace: BenchTrace;
  readonly etlcap: Run;
  readonly oneCore: Run | undefined;
  readonly cp: Run;
  readonly editcap: Run | undefined;
  readonly tshark: Run | undefined;
}

/** Runs in turns, so that a machine that is busy for a moment is so for all. */
async function runCase(
  { recipe, options, alsoOneCore, isLarge }: BenchCase,
  rivals: Rivals,
): Promise<Result> {
  const trace = makeTrace(directory, recipe);
  const output = join(directory, 'output.pcapng');
  const copy = join(directory, 'copy');
  const convert = [
    process.execPath,
    command,
    trace.path,
    '-o',
    output,
    '--quiet',
    '--events',
    'none',
    ...options,
  ];
  // Files are removed as early as possible: they need not be written to the disk, and their memory is free for the next
  // case.
  const without = async (paths: readonly string[], what: readonly string[]): Promise<Run> => {
    for (const path of paths) rmSync(path, { force: true });
    return measureOnQuietDisk(what);
  };
  const runs: Record<'etlcap' | 'oneCore' | 'cp' | 'editcap' | 'tshark', Run[]> = {
    etlcap: [],
    oneCore: [],
    cp: [],
    editcap: [],
    tshark: [],
  };
  const times = values.runs === undefined ? (isLarge ? 1 : 5) : Number(values.runs);
  for (let n = 0; n < times; n++) {
    runs.cp.push(await without([copy, output], ['cp', trace.path, copy]));
    if (alsoOneCore && rivals.taskset) {
      runs.oneCore.push(await without([copy, output], ['taskset', '-c', '0', ...convert]));
    }
    runs.etlcap.push(await without([copy, output], convert));
    if (rivals.editcap) runs.editcap.push(await without([copy], ['editcap', output, copy]));
    // One run is enough: it takes many times as long as all others.
    if (rivals.tshark && n === 0 && !isLarge) {
      runs.tshark.push(await without([copy], ['tshark', '-r', output, '-w', copy]));
    }
  }
  if (values.profile) {
    const [node = '', ...rest] = convert;
    const profiled = [node, '--cpu-prof', `--cpu-prof-dir=${join(directory, 'profiles')}`, ...rest];
    await without([output], profiled);
  }
  rmSync(output, { force: true });
  rmSync(copy, { force: true });
  const maybe = (of: readonly Run[]): Run | undefined => (of.length === 0 ? undefined : summarize(of));
  return {
    trace,
    etlcap: summarize(runs.etlcap),
    oneCore: maybe(runs.oneCore),
    cp: summarize(runs.cp),
    editcap: maybe(runs.editcap),
    tshark: maybe(runs.tshark),
  };
}

const HEAD = [
  'case',
  'packets',
  'seconds',
  'CPU',
  'us/packet',
  'MB/s',
  'x cp',
  'x editcap',
  'x tshark',
  'CPU x editcap',
  '1 core/2',
  'peak MiB',
];

function figuresOf({ recipe }: BenchCase, { trace, etlcap, oneCore, cp, editcap, tshark }: Result): Figures {
  const over = (other: Run | undefined): number | undefined => other && etlcap.wall / other.wall;
  return {
    overCp: over(cp),
    overEditcap: over(editcap),
    overTshark: over(tshark),
    oneCore: oneCore && oneCore.wall / etlcap.wall,
    perPacket: (etlcap.wall / recipe.count) * 1e6,
    speed: trace.expanded / 1e6 / etlcap.wall,
    peak: peakMiB(etlcap),
  };
}

function row({ name, recipe }: BenchCase, { etlcap, editcap }: Result, figures: Figures): string[] {
  return [
    name,
    String(recipe.count),
    cell(etlcap.wall, 2),
    cell(etlcap.cpu, 2),
    cell(figures.perPacket, 3),
    cell(figures.speed, 0),
    cell(figures.overCp, 2),
    cell(figures.overEditcap, 2),
    cell(figures.overTshark, 2),
    // On a shared machine, CPU time is more accurate than wall time.
    etlcap.cpu && editcap?.cpu ? cell(etlcap.cpu / editcap.cpu, 2) : '-',
    cell(figures.oneCore, 2),
    cell(figures.peak, 0),
  ];
}

async function conversions(cases: readonly BenchCase[]): Promise<Part> {
  const rivals = {
    editcap: isInstalled('editcap'),
    tshark: isInstalled('tshark'),
    taskset: isInstalled('taskset'),
  };
  const rows: string[][] = [];
  const figures = new Map<string, Figures>();
  for (const one of cases) {
    process.stderr.write(`${one.name} …\n`);
    const result = await runCase(one, rivals);
    const of = figuresOf(one, result);
    figures.set(one.name, of);
    rows.push(row(one, result, of));
  }
  return { head: HEAD, rows, figures };
}

async function main(): Promise<void> {
  const unknown = positionals.filter(
    (name) =>
      name !== 'start-up' &&
      name !== 'batch' &&
      name !== 'events' &&
      name !== 'diagnose' &&
      name !== 'identity' &&
      CASES.every((one) => one.name !== name),
  );
  if (values.help || unknown.length > 0) {
    for (const name of unknown) say(`no case ${name}`);
    say(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  mkdirSync(directory, { recursive: true });
  const isAsked = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
  const measured = new Map<string, Figures>();
  const show = ({ head, rows, figures }: Part): void => {
    if (rows.length > 0) say(formatTable(head, rows));
    for (const [name, of] of figures) measured.set(name, of);
  };
  if (isAsked('start-up')) show(await startUp(directory, command));
  if (isAsked('batch')) show(await batches(directory, command, Number(values.runs ?? 3)));
  if (isAsked('events')) show(await events(directory, command, Number(values.runs ?? 3)));
  if (isAsked('diagnose')) show(await diagnosis(directory, command, Number(values.runs ?? 3)));
  if (isAsked('identity')) show(await identity(directory, command, Number(values.runs ?? 5)));
  const chosen = CASES.filter(
    ({ name, isLarge }) => positionals.includes(name) || (isAsked(name) && (!isLarge || values.large)),
  );
  show(await conversions(chosen));
  const goals = goalRows(measured);
  if (goals.length > 0) say(formatTable(GOALS_HEAD, goals));
}

await main();
