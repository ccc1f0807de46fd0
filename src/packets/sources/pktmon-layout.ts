import type { FieldExtent, FixedLayout } from '../../etw/index.js';
import { UNKNOWN } from '../packet.js';

/** A field that a layout does not have. */
const ABSENT: FieldExtent = { offset: 0, size: 0 };

/** Offsets of the fields of payload events and of NBL information, from the start of the payload. */
export interface PktmonLayout {
  readonly groupId: FieldExtent;
  readonly packetNumber: FieldExtent;
  readonly appearance: FieldExtent;
  readonly direction: FieldExtent;
  readonly packetType: FieldExtent;
  readonly componentId: FieldExtent;
  readonly edgeId: FieldExtent;
  readonly filterId: FieldExtent;
  readonly dropReason: FieldExtent;
  readonly dropLocation: FieldExtent;
  readonly originalSize: FieldExtent;
  readonly loggedSize: FieldExtent;
  readonly checksum: FieldExtent;
  readonly largeSend: FieldExtent;
  readonly coalescing: FieldExtent;
  readonly ieee8021q: FieldExtent;
  readonly hashInfo: FieldExtent;
  readonly hashValue: FieldExtent;
  readonly virtualSubnet: FieldExtent;
  readonly forwardingDetail: FieldExtent;
  readonly gftFlow: FieldExtent;
  /** Bytes of the fields of fixed size; in payload events the packet's bytes follow. */
  readonly fixedSize: number;
}

/** @returns undefined if the schema does not have the fields that are needed */
export function pktmonLayout(layout: FixedLayout, isPayload: boolean): PktmonLayout | undefined {
  const field = (...names: string[]): FieldExtent => {
    for (const name of names) {
      const extent = layout.fields.get(name);
      if (extent !== undefined && (extent.size <= 2 || extent.size === 4 || extent.size === 8)) return extent;
    }
    return ABSENT;
  };
  const groupId = field('PktGroupId');
  const componentId = field('ComponentId');
  const loggedSize = field('LoggedPayloadSize');
  if (groupId === ABSENT || componentId === ABSENT) return undefined;
  if (isPayload && (loggedSize === ABSENT || layout.variableField !== 'Payload')) return undefined;
  return {
    groupId,
    // Renamed in Windows 10 2004, in the events of NBL information.
    packetNumber: field('PktNumber', 'PktCount'),
    appearance: field('AppearanceCount'),
    direction: field('DirTag'),
    packetType: field('PacketType'),
    componentId,
    edgeId: field('EdgeId'),
    filterId: field('FilterId'),
    dropReason: field('DropReason'),
    dropLocation: field('DropLocation'),
    originalSize: field('OriginalPayloadSize'),
    loggedSize,
    checksum: field('TcpIpChecksum'),
    largeSend: field('TcpLargeSend'),
    coalescing: field('TcpRecvSegCoalesceInfo'),
    ieee8021q: field('Ieee8021Q'),
    hashInfo: field('HashInfo'),
    hashValue: field('HashValue'),
    virtualSubnet: field('VirtualSubnetInfo'),
    forwardingDetail: field('SwitchForwardingDetail'),
    gftFlow: field('GftFlowEntryId'),
    fixedSize: layout.variableAt,
  };
}

/** Hot path. The lower 32 bits of an unsigned field; 0 if the layout lacks it. */
export function low(view: DataView, base: number, field: FieldExtent): number {
  switch (field.size) {
    case 1:
      return view.getUint8(base + field.offset);
    case 2:
      return view.getUint16(base + field.offset, true);
    case 4:
    case 8:
      return view.getUint32(base + field.offset, true);
    default:
      return 0;
  }
}

/** Hot path. The upper 32 bits of a 64-bit field, else 0. */
export const high = (view: DataView, base: number, field: FieldExtent): number =>
  field.size === 8 ? view.getUint32(base + field.offset + 4, true) : 0;

/** Hot path. As {@link low}, but {@link UNKNOWN} where the layout lacks the field. */
export const lowOrUnknown = (view: DataView, base: number, field: FieldExtent): number =>
  field.size === 0 ? UNKNOWN : low(view, base, field);
