import { EtlError, Trace } from '../etl/index.js';
import {
  CompartmentFileError,
  type CompartmentList,
  type HostInfo,
  type HostInfoFile,
  type HostInfoFileReport,
  joinHostInfo,
  parseCompartments,
  parseHostInfo,
  type TextEncoding,
  withoutNumbers,
} from '../host/index.js';
import type { Packet } from '../packets/index.js';
import { ConvertError } from './errors.js';
import type { EventLoopYielder } from './event-loop-yielder.js';
import { divideByHost } from './host-identity.js';
import { limitError, notATrace, type OpenInput } from './open-input.js';
import type { ConversionOptions } from './options.js';
import type { Runtime } from './runtime.js';
import type { TraceReader } from './trace-reader.js';
import { HostGroup, TraceSession } from './trace-session.js';

/**
 * Opens the traces and runs the survey over all of them.
 *
 * @param reader reads them in both passes
 * @param keeps selects packets whose locations count; undefined: all
 * @param runtime reads the manifests that the options name
 */
export async function prepare(
  inputs: readonly OpenInput[],
  reader: TraceReader,
  options: Pick<
    ConversionOptions,
    'compartments' | 'compartmentsEncoding' | 'hostInfo' | 'manifests' | 'onProgress'
  >,
  keeps: ((packet: Packet) => boolean) | undefined,
  yielder: EventLoopYielder,
  runtime: Pick<Runtime, 'readHostInfo' | 'readManifests'>,
): Promise<TraceSession[]> {
  const compartments =
    options.compartments === undefined
      ? undefined
      : compartmentList(options.compartments, options.compartmentsEncoding);
  const hostFiles = await runtime.readHostInfo(options.hostInfo ?? []);
  const headers = inputs.map((input) => openTrace(input).header);
  // Keys of traces that are merged count from one moment.
  let keyBase = headers[0]?.startTime ?? 0n;
  for (const { startTime } of headers) if (startTime < keyBase) keyBase = startTime;
  const boots = headers.map(({ bootTime, build }) => `${bootTime}/${build}`);
  const open = (hosts: readonly string[], mayShareHost: boolean): TraceSession[] => {
    const groups = new Map(hosts.map((host) => [host, new HostGroup()]));
    return inputs.map((input, traceIndex) => {
      const host = hosts[traceIndex] ?? '';
      const hasCompanions = mayShareHost && hosts.indexOf(host) !== hosts.lastIndexOf(host);
      const group = groups.get(host) ?? new HostGroup();
      return new TraceSession(input, reader, group, { keyBase, traceIndex }, hasCompanions);
    });
  };
  const survey = async (surveyed: readonly TraceSession[]): Promise<void> => {
    for (const [at, session] of surveyed.entries()) {
      await session
        .runSurvey(keeps, yielder, (progress) =>
          options.onProgress?.({ ...progress, fraction: (0.5 * at + progress.fraction) / surveyed.length }),
        )
        .catch((error: unknown) => {
          throw limitError(session.input.name, error);
        });
    }
  };
  let sessions = open(boots, true);
  await survey(sessions);
  const hosts = hostsOf(sessions, boots);
  if (new Set(hosts).size > new Set(boots).size) {
    // Traces of several hosts with the same boot second were read as one host: they are read again, separately.
    sessions = open(hosts, false);
    await survey(sessions);
  }
  const groups = [...new Set(sessions.map(({ group }) => group))];
  await readSchemas(groups, sessions, options.manifests ?? [], runtime);
  const infoOf = new Map(groups.map((group) => [group, hostInfoFor(group, sessions, hostFiles)]));
  for (const [at, session] of sessions.entries()) {
    const number = sessions.length === 1 ? undefined : at;
    const hostInfo = infoOf.get(session.group);
    withInputName(session, () => session.finishSurvey(compartments, hostInfo, number));
  }
  return sessions;
}

/**
 * Facts about the host of a group from files: those of the options first, then those next to its traces.
 *
 * @throws ConvertError `usage` if the files of the options have no usable facts
 */
function hostInfoFor(
  group: HostGroup,
  sessions: readonly TraceSession[],
  given: readonly HostInfoFile[],
): HostInfo | undefined {
  const beside = new Map(
    sessions
      .filter((session) => session.group === group)
      .flatMap(({ input }) => (input.hostFiles ?? []).map((file) => [file.name, file])),
  );
  if (given.length + beside.size === 0) return undefined;
  const isUsed = ({ contents }: HostInfoFileReport): boolean => Object.keys(contents).length > 0;
  const named = parseHostInfo(given);
  const [first] = named.files;
  if (first !== undefined && !named.files.some(isUsed)) {
    throw new ConvertError('usage', `--host-info ${first.name}: ${first.problem}`);
  }
  const found = parseHostInfo([...beside.values()]);
  const isShared = sessions.some((session) => session.group !== group);
  const info = joinHostInfo(isShared ? withoutNumbers(named) : named, {
    ...found,
    // Nobody asked for files in an archive whose content is not used.
    files: found.files.filter(isUsed),
  });
  return info.files.length === 0 ? undefined : info;
}

/** Runs a step; errors about limits name the input. */
function withInputName<T>(session: TraceSession, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw limitError(session.input.name, error);
  }
}

/** A key for each trace, equal for traces of the same host, from the survey. */
function hostsOf(sessions: readonly TraceSession[], boots: readonly string[]): string[] {
  const hosts = [...boots];
  for (const boot of new Set(boots)) {
    const members = [...boots.keys()].filter((at) => boots[at] === boot);
    if (members.length < 2) continue;
    const identities = members.flatMap((at) => {
      const session = sessions[at];
      return session === undefined ? [] : withInputName(session, () => session.identity());
    });
    for (const [n, host] of divideByHost(identities).entries()) hosts[members[n] ?? 0] = `${boot}/${host}`;
  }
  return hosts;
}

/** Reads the manifests in the traces and those of the options. */
async function readSchemas(
  groups: readonly HostGroup[],
  sessions: readonly TraceSession[],
  paths: readonly string[],
  runtime: Pick<Runtime, 'readManifests'>,
): Promise<void> {
  const manifests = await runtime.readManifests(paths, (id) =>
    sessions.some(({ providers }) => providers.has(id)),
  );
  for (const group of groups) {
    for (const { path, text } of manifests) group.schemas.addManifest(text, path);
    for (const problem of await group.schemas.prepare()) group.manifestProblems.push(problem);
  }
}

function openTrace(input: OpenInput): Trace {
  try {
    return new Trace(input.source);
  } catch (error) {
    throw error instanceof EtlError ? notATrace(input.name, error) : error;
  }
}

function compartmentList(text: string | Uint8Array, encoding: TextEncoding | undefined): CompartmentList {
  try {
    return parseCompartments(text, encoding);
  } catch (error) {
    if (error instanceof CompartmentFileError)
      throw new ConvertError('usage', `--compartments: ${error.message}`);
    throw error;
  }
}
