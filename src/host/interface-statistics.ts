import { joinTokens, token } from './comment-tokens.js';
import type { Edge } from './components.js';
import type { HostModel } from './host-model.js';
import type { InterfaceDetails } from './interface-table.js';

/** Losses of the trace as a whole. */
export interface TraceLoss {
  /** As the trace header counts them. */
  readonly eventsLost: number;
  readonly buffersLost: number;
  /** RT_LostEvent records: losses of a real-time session. */
  readonly realTimeLosses: number;
  /** Buffers whose header states a loss before them. */
  readonly buffersAfterLoss: number;
  /** Buffers that were written and are not in the file. */
  readonly missingBuffers: number;
}

/** The contents of one Interface Statistics Block; unknown counts are absent. */
export interface InterfaceCounts {
  /** Position of the interface in the table. */
  readonly interfaceIndex: number;
  /**
   * isb_ifrecv: packets that passed the component's edges, in both directions. A packet that passes two edges counts
   * twice, because it is in the trace twice.
   */
  readonly ifRecv?: bigint;
  /** isb_ifdrop: packets that the component dropped, in both directions. */
  readonly ifDrop?: bigint;
  /** isb_osdrop: events that the trace lost. They belong to no interface, and are reported for the first one. */
  readonly osDrop?: bigint;
  /** As `key=value` tokens; may be empty. */
  readonly comment: string;
}

/**
 * Statistics of the interfaces for which the trace has any: pktmon's counters of the whole session, which also count
 * packets that were filtered, truncated or overwritten; and the trace's own losses.
 */
export function interfaceStatistics(
  interfaces: readonly InterfaceDetails[],
  model: HostModel,
  loss: TraceLoss,
): InterfaceCounts[] {
  const lost = BigInt(loss.eventsLost);
  const hasLoss = lossCounts(loss).some((count) => count > 0);
  // Counters belong to a component: if it has two interfaces (two link types) the first one has them.
  const reported = new Set<number>();
  return interfaces.flatMap(({ componentId }, interfaceIndex) => {
    const isFirst = componentId !== undefined && !reported.has(componentId);
    if (isFirst) reported.add(componentId);
    const component = isFirst ? model.components.get(componentId) : undefined;
    const drops = component?.drops;
    const edges = component?.edges ?? [];
    const isLossHere = hasLoss && interfaceIndex === 0;
    if (edges.length === 0 && drops === undefined && !isLossHere) return [];
    return [
      {
        interfaceIndex,
        ...(edges.length > 0 && { ifRecv: edges.reduce((sum, edge) => sum + passed(edge), 0n) }),
        ...(drops && { ifDrop: drops.packetsIn + drops.packetsOut }),
        ...(isLossHere && { osDrop: lost }),
        comment: isLossHere
          ? joinTokens([
              token('TraceEventsLost', loss.eventsLost),
              token('TraceBuffersLost', loss.buffersLost),
              token('TraceRealTimeLosses', loss.realTimeLosses || undefined),
              token('TraceBuffersAfterLoss', loss.buffersAfterLoss || undefined),
              token('TraceBuffersMissing', loss.missingBuffers || undefined),
            ])
          : '',
      },
    ];
  });
}

const lossCounts = (loss: TraceLoss): number[] => [
  loss.eventsLost,
  loss.buffersLost,
  loss.realTimeLosses,
  loss.buffersAfterLoss,
  loss.missingBuffers,
];

const passed = ({ counters }: Edge): bigint => counters.packetsIn + counters.packetsOut;
