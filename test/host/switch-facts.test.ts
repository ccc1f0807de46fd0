import { describe, expect, it } from 'vitest';
import { guidBytes, hexBytes } from '../../samples/encoder/index.js';
import { interfaceRow } from '../../samples/encoder/schemas/system-configuration.js';
import {
  aclDropped,
  HYPER_V_VMSWITCH,
  portAcl,
  portSecurity,
  teamMember,
} from '../../samples/scenarios/index.js';
import { policyText, TeamMemberNames } from '../../src/host/index.js';
import { ByteWriter, captureLocation, configuration, event, ndis, surveyOf } from './feed.js';

const IM_PLATFORM = '11c5d8ad-756a-42c2-8087-eb1b4a72a846';
const NETVSC = '152fbe4b-c7ad-4f68-bada-a4fcc1464f6c';
const GUID = 'a52a0b03-325d-414c-8c3e-f211f325aa3c';
const OTHER_GUID = 'b52a0b03-325d-414c-8c3e-f211f325aa3c';
const VSWITCH = { name: 'SW', friendlyName: 'SET switch' };
const PORT = { name: '{A1B2C3D4-0002}', friendlyName: 'web' };

const row = (index: number, alias: string, guid: string): Uint8Array =>
  configuration(
    36,
    interfaceRow({
      index,
      guid,
      alias,
      description: `adapter ${index}`,
      mac: hexBytes('00:15:5d:01:02:03'),
      speed: 1_000_000_000n,
    }),
  );
const vmSwitch = (id: number, data: Uint8Array): Uint8Array =>
  event(HYPER_V_VMSWITCH, id, new ByteWriter().bytes(data));

describe('members of a switch team (SET)', () => {
  const team = { name: 'TEAM-NIC', friendlyName: 'team' };
  const member = (id: number, index: number, guid: string, nic = team): Uint8Array =>
    vmSwitch(id, teamMember(VSWITCH, nic, index, guid));
  const uplink = captureLocation({ source: 'vswitch', nicName: '{team-nic}' });

  it('have the alias of the interface that events 116 and 117 name by GUID', () => {
    const model = surveyOf([row(8, 'NIC A', GUID), member(116, 1, GUID), member(117, 2, OTHER_GUID)]);
    const names = new TeamMemberNames(model);
    expect(names.ofSwitch(uplink, 1)).toBe('NIC A');
    expect(names.ofSwitch(uplink, 2)).toBe(OTHER_GUID);
    expect(names.ofSwitch(uplink, 3)).toBe('3');
    expect(model.teamMembers.map(({ connected, index }) => [index, connected])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  it('are told apart by the team’s NIC; without it, a number that two teams have names none', () => {
    const second = { name: 'OTHER', friendlyName: 'other' };
    const names = new TeamMemberNames(
      surveyOf([
        member(116, 1, GUID),
        member(116, 1, OTHER_GUID, second),
        member(116, 2, OTHER_GUID, second),
      ]),
    );
    expect(names.ofSwitch(uplink, 1)).toBe(GUID);
    const pktmon = captureLocation({ source: 'pktmon', componentId: 5 });
    expect(names.ofSwitch(pktmon, 1)).toBe('1');
    expect(names.ofSwitch(pktmon, 2)).toBe(OTHER_GUID);
  });

  it('are disconnected where event 170 (unteamed) names them', () => {
    const unteamed = new ByteWriter().u64(1n).bytes(guidBytes(GUID)).u32(0).take();
    const { teamMembers } = surveyOf([member(116, 1, GUID), vmSwitch(170, unteamed)]);
    expect(teamMembers.map(({ connected }) => connected)).toEqual([false]);
  });
});

describe('members of an LBFO team', () => {
  it('are the adapters that NdisImPlatform names, by alias, description or GUID', () => {
    const link = event(IM_PLATFORM, 27, new ByteWriter().utf16z('Team 1').utf16z('adapter 8'));
    const model = surveyOf([row(8, 'NIC A', GUID), row(9, 'NIC B', OTHER_GUID), link]);
    const names = new TeamMemberNames(model);
    expect(names.ofLocation(ndis(8, 8))).toBe('NIC A');
    expect(names.ofLocation(ndis(9, 9))).toBeUndefined();
    expect(model.teamMembers).toEqual([{ team: 'Team 1', name: 'adapter 8', connected: true }]);
  });
});

describe('policies of a vSwitch port', () => {
  it('are its security policy (89), its ACLs (91), and the ACLs that dropped packets (36), each once', () => {
    const model = surveyOf([
      vmSwitch(
        89,
        portSecurity(PORT, VSWITCH, { macSpoofing: true, dhcpGuard: false, routerGuard: true, vsid: 5001 }),
      ),
      vmSwitch(91, portAcl(PORT, VSWITCH, '10.9.0.0', 16)),
      vmSwitch(36, aclDropped(PORT, VSWITCH, 'acl-7')),
      vmSwitch(36, aclDropped(PORT, VSWITCH, 'acl-7')),
    ]);
    const policy = model.portPolicies.get('a1b2c3d4-0002');
    expect(policy).toMatchObject({
      portName: PORT.name,
      friendlyName: 'web',
      vSwitch: 'SET switch',
      acls: ['deny incoming IPv4, local any, remote 10.9.0.0/16'],
      aclDrops: ['acl-7'],
    });
    expect(policy && policyText(policy)).toBe('mac-spoofing,router-guard,vsid=5001');
  });
});

describe('the VF data path of a guest', () => {
  it('is the state that Netvsc 59 states, with its MAC address', () => {
    const state = (active: number): Uint8Array =>
      event(
        NETVSC,
        59,
        new ByteWriter()
          .utf16z('Microsoft Hyper-V Network Adapter')
          .u32(2)
          .u32(1)
          .u32(active)
          .bytes(hexBytes('00:15:5d:0a:0b:0c')),
      );
    expect(surveyOf([state(1)]).dataPaths).toMatchObject([
      {
        miniport: 'Microsoft Hyper-V Network Adapter',
        vfSerialNumber: 2,
        associated: true,
        active: true,
        mac: '00:15:5d:0a:0b:0c',
      },
    ]);
  });
});
