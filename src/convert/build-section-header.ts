import { isoTime } from '../etl/index.js';
import { joinTokens, token } from '../host/index.js';
import type { TraceSession } from '../passes/index.js';
import type { SectionHeader } from '../pcap-writer/index.js';

/** Limit of damaged sections that the section header lists. */
const MAX_DAMAGE_COMMENTS = 20;

/** The section header: the origin of the trace, and its losses. */
export function sectionHeader(sessions: readonly TraceSession[], version: string): SectionHeader {
  const [first] = sessions;
  const system = first?.host.system;
  const hardware = joinWords([
    first && first.trace.header.processors > 0 ? `${first.trace.header.processors} processors` : undefined,
    system?.processorMhz ? `${system.processorMhz} MHz` : undefined,
    system?.memory ? `${system.memory} MiB` : undefined,
  ]);
  const os = first?.host.systemText;
  return {
    ...(hardware !== '' && { hardware }),
    ...(os !== undefined && { os }),
    userAppl: `etlcap ${version}`,
    comments: sessions.flatMap(traceComments),
  };
}

function traceComments({ host, loss, survey, times, trace }: TraceSession): string[] {
  const { header, damage } = trace;
  const about = joinTokens([
    token('Computer', host.system.computerName),
    token('Logger', header.loggerName),
    token('LogFile', header.fileName),
    token('Start', isoTime(times.start)),
    token('End', times.end === undefined ? undefined : isoTime(times.end)),
    token('EventsLost', loss.eventsLost || undefined),
    token('BuffersLost', loss.buffersLost || undefined),
    token('RealTimeLosses', loss.realTimeLosses || undefined),
    token('BuffersAfterLoss', loss.buffersAfterLoss || undefined),
    token('BuffersMissing', loss.missingBuffers || undefined),
    token('BuffersRepeated', survey.repeatedBuffers || undefined),
    token('DamagedPlaces', damage.total || undefined),
    token('DamagedBytes', damage.bytes || undefined),
  ]);
  const places = damage.items
    .slice(0, MAX_DAMAGE_COMMENTS)
    .map(({ bytes, kind, offset, reason }) =>
      joinTokens([
        token('Damage', kind),
        token('Offset', offset),
        token('Bytes', bytes),
        token('Reason', reason),
      ]),
    );
  const gaps = survey.gaps
    .slice(0, MAX_DAMAGE_COMMENTS)
    .map(({ buffers, firstSequence, offset }) =>
      joinTokens([
        token('Damage', 'missing-buffers'),
        token('Offset', offset),
        token('Buffers', buffers),
        token('FirstSequence', firstSequence),
      ]),
    );
  return [about, ...places, ...gaps];
}

const joinWords = (words: readonly (string | undefined)[]): string =>
  words.filter((word) => word !== undefined).join(', ');
