/** A Slurm cluster of one machine, from Debian's packages slurm-wlm and munge. */

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe } from 'vitest';
import { isOnPath } from './wireshark.js';

const PROGRAMS = ['slurmctld', 'slurmd', 'sbatch', 'munged'];
const isMissing = PROGRAMS.some((program) => !isOnPath(program)) && process.env.ETLCAP_REQUIRE_SLURM !== '1';

/** A `describe` for tests that run Slurm: skipped if it is missing, unless ETLCAP_REQUIRE_SLURM=1. */
export function describeWithSlurm(name: string, tests: () => void): void {
  describe.skipIf(isMissing)(name, tests);
}

export interface Slurm {
  /** Runs a program of Slurm and returns its output without the last line break. */
  readonly run: (program: string, ...args: readonly string[]) => string;
  /** Kills the processes of a running task of an array, as the kernel does when memory is short. */
  readonly killTask: (index: number) => void;
  /** Ends all jobs and the daemons. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the controller and a node with two CPUs.
 *
 * @param directory an empty one for keys, state and logs
 * @param environment of the programs that submit jobs, and so of the jobs
 */
export async function startSlurm(
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<Slurm> {
  for (const name of ['munge', 'state', 'spool'])
    mkdirSync(join(directory, name), { recursive: true, mode: 0o700 });
  const munge = join(directory, 'munge');
  writeFileSync(join(munge, 'key'), randomBytes(1024), { mode: 0o400 });
  const configuration = join(directory, 'slurm.conf');
  writeFileSync(configuration, configurationText(directory));
  const env = { ...process.env, ...environment, SLURM_CONF: configuration };

  const run = (program: string, ...args: readonly string[]): string => {
    const { error, status, stderr, stdout } = spawnSync(program, args, {
      cwd: directory,
      encoding: 'utf8',
      env,
      timeout: 60_000,
    });
    if (error !== undefined) throw error;
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr}`);
    return stdout.trimEnd();
  };
  const stop = async (): Promise<void> => {
    if (existsSync(join(directory, 'slurmd.pid'))) {
      run('scancel', '--user', userInfo().username);
      await until(() => run('squeue', '-h') === '', 'the jobs have ended');
    }
    for (const name of ['slurmd.pid', 'slurmctld.pid', 'munge/pid']) {
      const path = join(directory, name);
      if (existsSync(path)) spawnSync('kill', ['-9', readFileSync(path, 'utf8').trim()]);
    }
  };

  try {
    run(
      'munged',
      '--force',
      ...['--socket', join(munge, 'socket'), '--key-file', join(munge, 'key')],
      ...['--pid-file', join(munge, 'pid'), '--seed-file', join(munge, 'seed')],
      ...['--log-file', join(munge, 'log')],
    );
    run('slurmctld', '-c', '-f', configuration);
    run('slurmd', '-f', configuration);
    await until(() => run('sinfo', '-h', '-o', '%t') === 'idle', 'the node is idle');
  } catch (error) {
    await stop();
    throw error;
  }
  const killTask = (index: number): void => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/u.test(name)))
      if (isOfTask(environmentOf(pid), index)) process.kill(Number(pid), 'SIGKILL');
  };
  const isOfTask = (variables: readonly string[], index: number): boolean =>
    variables.includes(`SLURM_CONF=${configuration}`) && variables.includes(`SLURM_ARRAY_TASK_ID=${index}`);
  return { run, killTask, stop };
}

/** Variables of a process, `NAME=VALUE`; none if it has ended or belongs to somebody else. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** Waits for a condition. @throws Error after two minutes */
export async function until(condition: () => boolean, name: string): Promise<void> {
  const end = Date.now() + 120_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`timed out before ${name}`);
    await delay(50);
  }
}

/**
 * Process tracking and tasks without cgroups, which containers may not have. `cred_expire` is also the time before a
 * requeued job starts again.
 */
const configurationText = (directory: string): string => `ClusterName=etlcap
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmUser=${userInfo().username}
SlurmdUser=${userInfo().username}
AuthType=auth/munge
AuthInfo=socket=${directory}/munge/socket,cred_expire=10
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=${directory}/state
SlurmdSpoolDir=${directory}/spool
SlurmctldPidFile=${directory}/slurmctld.pid
SlurmdPidFile=${directory}/slurmd.pid
SlurmctldLogFile=${directory}/slurmctld.log
SlurmdLogFile=${directory}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
