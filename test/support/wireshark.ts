/**
 * Wireshark as the judge of what the project writes: its real programs where they are installed, and its dissectors
 * as WebAssembly (Wireshark 4.4) on every machine.
 */

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { ProtoTree, Vector, WiregasmLib, WiregasmLoader } from '@goodtools/wiregasm';
import { describe, it } from 'vitest';

const PROGRAMS = ['tshark', 'editcap', 'capinfos', 'tcpdump'] as const;
type Program = (typeof PROGRAMS)[number];

const MAX_OUTPUT_BYTES = 1 << 30;
const TIMEOUT_MS = 60_000;

const missing = PROGRAMS.filter((program) => !isOnPath(program));

/** True where a missing program is a failure: set ETLCAP_REQUIRE_TSHARK=1, as CI does. */
const required = process.env.ETLCAP_REQUIRE_TSHARK === '1';

/** Whether tshark, editcap, capinfos and tcpdump are all installed. */
export const hasTshark = missing.length === 0;

/**
 * A `describe` for tests that run tshark, editcap, capinfos or tcpdump. Without them it is skipped, or fails where
 * ETLCAP_REQUIRE_TSHARK=1.
 */
export function describeWithTshark(name: string, tests: () => void): void {
  if (hasTshark || !required) {
    describe.skipIf(!hasTshark)(name, tests);
    return;
  }
  describe(name, () => {
    it('has the programs that ETLCAP_REQUIRE_TSHARK=1 asks for', () => {
      throw new Error(`not installed: ${missing.join(', ')}`);
    });
  });
}

export interface RunOptions {
  /** A capture file for the program to read, see each program. */
  input?: Uint8Array;
}

/**
 * Runs tshark with no user preferences, in UTC; with `input` behind `-r FILE`.
 *
 * @returns stdout
 * @throws Error with stderr where the program fails
 */
export function tshark(args: readonly string[], options: RunOptions = {}): string {
  return withFiles(options, ({ file, home }) => {
    const input = options.input === undefined ? [] : ['-r', file];
    return run('tshark', [...input, ...args], home).stdout;
  });
}

/** Values of fields, one row per frame, as `tshark -T fields` prints them (several of one field: joined by `|`). */
export function tsharkFields(
  input: Uint8Array,
  fields: readonly string[],
  args: readonly string[] = [],
): string[][] {
  const columns = fields.flatMap((field) => ['-e', field]);
  const text = tshark(['-T', 'fields', '-E', 'separator=/t', '-E', 'aggregator=|', ...columns, ...args], {
    input,
  });
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}

/** Runs `editcap ARGS INPUT OUTPUT` and returns the output file. */
export function editcap(args: readonly string[], options: { input: Uint8Array }): Uint8Array {
  return withFiles(options, ({ file, home, directory }) => {
    const output = join(directory, 'out.pcapng');
    run('editcap', [...args, file, output], home);
    return new Uint8Array(readFileSync(output));
  });
}

/** Runs `capinfos ARGS INPUT`. */
export function capinfos(args: readonly string[], options: { input: Uint8Array }): string {
  return withFiles(options, ({ file, home }) => run('capinfos', [...args, file], home).stdout);
}

/** Runs `tcpdump -r INPUT ARGS`: libpcap's reading of the file. */
export function tcpdump(args: readonly string[], options: { input: Uint8Array }): string {
  return withFiles(options, ({ file, home }) => run('tcpdump', ['-r', file, ...args], home).stdout);
}

interface Files {
  /** Holds the input; not there if there is none. */
  file: string;
  /** Where programs look for preferences; empty. */
  home: string;
  directory: string;
}

function withFiles<T>({ input }: RunOptions, use: (files: Files) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'etlcap-test-'));
  try {
    const home = join(directory, 'home');
    mkdirSync(home);
    const file = join(directory, 'in.pcapng');
    if (input !== undefined) writeFileSync(file, input);
    return use({ file, home, directory });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(program: Program, args: readonly string[], home: string): SpawnSyncReturns<string> {
  const result = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC', WIRESHARK_CONFIG_DIR: home },
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: TIMEOUT_MS,
  });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) {
    throw new Error(`${program} ended with ${result.status ?? result.signal}: ${result.stderr}`);
  }
  return result;
}

/** Whether a program is in a directory of PATH. */
export function isOnPath(program: string): boolean {
  const name = process.platform === 'win32' ? `${program}.exe` : program;
  return (process.env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A frame as Wireshark dissects it. */
export interface DissectedFrame {
  /** Frame number, from 1. */
  number: number;
  /** `frame.protocols`: outermost first. */
  protocols: string[];
  /** The packet list's columns by title: No., Time, Source, Destination, Protocol, Length, Info. */
  columns: Record<string, string>;
  /**
   * Every occurrence of each field that was asked for, in tree order, as a display filter spells the value: text
   * without its quotes; enumerations by name. A protocol or an item without a value has its label.
   */
  fields: Record<string, string[]>;
  /** The frame's captured bytes. */
  data: Uint8Array;
}

/**
 * Dissects a capture with Wireshark's WebAssembly build.
 *
 * @param fields display filter names of fields to return, for example `ip.src` or `_ws.malformed`
 * @param filter display filter that frames must pass; all frames without
 * @throws Error where Wireshark refuses the file, the filter or a field's name
 */
export async function dissect(
  capture: Uint8Array,
  fields: readonly string[],
  filter = '',
): Promise<DissectedFrame[]> {
  const wireshark = await wiregasm();
  for (const expression of [...fields, filter]) {
    const { ok, error } = wireshark.checkFilter(expression);
    if (expression !== '' && !ok) throw new Error(error);
  }
  const path = `${wireshark.getUploadDirectory()}/in.pcapng`;
  wireshark.FS.writeFile(path, capture);
  const session = new wireshark.DissectSession(path);
  try {
    const loaded = session.load();
    if (loaded.code !== 0)
      throw new Error(`Wireshark cannot read the capture: ${loaded.code} ${loaded.error}`);
    const titles = items(wireshark.getColumns());
    return items(session.getFrames(filter, 0, 0).frames).map(({ number, columns }) => {
      const frame = session.getFrame(number);
      const values = new Map<string, string[]>([...fields, FRAME_PROTOCOLS].map((field) => [field, []]));
      collect(frame.tree, values);
      const texts = items(columns);
      return {
        number,
        protocols: values.get(FRAME_PROTOCOLS)?.[0]?.split(':') ?? [],
        columns: Object.fromEntries(titles.map((title, index) => [title, texts[index] ?? ''])),
        fields: Object.fromEntries(fields.map((field) => [field, values.get(field) ?? []])),
        data: new Uint8Array(Buffer.from(items(frame.data_sources)[0]?.data ?? '', 'base64')),
      };
    });
  } finally {
    session.delete();
  }
}

const FRAME_PROTOCOLS = 'frame.protocols';

let loading: Promise<WiregasmLib> | undefined;

/** Wireshark itself, loaded once per worker (about a second). */
function wiregasm(): Promise<WiregasmLib> {
  loading ??= loadWiregasm();
  return loading;
}

async function loadWiregasm(): Promise<WiregasmLib> {
  const require = createRequire(import.meta.url);
  const script = require.resolve('@goodtools/wiregasm/dist/wiregasm.js');
  const load: WiregasmLoader = require(script);
  const listeners = process.listeners('uncaughtException');
  const quiet = (): void => undefined;
  const wireshark = await load({
    locateFile: (name) => join(dirname(script), name),
    print: quiet,
    printErr: quiet,
    handleStatus: quiet,
  });
  // Emscripten's own listener would throw again what vitest reports.
  for (const listener of process.listeners('uncaughtException')) {
    if (!listeners.includes(listener)) process.removeListener('uncaughtException', listener);
  }
  if (!wireshark.init()) throw new Error('Wireshark did not start');
  return wireshark;
}

/** Puts the values of the wanted fields into `values`. A tree item has its field as `name == value`, or `name`. */
function collect(tree: Vector<ProtoTree>, values: Map<string, string[]>): void {
  for (const item of items(tree)) {
    const [name = '', ...value] = item.filter.split(' == ');
    values.get(name)?.push(value.length === 0 ? item.label : unquote(value.join(' == ')));
    collect(item.tree, values);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A display filter's string without quotes and escapes; other values as they are. */
function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  return value.slice(1, -1).replaceAll(/\\(x[0-9a-fA-F]{2}|.)/gs, (_, escaped: string) => {
    if (escaped.length === 3) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return ESCAPES[escaped] ?? escaped;
  });
}

function items<T>(vector: Vector<T>): T[] {
  return Array.from({ length: vector.size() }, (_, index) => vector.get(index));
}
