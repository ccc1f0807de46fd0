import { ByteWriter } from '../encoder/index.js';
import { ipv4 } from '../packets/index.js';

export const TCPIP = '2f07e2ee-15db-40f1-90ef-9d7ba282188a';
export const KERNEL_NETWORK = '7dd42a49-5329-4832-8dfd-43d979153a88';
export const WIN_NAT = '66c07ecd-6667-43fc-93f8-05cf07f446ec';
export const PEF_WFP = 'c22d1b14-c242-49de-9f17-1d76b8b9c458';

/** Address and port of one end of a flow. */
export interface FlowEnd {
  readonly address: string;
  readonly port: number;
}

/** SOCKADDR_IN (ws2def.h): family, port in network order, address, eight zeros. */
export const sockaddr = ({ address, port }: FlowEnd): Uint8Array =>
  new ByteWriter()
    .u16(2)
    .u8(port >> 8)
    .u8(port & 0xff)
    .bytes(ipv4(address))
    .u64(0n)
    .take();

const withSockaddr = (writer: ByteWriter, end: FlowEnd): ByteWriter => {
  const bytes = sockaddr(end);
  return writer.u32(bytes.length).bytes(bytes);
};

/** TCPIP 1017, 1031, 1033, 1038, 1043 …, version 0: both ends, Status, ProcessId, Compartment, Tcb. */
export const tcpConnection = (
  local: FlowEnd,
  remote: FlowEnd,
  { compartment = 1, pid }: { readonly pid: number; readonly compartment?: number },
): Uint8Array =>
  withSockaddr(withSockaddr(new ByteWriter(), local), remote)
    .u32(0)
    .u32(pid)
    .u32(compartment)
    .u64(0xffff_a00c_1234_5678n)
    .take();

/** TCPIP 1013, version 2: a TCP endpoint was created; it has no address yet. */
export const tcpEndpoint = (endpoint: bigint, pid: number): Uint8Array =>
  withSockaddr(new ByteWriter().u64(endpoint), { address: '0.0.0.0', port: 0 })
    .u32(0)
    .u32(pid)
    .u32(1)
    .u32(2)
    .u64(0x0100_0000_0000_0001n)
    .take();

/** TCPIP 1008, version 1: the endpoint is bound. */
export const tcpBound = (endpoint: bigint, local: FlowEnd): Uint8Array =>
  withSockaddr(new ByteWriter().u64(endpoint), local).u32(0).take();

/** Kernel-Network 42 and 43: UDP sent and received; connid has eight bytes on 64-bit Windows. */
export const udpTransfer = (pid: number, size: number, local: FlowEnd, remote: FlowEnd): Uint8Array => {
  const port = (writer: ByteWriter, value: number): ByteWriter => writer.u8(value >> 8).u8(value & 0xff);
  const ends = new ByteWriter().u32(pid).u32(size).bytes(ipv4(remote.address)).bytes(ipv4(local.address));
  return port(port(ends, remote.port), local.port).u32(0).u64(0n).take();
};

/** WinNat 1001, version 1: a session with its internal and external side. */
export const natSession = (
  protocol: number,
  internal: readonly [source: FlowEnd, destination: FlowEnd],
  external: readonly [source: FlowEnd, destination: FlowEnd],
  compartment: number,
): Uint8Array => {
  const side = (writer: ByteWriter, [source, destination]: readonly [FlowEnd, FlowEnd]): ByteWriter =>
    withSockaddr(writer, source).bytes(sockaddr(destination));
  return side(side(new ByteWriter(), internal), external)
    .u32(protocol)
    .u32(300)
    .u32(3)
    .u32(compartment)
    .take();
};

/** WinNat 1009: the translation of one packet. */
export const natTranslation = (
  protocol: number,
  incoming: readonly [source: FlowEnd, destination: FlowEnd],
  translated: readonly [source: FlowEnd, destination: FlowEnd],
  status = 0,
): Uint8Array => {
  const side = (writer: ByteWriter, [source, destination]: readonly [FlowEnd, FlowEnd]): ByteWriter =>
    withSockaddr(writer, source).bytes(sockaddr(destination));
  return side(side(new ByteWriter(), incoming), translated)
    .u32(7)
    .u32(protocol)
    .u32(status)
    .u32(0)
    .u32(0)
    .u32(0)
    .take();
};

export const VFP_EXT = '9f2660ea-cfe7-428f-9850-aeca612619b0';

const bigEndian = (writer: ByteWriter, value: number): ByteWriter => writer.u8(value >> 8).u8(value & 0xff);

const vfpEnds = (writer: ByteWriter, source: FlowEnd, destination: FlowEnd): ByteWriter => {
  writer.bytes(ipv4(source.address)).bytes(ipv4(destination.address));
  return bigEndian(bigEndian(writer, source.port), destination.port);
};

/** VfpExt 101 (V4RuleMatch) of build 2015: port, direction, layer, group, rule, type, flow. */
export const vfpRule = (
  portId: number,
  [layer, group, rule]: readonly [string, string, string],
  ruleType: number,
  source: FlowEnd,
  destination: FlowEnd,
): Uint8Array =>
  vfpEnds(
    new ByteWriter().u32(portId).u8(0).utf16z(layer).utf16z(group).utf16z(rule).u8(ruleType),
    source,
    destination,
  )
    .u8(6)
    .bytes(Uint8Array.of(1, 0, 0, 0))
    .take();

/** VfpExt 115 (V4RuleNoMatch). */
export const vfpNoRule = (portId: number, layer: string, source: FlowEnd, destination: FlowEnd): Uint8Array =>
  vfpEnds(new ByteWriter().u32(portId).u8(0).utf16z(layer), source, destination)
    .u8(6)
    .bytes(Uint8Array.of(1, 0, 0, 0))
    .take();

/** VfpExt 152 (L4V4Rewrite). */
export const vfpRewrite = (portId: number, source: FlowEnd, destination: FlowEnd): Uint8Array =>
  vfpEnds(new ByteWriter().u32(portId).u8(0), source, destination).take();

/** Pef-WFP 60031: a flow of IPv4 was established. */
export const pefFlow = (
  handle: bigint,
  pid: number,
  path: string,
  local: FlowEnd,
  remote: FlowEnd,
  protocol = 6,
): Uint8Array => {
  const name = new ByteWriter().utf16z(path).take();
  return new ByteWriter()
    .bytes(ipv4(local.address))
    .bytes(ipv4(remote.address))
    .u16(local.port)
    .u16(remote.port)
    .u64(0x0006_0080_0000_0000n)
    .u8(0)
    .u8(protocol)
    .u64(handle)
    .u64(BigInt(pid))
    .u16(name.length)
    .bytes(name)
    .take();
};
