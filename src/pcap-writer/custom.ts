import { type Chunk, padded } from './chunk.js';

/** Block types that programs which rewrite the file can copy, and that they should not copy. */
const BLOCK_TYPE_COPYABLE = 0x00000bad;
const BLOCK_TYPE_NO_COPY = 0x40000bad;
/** Private Enterprise Number. */
const FIXED_SIZE = 4;

/** Custom Block: "custom data that is not part of another block". */
export interface CustomBlock {
  /** Private Enterprise Number of who defined the block, assigned by IANA; 32 bits unsigned. */
  readonly pen: number;
  /** Custom Data. The block has only its length after padding to 32 bits. */
  readonly data: Uint8Array;
  /** Whether programs that rewrite the file may copy the block (0x00000BAD) or should not (0x40000BAD). */
  readonly copyable: boolean;
}

export function writeCustom(chunk: Chunk, block: CustomBlock): void {
  const type = block.copyable ? BLOCK_TYPE_COPYABLE : BLOCK_TYPE_NO_COPY;
  const at = chunk.startBlock(type, FIXED_SIZE + padded(block.data.length));
  chunk.view.setUint32(at, block.pen, true);
  chunk.bytes.set(block.data, at + FIXED_SIZE);
}
