/** Number of first bytes that {@link formatOf} needs: a tar header has 512. */
export const HEAD_BYTES = 1024;

/** Archives and compressed files that are read. */
export type ContainerKind = 'zip' | 'cab' | 'tar' | 'gzip' | 'zstd';

/** The format of a file, by its first bytes. */
export type Format =
  | { readonly kind: 'trace' }
  | { readonly kind: 'container'; readonly container: ContainerKind; readonly name: string }
  /** Another format; `remedy`: advice for people. */
  | { readonly kind: 'foreign'; readonly name: string; readonly remedy: string };

interface Signature {
  /** Latin-1. */
  readonly bytes: string;
  /** Default: 0. */
  readonly offset?: number;
  readonly format: Format;
}

const container = (bytes: string, kind: ContainerKind, name: string, offset = 0): Signature => ({
  bytes,
  offset,
  format: { kind: 'container', container: kind, name },
});

const foreign = (bytes: string, name: string, remedy: string, offset = 0): Signature => ({
  bytes,
  offset,
  format: { kind: 'foreign', name, remedy },
});

const PCAP = 'open it in Wireshark; no conversion is needed';
const PCAP_NAME = 'already a pcap file';
const NOT_READ = 'which is not read; expand it first';

/** First bytes of formats that are found where a trace is expected. The first that fits decides. */
const SIGNATURES: readonly Signature[] = [
  // APPNOTE.TXT 4.3: a local file header, the end record of an empty archive, the mark of a split archive.
  container('PK\x03\x04', 'zip', 'a zip archive'),
  container('PK\x05\x06', 'zip', 'a zip archive'),
  container('PK\x07\x08', 'zip', 'a zip archive'),
  container('MSCF\0\0\0\0', 'cab', 'a cabinet'),
  container('\x1f\x8b\x08', 'gzip', 'a gzip file'),
  container('\x28\xb5\x2f\xfd', 'zstd', 'a zstd file'),
  // POSIX.1 (pax) "ustar Interchange Format"; GNU writes "ustar  ".
  container('ustar', 'tar', 'a tar archive', 257),
  foreign("7z\xbc\xaf'\x1c", `a 7z archive, ${NOT_READ}`, '7z x FILE'),
  foreign('Rar!\x1a\x07', `a rar archive, ${NOT_READ}`, 'unrar x FILE or 7z x FILE'),
  foreign('\xfd7zXZ\0', `an xz file, ${NOT_READ}`, 'xz -dk FILE (tar -xf FILE for a .tar.xz)'),
  foreign('BZh', `a bzip2 file, ${NOT_READ}`, 'bzip2 -dk FILE (tar -xf FILE for a .tar.bz2)'),
  foreign('MSWIM\0\0\0', `a Windows image (WIM), ${NOT_READ}`, '7z x FILE'),
  foreign('\x0a\x0d\x0d\x0a', 'already a pcapng file', PCAP),
  foreign('\xd4\xc3\xb2\xa1', PCAP_NAME, PCAP),
  foreign('\xa1\xb2\xc3\xd4', PCAP_NAME, PCAP),
  foreign('\x4d\x3c\xb2\xa1', PCAP_NAME, PCAP),
  foreign('\xa1\xb2\x3c\x4d', PCAP_NAME, PCAP),
  foreign('\x34\xcd\xb2\xa1', PCAP_NAME, PCAP),
  foreign('GMBU', 'a Network Monitor 2 or 3 capture (.cap)', PCAP),
  foreign('RTSS', 'a Network Monitor 1 capture (.cap)', PCAP),
  foreign('TRSNIFF data    \x1a', 'a Sniffer capture', PCAP),
  foreign('XCP\0', 'a NetXRay or Sniffer capture (.cap)', PCAP),
  foreign('snoop\0\0\0', 'a snoop capture', PCAP),
  foreign('btsnoop\0', 'a Bluetooth capture (btsnoop)', PCAP),
  foreign(
    'ElfFile\0',
    'a Windows event log (.evtx)',
    'open it in Event Viewer, or with Get-WinEvent -Path FILE; the trace has the ending .etl',
  ),
  foreign('LfLe', 'a Windows event log (.evt)', 'open it in Event Viewer; the trace has the ending .etl', 4),
  foreign(
    '\x14\0\0\0!FastSerialization.1',
    'a PerfView file (.etlx)',
    'use the .etl from which PerfView made it',
  ),
  foreign('SQLite format 3\0', 'an SQLite database', 'use the .etl file'),
  foreign('regf', 'a registry hive', 'use the .etl file'),
  foreign('MDMP', 'a Windows minidump', 'open it in WinDbg'),
  foreign('PAGEDU', 'a Windows memory dump', 'open it in WinDbg'),
  foreign('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'an Office or MSI file', 'use the .etl file'),
  foreign('%PDF-', 'a PDF file', 'use the .etl file'),
  foreign('vhdxfile', 'a virtual disk (VHDX)', 'mount it and use the .etl file in it'),
];

/**
 * The format of a file, by its first bytes.
 *
 * @param head the first {@link HEAD_BYTES} bytes, or all if there are fewer
 * @returns undefined if it is unknown: a damaged trace, or something else
 */
export function formatOf(head: Uint8Array): Format | undefined {
  const known = SIGNATURES.find((signature) => startsWith(head, signature));
  if (known !== undefined) return known.format;
  if (isTraceStart(head)) return { kind: 'trace' };
  if (isProgram(head)) return { kind: 'foreign', name: 'a Windows program', remedy: 'use the .etl file' };
  if (isTarHeader(head)) return { kind: 'container', container: 'tar', name: 'a tar archive' };
  return textFormat(head);
}

function startsWith(head: Uint8Array, { bytes, offset = 0 }: Signature): boolean {
  if (head.length < offset + bytes.length) return false;
  for (let at = 0; at < bytes.length; at++) if (head[offset + at] !== bytes.charCodeAt(at)) return false;
  return true;
}

const BUFFER_HEADER_SIZE = 72;
/** The trace header is the first record: a system header for 32-bit (1) or 64-bit (2) pointers, with the mark 0xC0. */
const SYSTEM_HEADERS: readonly (number | undefined)[] = [1, 2];
const TRACE_HEADER_MARK = 0xc0;
const MAX_BUFFER_SIZE = 64 * 1024 * 1024;

/** Whether an ETL buffer with a trace header is at the start. */
function isTraceStart(head: Uint8Array): boolean {
  if (head.length < BUFFER_HEADER_SIZE + 4) return false;
  const size = viewOf(head).getUint32(0, true);
  return (
    size >= BUFFER_HEADER_SIZE &&
    size <= MAX_BUFFER_SIZE &&
    SYSTEM_HEADERS.includes(head[BUFFER_HEADER_SIZE + 2]) &&
    head[BUFFER_HEADER_SIZE + 3] === TRACE_HEADER_MARK
  );
}

/** PE: 'MZ', and at 0x3c where 'PE' is. */
function isProgram(head: Uint8Array): boolean {
  if (head.length < 64 || head[0] !== 0x4d || head[1] !== 0x5a) return false;
  const at = viewOf(head).getUint32(0x3c, true);
  return at + 2 <= head.length && head[at] === 0x50 && head[at + 1] === 0x45;
}

const TAR_HEADER_SIZE = 512;
const TAR_CHECKSUM = 148;
const TAR_CHECKSUM_SIZE = 8;

/**
 * A tar header from before ustar has no mark, but a checksum: the sum of its bytes, with blanks for the checksum
 * itself.
 */
function isTarHeader(head: Uint8Array): boolean {
  if (head.length < TAR_HEADER_SIZE || head[0] === 0) return false;
  const field = head.subarray(TAR_CHECKSUM, TAR_CHECKSUM + TAR_CHECKSUM_SIZE);
  const digits = /^ *([0-7]{1,7})[ \0]/u.exec(String.fromCharCode(...field))?.[1];
  if (digits === undefined) return false;
  let sum = TAR_CHECKSUM_SIZE * 0x20;
  for (let at = 0; at < TAR_HEADER_SIZE; at++) {
    if (at < TAR_CHECKSUM || at >= TAR_CHECKSUM + TAR_CHECKSUM_SIZE) sum += head[at] ?? 0;
  }
  return sum === Number.parseInt(digits, 8);
}

const TEXT_REMEDY = 'use the .etl file of netsh trace, pktmon or New-NetEventSession';

function textFormat(head: Uint8Array): Format | undefined {
  const text = textOf(head)?.trimStart();
  if (text === undefined || text === '') return undefined;
  const name = text.startsWith('<?xml')
    ? 'an XML file'
    : /^<(?:!doctype )?html/iu.test(text)
      ? 'an HTML page'
      : 'text';
  return { kind: 'foreign', name, remedy: TEXT_REMEDY };
}

/** Control characters that no text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const NO_TEXT = /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/u;

/** The head as text, if it is text. */
function textOf(head: Uint8Array): string | undefined {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe
      ? 'utf-16le'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    // The last character may be cut.
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    return NO_TEXT.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
