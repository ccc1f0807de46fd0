import { describe, expect, it } from 'vitest';
import type { Place } from '../../src/host/index.js';
import { LinkType } from '../../src/net/index.js';
import { Packet } from '../../src/packets/index.js';
import { Translation } from '../../src/paths/translation.js';
import { ethernet, hex, ipv4, snap, tcp, u16 } from '../net/frames.js';

const placeOf = (linkType: number): Place => ({ source: 'ndis', linkType, key: `ndis:${linkType}` });

function translationOf(frame: readonly number[], linkType: number, captured = frame.length): Translation {
  const packet = new Packet(placeOf(linkType));
  packet.point(Uint8Array.from(frame), undefined, 0, Math.min(captured, frame.length));
  const translation = new Translation();
  translation.take(packet);
  return translation;
}

/** The source becomes 203.0.113.7 port 61000, and the TTL one less, as a NAT does. */
function translated(packet: readonly number[]): number[] {
  const bytes = [...packet];
  bytes[8] = (bytes[8] ?? 0) - 1;
  bytes.splice(12, 4, 203, 0, 113, 7);
  bytes.splice(20, 2, ...u16(61000));
  return bytes;
}

const IPV4 = u16(0x0800);
const inside = ipv4({ protocol: 6, payload: tcp(Array.from({ length: 40 }, (_, n) => n)) });
const outside = translated(inside);

describe('a packet whose source address and port were translated', () => {
  it.each([
    ['Ethernet', LinkType.ethernet, (packet: readonly number[]) => ethernet(IPV4, packet)],
    [
      'one VLAN tag',
      LinkType.ethernet,
      (packet: readonly number[]) => ethernet([...hex('81000065'), ...IPV4], packet),
    ],
    [
      'two VLAN tags',
      LinkType.ethernet,
      (packet: readonly number[]) => ethernet([...hex('88a8000a 81000065'), ...IPV4], packet),
    ],
    ['raw IP', LinkType.raw, (packet: readonly number[]) => [...packet]],
    [
      '802.11',
      LinkType.ieee80211,
      (packet: readonly number[]) => [...hex('0801 0000'), ...Array(20).fill(0), ...snap(0x0800, packet)],
    ],
  ])('is recognised where the other side has %s', (_, linkType, frameOf) => {
    const there = translationOf(ethernet(IPV4, outside), LinkType.ethernet);
    const here = translationOf(frameOf(inside), linkType);
    expect(here.toDestination).not.toBe(0);
    expect(here.toDestination).toBe(there.toDestination);
    expect(here.fromSource).not.toBe(there.fromSource);
  });

  it('is recognised where both captures cut frames at 128 bytes and one side has a VLAN tag', () => {
    const long = ipv4({ protocol: 6, payload: tcp(Array.from({ length: 1000 }, (_, n) => n & 0xff)) });
    const here = translationOf(ethernet([...hex('81000065'), ...IPV4], long), LinkType.ethernet, 128);
    const there = translationOf(ethernet(IPV4, translated(long)), LinkType.ethernet, 128);
    expect(here.toDestination).not.toBe(0);
    expect(here.toDestination).toBe(there.toDestination);
  });

  it('is another packet where the payload differs', () => {
    const here = translationOf(ethernet([...hex('81000065'), ...IPV4], inside), LinkType.ethernet);
    const there = translationOf(ethernet(IPV4, [...outside.slice(0, -1), 0xff]), LinkType.ethernet);
    expect(here.toDestination).not.toBe(there.toDestination);
  });
});

it.each([
  ['a later fragment', ipv4({ protocol: 6, fragment: 185, payload: tcp() })],
  ['a protocol without ports', ipv4({ protocol: 50, payload: tcp() })],
  ['a header that was cut', ipv4({ protocol: 6, payload: tcp().slice(0, 12) })],
])('%s cannot be recognised', (_, packet) => {
  const { fromSource, toDestination } = translationOf(packet, LinkType.raw);
  expect([fromSource, toDestination]).toEqual([0, 0]);
});
