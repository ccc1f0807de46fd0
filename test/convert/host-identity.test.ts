import { describe, expect, it } from 'vitest';
import { guidBytes, hexBytes } from '../../samples/encoder/index.js';
import { interfaceRow } from '../../samples/encoder/schemas/system-configuration.js';
import { divideByHost, type HostIdentity, hostIdentity } from '../../src/passes/host-identity.js';
import { ByteWriter, component, configuration, event, kernel, PKTMON, surveyOf } from '../host/feed.js';

interface Adapter {
  readonly index: number;
  readonly guid: string;
  readonly mac: string;
  readonly isSoftware?: boolean;
}

const guid = (number: number): string => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
const row = ({ guid: id, index, isSoftware = false, mac }: Adapter): Uint8Array =>
  configuration(
    36,
    interfaceRow({
      index,
      guid: id,
      alias: `adapter ${index}`,
      description: '',
      mac: hexBytes(mac),
      speed: 1_000_000_000n,
      flags: isSoftware ? 0 : 1,
    }),
  );

/** SystemConfig_CPU (Windows SDK, MOF) up to the domain's name. */
const named = (computer: string): Uint8Array =>
  kernel(
    0x0b0a,
    3,
    new ByteWriter().u32(2400).u32(8).u32(1).u32(1).u32(1).utf16Fixed(computer, 256).utf16Fixed('', 134),
  );

/** A pktmon component with a GUID (event 40) and a MAC address (event 70). */
const pktmonAdapter = (id: number, ifGuid: string, mac: string): Uint8Array[] => [
  component(id, 2, 'e1dn.sys', 'Intel'),
  event(PKTMON, 40, new ByteWriter().u16(id).u16(4).bytes(guidBytes(ifGuid))),
  event(PKTMON, 70, new ByteWriter().u16(id).u16(6).u16(6).bytes(hexBytes(mac))),
];

const host = (records: readonly Uint8Array[], processors = 8): HostIdentity =>
  hostIdentity(surveyOf(records), { cpuMhz: 2400, pointerSize: 8, processors });

const A = { index: 8, guid: guid(1), mac: '000d3a00000a' };
const NOTHING = host([]);

describe('traces of the same boot second and build', () => {
  it.each([
    ['GUIDs of the same interface', [row(A)], [row({ ...A, guid: guid(2) })]],
    ['MAC addresses of the same GUID', [row(A)], [row({ ...A, mac: '000d3a00000b' })]],
    ['computer names', [named('WEB01')], [named('WEB02')]],
    ['computer names, with all else equal', [row(A), named('WEB01')], [row(A), named('WEB02')]],
    [
      'GUIDs of a pktmon component',
      pktmonAdapter(3, guid(1), '000d3a00000a'),
      pktmonAdapter(3, guid(2), '000d3a00000b'),
    ],
    [
      'hardware, with the software adapters of one image',
      [
        row(A),
        ...[20, 21, 22].map((n) => row({ index: n, guid: guid(n), mac: '02004c4f4f50', isSoftware: true })),
      ],
      [
        row({ ...A, mac: '000d3a00000b' }),
        ...[20, 21, 22].map((n) => row({ index: n, guid: guid(n), mac: '02004c4f4f50', isSoftware: true })),
      ],
    ],
  ])('are two hosts if they differ in %s', (_what, one, other) => {
    expect(divideByHost([host(one), host(other)])).toEqual([0, 1]);
  });

  it.each([
    ['has no facts', [row(A), named('WEB01')], []],
    ['has only the computer name', [row(A), named('WEB01')], [named('web01')]],
    ['has no computer name', [row(A), named('WEB01')], [row(A)]],
    [
      'has another virtual adapter besides',
      [row(A)],
      [row(A), row({ index: 30, guid: guid(30), mac: '00155d000001' })],
    ],
    [
      'gives the index of a removed adapter to a new one',
      [row(A), row({ index: 30, guid: guid(30), mac: '00155d000001' })],
      [row(A), row({ index: 30, guid: guid(31), mac: '00155d000002' })],
    ],
  ])('are one host if one of them %s', (_what, one, other) => {
    expect(divideByHost([host(one), host(other)])).toEqual([0, 0]);
  });

  it('a trace without facts joins the only host, before and after it', () => {
    const known = host([row(A)]);
    expect(divideByHost([NOTHING, known])).toEqual([0, 0]);
    expect(divideByHost([NOTHING, NOTHING, known, NOTHING])).toEqual([0, 0, 0, 0]);
  });

  it('a trace without facts joins the host with the same machine, if there are two hosts', () => {
    const small = host([row(A)], 2);
    const large = host([row({ ...A, guid: guid(2), mac: '000d3a00000b' })], 64);
    expect(divideByHost([small, large, host([], 64), host([], 2)])).toEqual([0, 1, 1, 0]);
  });

  it('a trace without facts is no part of a host that is not known to be its own', () => {
    const [one, other] = [host([row(A)]), host([row({ ...A, guid: guid(2), mac: '000d3a00000b' })])];
    expect(divideByHost([one, other, NOTHING])).toEqual([0, 1, 2]);
  });

  it('traces of the same host are one, between those of another', () => {
    const [one, other] = [host([row(A)]), host([row({ ...A, guid: guid(2), mac: '000d3a00000b' })])];
    expect(divideByHost([one, other, one, other])).toEqual([0, 1, 0, 1]);
  });
});
