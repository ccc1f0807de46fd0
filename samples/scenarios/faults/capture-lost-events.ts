import { HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { wholeConnection } from './traffic.js';

function trace(
  name: string,
  losses: { readonly eventsLost?: number; readonly buffersLost?: number },
): DiagnosedTrace {
  const host = new FaultHost();
  wholeConnection(host, 'web', 100, { client: HOST_IP, server: SERVER_IP, ports: [50_005, 80] });
  return {
    scenario: host.finish(name, losses),
    findings: Object.keys(losses).length === 0 ? {} : { 'capture-lost-events': 'events' },
  };
}

export const captureLostEvents: Fault = {
  id: 'capture-lost-events',
  faulty: () => trace('capture-lost-events', { eventsLost: 321, buffersLost: 2 }),
  healthy: () => trace('capture-lost-events-healthy', {}),
};
