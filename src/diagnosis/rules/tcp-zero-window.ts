import { latency, plural } from '../../format/index.js';
import { findingFlow, type JourneyNote } from '../journey.js';
import { isFromOutside } from '../origin.js';
import type { Rule } from '../rule.js';
import { type TcpSide, tcpConnections } from '../tcp/tcp-connections.js';
import { TcpFlag } from '../tcp/tcp-header.js';
import { SECOND } from '../unanswered.js';

/** A window that is closed for a shorter time is reopened as soon as the program reads. */
const MIN_CLOSED = 0.2 * SECOND;
const MAX_CLOSED = 10_000;

interface Closed {
  readonly notes: JourneyNote[];
  count: number;
  readonly since: bigint;
  readonly isRemote: boolean;
}

/** Receivers whose TCP window was closed for long. */
export const tcpZeroWindow: Rule = {
  id: 'tcp-zero-window',
  severity: 'warning',
  basis: 'seen',
  summary: 'TCP receivers that took no data',
  meaning:
    'A receiver announced a TCP window of zero: its buffer is full, because its program does not read. ' +
    'The sender has to wait; the network is not the cause.',
  check: [
    'Get-NetTCPConnection -LocalPort PORT | select OwningProcess',
    'Get-Process -Id PID | select CPU,WorkingSet,Threads',
    'Get-Counter "\\PhysicalDisk(*)\\Avg. Disk Queue Length"',
  ],
  explain: [
    'Examines segments with a window of 0, without SYN, FIN and RST. Reported is a side whose window stayed closed for 0.2 ' +
      'seconds or longer: up to its next segment with a window, or up to the last packet of the capture.',
    'Limits: a window that is small but not zero is not reported. With lost events, the segment that opened the window may be missing.',
  ],
  protocols: ['TCP'],
  observe: (context, findings) => {
    const connections = tcpConnections(context);
    const closed = new Map<TcpSide, Closed>();
    const report = ({ count, isRemote, notes, since }: Closed, until: bigint): void => {
      const [first] = notes;
      if (first === undefined || Number(until - since) < MIN_CLOSED) return;
      const flow = findingFlow(first.flow);
      const group = findings.at(`${first.host} ${flow.source} ${flow.destination}`, () => ({
        title: '',
        flow,
      }));
      for (const note of notes) group.addPacket(note);
      if (count > notes.length) group.addCount(count - notes.length);
      const seconds = Number(until - since) / SECOND;
      group.subject = {
        ...group.subject,
        title: `TCP window of ${flow.source} closed for ${latency(seconds)} (${plural(group.count, 'segment')}): ${isRemote ? 'the other host' : 'a program of this host'} did not read data of ${flow.destination}`,
        evidence: { values: { seconds, segments: group.count } },
      };
      group.lookAround(context, first.ticks, first.host, first.ending.hop.processor, [
        first.flow.source ?? '',
        first.flow.destination ?? '',
      ]);
    };
    return {
      onJourney: (journey) => {
        const segment = connections.segment(journey);
        if (segment === undefined) return;
        const { header, sender } = segment;
        const isClosing = (header.flags & (TcpFlag.syn | TcpFlag.fin | TcpFlag.rst)) !== 0;
        const known = closed.get(sender);
        if (header.window === 0 && !isClosing) {
          if (known !== undefined) {
            known.count += 1;
            if (known.notes.length < 100) known.notes.push(journey.note());
          } else if (closed.size < MAX_CLOSED) {
            const { ticks: since } = journey.path;
            closed.set(sender, {
              notes: [journey.note()],
              count: 1,
              since,
              isRemote: isFromOutside(journey),
            });
          }
        } else if (known !== undefined) {
          closed.delete(sender);
          report(known, journey.path.ticks);
        }
      },
      onEnd: () => {
        for (const each of closed.values()) report(each, context.facts.lastPacket);
      },
    };
  },
};
