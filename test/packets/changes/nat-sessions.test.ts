import { describe, expect, it } from 'vitest';
import { EtherType, ethernet, overIpv4, TcpFlag, tcp } from '../../../samples/packets/index.js';
import { type FlowEnd, natSession, natTranslation } from '../../../samples/scenarios/index.js';
import { FlowKey, FrameLayout, LinkType, parseFrame } from '../../../src/net/index.js';
import type { NatSessions } from '../../../src/packets/index.js';
import { SECOND, sessionsOf, ticksAt } from './nat-events.js';

const POD: FlowEnd = { address: '172.16.0.10', port: 50_001 };
const NAT: FlowEnd = { address: '10.0.0.4', port: 1024 };
const SERVER: FlowEnd = { address: '192.0.2.80', port: 443 };
const TCP = 6;

const layout = new FrameLayout();

function frameOf(from: FlowEnd, to: FlowEnd): Uint8Array {
  const segment = tcp({ ports: [from.port, to.port], sequence: 1, acknowledgement: 1, flags: TcpFlag.ack });
  const frame = ethernet(
    { from: '00:0d:3a:fe:3f:ab', to: '00:1b:21:3a:4f:50' },
    EtherType.ipv4,
    overIpv4({ from: from.address, to: to.address }, segment, { id: 1 }),
  );
  parseFrame(frame, 0, frame.length, LinkType.ethernet, layout);
  return frame;
}

/** Whether the second flow is the first one on the other side of the NAT, by the sessions. */
function isCounterpart(
  sessions: NatSessions,
  flow: readonly [FlowEnd, FlowEnd],
  other: readonly [FlowEnd, FlowEnd],
  seconds = 1,
): boolean {
  const bytes = frameOf(...flow);
  const found = sessions.counterpartOf(bytes, layout, ticksAt(seconds * SECOND));
  if (found === undefined) return false;
  const key = new FlowKey();
  key.setFrame(frameOf(...other), layout, false);
  return key.equals(found.flow);
}

describe('sessions of WinNat', () => {
  const session = sessionsOf([1001, SECOND, natSession(TCP, [POD, SERVER], [NAT, SERVER], 2), 1]);

  it('join what goes out and what comes back, from either side', () => {
    expect(isCounterpart(session, [POD, SERVER], [NAT, SERVER])).toBe(true);
    expect(isCounterpart(session, [NAT, SERVER], [POD, SERVER])).toBe(true);
    expect(isCounterpart(session, [SERVER, NAT], [SERVER, POD])).toBe(true);
    expect(isCounterpart(session, [SERVER, POD], [SERVER, NAT])).toBe(true);
  });

  it('say nothing of other flows', () => {
    expect(isCounterpart(session, [{ ...POD, port: 50_002 }, SERVER], [NAT, SERVER])).toBe(false);
    expect(isCounterpart(session, [POD, { ...SERVER, port: 80 }], [NAT, SERVER])).toBe(false);
  });

  it('have the compartment of the internal side from version 1 on', () => {
    expect(session.translations.map(({ compartment, protocol }) => [protocol, compartment])).toEqual([
      [6, 2],
    ]);
    const old = natSession(TCP, [POD, SERVER], [NAT, SERVER], 2).slice(0, -4);
    expect(sessionsOf([1001, 0, old]).translations[0]?.compartment).toBe(0);
  });

  it('take their turns where the NAT uses a port again', () => {
    const other: FlowEnd = { address: '172.16.0.11', port: 60_000 };
    const sessions = sessionsOf(
      [1001, SECOND, natSession(TCP, [POD, SERVER], [NAT, SERVER], 2), 1],
      [1001, 100 * SECOND, natSession(TCP, [other, SERVER], [NAT, SERVER], 3), 1],
    );
    expect(isCounterpart(sessions, [SERVER, NAT], [SERVER, POD], 50)).toBe(true);
    expect(isCounterpart(sessions, [SERVER, NAT], [SERVER, other], 101)).toBe(true);
  });
});

describe('translations of WinNat', () => {
  it('join the two forms of one direction', () => {
    const sessions = sessionsOf([1009, SECOND, natTranslation(TCP, [SERVER, NAT], [SERVER, POD])]);
    expect(isCounterpart(sessions, [SERVER, NAT], [SERVER, POD])).toBe(true);
    expect(isCounterpart(sessions, [SERVER, POD], [SERVER, NAT])).toBe(true);
    expect(isCounterpart(sessions, [POD, SERVER], [NAT, SERVER])).toBe(false);
  });

  it('that failed join nothing', () => {
    const failed = natTranslation(TCP, [SERVER, NAT], [SERVER, POD], 0xc000_0001);
    expect(sessionsOf([1009, SECOND, failed]).isEmpty).toBe(true);
  });
});
