import { overIpv4, ping, TcpFlag, tcp, text, udp } from '../../packets/index.js';
import { HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { FaultHost } from './fault-host.js';

/** Two ends of a TCP connection. */
export interface Connection {
  readonly client: string;
  readonly server: string;
  readonly ports: readonly [client: number, server: number];
}

/** A TCP segment of a connection, in its IPv4 packet. */
export function segment(
  { client, ports, server }: Connection,
  from: 'client' | 'server',
  fields: Omit<Parameters<typeof tcp>[0], 'ports'>,
  id: number,
): Uint8Array {
  const isClient = from === 'client';
  return overIpv4(
    isClient ? { from: client, to: server } : { from: server, to: client },
    tcp({ ...fields, ports: isClient ? ports : [ports[1], ports[0]] }),
    { id },
  );
}

/** A SYN; `id` is the IP identification. */
export const syn = (connection: Connection, id: number): Uint8Array =>
  segment(connection, 'client', { sequence: 1000, acknowledgement: 0, flags: TcpFlag.syn }, id);

/** A whole connection that the host opens: handshake, request, response, both FINs. Names begin with `name`. */
export function wholeConnection(
  host: FaultHost,
  name: string,
  ms: number,
  connection: Connection,
  id = 100,
): void {
  const { ack, fin, psh, syn: synFlag } = TcpFlag;
  const request = text('GET / HTTP/1.1\r\n\r\n');
  const answer = text('HTTP/1.1 204 No Content\r\n\r\n');
  const afterRequest = 1001 + request.length;
  const afterAnswer = 9001 + answer.length;
  const steps = [
    { from: 'client', sequence: 1000, acknowledgement: 0, flags: synFlag },
    { from: 'server', sequence: 9000, acknowledgement: 1001, flags: synFlag | ack },
    { from: 'client', sequence: 1001, acknowledgement: 9001, flags: ack },
    { from: 'client', sequence: 1001, acknowledgement: 9001, flags: psh | ack, payload: request },
    { from: 'server', sequence: 9001, acknowledgement: afterRequest, flags: psh | ack, payload: answer },
    { from: 'client', sequence: afterRequest, acknowledgement: afterAnswer, flags: fin | ack },
    { from: 'server', sequence: afterAnswer, acknowledgement: afterRequest + 1, flags: fin | ack },
    { from: 'client', sequence: afterRequest + 1, acknowledgement: afterAnswer + 1, flags: ack },
  ] as const;
  steps.forEach(({ from, ...fields }, index) => {
    const when = { ms: ms + index * 5 };
    const packet = segment(connection, from, fields, id + index);
    if (from === 'client') host.send(`${name} ${index + 1}`, when, packet);
    else host.receive(`${name} ${index + 1}`, when, packet);
  });
}

/** A TCP segment of a connection with a payload of this many bytes. */
export const dataSegment = (
  connection: Connection,
  from: 'client' | 'server',
  sequence: number,
  acknowledgement: number,
  bytes: number,
  id: number,
): Uint8Array =>
  segment(
    connection,
    from,
    {
      sequence,
      acknowledgement,
      flags: TcpFlag.ack | TcpFlag.psh,
      payload: new Uint8Array(bytes).fill(0x61),
    },
    id,
  );

/** SYN, SYN-ACK, ACK of a connection that the host opens: sequence numbers are 1001 and 9001 then. */
export function handshake(
  host: FaultHost,
  name: string,
  ms: number,
  connection: Connection,
  id = 0x3000,
): void {
  const { ack, syn: synFlag } = TcpFlag;
  host.send(`${name} SYN`, { ms }, syn(connection, id));
  const answer = { sequence: 9000, acknowledgement: 1001, flags: synFlag | ack };
  host.receive(`${name} SYN-ACK`, { ms: ms + 5 }, segment(connection, 'server', answer, id + 1));
  const last = { sequence: 1001, acknowledgement: 9001, flags: ack };
  host.send(`${name} ACK`, { ms: ms + 6 }, segment(connection, 'client', last, id + 2));
}

/** A UDP packet over IPv4. */
export const udpPacket = (
  from: string,
  to: string,
  ports: readonly [number, number],
  payload: Uint8Array,
  id: number,
): Uint8Array => overIpv4({ from, to }, udp(ports, payload), { id });

/** Packets that show that the capture continues: an answered ping. */
export function lastPing(host: FaultHost, ms: number): void {
  host.send(
    'last ping',
    { ms },
    overIpv4({ from: HOST_IP, to: SERVER_IP }, ping('request', 900), { id: 0x7001 }),
  );
  host.receive(
    'last pong',
    { ms: ms + 2 },
    overIpv4({ from: SERVER_IP, to: HOST_IP }, ping('reply', 900), { id: 0x7002 }),
  );
}
