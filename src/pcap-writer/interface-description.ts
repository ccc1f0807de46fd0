import type { Chunk } from './chunk.js';
import { type CommonOptions, MAX_OPTION_LENGTH, OptionList } from './options.js';
import { encodeText } from './text.js';

const BLOCK_TYPE = 1;
/** LinkType, Reserved, SnapLen. */
const FIXED_SIZE = 8;

const IF_NAME = 2;
const IF_DESCRIPTION = 3;
const IF_IPV4ADDR = 4;
const IF_IPV6ADDR = 5;
const IF_MACADDR = 6;
const IF_EUIADDR = 7;
const IF_SPEED = 8;
const IF_TSRESOL = 9;
const IF_FILTER = 11;
const IF_OS = 12;
const IF_HARDWARE = 15;
const IF_TXSPEED = 16;
const IF_RXSPEED = 17;

const IPV4_LENGTH = 4;
const IPV6_LENGTH = 16;
const EUI48_LENGTH = 6;
const EUI64_LENGTH = 8;

/** First octet of if_filter: the filter is text. */
const FILTER_IS_TEXT = 0;

/** Interface Description Block: "information describing an interface on which packet data is captured". */
export interface InterfaceDescription extends CommonOptions {
  /** LinkType, 16 bits: the link layer type (registry of the PCAP link types). */
  readonly linkType: number;
  /** SnapLen: the maximum number of octets captured from each packet; 0 is no limit. */
  readonly snapLength: number;
  /** if_name: "the name of the device used to capture data". */
  readonly name?: string;
  /** if_description: "the description of the device used to capture data". */
  readonly description?: string;
  /** if_IPv4addr, one option each: address and netmask, four octets each in network order. */
  readonly ipv4?: readonly { readonly address: Uint8Array; readonly mask: Uint8Array }[];
  /** if_IPv6addr, one option each: 16 octets in network order, and a prefix length of 0 to 128. */
  readonly ipv6?: readonly { readonly address: Uint8Array; readonly prefixLength: number }[];
  /** if_MACaddr: EUI-48, 6 octets. */
  readonly mac?: Uint8Array;
  /** if_EUIaddr: EUI-64, 8 octets. */
  readonly eui?: Uint8Array;
  /** if_speed: bits per second. */
  readonly speed?: bigint;
  /** if_tsresol: 0 to 127 a negative power of 10, with bit 7 set a negative power of 2; absent, microseconds. */
  readonly tsresol?: number;
  /** if_filter: the filter used to capture traffic, as text. */
  readonly filter?: string;
  /** if_os: "the operating system of the machine in which this interface is installed". */
  readonly os?: string;
  /** if_hardware: "the description of the interface hardware". */
  readonly hardware?: string;
  /** if_txspeed: bits per second. */
  readonly txSpeed?: bigint;
  /** if_rxspeed: bits per second. */
  readonly rxSpeed?: bigint;
}

/** @throws RangeError for an address of the wrong length or a custom option that is too long */
export function writeInterfaceDescription(chunk: Chunk, description: InterfaceDescription): void {
  const options = descriptionOptions(description);
  const at = chunk.startBlock(BLOCK_TYPE, FIXED_SIZE + options.size);
  chunk.view.setUint16(at, description.linkType, true);
  chunk.view.setUint32(at + 4, description.snapLength, true);
  options.write(chunk.bytes, chunk.view, at + FIXED_SIZE);
}

function descriptionOptions(description: InterfaceDescription): OptionList {
  const { txSpeed, rxSpeed } = description;
  // "If the interface transmit speed and receive speed are the same, the if_speed option MUST be used and the
  // if_txspeed and if_rxspeed options MUST NOT be used."
  const speed = description.speed ?? (txSpeed === rxSpeed ? txSpeed : undefined);

  const options = new OptionList();
  options.text(IF_NAME, description.name);
  options.text(IF_DESCRIPTION, description.description);
  for (const { address, mask } of description.ipv4 ?? []) {
    options.octets(IF_IPV4ADDR, pair(address, mask, IPV4_LENGTH), 2 * IPV4_LENGTH);
  }
  for (const { address, prefixLength } of description.ipv6 ?? []) {
    options.octets(IF_IPV6ADDR, new Uint8Array([...address, prefixLength]), IPV6_LENGTH + 1);
  }
  options.octets(IF_MACADDR, description.mac, EUI48_LENGTH);
  options.octets(IF_EUIADDR, description.eui, EUI64_LENGTH);
  options.u64(IF_SPEED, speed);
  if (description.tsresol !== undefined) options.bytes(IF_TSRESOL, new Uint8Array([description.tsresol]));
  if (description.filter !== undefined) {
    const text = encodeText(description.filter, MAX_OPTION_LENGTH - 1);
    options.bytes(IF_FILTER, new Uint8Array([FILTER_IS_TEXT, ...text]));
  }
  options.text(IF_OS, description.os);
  options.text(IF_HARDWARE, description.hardware);
  if (speed === undefined) {
    options.u64(IF_TXSPEED, txSpeed);
    options.u64(IF_RXSPEED, rxSpeed);
  }
  options.common(description);
  return options;
}

function pair(first: Uint8Array, second: Uint8Array, length: number): Uint8Array {
  if (first.length !== length || second.length !== length) {
    throw new RangeError(
      `address and mask have ${first.length} and ${second.length} bytes where each has ${length}`,
    );
  }
  return new Uint8Array([...first, ...second]);
}
