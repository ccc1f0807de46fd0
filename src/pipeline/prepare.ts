import {
  CompartmentFileError,
  type CompartmentList,
  type Packet,
  parseCompartments,
} from '../capture/index.js';
import { EtlError, Trace } from '../etl/index.js';
import { ConvertError } from './errors.js';
import { limitError, notATrace, type OpenInput } from './input.js';
import { readManifests } from './manifests.js';
import type { ConvertOptions } from './options.js';
import type { TraceReader } from './reading/index.js';
import { HostGroup, TraceSession } from './session.js';
import type { Turns } from './streams.js';

/**
 * Opens the traces and runs the first pass over all of them.
 *
 * @param reader who reads them, in both passes
 * @param keeps which packets count for the places; undefined: all
 */
export async function prepare(
  inputs: readonly OpenInput[],
  reader: TraceReader,
  options: Pick<ConvertOptions, 'compartments' | 'manifests' | 'onProgress'>,
  keeps: ((packet: Packet) => boolean) | undefined,
  turns: Turns,
): Promise<TraceSession[]> {
  const compartments = options.compartments === undefined ? undefined : compartmentList(options.compartments);
  const headers = inputs.map((input) => openTrace(input).header);
  // Keys of traces that are merged count from one moment.
  let keyBase = headers[0]?.startTime ?? 0n;
  for (const { startTime } of headers) if (startTime < keyBase) keyBase = startTime;
  const groups = new Map<string, HostGroup>();
  const sessions = inputs.map((input, traceIndex) => {
    const { bootTime, build } = headers[traceIndex] ?? {};
    const boot = `${bootTime}/${build}`;
    const group = groups.get(boot) ?? new HostGroup();
    groups.set(boot, group);
    return new TraceSession(input, reader, group, { keyBase, traceIndex });
  });
  for (const [at, session] of sessions.entries()) {
    await session
      .runSurvey(keeps, turns, (progress) =>
        options.onProgress?.({ ...progress, fraction: (0.5 * at + progress.fraction) / sessions.length }),
      )
      .catch((error: unknown) => {
        throw limitError(session.input.name, error);
      });
  }
  await readSchemas([...groups.values()], sessions, options.manifests ?? []);
  for (const [at, session] of sessions.entries()) {
    try {
      session.finishSurvey(compartments, sessions.length === 1 ? undefined : at);
    } catch (error) {
      throw limitError(session.input.name, error);
    }
  }
  return sessions;
}

/** Reads the manifests that the traces carry and those that the user gave. */
async function readSchemas(
  groups: readonly HostGroup[],
  sessions: readonly TraceSession[],
  paths: readonly string[],
): Promise<void> {
  const manifests = await readManifests(paths, (id) => sessions.some(({ providers }) => providers.has(id)));
  for (const group of groups) {
    for (const { path, text } of manifests) group.schemas.addManifest(text, path);
    group.manifestProblems.push(...(await group.schemas.prepare()));
  }
}

function openTrace(input: OpenInput): Trace {
  try {
    return new Trace(input.source);
  } catch (error) {
    throw error instanceof EtlError ? notATrace(input.name, error) : error;
  }
}

function compartmentList(text: string | Uint8Array): CompartmentList {
  try {
    return parseCompartments(text);
  } catch (error) {
    if (error instanceof CompartmentFileError)
      throw new ConvertError('usage', `--compartments: ${error.message}`);
    throw error;
  }
}
