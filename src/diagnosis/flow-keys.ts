import type { Journey } from './journey.js';

/**
 * A key for each pair of addresses and ports that the packet had on its way, from the sender's view; `isReversed` from the
 * receiver's, as the answers to it have.
 */
export const flowKeys = ({ flows }: Journey, isReversed: boolean): string[] =>
  flows.map(({ conversation: { a, b }, isFromA }) =>
    isFromA === isReversed ? `${b} > ${a}` : `${a} > ${b}`,
  );
