/** Readers of pcapng that are written in Python, from Debian's packages python3-scapy and python3-dpkt. */

import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

/** Debian's own Python finds Debian's packages; another python3 may come first in PATH. */
const PYTHON = '/usr/bin/python3';

const TIMEOUT_MS = 60_000;

const required = process.env.ETLCAP_REQUIRE_PYTHON === '1';

/** A `describe` for tests that run Scapy and dpkt: skipped if they are missing, unless ETLCAP_REQUIRE_PYTHON=1. */
export function describeWithPython(name: string, tests: () => void): void {
  const isInstalled = required || spawnSync(PYTHON, ['-c', 'import scapy, dpkt']).status === 0;
  describe.skipIf(!isInstalled)(name, tests);
}

const SCAPY = `
import json, sys
from scapy.utils import RawPcapNgReader
print(json.dumps([
  {'ticks': str((m.tshigh << 32) + m.tslow), 'unitsPerSecond': m.tsresol, 'linkType': m.linktype,
   'originalLength': m.wirelen, 'hex': data.hex()}
  for data, m in RawPcapNgReader(sys.argv[1])]))
`;

const DPKT = `
import json, sys, dpkt
print(json.dumps([
  {'seconds': seconds, 'hex': data.hex()}
  for seconds, data in dpkt.pcapng.Reader(open(sys.argv[1], 'rb'))]))
`;

/** All packets of a pcapng file as Scapy reads them. */
export const scapyPackets = (path: string): unknown => run(SCAPY, path);

/** All packets of a pcapng file as dpkt reads them. */
export const dpktPackets = (path: string): unknown => run(DPKT, path);

/** @throws Error with stderr if the script fails */
function run(script: string, path: string): unknown {
  const { error, status, stderr, stdout } = spawnSync(PYTHON, ['-c', script, path], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: TIMEOUT_MS,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
