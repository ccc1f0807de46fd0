/**
 * Writes src/etw/status/codes.ts: names of NTSTATUS, HRESULT and Win32 codes.
 *
 *     npx tsc -p tsconfig.tools.json && node build/scripts/status-codes.js INCLUDE HCN.md
 *
 * INCLUDE is a directory with the public headers ntstatus.h and winerror.h (mingw-w64 10.0), HCN.md Microsoft's public
 * page "HCN Error Code". Only names and numbers are taken.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Codes = Map<number, string>;

/** Preferred names where several have one number. */
const PREFERRED = new Set(['STATUS_SUCCESS', 'ERROR_SUCCESS', 'E_ACCESSDENIED']);

/** Facilities of HRESULT that network events use: 0 to 9, certificates, WinINet, TPM, TBS, filtering, HCN. */
const isNetworkHresult = (value: number): boolean => {
  const facility = (value >>> 16) & 0x7ff;
  return ![3, 4].includes(facility) && (facility <= 9 || [11, 0x27, 0x28, 0x32, 0x3b].includes(facility));
};

/** Facilities of NTSTATUS that no network event uses: terminal server, ACPI, cluster, transactions, log, video, BitLocker. */
const isNetworkStatus = (value: number): boolean =>
  ![0x0a, 0x13, 0x14, 0x15, 0x19, 0x1a, 0x1b, 0x1c, 0x1e, 0x21].includes((value >>> 16) & 0xfff);

function add(codes: Codes, name: string, value: number): void {
  if (!codes.has(value) || PREFERRED.has(name)) codes.set(value, name);
}

/** `#define NAME ((NTSTATUS)0x…)`, `_HRESULT_TYPEDEF_(0x…)`, `__MSABI_LONG(…)`, `(WSABASEERR + …)`. */
const DEFINE =
  /^#define\s+(\w+)\s+(?:\(\((NTSTATUS)\)|_(HRESULT)_TYPEDEF_\(|__MSABI_(LONG)\(|\((WSABASEERR) ?\+ ?)(0x[0-9a-f]+|\d+)/gim;

function readHeader(text: string, ntStatus: Codes, hresult: Codes, win32: Codes): void {
  for (const [, name = '', nt, hr, long, wsa, digits] of text.matchAll(DEFINE)) {
    const value = Number(digits);
    if (nt !== undefined && name.startsWith('STATUS_') && isNetworkStatus(value)) add(ntStatus, name, value);
    else if (hr !== undefined && isNetworkHresult(value)) add(hresult, name, value);
    else if (wsa !== undefined) add(win32, name, 10_000 + value);
    else if (long !== undefined && /^(ERROR|DNS|RPC|EPT|WSA)_/.test(name) && !/_BASE$|_MASK$/.test(name)) {
      add(win32, name, value);
    }
  }
}

/**
 * Numbers to names; a name without a number follows the one before; `prefix` is omitted, other names start with `!`.
 */
function entries(codes: Codes, prefix: string): string {
  let next = Number.NaN;
  const words = [...codes]
    .sort(([a], [b]) => a - b)
    .map(([value, name]) => {
      const short = name.startsWith(prefix) ? name.slice(prefix.length) : `!${name}`;
      const word = value === next ? short : `${value > 65_535 ? `0x${value.toString(16)}` : value}=${short}`;
      next = value + 1;
      return word;
    });
  return words.join('|');
}

function main(include: string, hcn: string): void {
  const ntStatus: Codes = new Map();
  const hresult: Codes = new Map([
    [0, 'S_OK'],
    [1, 'S_FALSE'],
  ]);
  const win32: Codes = new Map();
  readHeader(readFileSync(join(include, 'ntstatus.h'), 'utf8'), ntStatus, hresult, win32);
  readHeader(readFileSync(join(include, 'winerror.h'), 'utf8'), ntStatus, hresult, win32);
  for (const [, name = '', value] of readFileSync(hcn, 'utf8').matchAll(/`([HG]CN_\w+)`.*`(0x\w+)`/g)) {
    add(hresult, name, Number(value));
  }
  writeFileSync(
    'src/etw/status/codes.ts',
    `// Written by scripts/status-codes.ts; do not edit.

/** NTSTATUS codes of ntstatus.h; names start with STATUS_. */
export const NT_STATUS: string =
  '${entries(ntStatus, 'STATUS_')}';

/** HRESULT codes of winerror.h that network events use, and those of HCN. */
export const HRESULT: string =
  '${entries(hresult, '')}';

/** Win32, Winsock, RPC and DNS codes of winerror.h; names start with ERROR_. */
export const WIN32: string =
  '${entries(win32, 'ERROR_')}';
`,
  );
}

const [include, hcn] = process.argv.slice(2);
if (include === undefined || hcn === undefined) {
  process.stderr.write('usage: node build/scripts/status-codes.js INCLUDE HCN.md\n');
  process.exitCode = 2;
} else {
  main(include, hcn);
}
