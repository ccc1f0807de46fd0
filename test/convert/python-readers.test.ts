import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { useDirectory } from '../cli/run.js';
import { describeWithPython, dpktPackets, scapyPackets } from '../support/python.js';
import { converted, truth } from '../wireshark/support.js';

const directory = useDirectory();
const SAMPLES = ['pktmon-drops', 'nat-vswitch', 'wifi-laptop', 'lbfo-team'];
const UNITS_PER_SECOND = 10_000_000;

async function convertedFile(name: string): Promise<string> {
  const path = directory.file('out.pcapng');
  writeFileSync(path, await converted(name));
  return path;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describeWithPython('readers written in Python', () => {
  it.each(SAMPLES)('Scapy reads time, link type, lengths and bytes of each packet: %s', async (name) => {
    expect(scapyPackets(await convertedFile(name))).toEqual(
      truth(name).map(({ bytes, linkType, originalLength, time }) => ({
        ticks: String(time),
        unitsPerSecond: UNITS_PER_SECOND,
        linkType,
        originalLength,
        hex: hex(bytes),
      })),
    );
  });

  it.each(SAMPLES)('dpkt reads time and bytes of each packet: %s', async (name) => {
    expect(dpktPackets(await convertedFile(name))).toEqual(
      truth(name).map(({ bytes, time }) => ({ seconds: Number(time) / UNITS_PER_SECOND, hex: hex(bytes) })),
    );
  });
});
