import type { Chunk } from './chunk.js';
import { type CommonOptions, OptionList, setTimestamp } from './options.js';

const BLOCK_TYPE = 5;
/** Interface ID, Timestamp. */
const FIXED_SIZE = 12;

const ISB_STARTTIME = 2;
const ISB_ENDTIME = 3;
const ISB_IFRECV = 4;
const ISB_IFDROP = 5;
const ISB_FILTERACCEPT = 6;
const ISB_OSDROP = 7;
const ISB_USRDELIV = 8;

/** Interface Statistics Block: "the capture statistics for a given interface". Counts begin with the capture. */
export interface InterfaceStatistics extends CommonOptions {
  /** Interface ID, as the writer gave it in this section. */
  readonly interfaceId: number;
  /** "The time at which the statistics values were taken", in the units of the interface (if_tsresol). */
  readonly time: bigint;
  /** isb_starttime: when the capture started, in the same units. */
  readonly startTime?: bigint;
  /** isb_endtime: when the capture ended, in the same units. */
  readonly endTime?: bigint;
  /** isb_ifrecv: packets received from the physical interface. */
  readonly ifRecv?: bigint;
  /** isb_ifdrop: packets dropped by the interface due to lack of resources. */
  readonly ifDrop?: bigint;
  /** isb_filteraccept: packets accepted by the filter. */
  readonly filterAccept?: bigint;
  /** isb_osdrop: packets dropped by the operating system. */
  readonly osDrop?: bigint;
  /** isb_usrdeliv: packets delivered to the user. */
  readonly usrDeliv?: bigint;
}

/** @throws RangeError for a custom option that is too long */
export function writeInterfaceStatistics(chunk: Chunk, statistics: InterfaceStatistics): void {
  const options = new OptionList();
  options.timestamp(ISB_STARTTIME, statistics.startTime);
  options.timestamp(ISB_ENDTIME, statistics.endTime);
  options.u64(ISB_IFRECV, statistics.ifRecv);
  options.u64(ISB_IFDROP, statistics.ifDrop);
  options.u64(ISB_FILTERACCEPT, statistics.filterAccept);
  options.u64(ISB_OSDROP, statistics.osDrop);
  options.u64(ISB_USRDELIV, statistics.usrDeliv);
  options.common(statistics);

  const at = chunk.startBlock(BLOCK_TYPE, FIXED_SIZE + options.size);
  chunk.view.setUint32(at, statistics.interfaceId, true);
  setTimestamp(chunk.view, at + 4, statistics.time);
  options.write(chunk.bytes, chunk.view, at + FIXED_SIZE);
}
