import type { Chunk } from './chunk.js';
import { type CommonOptions, OptionList } from './options.js';

const BLOCK_TYPE = 0x0a0d0d0a;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** "Writers MUST NOT write SHBs with a Major Version other than 1 or a Minor Version other than 0." */
const MAJOR_VERSION = 1;
const MINOR_VERSION = 0;
/** Section Length -1: "the size of the section is not specified". */
const LENGTH_NOT_SPECIFIED = -1n;
/** Byte-Order Magic, Major Version, Minor Version, Section Length. */
const FIXED_SIZE = 16;

const SHB_HARDWARE = 2;
const SHB_OS = 3;
const SHB_USERAPPL = 4;

/** Section Header Block: "identifies the beginning of a section of the capture file". */
export interface SectionHeader extends CommonOptions {
  /** shb_hardware: "the description of the hardware used to create this section". */
  readonly hardware?: string;
  /** shb_os: "the name of the operating system used to create this section". */
  readonly os?: string;
  /** shb_userappl: "the name of the application used to create this section". */
  readonly userAppl?: string;
}

/** @throws RangeError for a custom option that is too long */
export function writeSectionHeader(chunk: Chunk, section: SectionHeader): void {
  const options = new OptionList();
  options.text(SHB_HARDWARE, section.hardware);
  options.text(SHB_OS, section.os);
  options.text(SHB_USERAPPL, section.userAppl);
  options.common(section);

  const at = chunk.startBlock(BLOCK_TYPE, FIXED_SIZE + options.size);
  const view = chunk.view;
  view.setUint32(at, BYTE_ORDER_MAGIC, true);
  view.setUint16(at + 4, MAJOR_VERSION, true);
  view.setUint16(at + 6, MINOR_VERSION, true);
  view.setBigInt64(at + 8, LENGTH_NOT_SPECIFIED, true);
  options.write(chunk.bytes, view, at + FIXED_SIZE);
}
