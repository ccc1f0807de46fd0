/**
 * Ad-hoc code signature of a Mach-O file: macOS on ARM starts no program without one. Layout of the signature: Apple's
 * xnu, osfmk/kern/cs_blobs.h (CS_SuperBlob, CS_CodeDirectory; numbers are big-endian); of the file: mach-o/loader.h.
 */

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const MAGIC_64 = 0xfeedfacf;
const HEADER_SIZE = 32;
const LC_SEGMENT_64 = 0x19;
const LC_CODE_SIGNATURE = 0x1d;
const SIGNATURE_COMMAND_SIZE = 16;

const SUPER_BLOB = 0xfade0cc0;
const SUPER_BLOB_SIZE = 20;
const CODE_DIRECTORY = 0xfade0c02;
const CODE_DIRECTORY_SIZE = 88;
/** The version with execSegBase, execSegLimit and execSegFlags. */
const CODE_DIRECTORY_VERSION = 0x20400;
/** CS_ADHOC and CS_LINKER_SIGNED. */
const FLAGS = 0x20002;
const HASH_TYPE_SHA256 = 2;
const HASH_SIZE = 32;
const PAGE_BITS = 12;
const PAGE_SIZE = 1 << PAGE_BITS;
const EXECSEG_MAIN_BINARY = 1n;

/**
 * Signs a 64-bit Mach-O file in place; an existing signature is replaced.
 *
 * @param {string} path
 * @param {string} identifier name of the program in the signature
 * @throws Error if the file is not 64-bit Mach-O or has no room for the load command
 */
export function signAdHoc(path, identifier) {
  const file = readFileSync(path);
  if (file.readUInt32LE(0) !== MAGIC_64) throw new Error(`${path}: not a 64-bit Mach-O file`);
  const { commandsEnd, count, signature, text, linkEdit } = readCommands(file, path);
  const codeSize = align(signature?.start ?? file.length, 16);
  const pages = Math.ceil(codeSize / PAGE_SIZE);
  const identifierSize = Buffer.byteLength(identifier) + 1;
  const directorySize = CODE_DIRECTORY_SIZE + identifierSize + pages * HASH_SIZE;
  const size = align(SUPER_BLOB_SIZE + directorySize, 16);

  const signed = Buffer.alloc(codeSize + size);
  file.copy(signed, 0, 0, Math.min(codeSize, signature?.start ?? file.length));
  const command = signature?.command ?? commandsEnd;
  if (signature === undefined) {
    if (signed.subarray(command, command + SIGNATURE_COMMAND_SIZE).some((byte) => byte !== 0)) {
      throw new Error(`${path}: no room for LC_CODE_SIGNATURE`);
    }
    signed.writeUInt32LE(count + 1, 16);
    signed.writeUInt32LE(signed.readUInt32LE(20) + SIGNATURE_COMMAND_SIZE, 20);
  }
  signed.writeUInt32LE(LC_CODE_SIGNATURE, command);
  signed.writeUInt32LE(SIGNATURE_COMMAND_SIZE, command + 4);
  signed.writeUInt32LE(codeSize, command + 8);
  signed.writeUInt32LE(size, command + 12);
  // The signature is the end of __LINKEDIT. Pages of ARM have 16 KiB.
  const linkEditSize = BigInt(signed.length) - linkEdit.fileOffset;
  signed.writeBigUInt64LE((linkEditSize + 0x3fffn) & ~0x3fffn, linkEdit.command + 32);
  signed.writeBigUInt64LE(linkEditSize, linkEdit.command + 48);

  const directory = codeSize + SUPER_BLOB_SIZE;
  writeNumbers(signed, codeSize, [SUPER_BLOB, SUPER_BLOB_SIZE + directorySize, 1, 0, SUPER_BLOB_SIZE]);
  const hashOffset = CODE_DIRECTORY_SIZE + identifierSize;
  writeNumbers(signed, directory, [
    CODE_DIRECTORY,
    directorySize,
    CODE_DIRECTORY_VERSION,
    FLAGS,
    hashOffset,
    CODE_DIRECTORY_SIZE,
    0,
    pages,
    codeSize,
  ]);
  signed.set([HASH_SIZE, HASH_TYPE_SHA256, 0, PAGE_BITS], directory + 36);
  signed.writeBigUInt64BE(text.fileOffset, directory + 64);
  signed.writeBigUInt64BE(text.fileSize, directory + 72);
  signed.writeBigUInt64BE(EXECSEG_MAIN_BINARY, directory + 80);
  signed.write(identifier, directory + CODE_DIRECTORY_SIZE);
  for (let page = 0; page < pages; page++) {
    const bytes = signed.subarray(page * PAGE_SIZE, Math.min((page + 1) * PAGE_SIZE, codeSize));
    signed.set(createHash('sha256').update(bytes).digest(), directory + hashOffset + page * HASH_SIZE);
  }
  writeFileSync(path, signed);
}

/**
 * @param {Buffer} file
 * @param {string} path
 */
function readCommands(file, path) {
  const count = file.readUInt32LE(16);
  const segments = new Map();
  let signature;
  let command = HEADER_SIZE;
  for (let n = 0; n < count; n++) {
    const kind = file.readUInt32LE(command);
    if (kind === LC_SEGMENT_64) {
      const name = file.toString('latin1', command + 8, command + 24).replace(/\0+$/u, '');
      segments.set(name, {
        command,
        fileOffset: file.readBigUInt64LE(command + 40),
        fileSize: file.readBigUInt64LE(command + 48),
      });
    } else if (kind === LC_CODE_SIGNATURE) {
      signature = { command, start: file.readUInt32LE(command + 8) };
    }
    command += file.readUInt32LE(command + 4);
  }
  const text = segments.get('__TEXT');
  const linkEdit = segments.get('__LINKEDIT');
  if (text === undefined || linkEdit === undefined) throw new Error(`${path}: no __TEXT or no __LINKEDIT`);
  return { commandsEnd: command, count, signature, text, linkEdit };
}

/**
 * @param {Buffer} buffer
 * @param {number} offset
 * @param {readonly number[]} numbers 32 bits each, big-endian
 */
function writeNumbers(buffer, offset, numbers) {
  for (const [n, number] of numbers.entries()) buffer.writeUInt32BE(number, offset + 4 * n);
}

const align = (size, to) => Math.ceil(size / to) * to;
