import { HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { type Connection, syn, wholeConnection } from './traffic.js';

const SILENT: Connection = { client: HOST_IP, server: '192.0.2.99', ports: [50_002, 8443] };
const ANSWERING: Connection = { client: HOST_IP, server: SERVER_IP, ports: [50_003, 443] };

/** A server that does not answer, while another one does. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  for (const [n, ms] of [100, 1100, 3100].entries()) host.send(`SYN ${n + 1}`, { ms }, syn(SILENT, 0x40 + n));
  wholeConnection(host, 'web', 500, ANSWERING);
  return {
    scenario: host.finish('tcp-syn-unanswered'),
    findings: { 'tcp-syn-unanswered': ['SYN 1', 'SYN 2', 'SYN 3'] },
  };
}

/** Both answer; the last SYN comes just before the end of the capture. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  wholeConnection(host, 'slow', 100, SILENT, 300);
  wholeConnection(host, 'web', 5000, ANSWERING);
  host.send('last SYN', { ms: 5100 }, syn({ ...ANSWERING, ports: [50_004, 443] }, 0x77));
  return { scenario: host.finish('tcp-syn-unanswered-healthy'), findings: {} };
}

export const tcpSynUnanswered: Fault = { id: 'tcp-syn-unanswered', faulty, healthy };
