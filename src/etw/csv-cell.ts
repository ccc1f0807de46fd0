import { printable } from './safe-text.js';

/** Characters at which spreadsheets start a formula, full-width forms (U+FF1D, U+FF0B, U+FF0D, U+FF20) included. */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/u;

/** A value as a cell of CSV (RFC 4180); absent values are empty, lists are separated by blanks. */
export function csvCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return plainNumber(value);
  const text = Array.isArray(value) ? value.join(' ') : String(value);
  // Names come from the trace: a spreadsheet must not interpret one as a formula.
  const safe = `${FORMULA_START.test(text) ? "'" : ''}${printable(text)}`;
  return /[",]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** 0.0000034, not 3.4e-6. */
const plainNumber = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(7).replace(/0+$/u, '');
