import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { TraceInfo } from '../../src/info/index.js';
import type { ConvertSummary } from '../../src/passes/index.js';
import { cabFile } from '../io/archives/cab-builder.js';
import { tarFile } from '../io/archives/tar-builder.js';
import { zipFile } from '../io/archives/zip-builder.js';
import { schemaErrors } from '../support/json-schemas.js';
import { caseFile, describeWithCases } from '../support/shared.js';
import { describeWithTshark, tsharkFields } from '../support/wireshark.js';
import { readCapture } from './captures.js';
import { etlcap, sample, useDirectory } from './run.js';

const directory = useDirectory();

function write(name: string, content: Uint8Array | string): string {
  const path = directory.file(name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const run = (...args: readonly string[]) => etlcap(args, { cwd: directory.path });

async function summaryOf(...args: readonly string[]): Promise<ConvertSummary> {
  const { code, stderr, stdout } = await run(...args, '-f', '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout.toString());
}

/** The components of the case's last file: `pktmon list --all --json` of its host. */
const LIST = JSON.stringify([
  {
    Group: 'Intel NIC',
    Components: [
      { Id: 3, Name: 'Intel NIC', Type: 'Miniport', DriverName: 'e1dn.sys' },
      { Id: 9, Name: 'QoS', Type: 'Filter', DriverName: 'pacer.sys' },
      { Id: 25, Name: 'TCPIP', Type: 'Protocol', DriverName: 'tcpip.sys' },
    ],
  },
]);
const NAMES = ['e1dn.sys #3', 'pacer.sys #9', 'tcpip.sys #25'];

const namesIn = (path: string): (string | undefined)[] =>
  readCapture(path).interfaces.map(({ name }) => name);

const PORTS = [
  'Port name             : A1B2C3D4-0003-4000-8000-000000000003',
  'Port Friendly name    : Dynamic Ethernet Switch Port',
  'NIC name           : 0E5B2F7C-8E21-4F8B-B1A7-00155D3C900A--4C1D8D52-1A2B-4C3D-9E8F-00155D3C900A',
  'NIC Friendly name  : Network Adapter',
  'MAC address        : 00-15-5D-3C-90-0A',
  'VM name            : web01',
  '',
].join('\r\n');

describeWithCases('a trace that pktmon did not finish', () => {
  const trace = caseFile('rot-PktMon1.etl');

  test('has the names of pktmon list, and no hint about another file', async () => {
    const list = write('list.json', LIST);
    const summary = await summaryOf(trace, '-o', 'x.pcapng', '--host-info', list);
    expect(namesIn(directory.file('x.pcapng'))).toEqual(NAMES);
    expect(summary.traces[0]?.hostInfo).toEqual([{ name: list, contents: { components: 3 } }]);
    expect(summary.hints.map(({ id }) => id)).not.toContain('componentsElsewhere');
    expect(schemaErrors('summary', summary)).toEqual([]);
  });

  test('info, events, path and report take the same files', async () => {
    const list = write('list.json', LIST);
    const info = await run('info', trace, '--json', '--host-info', list);
    const document: TraceInfo = JSON.parse(info.stdout.toString());
    expect(document.components.map(({ id, name }) => `${name} #${id}`)).toEqual(NAMES);
    expect(schemaErrors('info', document)).toEqual([]);
    const path = await run('path', trace, '--host-info', list);
    expect(path.stdout.toString()).toContain('tcpip.sys');
    const report = await run('report', trace, '-o', 'r.html', '--host-info', list);
    expect(report.code, report.stderr).toBe(0);
    const events = await run('events', trace, '--host-info', list);
    expect(events.code, events.stderr).toBe(0);
  });

  test('several files before the trace, and a directory with other files in it', async () => {
    const list = write('logs/list.json', LIST);
    const ports = write('logs/ports.txt', PORTS);
    write('logs/readme.txt', 'nothing\r\n');
    write('logs/picture.png', Uint8Array.of(1, 2, 3));
    write(
      'logs/adapters/e_int.txt',
      'ifIndex : 8\r\nInterfaceDescription : Intel\r\nInterfaceAlias : LAN\r\n',
    );
    await summaryOf('--host-info', list, ports, trace, '-o', 'x.pcapng');
    expect(namesIn(directory.file('x.pcapng'))).toEqual(NAMES);
    const { traces } = await summaryOf(trace, '-o', 'y.pcapng', '--host-info', directory.file('logs'));
    expect(namesIn(directory.file('y.pcapng'))).toEqual(NAMES);
    expect(traces[0]?.hostInfo?.map(({ contents, problem }) => [contents, problem !== undefined])).toEqual([
      [{ adapters: 1 }, false],
      [{ components: 3 }, false],
      [{ ports: 1 }, false],
      [{}, true],
    ]);
  });

  test('of traces of several hosts, only what GUIDs and MAC addresses join is used', async () => {
    const list = write('list.json', LIST);
    const traces = [trace, sample('nat-vswitch')];
    const ports = write('ports.txt', PORTS);
    const summary = await summaryOf(...traces, '--merge', 'x.pcapng', '--host-info', list, ports);
    const names = namesIn(directory.file('x.pcapng'));
    expect(names).toContain('pktmon #25');
    expect(names.some((name) => name?.startsWith('web01 '))).toBe(true);
    expect(summary.traces[0]?.hostInfo?.[0]?.problem).toContain('several hosts or boots');
    expect(summary.traces[0]?.hostInfo?.[1]?.problem).toBeUndefined();
  });

  test('the summary lists files that were used, and names those that were not in one line', async () => {
    write('logs/list.json', LIST);
    for (const name of ['mtu', 'winver', 'firewall', 'policy']) write(`logs/${name}.txt`, 'x\r\n');
    const { stdout } = await run(trace, '-o', 'x.pcapng', '--host-info', directory.file('logs'));
    const lines = stdout
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('  host info: '));
    expect(lines).toEqual([
      `  host info: ${directory.file('logs/list.json')}: 3 components`,
      '  host info: 4 files not used: firewall.txt, mtu.txt, policy.txt, …; reasons: --json',
    ]);
  });

  test('a list of another boot is reported and not used', async () => {
    const list = write('list.json', LIST.replace('e1dn.sys', 'other.sys'));
    const whole = caseFile('rot-PktMon2.etl');
    const { code, stdout } = await run(whole, '-o', 'x.pcapng', '--host-info', list);
    expect(code).toBe(0);
    expect(stdout.toString()).toContain(
      'another boot: number 3 is other.sys there and e1dn.sys in the trace',
    );
    expect(namesIn(directory.file('x.pcapng'))).toEqual(NAMES);
  });

  const beside = (list: string, ...other: string[]) => [
    { name: list, bytes: Buffer.from(LIST) },
    ...other.map((name) => ({ name, bytes: Buffer.from(LIST) })),
    { name: 'case/PktMon1.etl', bytes: readFileSync(trace) },
  ];

  test.each([
    ['in its directory of a zip', 'a.zip', () => zipFile(beside('case/pktmon-list.json')), true],
    ['in a directory above', 'a.zip', () => zipFile(beside('pktmon-list.json')), true],
    ['in a directory below', 'a.zip', () => zipFile(beside('case/k3xj.1/pktmon-list.json')), true],
    ['in a cabinet', 'a.cab', () => cabFile(beside('case\\pktmon-list.json')), true],
    ['in a tar.gz', 'a.tar.gz', () => gzipSync(tarFile(beside('case/pktmon-list.json'))), true],
    [
      'next to the only archive in a zip',
      'a.zip',
      () =>
        zipFile([
          { name: 'logs/pktmon-list.json', bytes: Buffer.from(LIST) },
          { name: 'trace.zip', bytes: zipFile([{ name: 'PktMon1.etl', bytes: readFileSync(trace) }]) },
        ]),
      true,
    ],
    [
      'next to two archives in a zip',
      'a.zip',
      () =>
        zipFile([
          { name: 'pktmon-list.json', bytes: Buffer.from(LIST) },
          { name: 'a.zip', bytes: zipFile([{ name: 'PktMon1.etl', bytes: readFileSync(trace) }]) },
          { name: 'b.zip', bytes: zipFile([{ name: 'readme.txt', bytes: Buffer.from('x') }]) },
        ]),
      false,
    ],
    ['of another directory', 'a.zip', () => zipFile(beside('other/pktmon-list.json')), false],
    [
      'of two hosts',
      'a.zip',
      () => zipFile(beside('case/a/pktmon-list.json', 'case/b/pktmon-list.json')),
      false,
    ],
    ['of another name', 'a.zip', () => zipFile(beside('case/components.json')), false],
  ])('files beside it in an archive are used: %s', async (_where, name, bytes, isUsed) => {
    const archive = write(name, bytes());
    const summary = await summaryOf(archive, '-o', 'x.pcapng');
    expect(namesIn(directory.file('x.pcapng'))).toEqual(
      isUsed ? NAMES : ['pktmon #3', 'pktmon #9', 'pktmon #25'],
    );
    const used = summary.traces[0]?.hostInfo?.map((file) => file.name) ?? [];
    expect(used).toHaveLength(isUsed ? 1 : 0);
    if (isUsed) {
      expect(used[0]).toContain('pktmon-list.json');
      const { stdout } = await run(archive, '-o', 'y.pcapng');
      expect(stdout.toString()).toContain(`host info: ${used[0]}: 3 components`);
    }
  });

  test('batch uses files beside the traces of an archive, and those that are named', async () => {
    write('in/a.zip', zipFile(beside('case/pktmon-list.json')));
    expect((await run('batch', 'in', '-o', 'out')).code).toBe(0);
    expect(namesIn(directory.file('out/a/case/PktMon1.pcapng'))).toEqual(NAMES);
    write('in2/b.etl', readFileSync(trace));
    const list = write('list.json', LIST);
    expect((await run('batch', 'in2', '-o', 'out2', '--host-info', list)).code).toBe(0);
    expect(namesIn(directory.file('out2/b.pcapng'))).toEqual(NAMES);
  });
});

test('a port has the name of its VM, its MAC in the interface, and keeps the NIC name of the trace', async () => {
  const ports = write('ports.txt', PORTS);
  const { interfaces } = await summaryOf(sample('nat-vswitch'), '-o', 'x.pcapng', '--host-info', ports);
  const found = interfaces.find(({ portId }) => portId === 3);
  expect(found).toMatchObject({
    nic: 'web01 Container NIC web-frontend',
    mac: '00:15:5d:3c:90:0a',
    name: 'web01 Container NIC web-frontend (Synthetic) port 3 vlan 101 vsid 5001',
  });
});

/** As `>` and `>>` of Windows PowerShell write text. */
const utf16 = (...lines: readonly string[]): Uint8Array =>
  new Uint8Array(Buffer.from(`\ufeff${lines.map((line) => `${line}\r\n`).join('')}`, 'utf16le'));

test('the folder of collectlogs.ps1 gives a port its container, with addresses and compartment', async () => {
  const endpoint = 'B5F4E943-756D-4EE8-A70C-DF5AD7C74715';
  const namespace = 'DDDDDDDD-756D-4EE8-A70C-DF5AD7C74715';
  const network = 'AAAAAAAA-756D-4EE8-A70C-DF5AD7C74715';
  const json = (value: object): string[] => JSON.stringify(value, null, 4).split('\n');
  write(
    'k3xj.1p/network.txt',
    utf16(
      '',
      'Name     Type     Id                                   AddressPrefix',
      '----     ----     --                                   -------------',
      `l2bridge L2Bridge ${network} 10.244.1.0/24`,
      '',
      ...json({ ID: network, Name: 'l2bridge', Type: 'L2Bridge', Ipams: [{ Subnets: [] }] }),
    ),
  );
  write(
    'k3xj.1p/endpoint.txt',
    utf16(
      '',
      'IpAddress  MacAddress        IsRemoteEndpoint State',
      '---------  ----------        ---------------- -----',
      '10.244.1.5 00-15-5D-3C-90-0A                      2',
      '',
      ...json({
        ID: endpoint,
        Name: 'web-7d4b9_l2bridge',
        HostComputeNetwork: network,
        HostComputeNamespace: namespace,
        MacAddress: '00-15-5D-3C-90-0A',
        IpConfigurations: [{ IpAddress: '10.244.1.5', PrefixLength: 24 }],
      }),
    ),
  );
  write(
    'k3xj.1p/namespaces.txt',
    utf16(
      '',
      `ID              : ${namespace}`,
      'CompartmentID   : 5',
      'CompartmentGuid : EEEEEEEE-756D-4EE8-A70C-DF5AD7C74715',
      'Type            : Guest',
      `EndpointID      : ${endpoint}`,
      '',
    ),
  );
  write('k3xj.1p/ports.txt', utf16(...PORTS.replace('Dynamic Ethernet Switch Port', endpoint).split('\r\n')));
  write(
    'k3xj.1p/arp.txt',
    utf16(
      'Interface: 10.0.0.4 --- 0x8',
      '  Internet Address      Physical Address      Type',
      '  10.0.0.1              12-34-56-78-9a-bc     dynamic',
      '',
      'ifIndex IPAddress       LinkLayerAddress      State       PolicyStore',
      '------- ---------       ----------------      -----       -----------',
      '8       10.0.0.1        12-34-56-78-9A-BC     Reachable   ActiveStore',
    ),
  );
  write(
    'k3xj.1p/firewall.txt',
    utf16('', 'Name        : CoreNet', 'DisplayName : Core', 'LocalPort   : {80, 443}', ''),
  );
  const { interfaces, traces } = await summaryOf(
    sample('nat-vswitch'),
    '-o',
    'x.pcapng',
    '--host-info',
    directory.file('k3xj.1p'),
  );
  expect(interfaces.find(({ portId }) => portId === 3)).toMatchObject({
    nic: 'web-7d4b9_l2bridge Container NIC web-frontend',
    mac: '00:15:5d:3c:90:0a',
    addresses: ['10.244.1.5/24'],
    compartment: 5,
  });
  const contents = Object.fromEntries(
    (traces[0]?.hostInfo ?? []).map((file) => [file.name.replace(/^.*[/\\]/, ''), file.contents]),
  );
  expect(contents).toEqual({
    'arp.txt': { neighbors: 1 },
    'endpoint.txt': { endpoints: 1 },
    'firewall.txt': {},
    'namespaces.txt': { addresses: 1, namespaces: 1 },
    'network.txt': { networks: 1 },
    'ports.txt': { ports: 1 },
  });
});

test('processes of tasklist name those that the trace has no event of', async () => {
  const { processes: before } = await summaryOf(sample('nat-vswitch'), '-o', 'x.pcapng');
  const unnamed = before.find(({ name }) => name === undefined);
  const tasks = write(
    'tasklist.csv',
    `"Image","PID","S","N","M"\r\n"agent.exe","${unnamed?.pid}","S","0","8 K"\r\n`,
  );
  const { processes } = await summaryOf(sample('nat-vswitch'), '-o', 'x.pcapng', '--host-info', tasks);
  expect(unnamed).toBeDefined();
  expect(processes.find(({ pid }) => pid === unnamed?.pid)?.name).toBe('agent.exe');
});

test.each([
  ['a file that is missing', 'none.txt', 'none.txt: '],
  ['a file without content', 'empty.txt', 'empty.txt: empty'],
  ['a file of something else', 'other.txt', 'other.txt: not recognized'],
  ['a directory without text files', 'pictures', 'pictures: no text file'],
])('%s is a usage error that says so', async (_what, name, message) => {
  write('empty.txt', '');
  write('other.txt', 'hello\r\n');
  write('pictures/a.png', 'x');
  const { code, stderr } = await run(sample('lbfo-team'), '-o', 'x.pcapng', '--host-info', name);
  expect(code).toBe(2);
  expect(stderr).toContain(`--host-info ${message}`);
});

test('an output cannot replace a file that is read for host info', async () => {
  const list = write('list.json', LIST);
  const { code, stderr } = await run(sample('lbfo-team'), '-o', list, '-f', '--host-info', list);
  expect(code).toBe(2);
  expect(stderr).toContain('list.json');
  expect(readFileSync(list, 'utf8')).toBe(LIST);
});

describeWithTshark('Wireshark', () => {
  test('shows the owner of a port in the name of its interface', async () => {
    const ports = write('ports.txt', PORTS);
    await summaryOf(sample('nat-vswitch'), '-o', 'x.pcapng', '--host-info', ports);
    const names = tsharkFields(readFileSync(directory.file('x.pcapng')), ['frame.interface_name']).flat();
    expect(names.some((name) => name.startsWith('web01 Container NIC web-frontend'))).toBe(true);
  });
});
