import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeTrace, eventRecord, TraceClock } from '../../samples/encoder/index.js';
import { NDIS_PACKET_CAPTURE, NdisKeyword, nblInfo } from '../../samples/scenarios/index.js';
import { switchPacketFragment } from '../../samples/scenarios/ndis-events.js';
import { SchemaStore } from '../../src/etw/index.js';
import type { ConvertSummary } from '../../src/passes/index.js';
import { etlcap, useDirectory } from '../cli/run.js';
import { readSection } from '../support/pcapng-reader.js';
import { dissect } from '../support/wireshark.js';

const directory = useDirectory();
const clock = new TraceClock({ type: 'qpc', start: 17_000_000_000_000_000n });

/** Names that do harm where they are taken for something else than a name. */
const HOSTILE = [
  ['control characters and escape sequences', 'a\u001b[2J\u001b[31mred\u009b0m\u0007\b\r'],
  ['bidirectional marks', 'invoice\u202egnp.exe\u2066\u200f'],
  ['ends of lines', 'one\nPID=1 Dir=send\u2028three\u0085'],
  ['no valid UTF-16', 'half \ud83d and other half \ude00'],
  ['paths', '../../../../tmp/etlcap-was-here'],
  ['paths of Windows', '..\\..\\C:\\boot.ini:stream'],
  ['commands', '$(touch etlcap-was-here)`id`; rm -rf . & | > x'],
  ['format strings', '%s%n%x {0} $HOME %PATH% $& $1'],
  ['regular expressions that backtrack', '(a+)+$[\\'],
  ['markup', '"><script>alert(1)</script>&e;]]>'],
  ['members that objects have', '__proto__'],
  ['long', 'x'.repeat(5000)],
] as const;

/** Packets at vSwitch ports whose port, NIC and type have these names; the logger has the first. */
function traceWith(names: readonly string[]): Uint8Array {
  const records = names.map((name, portId) => {
    const port = { portId, portName: name, nicName: name, nicType: name };
    return eventRecord({
      provider: NDIS_PACKET_CAPTURE,
      id: 1003,
      keyword: NdisKeyword.ethernet | NdisKeyword.vmSwitch | NdisKeyword.packetStart | NdisKeyword.packetEnd,
      time: clock.startTicks + BigInt(portId),
      data: switchPacketFragment(
        { miniportIfIndex: 1, lowerIfIndex: 1 },
        port,
        [port],
        new Uint8Array(60).fill(1),
        nblInfo({}),
      ),
    });
  });
  const [loggerName = ''] = names;
  return encodeTrace({ clock, loggerName, logFileName: loggerName, bufferSize: 512 * 1024 }, [
    { processor: 0, records },
  ]);
}

/** Control characters but line feeds, marks that change direction, line separators, halves of characters. */
const UNSAFE = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('names in a trace', () => {
  const own = mkdtempSync(join(tmpdir(), 'etlcap-names-'));
  afterAll(() => rmSync(own, { recursive: true }));
  let text = '';
  let summary: ConvertSummary | undefined;
  let pcapng = new Uint8Array(0);

  beforeAll(async () => {
    writeFileSync(join(own, 'trace.etl'), traceWith(HOSTILE.map(([, name]) => name)));
    const { code, stderr, stdout } = await etlcap(['trace.etl'], { cwd: own });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    text = stdout.toString();
    const json = await etlcap(['trace.etl', '--json', '--force'], { cwd: own });
    summary = JSON.parse(json.stdout.toString());
    pcapng = new Uint8Array(readFileSync(join(own, 'trace.pcapng')));
  });

  it('cannot move the cursor, hide text or make lines of their own on a terminal', () => {
    expect(text).not.toMatch(UNSAFE);
    expect(text.split('\n').some((line) => /^(?:PID=1|three)/.test(line))).toBe(false);
  });

  it('are no paths and no commands: nothing but the outputs is made', () => {
    expect(readdirSync(own).sort()).toEqual(['trace.etl', 'trace.events.json', 'trace.pcapng']);
    expect(existsSync(join(tmpdir(), 'etlcap-was-here'))).toBe(false);
  });

  it.each(HOSTILE.map(([what, name], at) => [what, name, at] as const))(
    'that are %s stand in pcapng and JSON as they are, or escaped',
    (_, name, at) => {
      // The strict reader refuses what is not valid UTF-8.
      const { interfaces, packets } = readSection(pcapng);
      expect(interfaces[at]?.name).toContain(name.slice(0, 4));
      const comment = packets[at]?.comments[0] ?? '';
      // No character of a name ends a line or a token: the comment's own keys stand once.
      expect(comment).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      expect(comment.match(/(?:^| )CPU=/g)).toHaveLength(1);
      expect(comment.match(/ SrcPortId=\d+ /g)).toEqual([` SrcPortId=${at} `]);
      expect(summary?.interfaces[at]?.name).toContain(name.slice(0, 4));
    },
  );

  it('leave the JSON beside the packets valid', () => {
    const sidecar = JSON.parse(readFileSync(join(own, 'trace.events.json'), 'utf8'));
    expect(sidecar).toHaveProperty('format', 'etlcap-events');
  });

  it('are shown by Wireshark, which finds nothing malformed', async () => {
    const frames = await dissect(pcapng, ['frame.comment']);
    expect(frames).toHaveLength(HOSTILE.length);
    for (const { fields } of frames) expect(fields['frame.comment']?.[0]).toContain('SrcPortName=');
  });
});

it('an error names a file with such characters in its name on one line', async () => {
  const { stderr } = await etlcap(['none\u001b[31m\u202e\n.etl'], { cwd: directory.path });
  expect(stderr.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(stderr).toContain('\\u{1b}');
});

it('a batch writes them into valid XML', async () => {
  writeFileSync(directory.file('a\u001b[31m\u202e"><x>&.etl'), 'no trace');
  writeFileSync(directory.file('b.etl'), traceWith(['\u0000\u0001\ufffe]]>']));
  await etlcap(['batch', directory.path, '-o', directory.file('out'), '--report', directory.file('j.xml')]);
  const xml = readFileSync(directory.file('j.xml'), 'utf8');
  // XML 1.0, production 2: what may stand in a document at all.
  expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  const { parseXml } = await import('@rgrove/parse-xml');
  expect(parseXml(xml).root?.name).toBe('testsuites');
});

const PROVIDER = '1db28f2e-8f80-4027-8c5a-a11f7f10f62d';
const manifest = (doctype: string, message: string): string =>
  `<?xml version="1.0"?>${doctype}<instrumentationManifest><instrumentation><events>
   <provider name="P" guid="{${PROVIDER}}"><templates/><events><event value="1" message="${message}"/></events>
   </provider></events></instrumentation></instrumentationManifest>`;

it('entities of a manifest are not read from files, and do not grow', async () => {
  const secret = directory.file('secret.txt');
  writeFileSync(secret, 'the secret');
  const lines = Array.from({ length: 30 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
  for (const [doctype, entity] of [
    [`<!DOCTYPE x [<!ENTITY e SYSTEM "file://${secret}">]>`, 'e'],
    [`<!DOCTYPE x SYSTEM "file://${secret}">`, 'e'],
    [`<!DOCTYPE x [<!ENTITY e0 "boom">${lines.join('')}]>`, 'e30'],
  ] as const) {
    const store = new SchemaStore();
    store.addManifest(manifest(doctype, `before &${entity}; after`), 'm.man');
    const problems = await store.prepare();
    const message = store.locateById(PROVIDER, 1, 0)?.message ?? problems[0]?.reason ?? '';
    expect(message).not.toBe('');
    expect(message).not.toContain('the secret');
    expect(message.length).toBeLessThan(500);
  }
});
