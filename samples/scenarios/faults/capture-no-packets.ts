import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { lastPing } from './traffic.js';

/** pktmon ran and recorded no packet. */
const faulty = (): DiagnosedTrace => ({
  scenario: new FaultHost().finish('capture-no-packets'),
  findings: { 'capture-no-packets': 'events' },
});

function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  lastPing(host, 100);
  return { scenario: host.finish('capture-no-packets-healthy'), findings: {} };
}

export const captureNoPackets: Fault = { id: 'capture-no-packets', faulty, healthy };
