import { parseEntries } from '../builtin/parse.js';
import { type FieldSchema, InType, OutType } from '../schema.js';
import { HRESULT, NT_STATUS, WIN32 } from './codes.js';

/**
 * Kinds of status codes. `dns` codes are Win32 codes; `error` is win:ErrorCode, which may be a code of any kind.
 */
export type StatusKind = 'ntstatus' | 'hresult' | 'win32' | 'dns' | 'error';

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const ntStatuses = once(() => parseEntries(NT_STATUS));
const hresults = once(() => parseEntries(HRESULT));
const win32Codes = once(() => parseEntries(WIN32));

/** HRESULTs that wrap another code: HRESULT_FROM_WIN32 and HRESULT_FROM_NT (winerror.h). */
const WIN32_FACILITY = 0x8007_0000;
const NT_BIT = 0x1000_0000;
/** NTSTATUS codes that wrap a Win32 code: FACILITY_NTWIN32 (ntstatus.h). */
const NT_WIN32_FACILITY = 0xc007_0000;
/** The severity "error" of an NTSTATUS. */
const NT_ERROR = 0xc000_0000;

/** The table's name: names with another prefix than the table's start with `!`. */
const fullName = (name: string | undefined, prefix: string): string | undefined =>
  name?.startsWith('!') ? name.slice(1) : name && `${prefix}${name}`;

const win32Name = (code: number): string | undefined => fullName(win32Codes().get(code), 'ERROR_');

function ntStatusName(code: number): string | undefined {
  const name = fullName(ntStatuses().get(code), 'STATUS_');
  if (name !== undefined || (code & 0xffff_0000) >>> 0 !== NT_WIN32_FACILITY) return name;
  return win32Name(code & 0xffff);
}

function hresultName(code: number): string | undefined {
  const name = hresults().get(code);
  if (name !== undefined) return name;
  if ((code & 0xffff_0000) >>> 0 === WIN32_FACILITY) return win32Name(code & 0xffff);
  return code & NT_BIT ? ntStatusName((code & ~NT_BIT) >>> 0) : undefined;
}

/**
 * The name of a status code: `STATUS_ACCESS_DENIED`, `E_FAIL`, `WSAETIMEDOUT`, `DNS_ERROR_RCODE_NAME_ERROR`. An
 * HRESULT that wraps a Win32 code or an NTSTATUS has that code's name.
 *
 * @param value signed or unsigned 32 bits
 * @returns undefined for codes without a known name
 */
export function statusName(kind: StatusKind, value: number): string | undefined {
  const code = value >>> 0;
  switch (kind) {
    case 'ntstatus':
      return ntStatusName(code);
    case 'hresult':
      return hresultName(code);
    case 'win32':
    case 'dns':
      // Functions that return Win32 codes sometimes return an HRESULT or an NTSTATUS all the same.
      return code < 0x8000_0000 ? win32Name(code) : (hresultName(code) ?? ntStatusName(code));
    case 'error':
      if (code < 0x8000_0000) return win32Name(code);
      return code >= NT_ERROR ? ntStatusName(code) : hresultName(code);
  }
}

const CODE_TYPES: ReadonlySet<number> = new Set([InType.int32, InType.uint32, InType.hexInt32]);

/** Names of fields that hold a code although their schema has no out-type for it. */
const NAMED_KINDS: readonly (readonly [name: RegExp, kind: StatusKind])[] = [
  [/^(?:query|response)status$/i, 'dns'],
  [/^(?:nt|ndis)?_?status$/i, 'ntstatus'],
  [/^hr(?:esult)?$/i, 'hresult'],
  [/^(?:win32)?error(?:code)?$/i, 'error'],
];

/**
 * The kind of status code in a field: by the field's out-type, else by its name.
 *
 * @param value a field that only its name calls an NTSTATUS is one if the value is an error
 */
export function statusKind(field: FieldSchema, value: number): StatusKind | undefined {
  if (!CODE_TYPES.has(field.inType)) return undefined;
  switch (field.outType) {
    case OutType.ntStatus:
      return 'ntstatus';
    case OutType.hresult:
      return 'hresult';
    case OutType.win32Error:
      return 'win32';
    case OutType.errorCode:
      return 'error';
    case OutType.null:
    case OutType.hexInt32:
    case OutType.unsignedInt:
    case OutType.int:
      break;
    default:
      return undefined;
  }
  const kind = NAMED_KINDS.find(([name]) => name.test(field.name))?.[1];
  return kind === 'ntstatus' && value >>> 0 < NT_ERROR ? undefined : kind;
}
