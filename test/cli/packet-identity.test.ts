import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ByteWriter } from '../../samples/encoder/index.js';
import { overIpv4, text, udp } from '../../samples/packets/index.js';
import {
  CONTAINER_A,
  CONTAINER_B,
  type Container,
  FaultHost,
} from '../../samples/scenarios/faults/fault-host.js';
import { natSession, WIN_NAT } from '../../samples/scenarios/index.js';
import { CONTAINER_IP, HOST_IP, SERVER_IP } from '../../samples/scenarios/pktmon-drops.js';
import { readCapture } from './captures.js';
import { etlcap, useDirectory } from './run.js';

const directory = useDirectory();
const UDP = 17;
const SERVER = { address: SERVER_IP, port: 53 };

/** Two containers with equal addresses send equal datagrams from different ports, and the NAT sends the last one first. */
function reversedByNat(isLogged: boolean): FaultHost {
  const host = new FaultHost({ numbering: 'each' });
  const ends: readonly (readonly [Container, number, number])[] = [
    [CONTAINER_A, 5000, 2001],
    [CONTAINER_B, 5001, 2002],
  ];
  for (const [, inside, outside] of isLogged ? ends : []) {
    const session = natSession(
      UDP,
      [{ address: CONTAINER_IP, port: inside }, SERVER],
      [{ address: HOST_IP, port: outside }, SERVER],
      2,
    );
    host.event({ ms: 1 }, { provider: WIN_NAT, id: 1001, version: 1, data: new ByteWriter().bytes(session) });
  }
  for (let n = 0; n < 20; n++) {
    ends.forEach(([container, inside, outside], of) => {
      const name = `${n} from ${inside}`;
      const datagram = (from: string, port: number, ttl: number): Uint8Array =>
        overIpv4({ from, to: SERVER_IP }, udp([port, 53], text('query')), { id: n, ttl });
      const hops = host.containerHops(
        container,
        datagram(CONTAINER_IP, inside, 128),
        datagram(HOST_IP, outside, 127),
      );
      const inner = hops.findIndex(({ bytes }) => bytes !== undefined && hasAddress(bytes, HOST_IP));
      const ms = 10 + 2 * n;
      host.at(name, { ms: ms + 0.02 * of }, hops.slice(0, inner));
      host.at(name, { ms: ms + 0.2 - 0.04 * of }, hops.slice(inner));
    });
  }
  return host;
}

/** Whether an IPv4 packet, with or without Ethernet header, is from an address. */
function hasAddress(bytes: Uint8Array, address: string): boolean {
  const at = bytes[0] === 0x45 ? 12 : 26;
  return bytes.subarray(at, at + 4).join('.') === address;
}

test('sessions that WinNat logged decide which packet a translated one is; without them the guess is counted', async () => {
  for (const isLogged of [true, false]) {
    const { plain, truth } = reversedByNat(isLogged).finish('nat');
    const input = directory.file(`nat-${isLogged}.etl`);
    writeFileSync(input, plain);
    const output = directory.file(`nat-${isLogged}.pcapng`);
    const { code, stderr, stdout } = await etlcap([input, '-o', output, '--json']);
    expect(code, stderr).toBe(0);
    const { identity } = JSON.parse(stdout.toString());
    if (!isLogged) {
      expect(identity.ambiguous).toBeGreaterThan(0);
      continue;
    }
    expect(identity).toMatchObject({ packets: 40, ambiguous: 0, matches: { translated: 40 } });
    const ids = readCapture(output).packets.map(({ packetId }) => packetId);
    const names = truth.packets.map(({ packet }) => packet);
    const byName = new Map(names.map((name, at) => [name, ids[at]]));
    expect(new Set(byName.values()).size).toBe(40);
    expect(ids).toEqual(names.map((name) => byName.get(name)));
  }
});
