import { joinTokens, token } from './comment-tokens.js';
import type { Edge } from './components.js';
import type { HostModel } from './host-model.js';
import type { InterfaceDetails } from './interface-table.js';

/** What the trace as a whole lost. */
export interface TraceLoss {
  /** As the trace header counts them. */
  readonly eventsLost: number;
  readonly buffersLost: number;
  /** RT_LostEvent records: losses of a real-time session. */
  readonly realTimeLosses: number;
  /** Buffers whose header says that something was lost before them. */
  readonly buffersAfterLoss: number;
  /** Buffers that were written and are not in the file. */
  readonly missingBuffers: number;
}

/** What becomes one Interface Statistics Block; counts that nothing told are absent. */
export interface InterfaceCounts {
  /** Position of the interface in the table. */
  readonly interfaceIndex: number;
  /**
   * isb_ifrecv: packets that passed the component's edges, in both directions. A packet that passes two edges counts
   * twice, as it stands in the trace twice.
   */
  readonly ifRecv?: bigint;
  /** isb_ifdrop: packets that the component dropped, in both directions. */
  readonly ifDrop?: bigint;
  /** isb_osdrop: events that the trace lost. They belong to no interface: told once, at the first one. */
  readonly osDrop?: bigint;
  /** As `key=value` tokens; empty if there is nothing to add. */
  readonly comment: string;
}

/**
 * Statistics for those interfaces that the trace has any for: pktmon's counters of the whole session, which go on where
 * packets were filtered, cut off or overwritten, and the trace's own losses.
 */
export function interfaceStatistics(
  interfaces: readonly InterfaceDetails[],
  model: HostModel,
  loss: TraceLoss,
): InterfaceCounts[] {
  const lost = BigInt(loss.eventsLost);
  const hasLoss = lossCounts(loss).some((count) => count > 0);
  // Counters are the component's: where it has two interfaces (two link types) the first one gets them.
  const told = new Set<number>();
  return interfaces.flatMap(({ componentId }, interfaceIndex) => {
    const isFirst = componentId !== undefined && !told.has(componentId);
    if (isFirst) told.add(componentId);
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
