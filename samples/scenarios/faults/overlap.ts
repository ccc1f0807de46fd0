import { overIpv4, ping } from '../../packets/index.js';
import { CONTAINER_IP, HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { CONTAINER_A, CONTAINER_B, type Container, FaultHost } from './fault-host.js';

/** An answered ping of a container. */
function pings(host: FaultHost, name: string, ms: number, container: Container, identifier: number): void {
  const request = (from: string): Uint8Array =>
    overIpv4({ from, to: SERVER_IP }, ping('request', 1, identifier), { id: 0x100 + identifier });
  const reply = (to: string): Uint8Array =>
    overIpv4({ from: SERVER_IP, to }, ping('reply', 1, identifier), { id: 0x200 + identifier });
  host.sendFromContainer(`${name} ping`, { ms }, container, request(CONTAINER_IP), request(HOST_IP));
  host.receiveInContainer(`${name} pong`, { ms: ms + 4 }, container, reply(HOST_IP), reply(CONTAINER_IP));
}

/** Two containers in two compartments have one address. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  pings(host, 'A', 100, CONTAINER_A, 1);
  pings(host, 'B', 200, CONTAINER_B, 2);
  return {
    scenario: host.finish('overlap'),
    findings: { overlap: ['A ping', 'A pong', 'B ping', 'B pong'] },
  };
}

/** One of them speaks. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  pings(host, 'A', 100, CONTAINER_A, 1);
  pings(host, 'A again', 200, CONTAINER_A, 3);
  return { scenario: host.finish('overlap-healthy'), findings: {} };
}

export const overlap: Fault = { id: 'overlap', faulty, healthy };
