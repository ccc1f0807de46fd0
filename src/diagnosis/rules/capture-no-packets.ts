import { BuiltinProviderId } from '../../etw/index.js';
import type { CaptureFacts } from '../context.js';
import type { Rule } from '../rule.js';

/** Providers that record packets. */
const CAPTURES: readonly string[] = [BuiltinProviderId.pktMon, BuiltinProviderId.ndisPacketCapture];
/** Records of a trace itself, by the name of their provider. */
const INTERNAL: ReadonlySet<string> = new Set([
  'kernel',
  'EventMetadata',
  'SystemConfiguration',
  'SystemConfig',
]);

/** Captures without packets. */
export const captureNoPackets: Rule = {
  id: 'capture-no-packets',
  severity: 'error',
  basis: 'seen',
  summary: 'The capture has no packets',
  meaning:
    'A packet capture ran, and the trace has no packet. ' +
    'Nothing can be concluded about traffic; only events can show faults.',
  check: [
    'pktmon filter list',
    'pktmon start --capture --comp all --pkt-size 0',
    'pktmon status',
    'pktmon list --all',
  ],
  explain: [
    'Reports traces with records of pktmon or NDIS-PacketCapture and without any packet, with the likely reason: filters that ' +
      'matched nothing, or lost events.',
    'Traces with events of other providers are not reported: they may have been recorded for these events.',
    'Limits: traces of other providers alone are not meant to have packets and are not reported.',
  ],
  observe: (context, findings) => ({
    onEnd: () => {
      const { facts } = context;
      const isCapture = facts.providers.some(({ id, records }) => records > 0 && CAPTURES.includes(id));
      if (!isCapture || facts.appearances > 0) return;
      const hasEvents = facts.providers.some(
        ({ id, name, records }) => records > 0 && !CAPTURES.includes(id) && !INTERNAL.has(name ?? id),
      );
      if (hasEvents) return;
      findings.at('', () => ({ title: `the capture has no packets: ${reasonOf(facts)}` })).addCount(1);
    },
  }),
};

function reasonOf({ traces }: CaptureFacts): string {
  if (traces.some(({ filters }) => filters.length > 0)) return 'no packet matched its filters';
  if (traces.some(({ lost: { buffers, events } }) => buffers + events > 0)) return 'events were lost';
  return 'no packet passed the recorded components, or packets were not recorded (pktmon --counters-only, or without --capture)';
}
