import { formatIp, IpProtocol, readUint16 } from '../net/index.js';
import type { Journey } from './journey.js';

/** An ICMP or ICMPv6 error, and the packet that it reports. */
export interface IcmpError {
  /** `too-big`: fragmentation needed, or packet too big. */
  readonly kind: 'unreachable' | 'too-big' | 'time-exceeded';
  readonly code: number;
  readonly isV6: boolean;
  /** `too-big`: the largest packet that fits, in bytes; 0 if the router does not state it. */
  readonly mtu: number;
  /** Protocol number of the reported packet. */
  readonly protocol: number;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Of a reported echo request; else 0. */
  readonly identifier: number;
  readonly sequence: number;
}

const ICMP_HEADER = 8;
const FRAGMENTATION_NEEDED = 4;

/** The error that a packet reports; undefined for other packets and where the reported addresses were not captured. */
export function icmpError({ bytes, frame, flow }: Journey): IcmpError | undefined {
  const isV6 = flow.protocol === 'ICMPv6';
  if (!isV6 && flow.protocol !== 'ICMP') return undefined;
  const { icmpCode: code, icmpType: type, transportStart } = frame;
  const kind = isV6 ? kindOfV6(type) : kindOfV4(type, code);
  const inner = transportStart + ICMP_HEADER;
  const addressAt = inner + (isV6 ? 8 : 12);
  const size = isV6 ? 16 : 4;
  if (kind === undefined || addressAt + 2 * size > bytes.length) return undefined;
  const transport = inner + (isV6 ? 40 : ((bytes[inner] ?? 0) & 0xf) * 4);
  const protocol = bytes[inner + (isV6 ? 6 : 9)] ?? 0;
  const word = (at: number): number => (at + 2 <= bytes.length ? readUint16(bytes, at) : 0);
  const hasPorts = protocol === IpProtocol.tcp || protocol === IpProtocol.udp;
  const isEcho = protocol === (isV6 ? IpProtocol.icmpv6 : IpProtocol.icmp);
  return {
    kind,
    code,
    isV6,
    mtu:
      kind !== 'too-big'
        ? 0
        : isV6
          ? word(transportStart + 4) * 0x1_0000 + word(transportStart + 6)
          : word(transportStart + 6),
    protocol,
    source: formatIp(bytes, addressAt, size),
    destination: formatIp(bytes, addressAt + size, size),
    sourcePort: hasPorts ? word(transport) : 0,
    destinationPort: hasPorts ? word(transport + 2) : 0,
    identifier: isEcho ? word(transport + 4) : 0,
    sequence: isEcho ? word(transport + 6) : 0,
  };
}

/** ICMP types (RFC 792). */
function kindOfV4(type: number, code: number): IcmpError['kind'] | undefined {
  if (type === 3) return code === FRAGMENTATION_NEEDED ? 'too-big' : 'unreachable';
  return type === 11 ? 'time-exceeded' : undefined;
}

/** ICMPv6 types (RFC 4443). */
function kindOfV6(type: number): IcmpError['kind'] | undefined {
  if (type === 1) return 'unreachable';
  if (type === 2) return 'too-big';
  return type === 3 ? 'time-exceeded' : undefined;
}
