import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convert } from '../../src/library/index.js';
import { sample } from '../cli/run.js';
import { dissect } from '../support/wireshark.js';
import { pathsOfFile } from './follow.js';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'etlcap-flows-'));
});
afterAll(() => rm(directory, { recursive: true }));

const FIELDS = [
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'arp.src.proto_ipv4',
  'arp.dst.proto_ipv4',
  'tcp.srcport',
  'tcp.dstport',
  'udp.srcport',
  'udp.dstport',
] as const;

describe.each(['nat-vswitch', 'pktmon-drops', 'wifi-laptop', 'lbfo-team', 'win7-fragments'])(
  'addresses and ports of %s',
  (name) => {
    it('are the outermost ones that Wireshark dissects in the frame', async () => {
      const output = join(directory, `${name}.pcapng`);
      await convert(sample(name), output, { events: 'none' });
      const frames = await dissect(new Uint8Array(await readFile(output)), FIELDS);
      const hops = (await pathsOfFile(sample(name))).flatMap((path) => path.hops);
      hops.sort((a, b) => a.frame - b.frame);
      expect(hops.map(({ destination, source }) => [source, destination])).toEqual(
        frames.map(({ fields }) => {
          const first = (...names: readonly string[]): string | undefined =>
            names.map((field) => fields[field]?.[0]).find((value) => value !== undefined);
          const end = (address: string | undefined, port: string | undefined): string | undefined =>
            address === undefined || port === undefined
              ? address
              : address.includes(':')
                ? `[${address}]:${port}`
                : `${address}:${port}`;
          return [
            end(first('ip.src', 'ipv6.src', 'arp.src.proto_ipv4'), first('tcp.srcport', 'udp.srcport')),
            end(first('ip.dst', 'ipv6.dst', 'arp.dst.proto_ipv4'), first('tcp.dstport', 'udp.dstport')),
          ];
        }),
      );
    });
  },
);
