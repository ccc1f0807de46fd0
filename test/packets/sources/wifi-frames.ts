/** 802.11 frames with the Protected bit, as drivers deliver them (IEEE 802.11-2020, 9.3). */

import { counting } from './build.js';

const address = [2, 0, 0, 0, 0, 1];
const qos = [0, 0];
const qosWithAmsdu = [0x80, 0];
const htControl = [1, 2, 3, 4];
const snap = [0xaa, 0xaa, 3, 0, 0, 0, 8, 0];
const bridgeTunnel = [0xaa, 0xaa, 3, 0, 0, 0xf8, 0x81, 0x37];
const subframeHeader = [...address, ...address, 0, 50];
/** CCMP header: packet number, ExtIV bit. */
const ccmp = [5, 0, 0, 0x20, 0, 0, 0, 0];
const ciphertext = counting(40);

/** Frame control, duration, three addresses, sequence control, and the rest. */
const frame = (type: number, flags: number, ...rest: number[]): Uint8Array =>
  Uint8Array.from([type, flags, 0x3a, 1, ...address, ...address, ...address, 0x10, 0, ...rest]);

/** Data frames that were decrypted: LLC/SNAP is where the body starts. */
export const DECRYPTED: readonly (readonly [string, Uint8Array])[] = [
  ['a data frame', frame(0x08, 0x42, ...snap)],
  ['a data frame of a bridge tunnel', frame(0x08, 0x41, ...bridgeTunnel)],
  ['a QoS frame', frame(0x88, 0x41, ...qos, ...snap)],
  ['a QoS frame with HT control', frame(0x88, 0xc1, ...qos, ...htControl, ...snap)],
  ['a frame with four addresses', frame(0x08, 0x43, ...address, ...snap)],
  [
    'a QoS frame with four addresses and HT control',
    frame(0x88, 0xc3, ...address, ...qos, ...htControl, ...snap),
  ],
  ['an A-MSDU', frame(0x88, 0x41, ...qosWithAmsdu, ...subframeHeader, ...snap)],
  ['an A-MSDU with HT control', frame(0x88, 0xc1, ...qosWithAmsdu, ...htControl, ...subframeHeader, ...snap)],
];

/** Frames that are encrypted, or whose body does not show that it is not. */
export const ENCRYPTED: readonly (readonly [string, Uint8Array])[] = [
  ['a data frame', frame(0x08, 0x42, ...ccmp, ...ciphertext)],
  ['a QoS frame', frame(0x88, 0x41, ...qos, ...ccmp, ...ciphertext)],
  [
    'a deauthentication with management frame protection',
    frame(0xc0, 0x40, ...ccmp, ...ciphertext.subarray(0, 10)),
  ],
  ['an action frame with management frame protection', frame(0xd0, 0x40, ...ccmp, ...ciphertext)],
  ['a management frame whose body starts like LLC/SNAP', frame(0xd0, 0x40, ...snap)],
  [
    'an A-MSDU header in a frame whose QoS field announces none',
    frame(0x88, 0x41, ...qos, ...subframeHeader, ...snap),
  ],
  [
    'LLC/SNAP after an HT control field in a frame whose header has none',
    frame(0x88, 0x41, ...qos, ...htControl, ...snap),
  ],
  ['a QoS null frame', frame(0xc8, 0x41, ...qos)],
  ['LLC/SNAP that is truncated', frame(0x08, 0x41, ...snap.slice(0, 7))],
  ['a header that is truncated', frame(0x08, 0x41).subarray(0, 20)],
  ['an acknowledgement', Uint8Array.from([0xd4, 0x40, 0, 0, ...address])],
];
