/** Manifests and compartment files that a stranger makes to exhaust memory or time, and traces that use them. */
import { ByteWriter, eventRecord } from '../../../samples/encoder/index.js';
import { trace } from './traces.js';

const PROVIDER = '1db28f2e-8f80-4027-8c5a-a11f7f10f62d';
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const list = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

const manifest = (inside: string): Uint8Array =>
  encode(
    `<instrumentationManifest><instrumentation><events><provider name="P" guid="{${PROVIDER}}">${inside}</provider></events></instrumentation></instrumentationManifest>`,
  );

/** One event of each id, with this text as its payload. */
export const manifestEvents = (count: number, length: number): Uint8Array =>
  trace(
    list(count, (n) =>
      eventRecord({
        provider: PROVIDER,
        id: n & 0xffff,
        time: 17_000_000_000_000_000n + BigInt(n),
        keyword: 0xffff_ffffn,
        data: new ByteWriter().utf16z('x'.repeat(length)).take(),
      }),
    ),
  );

const TEMPLATE =
  '<templates><template tid="T"><data name="A" inType="win:UnicodeString"/></template></templates>';

/** Events whose messages repeat an insert. */
export const manifestMessages = (events: number, inserts: number): Uint8Array =>
  manifest(
    `${TEMPLATE}<events>${list(events, (n) => `<event value="${n}" template="T" message="${'%1'.repeat(inserts)}"/>`).join('')}</events>`,
  );

/** Elements beside each other. */
export const manifestSiblings = (count: number): Uint8Array => manifest('<a/>'.repeat(count));

/** Elements within each other. */
export const manifestNesting = (depth: number): Uint8Array =>
  manifest(`${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`);

/** Events that have every keyword. */
export const manifestKeywords = (keywords: number, events: number): Uint8Array =>
  manifest(
    `<keywords>${list(keywords, (n) => `<keyword name="Keyword${n}" mask="0xffffffffffffffff"/>`).join('')}</keywords>${TEMPLATE}` +
      `<events>${list(events, (n) => `<event value="${n}" template="T" keywords="0xffffffffffffffff"/>`).join('')}</events>`,
  );

/** Events that name keywords in one long attribute. */
export const manifestKeywordLists = (keywords: number, events: number): Uint8Array => {
  const names = list(keywords, (n) => `K${n}`).join(' ');
  return manifest(
    `${TEMPLATE}<events>${list(events, (n) => `<event value="${n}" template="T" keywords="${names}"/>`).join('')}</events>`,
  );
};

/** Templates whose fields refer to each other by name. */
export const manifestFields = (fields: number, templates: number): Uint8Array =>
  manifest(
    `<templates>${list(
      templates,
      (t) =>
        `<template tid="T${t}">${list(fields, (n) => `<data name="F${n}" inType="win:UInt8" count="F${Math.max(0, n - 1)}"/>`).join('')}</template>`,
    ).join(
      '',
    )}</templates><events>${list(templates, (n) => `<event value="${n}" template="T${n}"/>`).join('')}</events>`,
  );

/** JSON arrays within each other. */
export const nestedJson = (depth: number): Uint8Array => encode('['.repeat(depth) + ']'.repeat(depth));

/** A table as PowerShell prints it, with as many columns as rows. */
export const wideTable = (size: number): Uint8Array =>
  encode(`InterfaceIndex ${'A '.repeat(size)}\n-------------- ${'- '.repeat(size)}-\n${'1\n'.repeat(size)}`);
