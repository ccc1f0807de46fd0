import type { DiagnosisContext } from './context.js';
import type { FindingGroup, FindingSubject } from './finding-groups.js';
import type { Journey, JourneyNote } from './journey.js';
import { isFromOutside } from './origin.js';
import { type Request, RequestTable } from './request-table.js';
import type { Rule } from './rule.js';

/** Findings that explain why a request got no answer, whatever its protocol. */
export const CAUSES_OF_SILENCE: readonly string[] = [
  'drop-*',
  'path-swallowed',
  'arp-unanswered',
  'nd-unanswered',
  'icmp-unreachable',
  'nat-error',
  'wfp-blocked',
  'vswitch-error',
  'link-down',
  'nic-reset',
  'vlan-mismatch',
];

/** Ticks in a second. */
export const SECOND = 10_000_000;

/** A packet as a rule about requests sees it. */
export interface Exchange<Data> {
  readonly kind: 'request' | 'answer';
  /** Equal for a request, its repetitions and its answers: one for each address that NAT gave it. */
  readonly keys: readonly string[];
  /** Of a request that is new. */
  readonly data: Data;
}

/** A rule about requests that get no answer: ARP, DNS, ping. */
export interface RequestRuleOptions<Data> extends Omit<Rule, 'observe' | 'severity' | 'basis'> {
  /** Seconds that the capture must go on after the last attempt. */
  readonly wait: number;
  /** Seconds between first and last attempt that show that the sender got no answer. */
  readonly retryWait: number;
  /** The part of a packet in an exchange; undefined for all other packets. */
  readonly classify: (journey: Journey, context: DiagnosisContext) => Exchange<Data> | undefined;
  /**
   * The finding that an unanswered request belongs to, and the words that it shares with its causes.
   *
   * @returns undefined if the request is not to be reported
   */
  readonly group: (
    request: Request<Data & Asked>,
    context: DiagnosisContext,
  ) => { readonly key: string; readonly links?: readonly string[] } | undefined;
  /** Called for each request that was added to a group, with all that the group has so far. */
  readonly describe: (
    requests: readonly Request<Data & Asked>[],
    group: FindingGroup,
    context: DiagnosisContext,
  ) => FindingSubject;
}

/** Data of each request besides its rule's. */
export interface Asked {
  /** A hop that is no drop record: the capture sees more than drops. */
  readonly wasSeenPassing: boolean;
}

/** Requests of one finding that are described; further ones are counted. */
const MAX_DESCRIBED = 1000;

/**
 * Makes a rule that reports requests of this host without an answer: those repeated after {@link RequestRuleOptions.retryWait},
 * those that were dropped each time, and those after which the capture went on for {@link RequestRuleOptions.wait} without
 * lost events. Requests from outside are not reported: their answers may take another path.
 */
export function requestRule<Data extends object>(options: RequestRuleOptions<Data>): Rule {
  const { classify, describe, group: groupOf, retryWait, wait, ...rule } = options;
  return {
    severity: 'error',
    basis: 'inferred',
    ...rule,
    observe: (context, findings) => {
      const table = new RequestTable<Data & Asked>();
      return {
        onJourney: (journey) => {
          if (journey.isDerived) return;
          const exchange = classify(journey, context);
          if (exchange === undefined) return;
          if (exchange.kind === 'answer') {
            table.answer(exchange.keys, journey);
          } else if (!isFromOutside(journey)) {
            const wasSeenPassing = journey.hops.some(({ hopLocation: { dropped } }) => !dropped);
            table.ask(exchange.keys, journey, () => ({ ...exchange.data, wasSeenPassing }));
          }
        },
        onEnd: () => {
          const requests = new Map<FindingGroup, Request<Data & Asked>[]>();
          for (const request of table.waiting) {
            if (!isUnanswered(request, context, wait * SECOND, retryWait * SECOND)) continue;
            const found = groupOf(request, context);
            if (found === undefined) continue;
            const group = findings.at(found.key, () => ({ title: '' }));
            const known = requests.get(group) ?? [];
            if (known.length < MAX_DESCRIBED) known.push(request);
            requests.set(group, known);
            for (const attempt of request.attempts) group.addPacket(attempt);
            for (const link of found.links ?? []) group.link(link);
            lookAround(group, request.attempts.at(-1), context);
          }
          for (const [group, all] of requests) group.subject = describe(all, group, context);
        },
      };
    },
  };
}

function isUnanswered(
  { attemptCount, attempts, data }: Request<Asked>,
  { facts }: DiagnosisContext,
  wait: number,
  retryWait: number,
): boolean {
  const [first] = attempts;
  const last = attempts.at(-1);
  if (first === undefined || last === undefined || !data.wasSeenPassing) return false;
  if (attempts.every(({ ending }) => ending.kind === 'dropped')) return true;
  if (attemptCount > 1 && Number(last.ticks - first.ticks) >= retryWait) return true;
  return !hasLostEvents(facts) && Number(facts.lastPacket - last.ticks) >= wait;
}

/** Whether events of the capture were lost: a packet that is not in it may have been there. */
export const hasLostEvents = ({ traces }: DiagnosisContext['facts']): boolean =>
  traces.some(({ lost: { buffers, events } }) => events + buffers > 0);

function lookAround(group: FindingGroup, note: JourneyNote | undefined, context: DiagnosisContext): void {
  if (note === undefined) return;
  const { source = '', destination = '' } = note.flow;
  group.lookAround(context, note.ticks, note.host, note.ending.hop.processor, [source, destination]);
}

/** The last attempt of the last request. */
export function lastAttempt<Data>(requests: readonly Request<Data>[]): JourneyNote | undefined {
  return requests.at(-1)?.attempts.at(-1);
}
