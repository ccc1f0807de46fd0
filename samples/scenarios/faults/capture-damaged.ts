import { concat } from '../../encoder/index.js';
import { HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { wholeConnection } from './traffic.js';

function host(): FaultHost {
  const made = new FaultHost();
  wholeConnection(made, 'web', 100, { client: HOST_IP, server: SERVER_IP, ports: [50_006, 80] });
  return made;
}

/** Bytes at the end of the file that are no buffer. */
function faulty(): DiagnosedTrace {
  const scenario = host().finish('capture-damaged');
  const plain = concat([scenario.plain, new Uint8Array(5000).fill(0xaa)]);
  return { scenario: { ...scenario, plain }, findings: { 'capture-damaged': 'events' } };
}

const healthy = (): DiagnosedTrace => ({ scenario: host().finish('capture-damaged-healthy'), findings: {} });

export const captureDamaged: Fault = { id: 'capture-damaged', faulty, healthy };
