import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { WiregasmLib, WiregasmLoader } from '@goodtools/wiregasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { converted, source, truth } from './support.js';

/** The plugin in Wireshark 4.4, as WebAssembly: its Lua is another one than that of 4.0. */

let wireshark: WiregasmLib;

async function start(): Promise<WiregasmLib> {
  const require = createRequire(import.meta.url);
  const script = require.resolve('@goodtools/wiregasm/dist/wiregasm.js');
  const load: WiregasmLoader = require(script);
  const listeners = process.listeners('uncaughtException');
  const quiet = (): void => undefined;
  const library = await load({
    locateFile: (name) => join(dirname(script), name),
    print: quiet,
    printErr: quiet,
    handleStatus: quiet,
  });
  // Emscripten's own listener would throw again what vitest reports.
  for (const listener of process.listeners('uncaughtException')) {
    if (!listeners.includes(listener)) process.removeListener('uncaughtException', listener);
  }
  library.FS.writeFile(`${library.getPluginsDirectory()}/etlcap.lua`, readFileSync(source('etlcap.lua')));
  if (!library.init()) throw new Error('Wireshark did not start');
  return library;
}

describe('the plugin in Wireshark 4.4', () => {
  beforeAll(async () => {
    wireshark = await start();
  });

  it.each([
    ['pktmon-drops', 'etl.nbl == 0x105a26', 'NBL', '0x105a26'],
    ['pktmon-drops', 'etl.drop == "Unauthorized VLAN"', 'DropReason', '10'],
    ['nat-vswitch', 'etl.vlan in {102..200}', 'VlanId', '102'],
    ['nat-vswitch', 'etl.vswitch.dst_ports == 2 && etl.vswitch.dst_ports == 6', 'DstPorts', '2,6'],
  ])('%s: the filter %s finds the packets with %s %s', async (name, filter, key, value) => {
    const expected = truth(name).flatMap(({ comment }, at) => (comment[key] === value ? [at + 1] : []));
    const path = `${wireshark.getUploadDirectory()}/in.pcapng`;
    wireshark.FS.writeFile(path, await converted(name));
    const session = new wireshark.DissectSession(path);
    try {
      expect(session.load().code).toBe(0);
      const { frames } = session.getFrames(filter, 0, 0);
      const found = Array.from({ length: frames.size() }, (_, at) => frames.get(at).number);
      expect(expected).not.toEqual([]);
      expect(found).toEqual(expected);
    } finally {
      session.delete();
    }
  });

  it.each(['etl.hop > 1', 'etl.since_previous > 0.002', 'etl.first_frame == 3', 'etl.dropped_here'])(
    'knows the generated field in %s',
    (filter) => {
      expect(wireshark.checkFilter(filter)).toMatchObject({ ok: true });
    },
  );
});
