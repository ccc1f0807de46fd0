import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { convert } from '../../src/library/index.js';
import { ipv4ChecksumState, transportChecksumState } from '../../src/net/checksum.js';
import { FrameLayout, formatIp, formatMac, IpProtocol, LinkType, parseFrame } from '../../src/net/index.js';
import { sample, useDirectory } from '../cli/run.js';
import { readSection } from '../support/pcapng-reader.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';
import { describeWithTshark, tsharkFields } from '../support/wireshark.js';

const directory = useDirectory();

const FIELDS = [
  'eth.dst',
  'eth.src',
  'wlan.da',
  'wlan.sa',
  'vlan.id',
  'vlan.priority',
  'ip.src',
  'ip.dst',
  'ip.ttl',
  'ip.proto',
  'ip.id',
  'ip.frag_offset',
  'ip.hdr_len',
  'ip.len',
  'ipv6.src',
  'ipv6.dst',
  'ipv6.hlim',
  'ipv6.plen',
  'arp.src.proto_ipv4',
  'arp.dst.proto_ipv4',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.hdr_len',
  'udp.srcport',
  'udp.dstport',
  'icmp.type',
  'icmp.code',
  'icmpv6.type',
  'icmpv6.code',
  'vxlan.vni',
  'ip.checksum.status',
  'tcp.checksum.status',
  'udp.checksum.status',
] as const;
type Field = (typeof FIELDS)[number];

/** A later fragment keeps its own bytes; checksums are verified. */
const PREFERENCES = [
  'ip.defragment:FALSE',
  'ipv6.defragment:FALSE',
  'ip.check_checksum:TRUE',
  'tcp.check_checksum:TRUE',
  'udp.check_checksum:TRUE',
].flatMap((preference) => ['-o', preference]);

/** Wireshark's values of the outermost headers; absent members are undefined. */
function dissected(row: readonly string[]) {
  const text = (field: Field): string | undefined => row[FIELDS.indexOf(field)]?.split('|')[0] || undefined;
  const number = (field: Field): number | undefined => {
    const value = text(field);
    return value === undefined ? undefined : Number(value);
  };
  const isIp = text('ip.src') !== undefined || text('ipv6.src') !== undefined;
  // An ICMP error quotes the ports of another packet, and a tunnel may contain ICMP.
  const protocol = number('ip.proto');
  const isIcmp = protocol === 1 || (protocol === undefined && text('icmpv6.type') !== undefined);
  const port = (tcp: Field, udp: Field): number | undefined =>
    isIcmp ? undefined : (number(tcp) ?? number(udp));
  const plen = number('ipv6.plen');
  return {
    destinationMac: text('wlan.da') ?? text('eth.dst'),
    sourceMac: text('wlan.sa') ?? text('eth.src'),
    vlanId: number('vlan.id'),
    vlanPriority: number('vlan.priority'),
    source: text('ip.src') ?? text('ipv6.src') ?? text('arp.src.proto_ipv4'),
    destination: text('ip.dst') ?? text('ipv6.dst') ?? text('arp.dst.proto_ipv4'),
    ttl: isIp ? (number('ip.ttl') ?? number('ipv6.hlim')) : undefined,
    protocol,
    identification: number('ip.id'),
    // Wireshark has the field in units of 8 bytes.
    fragmentOffset: text('ip.src') === undefined ? undefined : (number('ip.frag_offset') ?? 0),
    ipv4HeaderLength: number('ip.hdr_len'),
    totalLength: number('ip.len') ?? (plen === undefined || plen === 0 ? plen : plen + 40),
    sourcePort: port('tcp.srcport', 'udp.srcport'),
    destinationPort: port('tcp.dstport', 'udp.dstport'),
    tcpHeaderLength: isIcmp ? undefined : number('tcp.hdr_len'),
    icmpType: isIcmp ? (number('icmp.type') ?? number('icmpv6.type')) : undefined,
    icmpCode: isIcmp ? (number('icmp.code') ?? number('icmpv6.code')) : undefined,
    vni: number('vxlan.vni'),
  };
}

/** The same members of a frame as the parser under test reads it. */
function parsed(bytes: Uint8Array, linkType: number, layout: FrameLayout): ReturnType<typeof dissected> {
  parseFrame(bytes, 0, bytes.length, linkType, layout);
  const known = (value: number): number | undefined => (value === -1 ? undefined : value);
  const mac = (at: number): string | undefined => (at === -1 ? undefined : formatMac(bytes, at));
  const address = (at: number): string | undefined =>
    at === -1 ? undefined : formatIp(bytes, at, layout.addressLength);
  const isIpv4 = layout.network === 'ipv4';
  const isIp = isIpv4 || layout.network === 'ipv6';
  const isTcp = layout.protocol === IpProtocol.tcp && layout.transportHeaderLength > 0;
  return {
    destinationMac: mac(layout.destinationMac),
    sourceMac: mac(layout.sourceMac),
    vlanId: known(layout.vlanId),
    vlanPriority: known(layout.vlanPriority),
    source: address(layout.sourceAddress),
    destination: address(layout.destinationAddress),
    ttl: known(layout.ttl),
    protocol: isIpv4 ? layout.protocol : undefined,
    identification: isIpv4 ? layout.identification : undefined,
    fragmentOffset: isIpv4 ? layout.fragmentOffset : undefined,
    ipv4HeaderLength: isIpv4 ? layout.networkHeaderLength : undefined,
    totalLength: isIp ? layout.totalLength : undefined,
    sourcePort: known(layout.sourcePort),
    destinationPort: known(layout.destinationPort),
    tcpHeaderLength: isTcp ? layout.transportHeaderLength : undefined,
    icmpType: known(layout.icmpType),
    icmpCode: known(layout.icmpCode),
    vni: layout.tunnel === 'vxlan' ? layout.tunnelId : undefined,
  };
}

/** Values of Wireshark's fields *.checksum.status (epan/proto.h). */
const CHECKSUM_STATUS: Readonly<Record<string, string>> = { 0: 'invalid', 1: 'valid' };

async function compare(path: string): Promise<void> {
  const output = directory.file('packets.pcapng');
  const { packets } = await convert(path, output, { events: 'none' });
  const file = new Uint8Array(readFileSync(output));
  const { interfaces, packets: frames } = readSection(file);
  const rows = tsharkFields(file, FIELDS, PREFERENCES);
  expect(frames).toHaveLength(packets);
  expect(rows).toHaveLength(packets);
  const layout = new FrameLayout();
  for (const [n, { data, interfaceId }] of frames.entries()) {
    const linkType = interfaces[interfaceId]?.linkType ?? LinkType.ethernet;
    const row = rows[n] ?? [];
    const where = `frame ${n + 1}`;
    expect({ where, ...parsed(data, linkType, layout) }).toEqual({ where, ...dissected(row) });
    const status = (field: Field): string | undefined => CHECKSUM_STATUS[row[FIELDS.indexOf(field)] ?? ''];
    const header = status('ip.checksum.status');
    if (header !== undefined) expect([where, ipv4ChecksumState(data, layout)]).toEqual([where, header]);
    const transport = status('tcp.checksum.status') ?? status('udp.checksum.status');
    const found = transportChecksumState(data, layout);
    // Wireshark reports a partial checksum as a wrong one.
    if (transport !== undefined)
      expect([where, found === 'partial' ? 'invalid' : found]).toEqual([where, transport]);
  }
}

describeWithTshark('headers of the frames of a trace are those that tshark dissects', () => {
  test.each(['nat-vswitch', 'pktmon-drops', 'wifi-laptop', 'lbfo-team', 'win7-fragments'])('%s', (name) =>
    compare(sample(name)),
  );

  describeWithRealTraces('that Windows wrote', () => {
    test.each(['pktmon-azure-ping', 'pktmon-24h2-excerpt'])('%s', (name) => compare(realTrace(name)));
  });
});
