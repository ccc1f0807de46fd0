import { statusName } from '../etw/index.js';
import type { DiagnosisContext } from './context.js';
import { bytesField, type DiagnosisEvent, numberField, textField } from './event.js';
import type { FindingSubject } from './finding-groups.js';
import { findingFlow, type Journey } from './journey.js';
import type { Rule } from './rule.js';

/** Ticks between an event and the packet that it is about: 5 ms. */
const WINDOW = 50_000;
/** Packets of the last 5 ms, and events without a packet, that are kept. */
const MAX_WAITING = 1000;

/** An event as a finding. */
export interface EventFinding {
  /** Events with one key are one finding. */
  readonly key: string;
  readonly subject: FindingSubject;
  /** Links to findings with the same cause, see `FindingGroup.link`. */
  readonly links?: readonly string[];
  /** Decides whether a packet within 5 ms is the one that the event is about; absent: events of this kind name no packet. */
  readonly isAbout?: (journey: Journey) => boolean;
}

/** The parts of a rule about logged errors that differ between rules. */
export interface EventRuleOptions
  extends Pick<Rule, 'id' | 'summary' | 'meaning' | 'check' | 'explain'>,
    Partial<Pick<Rule, 'severity' | 'causes' | 'notVisible'>> {
  readonly events: NonNullable<Rule['events']>;
  /** Starts a run; the function returns undefined for events that are no error. */
  readonly start: (context: DiagnosisContext) => (event: DiagnosisEvent) => EventFinding | undefined;
}

interface Waiting {
  readonly event: DiagnosisEvent;
  readonly key: string;
  readonly isAbout: (journey: Journey) => boolean;
}

/** A rule about events in which Windows logs an error. */
export function eventRule({ start, ...texts }: EventRuleOptions): Rule {
  return {
    severity: 'error',
    basis: 'logged',
    ...texts,
    observe: (context, findings) => {
      const read = start(context);
      let waiting: Waiting[] = [];
      return {
        onEvent: (event) => {
          const found = read(event);
          if (found === undefined) return;
          const { isAbout, key, links = [], subject } = found;
          const group = findings.at(`${event.host} ${key}`, () => ({
            ...subject,
            evidence: {
              provider: event.json.provider ?? event.providerId,
              eventId: event.id,
              fields: event.json.data,
              ...subject.evidence,
            },
          }));
          // Until its packet is known, the event counts for it.
          group.addEvent(event);
          for (const link of links) group.link(link);
          group.lookAround(context, event.ticks, event.host, event.processor, [
            subject.component ?? '',
            subject.flow?.source ?? '',
            subject.flow?.destination ?? '',
          ]);
          if (isAbout === undefined) return;
          if (waiting.length >= MAX_WAITING) waiting = waiting.slice(MAX_WAITING / 2);
          waiting.push({ event, key: `${event.host} ${key}`, isAbout });
        },
        onJourney: (journey) => {
          if (waiting.length === 0 || journey.isDerived) return;
          const at = waiting.findIndex(
            ({ event, isAbout }) => event.host === journey.host && isNear(event, journey) && isAbout(journey),
          );
          const [found] = at === -1 ? [] : waiting.splice(at, 1);
          if (found === undefined) return;
          const note = journey.note();
          const group = findings.at(found.key, () => ({ title: texts.summary }));
          if (!group.packets.has(note.packet)) group.addCount(-1);
          group.addPacket(note);
        },
      };
    },
  };
}

/** Whether an event was logged while the packet passed the host, or up to 5 ms before or after. */
function isNear({ ticks }: DiagnosisEvent, { path }: Journey): boolean {
  const age = Number(ticks - path.ticks);
  return age >= -WINDOW && age <= path.last.since + WINDOW;
}

/**
 * A status code with its name: `STATUS_IO_TIMEOUT (0xc00000b5)`, `ERROR_TIMEOUT (1460)`.
 *
 * @returns undefined if the event does not have the field
 */
export function statusField(event: DiagnosisEvent, name: string, kind: StatusKind): string | undefined {
  const code = numberField(event, name);
  if (code === undefined) return textField(event, name);
  const number = kind === 'win32' && code < 0x8000_0000 ? String(code) : `0x${code.toString(16)}`;
  const text = statusName(kind, code);
  return text === undefined ? number : `${text} (${number})`;
}

type StatusKind = Parameters<typeof statusName>[0];

/** Whether a packet belongs to a connection or a pair of addresses, in either direction; ports are compared where both have them. */
export function isBetween(journey: Journey, local: string, remote: string): boolean {
  return journey.flows.some((flow) => {
    const { destination, source } = findingFlow(flow);
    return (
      (isEndpoint(source, local) && isEndpoint(destination, remote)) ||
      (isEndpoint(source, remote) && isEndpoint(destination, local))
    );
  });
}

/** ICMP packets have no port; events have port 0 or the type for them. */
const isEndpoint = (own: string | undefined, logged: string): boolean =>
  own !== undefined && (own === logged || own === addressOf(logged));

/** The address of `10.0.0.1:443` or `[fe80::1]:443`. */
export function addressOf(endpoint: string): string {
  if (endpoint.startsWith('[')) return endpoint.slice(1, endpoint.indexOf(']'));
  const parts = endpoint.split(':');
  return parts.length === 2 ? (parts[0] ?? '') : endpoint;
}

/** IPv4 and IPv6 multicast, and broadcast as far as its text shows it. */
export const isGroupText = (endpoint: string): boolean =>
  /^(?:2(?:2[4-9]|3\d)\.|\d+\.\d+\.\d+\.255$|ff)/u.test(addressOf(endpoint));

/** The bytes of a field as a MAC address. */
export function macField(event: DiagnosisEvent, name: string): string | undefined {
  const bytes = bytesField(event, name);
  if (bytes?.length !== 6) return textField(event, name);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
