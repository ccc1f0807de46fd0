import { describe, expect, test } from 'vitest';
import { type EventSchema, formatMessage, InType, OutType } from '../../src/etw/index.js';
import { statusKind, statusName } from '../../src/etw/status/index.js';

describe('a status code', () => {
  // ntstatus.h, winerror.h, and Microsoft's page about HCN errors.
  test.each([
    ['ntstatus', 0, 'STATUS_SUCCESS'],
    ['ntstatus', 0xc000_0022, 'STATUS_ACCESS_DENIED'],
    ['ntstatus', 0xc000_009a, 'STATUS_INSUFFICIENT_RESOURCES'],
    ['ntstatus', 0xc000_0236, 'STATUS_CONNECTION_REFUSED'],
    ['ntstatus', 0xc022_0008, 'STATUS_FWP_NOT_FOUND'],
    ['ntstatus', 0xc023_0002, 'STATUS_NDIS_CLOSING'],
    ['win32', 5, 'ERROR_ACCESS_DENIED'],
    ['win32', 1460, 'ERROR_TIMEOUT'],
    ['win32', 1722, 'RPC_S_SERVER_UNAVAILABLE'],
    ['win32', 10_060, 'WSAETIMEDOUT'],
    ['dns', 9002, 'DNS_ERROR_RCODE_SERVER_FAILURE'],
    ['dns', 9003, 'DNS_ERROR_RCODE_NAME_ERROR'],
    ['dns', 9501, 'DNS_INFO_NO_RECORDS'],
    ['hresult', 0, 'S_OK'],
    ['hresult', 0x8000_4005, 'E_FAIL'],
    ['hresult', 0x8009_0308, 'SEC_E_INVALID_TOKEN'],
    ['hresult', 0x8032_0008, 'FWP_E_NOT_FOUND'],
    ['hresult', 0x803b_0014, 'HCN_E_ENDPOINT_ALREADY_ATTACHED'],
  ] as const)('of kind %s, %i, is %s', (kind, value, name) => {
    expect(statusName(kind, value)).toBe(name);
    expect(statusName(kind, value | 0)).toBe(name);
  });

  test('that wraps another code has the name of that code (HRESULT_FROM_WIN32, HRESULT_FROM_NT)', () => {
    expect(statusName('hresult', 0x8007_05b4)).toBe('ERROR_TIMEOUT');
    expect(statusName('hresult', 0xd000_0022)).toBe('STATUS_ACCESS_DENIED');
    expect(statusName('ntstatus', 0xc007_0005)).toBe('ERROR_ACCESS_DENIED');
  });

  test('of win:ErrorCode may be of each kind', () => {
    expect(statusName('error', 0xc000_0022)).toBe('STATUS_ACCESS_DENIED');
    expect(statusName('error', 0x8007_0005)).toBe('E_ACCESSDENIED');
    expect(statusName('error', 10_061)).toBe('WSAECONNREFUSED');
  });

  test('that nobody has named has no name', () => {
    expect(statusName('ntstatus', 0xcfff_fff0)).toBeUndefined();
    expect(statusName('win32', 64_999)).toBeUndefined();
  });
});

describe('the message of an event without one', () => {
  const schema = (inType: number, outType: number, name = 'Status'): EventSchema => ({
    origin: 'builtin',
    providerId: '11111111-2222-3333-4444-555555555555',
    id: 1,
    version: 0,
    fields: [{ name, inType, outType }],
  });
  const message = (value: number, ...parts: Parameters<typeof schema>): string | undefined =>
    formatMessage(schema(...parts), new Map([[parts[2] ?? 'Status', value]]))?.text;

  test('names the error codes among its values', () => {
    expect(message(0xc000_0022, InType.uint32, OutType.ntStatus)).toBe(
      'Status 0xC0000022 (STATUS_ACCESS_DENIED)',
    );
    expect(message(9003, InType.uint32, OutType.null, 'QueryStatus')).toBe(
      'QueryStatus 9003 (DNS_ERROR_RCODE_NAME_ERROR)',
    );
    expect(message(-2_147_024_891, InType.int32, OutType.hresult, 'Result')).toBe(
      'Result 0x80070005 (E_ACCESSDENIED)',
    );
  });

  test('is absent for success, and for numbers that only might be a code', () => {
    expect(message(0, InType.uint32, OutType.ntStatus)).toBeUndefined();
    expect(message(5, InType.uint32, OutType.null)).toBeUndefined();
    expect(statusKind({ name: 'Status', inType: InType.uint32, outType: OutType.port }, 5)).toBeUndefined();
  });
});
