/** Captures with comments that a stranger writes to exhaust whoever reads them. */
import { type WrittenFrame, withComments } from '../../wireshark/support.js';

const list = (count: number, make: (n: number) => string | WrittenFrame): Uint8Array =>
  withComments(Array.from({ length: count }, (_, n) => make(n)));

const START = 'PID=4 TID=8 CPU=0';
const LONG = 'x'.repeat(60_000);

export const packets = (count: number): Uint8Array => list(count, (n) => `${START} Packet=${n + 1} Hop=1`);

/** Frames of one packet. */
export const hops = (count: number): Uint8Array => list(count, (n) => `${START} Packet=1 Hop=${n + 1}`);

/** Packets without numbers at an interface with a long name. */
export const longInterface = (count: number): Uint8Array =>
  list(count, (n) => ({ comment: `${START} NBL=0x${n.toString(16)} PktNumber=1`, at: `${LONG} #1x` }));

/** Parts of a packet, named in each frame. */
export const parts = (count: number): Uint8Array =>
  list(
    40,
    (n) =>
      `${START} Packet=${n + 1} Parts=${Array.from({ length: count }, (_, part) => part + 100).join(',')}`,
  );

/** Ports of a switch, each with an interface of a long name. */
export const ports = (count: number): Uint8Array =>
  list(
    40,
    (n) =>
      `${START} Packet=${n + 1} DstPorts=${Array.from({ length: count }, (_, port) => port % 40).join(',')} SrcPortId=${n} SrcNicName=${LONG.slice(count * 4)}`,
  );

/** Drops for reasons with long texts. */
export const drops = (count: number): Uint8Array =>
  list(count, (n) => `${START} Packet=${n + 1} Drop=${'d'.repeat(n % 100 === 0 ? 30_000 : 10)}${n}`);

/** Comments that look like tokens and are none. */
export const almostTokens = (length: number): Uint8Array =>
  list(40, () => `${START} ${'a'.repeat(length)} "${'\\u0041'.repeat(Math.floor(length / 6))}`);

/** Values of quotes and escapes. */
export const escapes = (length: number): Uint8Array =>
  list(
    40,
    () =>
      `${START} Drop="${'\\"'.repeat(Math.floor(length / 2))}" Process="${'\\u009b'.repeat(Math.floor(length / 12))}"`,
  );
