import { plural } from '../../format/index.js';
import { wireAdapterOf } from '../adapter.js';
import { findingFlow, type JourneyNote } from '../journey.js';
import { locationName } from '../last-location.js';
import type { Rule } from '../rule.js';

/** Packets at the old and at the new adapter before a change is reported. */
const MIN_PACKETS = 3;
const MAX_FLOWS = 50_000;

interface Followed {
  adapter: number;
  name: string;
  packets: number;
  lastTicks: bigint;
  /** The change that is not certain yet. */
  change:
    | { readonly note: JourneyNote; readonly from: number; readonly fromName: string; readonly since: bigint }
    | undefined;
  isReported: boolean;
}

/** Flows that moved to another adapter of a team, or from a virtual function to the synthetic adapter. */
export const pathChanged: Rule = {
  id: 'path-changed',
  severity: 'warning',
  basis: 'seen',
  summary: 'Flows that moved to another adapter',
  meaning:
    'Packets of a flow began to use another adapter of the same team or stack, and the old one was not used any more. ' +
    'A failover, or the loss of a virtual function, is the usual reason; packets may be lost or delayed at that moment.',
  check: [
    'Get-NetLbfoTeamMember',
    'Get-VMSwitchTeam',
    'Get-NetAdapter',
    'Get-NetAdapterSriov',
    'Get-WinEvent -ProviderName Microsoft-Windows-MsLbfoSysEvtProvider',
  ],
  explain: [
    'Examines the adapter at which packets of each flow leave or enter the host. Reported is a flow with at least 3 packets at one ' +
      'adapter and then at least 3 at another one of the same team or stack, if no packet of the host used the first adapter after ' +
      'the change.',
    'Limits: a team that distributes flows anew while both adapters work is not reported.',
  ],
  causes: ['link-down', 'nic-reset', 'vf-switched'],
  observe: (context, findings) => {
    const flows = new Map<string, Followed>();
    /** Time of the last packet at each adapter, by host and interface index. */
    const lastUse = new Map<string, bigint>();
    const changed: { readonly followed: Followed; readonly host: number }[] = [];
    return {
      onJourney: (journey) => {
        const wire = wireAdapterOf(journey);
        if (wire === undefined) return;
        const { adapter, hop, isInbound, stack } = wire;
        const { ticks } = journey.path;
        lastUse.set(`${journey.host} ${adapter}`, ticks);
        const { a, b, protocol } = journey.flow.conversation;
        const key = `${journey.host} ${stack} ${isInbound} ${protocol} ${a} ${b}`;
        const known = flows.get(key);
        if (known === undefined) {
          if (flows.size >= MAX_FLOWS) return;
          const name = locationName(hop.hopLocation, journey.host, context);
          flows.set(key, {
            adapter,
            name,
            packets: 1,
            lastTicks: ticks,
            change: undefined,
            isReported: false,
          });
          return;
        }
        if (known.adapter !== adapter) {
          const change = { note: journey.note(), from: known.adapter, fromName: known.name, since: ticks };
          known.change = known.packets >= MIN_PACKETS ? change : undefined;
          known.adapter = adapter;
          known.name = locationName(hop.hopLocation, journey.host, context);
          known.packets = 0;
        }
        known.packets += 1;
        known.lastTicks = ticks;
        if (known.change !== undefined && known.packets >= MIN_PACKETS && !known.isReported) {
          known.isReported = true;
          changed.push({ followed: known, host: journey.host });
        }
      },
      onEnd: () => {
        for (const { followed, host } of changed) {
          const { change, name } = followed;
          if (change === undefined) continue;
          if ((lastUse.get(`${host} ${change.from}`) ?? 0n) > change.since) continue;
          const { note } = change;
          const group = findings.at(`${host} ${change.fromName} ${name}`, () => ({
            title: '',
            flow: findingFlow(note.flow),
            evidence: { location: name, values: { before: change.fromName, after: name } },
          }));
          group.addPacket(note);
          group.subject = {
            ...group.subject,
            title: `${plural(group.count, 'flow')} moved from ${change.fromName} to ${name}`,
          };
          group.lookAround(context, note.ticks, note.host, note.ending.hop.processor, []);
        }
      },
    };
  },
};
