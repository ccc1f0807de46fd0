import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { convert, merge } from '../../src/library/convert.js';
import { listPaths } from '../../src/library/paths.js';
import { traceInfo } from '../../src/library/trace-info.js';
import { readSection } from '../support/pcapng-reader.js';
import { caseFile, describeWithCases } from '../support/shared.js';

const trace = (name: string): string => caseFile(`${name}.etl`);

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'etlcap-interfaces-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function read(path: string) {
  const { interfaces, packets } = readSection(await readFile(path));
  return interfaces.map(({ comments, name }, number) => ({
    name,
    comment: comments.join(' '),
    packets: packets.filter(({ interfaceId }) => interfaceId === number),
  }));
}

/** Interfaces that `etlcap path` names. */
async function namesInPaths(inputs: readonly string[]): Promise<string[]> {
  let text = '';
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  await listPaths(inputs, output);
  const names = text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line): string[] => JSON.parse(line).hops.map((hop: { interface: string }) => hop.interface));
  return [...new Set(names)].sort();
}

describeWithCases('interfaces by their displayed names', () => {
  const output = (name: string): string => join(directory, `${name}.pcapng`);
  const options = { events: 'none', force: true } as const;

  it('each displayed name takes just its interface, in the capture file and in info', async () => {
    const input = trace('multilayer');
    const { interfaces } = await traceInfo(input);
    await convert(input, output('all'), options);
    const all = await read(output('all'));
    expect(all.map(({ name }) => name)).toEqual([
      'Ethernet',
      'Ethernet lower 20',
      'Ethernet lower 21',
      'Ethernet lower 22',
    ]);
    expect(interfaces.map(({ name }) => name)).toEqual(all.map(({ name }) => name));
    for (const { name, packets } of all) {
      const summary = await convert(input, output('one'), { ...options, components: [name ?? ''] });
      expect(summary.packets).toBe(20);
      const one = await read(output('one'));
      expect(one.map((each) => each.name)).toEqual([name]);
      expect(one[0]?.packets.map(({ timestamp }) => timestamp)).toEqual(
        packets.map(({ timestamp }) => timestamp),
      );
    }
  });

  it('case and spaces around a name do not matter if no name is exactly so', async () => {
    const summary = await convert(trace('multilayer'), output('case'), {
      ...options,
      components: [' ETHERNET lower 21 '],
    });
    expect(summary.interfaces.map(({ name }) => name)).toEqual(['Ethernet lower 21']);
  });

  it('a name that no interface has is reported with the names that there are', async () => {
    const summary = await convert(trace('multilayer'), output('none'), {
      ...options,
      components: ['Ethernet lower 22', 'Wi-Fi'],
    });
    expect(summary.packets).toBe(20);
    expect(summary.unknownComponents).toEqual({
      names: ['Wi-Fi'],
      available: ['Ethernet', 'Ethernet lower 20', 'Ethernet lower 21', 'Ethernet lower 22'],
    });
  });
});

describeWithCases('two hosts with the same build and boot second', () => {
  const inputs = [trace('real-A'), trace('real-B')];

  it('are two hosts, with each packet at its own host’s interface', async () => {
    const path = join(directory, 'hosts.pcapng');
    const summary = await merge(inputs, path, { events: 'none' });
    const [first, second, ...more] = await read(path);
    expect(more).toEqual([]);
    expect([first?.packets.length, second?.packets.length]).toEqual([20, 20]);
    expect(first?.comment).toContain('Host=1 Trace=real-A.etl');
    expect(second?.comment).toContain('Host=2 Trace=real-B.etl');
    expect(first?.packets.every(({ comments }) => comments.join().endsWith(' Host=1'))).toBe(true);
    expect(second?.packets.every(({ comments }) => comments.join().endsWith(' Host=2'))).toBe(true);
    expect(summary.interfaces.map(({ host, mac, traces }) => ({ host, mac, traces }))).toEqual([
      { host: '1', mac: '00:0d:3a:00:00:0a', traces: [inputs[0]] },
      { host: '2', mac: '00:0d:3a:00:00:0b', traces: [inputs[1]] },
    ]);
  });

  it('have the same interface names in the file, the summary, the paths and --component', async () => {
    const path = join(directory, 'names.pcapng');
    const summary = await merge(inputs, path, { events: 'none' });
    const names = (await read(path)).map(({ name }) => name);
    expect(names).toEqual(['Ethernet', 'Ethernet (2)']);
    expect(summary.interfaces.map(({ name }) => name)).toEqual(names);
    expect(await namesInPaths(inputs)).toEqual(names);
    for (const name of ['Ethernet', 'Ethernet (2)']) {
      const selected = join(directory, `${name}.pcapng`);
      const one = await merge(inputs, selected, { events: 'none', components: [name] });
      expect(one.packets).toBe(20);
      expect((await read(selected)).map((each) => each.name)).toEqual([name]);
    }
  });

  it('in either order of the inputs', async () => {
    const path = join(directory, 'reversed.pcapng');
    const summary = await merge([...inputs].reverse(), path, { events: 'none' });
    expect(summary.interfaces.map(({ mac, name, packets }) => ({ mac, name, packets }))).toEqual([
      { name: 'Ethernet', mac: '00:0d:3a:00:00:0b', packets: 20 },
      { name: 'Ethernet (2)', mac: '00:0d:3a:00:00:0a', packets: 20 },
    ]);
  });
});

describeWithCases('files of one rotated capture', () => {
  it('stay one host, though only the last one describes it', async () => {
    const inputs = [trace('rot-PktMon1'), trace('rot-PktMon2')];
    for (const order of [inputs, [...inputs].reverse()]) {
      const path = join(directory, 'rotated.pcapng');
      const summary = await merge(order, path, { events: 'none', force: true });
      expect(summary.interfaces.map(({ host, name, packets }) => ({ host, name, packets }))).toEqual([
        { host: '1', name: 'e1dn.sys #3', packets: 20 },
        { host: '1', name: 'pacer.sys #9', packets: 20 },
        { host: '1', name: 'tcpip.sys #25', packets: 20 },
      ]);
      // One host: its packets need no name of it.
      const comments = (await read(path)).flatMap(({ packets }) => packets.flatMap((each) => each.comments));
      expect(comments).toHaveLength(60);
      expect(comments.join(' ')).not.toContain('Host=');
    }
  });
});
