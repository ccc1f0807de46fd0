import { ByteWriter, guidBytes } from '../encoder/index.js';

export const HYPER_V_VMSWITCH = '67dc0d66-3695-47c0-9642-33f76f7bd7ad';

/** Data-path and "packet" keywords of the per-packet events. */
export const VMSWITCH_DATA_PATH = 0x400_0000_0002n;

export interface NamedObject {
  readonly name: string;
  readonly friendlyName: string;
}

/** Strings of this provider are counted in UTF-16 units and have no NUL. */
function counted(writer: ByteWriter, text: string): ByteWriter {
  return writer.u32(text.length).utf16(text);
}

function named(writer: ByteWriter, object: NamedObject): ByteWriter {
  return counted(counted(writer, object.name), object.friendlyName);
}

/** 56 (a NIC's packet enters), 58 (is delivered to it), 240 and 241: the NIC, the switch, the NBL. */
export function nicAndSwitch(nic: NamedObject, vSwitch: NamedObject, nbl: bigint): Uint8Array {
  return named(named(new ByteWriter(), nic), vSwitch).u64(nbl).take();
}

/** 57 (routed from NIC to NIC) and 242. */
export function routed(from: NamedObject, to: NamedObject, vSwitch: NamedObject, nbl: bigint): Uint8Array {
  return named(named(named(new ByteWriter(), from), to), vSwitch)
    .u64(nbl)
    .take();
}

/** 116 (team member connected) and 117 (disconnected): switch, NIC, index, interface GUID, Status. */
export const teamMember = (
  vSwitch: NamedObject,
  nic: NamedObject,
  nicIndex: number,
  guid: string,
): Uint8Array =>
  named(named(new ByteWriter(), vSwitch), nic).u32(nicIndex).bytes(guidBytes(guid)).u32(0).take();

/** 89: security policy of a port. */
export const portSecurity = (
  port: NamedObject,
  vSwitch: NamedObject,
  policy: {
    readonly macSpoofing: boolean;
    readonly dhcpGuard: boolean;
    readonly routerGuard: boolean;
    readonly vsid: number;
  },
): Uint8Array =>
  named(named(new ByteWriter(), port), vSwitch)
    .u32(policy.macSpoofing ? 1 : 0)
    .u32(policy.dhcpGuard ? 1 : 0)
    .u32(policy.routerGuard ? 1 : 0)
    .u32(0)
    .u32(0)
    .u32(0)
    .u32(policy.vsid)
    .u32(0)
    .u32(0)
    .u32(0)
    .u32(0)
    .take();

/** 91: an ACL was applied: direction 1 incoming, applicability, type 2 IPv4, action 2 deny, local and remote prefix. */
export const portAcl = (
  port: NamedObject,
  vSwitch: NamedObject,
  remote: string,
  remotePrefix: number,
): Uint8Array => {
  const writer = named(named(new ByteWriter(), port), vSwitch).u32(1).u32(2).u32(2).u32(2);
  return counted(counted(writer, '').u32(0), remote).u32(remotePrefix).take();
};

/** 36: an ACL dropped a packet. */
export const aclDropped = (port: NamedObject, vSwitch: NamedObject, acl: string): Uint8Array =>
  counted(named(named(new ByteWriter(), port), vSwitch), acl).take();

/** 54 (incoming packet dropped) and 55 (outgoing): the reason is a VMS_PACKET_DROP_REASON; no NBL. */
export function dropped(nic: NamedObject, vSwitch: NamedObject, reason: number): Uint8Array {
  return named(named(new ByteWriter(), nic), vSwitch).u32(reason).take();
}
