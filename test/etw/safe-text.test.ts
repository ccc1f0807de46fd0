import { describe, expect, it } from 'vitest';
import { isHiddenUnit, jsonText, printable } from '../../src/etw/safe-text.js';

/** One of each kind: C0, DEL, C1, soft hyphen, marks, overrides, separators, a format character beyond 16 bits. */
const HIDDEN = '\u0007\u001b\u007f\u009b\u00ad\u061c\u200b\u200f\u2028\u2029\u202e\u2066\ufeff\u{e0041}';
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('text that is printed', () => {
  it('shows hidden characters as escapes, and everything else as it is', () => {
    expect(printable(HIDDEN)).not.toMatch(UNSAFE);
    expect(printable('a\u001b[2J')).toBe('a\\u{1b}[2J');
    expect(printable('Ethernet "größe" 日本語 😀')).toBe('Ethernet "größe" 日本語 😀');
  });

  it('is escaped once: text that is printable already stays as it is', () => {
    expect(printable(printable(HIDDEN))).toBe(printable(HIDDEN));
  });
});

describe('JSON that is printed', () => {
  const value = { [`name ${HIDDEN}`]: [HIDDEN, '日本語 😀', null, 1, true] };

  it('holds no hidden character and parses to the same value', () => {
    expect(jsonText(value)).not.toMatch(UNSAFE);
    expect(JSON.parse(jsonText(value))).toEqual(value);
    expect(jsonText('\u009b\u202e')).toBe('"\\u009b\\u202e"');
  });

  it('has line feeds where it is indented', () => {
    expect(jsonText({ a: '\u009b' }, 1)).toBe('{\n "a": "\\u009b"\n}');
  });
});

it('a UTF-16 unit is hidden exactly where Unicode says that it is a control, format or separator', () => {
  const wrong: number[] = [];
  for (let unit = 0x80; unit <= 0xffff; unit++) {
    if (unit >= 0xd800 && unit <= 0xdfff) continue;
    if (isHiddenUnit(unit) !== UNSAFE.test(String.fromCharCode(unit))) wrong.push(unit);
  }
  expect(wrong).toEqual([]);
});
