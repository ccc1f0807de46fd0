import { unixTime } from '../../encoder/index.js';
import { SERVER_2022 } from '../host.js';
import {
  NDIS_PACKET_CAPTURE,
  NdisKeyword,
  nblInfo,
  type SwitchPort,
  switchPacketFragment,
} from '../ndis-events.js';
import { NdisHost } from '../ndis-host.js';
import type { Scenario } from '../truth.js';

const START = unixTime('2024-02-05T09:00:00Z');
const SWITCH = { miniportIfIndex: 14, lowerIfIndex: 14 };
/** 100 ns between the ingress and the egress record. */
const IN_SWITCH = 20n;

/** The port of a virtual machine's NIC. */
export const vmPort = (portId: number, nicName: string): SwitchPort => ({
  portId,
  portName: `C0FFEE00-0001-4000-8000-${portId.toString(16).padStart(12, '0')}`,
  nicName,
  nicType: 'Synthetic',
});

/**
 * A host with a capture of its virtual switch: each frame when it enters a port and when the switch has chosen its
 * ports.
 */
export class VSwitchHost {
  readonly #host = new NdisHost({ type: 'qpc', start: START, perfFrequency: 10_000_000n }, { gft: true });
  #last = 0n;

  /**
   * @param destinations the ports that the switch chose; none: the frame was not seen again
   * @param vlanId out-of-band VLAN of the port; absent: untagged
   */
  frame(
    name: string,
    ms: number,
    source: SwitchPort,
    destinations: readonly SwitchPort[],
    frame: Uint8Array,
    vlanId?: number,
  ): void {
    const at = BigInt(ms) * 10_000n;
    if (at > this.#last) this.#last = at;
    this.#record(name, at, source, [], frame, vlanId);
    if (destinations.length > 0) this.#record(name, at + IN_SWITCH, source, destinations, frame, vlanId);
  }

  #record(
    name: string,
    at: bigint,
    source: SwitchPort,
    destinations: readonly SwitchPort[],
    frame: Uint8Array,
    vlanId: number | undefined,
  ): void {
    const isEgress = destinations.length > 0;
    const { recorder } = this.#host;
    const data = switchPacketFragment(
      SWITCH,
      source,
      destinations,
      frame,
      nblInfo({ sourcePortId: source.portId, ...(vlanId !== undefined && { vlanId }) }),
    );
    recorder.event(
      { at: START + at, processor: 1, pid: 4, tid: 60 },
      {
        provider: NDIS_PACKET_CAPTURE,
        id: 1003,
        channel: 16,
        level: 4,
        keyword:
          NdisKeyword.ethernet |
          NdisKeyword.vmSwitch |
          NdisKeyword.packetStart |
          NdisKeyword.packetEnd |
          NdisKeyword.packet |
          NdisKeyword[isEgress ? 'send' : 'receive'],
        data,
      },
      {
        bytes: frame,
        originalLength: frame.length,
        direction: isEgress ? 'outbound' : 'inbound',
        linkType: 1,
        captureLocation: {
          source: 'vswitch',
          ...SWITCH,
          ...source,
          ...(vlanId !== undefined && { vlanId }),
        },
        comment: { Dir: isEgress ? 'Egress' : 'Ingress' },
        packet: name,
      },
    );
    recorder.passed(name, isEgress ? 'switch egress' : 'switch ingress');
  }

  finish(name: string): Scenario {
    const end = START + this.#last + 10_000_000n;
    this.#host.recorder.systemConfiguration(end, { ...SERVER_2022, interfaces: [] });
    const options = { form: 'merged', end, processors: 2 } as const;
    return this.#host.recorder.scenario(name, options, options);
  }
}
