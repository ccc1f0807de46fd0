import { ByteWriter } from '../encoder/index.js';

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

/** 54 (incoming packet dropped) and 55 (outgoing): the reason is a VMS_PACKET_DROP_REASON; no NBL. */
export function dropped(nic: NamedObject, vSwitch: NamedObject, reason: number): Uint8Array {
  return named(named(new ByteWriter(), nic), vSwitch).u32(reason).take();
}
