import { plural } from '../../format/index.js';
import { UNKNOWN } from '../../packets/index.js';
import { wireAdapterOf } from '../adapter.js';
import { findingFlow, type JourneyNote } from '../journey.js';
import { locationName } from '../last-location.js';
import type { Rule } from '../rule.js';

/** Packets in each direction before a conversation is reported. */
const MIN_PACKETS = 2;
const MAX_CONVERSATIONS = 50_000;
const MAX_NOTES = 100;

interface Direction {
  packets: number;
  /** Adapters that the packets passed, and the stacks of those where they crossed the wire. */
  readonly adapters: Set<number>;
  readonly stacks: Set<number>;
  readonly notes: JourneyNote[];
  name: string;
}

/** Conversations that leave the host at one adapter and come back at another one. */
export const pathAsymmetric: Rule = {
  id: 'path-asymmetric',
  severity: 'warning',
  basis: 'seen',
  summary: 'Conversations with different adapters in each direction',
  meaning:
    'Packets of a conversation leave the host at one adapter, and the answers come in at another one. ' +
    'Firewalls, NAT and load balancers that see one direction only may drop the packets.',
  check: [
    'Get-NetRoute | sort InterfaceMetric',
    'Get-NetIPInterface | select InterfaceAlias,WeakHostSend,WeakHostReceive',
    'Find-NetRoute -RemoteIPAddress ADDRESS',
  ],
  explain: [
    'Examines TCP, UDP, ICMP and SCTP between single hosts. Reported is a conversation with at least two packets in each direction ' +
      'whose packets leave at one adapter and arrive at another one, and pass no adapter in both directions. A team is passed in ' +
      'both directions, and a synthetic adapter and its virtual function are one.',
    'Limits: only conversations whose both directions were captured at an adapter can be examined.',
  ],
  observe: (context, findings) => {
    const conversations = new Map<string, readonly [Direction, Direction]>();
    return {
      onJourney: (journey) => {
        const wire = wireAdapterOf(journey);
        if (wire === undefined) return;
        const { a, b, protocol } = journey.flow.conversation;
        const key = `${journey.host} ${protocol} ${a} ${b}`;
        let known = conversations.get(key);
        if (known === undefined) {
          if (conversations.size >= MAX_CONVERSATIONS) return;
          known = [newDirection(), newDirection()];
          conversations.set(key, known);
        }
        const direction = known[wire.isInbound ? 1 : 0];
        if (direction.name === '') direction.name = locationName(wire.hop.hopLocation, journey.host, context);
        direction.packets += 1;
        direction.stacks.add(wire.stack);
        for (const { location } of journey.hops) {
          if (location !== undefined && location.adapter !== UNKNOWN && location.role !== 'ip')
            direction.adapters.add(location.adapter);
        }
        if (direction.notes.length < MAX_NOTES) direction.notes.push(journey.note());
      },
      onEnd: () => {
        for (const [key, [out, back]] of conversations) {
          if (out.packets < MIN_PACKETS || back.packets < MIN_PACKETS) continue;
          if (haveCommon(out.adapters, back.adapters) || haveCommon(out.stacks, back.stacks)) continue;
          const [first] = out.notes;
          if (first === undefined) continue;
          const group = findings.at(key, () => ({
            title: `${first.flow.protocol} ${first.flow.source ?? ''} → ${first.flow.destination ?? ''} leaves at ${out.name}, answers arrive at ${back.name}: ${plural(out.packets + back.packets, 'packet')}`,
            flow: findingFlow(first.flow),
            evidence: { location: back.name, values: { sent: out.packets, received: back.packets } },
          }));
          for (const note of [...out.notes, ...back.notes]) group.addPacket(note);
        }
      },
    };
  },
};

const newDirection = (): Direction => ({
  packets: 0,
  adapters: new Set(),
  stacks: new Set(),
  notes: [],
  name: '',
});

/** Whether both sets have a number that is known. */
const haveCommon = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean =>
  [...a].some((number) => number !== UNKNOWN && b.has(number));
