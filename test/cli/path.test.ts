import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { natVswitch, pktmonDrops } from '../../samples/scenarios/index.js';
import { etlcap, sample, useDirectory } from './run.js';

const directory = useDirectory();
const PKTMON = sample('pktmon-drops');

async function json(...args: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const { stdout } = await etlcap(['path', ...args, '--json']);
  return stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => JSON.parse(line));
}

describe('etlcap path', () => {
  it('prints the hops of a dropped packet with reason and location', async () => {
    const { code, stdout } = await etlcap(['path', PKTMON, '--drops', 'only']);
    const text = stdout.toString();
    expect(code).toBe(0);
    expect(text).toContain('UDP 172.16.0.10:40000 to 172.16.0.1:5000, compartment 3');
    expect(text).toMatch(
      /Dropped at vmswitch\.sys #62 VM NIC Ingress: Unauthorized VLAN \(reason 10, VMS_PT_NIC_RCV_NBL1\)\n/u,
    );
    expect(text).toContain('Protocol "Unreachable"');
  });

  it('counts drops separately of which only a keyword bit tells, and marks them as inferred', async () => {
    const drops = natVswitch().truth.packets.filter(({ dropped }) => dropped === true);
    const { stdout: text } = await etlcap(['path', sample('nat-vswitch'), '--drops', 'only']);
    expect(text.toString().match(/Dropped at .* \(inferred\)/gu)).toHaveLength(drops.length);
    const { stdout } = await etlcap(['path', sample('nat-vswitch'), '--summary', '--json']);
    const summary: unknown = JSON.parse(stdout.toString());
    expect(summary).toMatchObject({
      dropped: drops.length,
      inferredDrops: drops.length,
      drops: [{ Drop: 'Dropped', dropInferred: true, packets: drops.length }],
    });
    const { stdout: pktmon } = await etlcap(['path', PKTMON, '--summary', '--json']);
    expect(JSON.parse(pktmon.toString())).toMatchObject({ dropped: 2, inferredDrops: 0 });
  });

  it('--json has one object a line, whose hops name things as the packet comments do', async () => {
    const { truth } = pktmonDrops();
    const paths = await json(PKTMON);
    expect(paths).toHaveLength(Object.keys(truth.paths).length);
    expect(paths[0]).toMatchObject({
      NBL: '0x105a26',
      PktNumber: 1,
      Compartment: 2,
      hops: [
        { frame: 1, Appearance: 1, ComponentId: 71, Dir: 'Out' },
        { ComponentId: 61, VlanId: 101, VSID: 5001 },
        {},
        {},
        {},
        {},
        {},
        {},
      ],
    });
  });

  it('--csv has one line for each appearance', async () => {
    const { stdout } = await etlcap(['path', PKTMON, '--csv']);
    const [header, ...lines] = stdout.toString().trimEnd().split('\r\n');
    expect(header).toContain('NBL,PktNumber,');
    expect(lines).toHaveLength(pktmonDrops().truth.packets.length);
  });

  it.each([
    ['a compartment', ['--compartment', '3'], (path: Record<string, unknown>) => path.Compartment === 3],
    ['a protocol', ['--protocol', 'icmpv6'], (path: Record<string, unknown>) => path.protocol === 'ICMPv6'],
    ['a port', ['--port', '443'], (path: Record<string, unknown>) => String(path.source).endsWith(':443')],
    [
      'a network',
      ['--address', '2001:db8::/32'],
      (path: Record<string, unknown>) => String(path.source).startsWith('2001:db8:'),
    ],
    ['a time', ['--slower-than', '23us'], (path: Record<string, unknown>) => Number(path.duration) > 23e-6],
    [
      'no drop',
      ['--drops', 'exclude'],
      (path: Record<string, unknown>) => !JSON.stringify(path).includes('DropReason'),
    ],
    [
      'a component',
      ['--component', '81'],
      (path: Record<string, unknown>) => JSON.stringify(path).includes('nwifi.sys'),
    ],
  ])('takes the paths of %s and no others', async (_, options, belongs) => {
    const all = await json(PKTMON);
    const expected = all.filter(belongs);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(all.length);
    expect(await json(PKTMON, ...options)).toEqual(expected);
  });

  it('--packet gives the path that holds a frame', async () => {
    const [path, ...others] = await json(PKTMON, '--packet', '9');
    expect(others).toEqual([]);
    expect(JSON.stringify(path)).toContain('"frame":9,');
  });

  it('where nothing fits it says so and exits 4', async () => {
    const { code, stderr, stdout } = await etlcap(['path', PKTMON, '--port', '9999']);
    expect([code, stdout.toString()]).toEqual([4, '']);
    expect(stderr).toContain('None of the 78 packets matches the filter.');
  });

  it.each([
    [['--port', '70000'], '--port'],
    [['--address', '10.0.0.300'], '--address'],
    [['--address', '10.0.0.0/33'], '--address'],
    [['--protocol', 'tpc'], '--protocol'],
    [['--slower-than', '5'], '--slower-than'],
    [['--json', '--csv'], '--csv'],
  ])('%j is a mistake of usage that is named', async (options, named) => {
    const { code, stderr } = await etlcap(['path', PKTMON, ...options]);
    expect(code).toBe(2);
    expect(stderr).toContain(named);
  });

  it('--summary counts drops by reason, component, compartment and flow, as the generator made them', async () => {
    const { stdout } = await etlcap(['path', '--summary', '--json', PKTMON]);
    const { drops, dropsByCompartment, dropsByConversation, dropsByInterface } = JSON.parse(
      stdout.toString(),
    );
    expect(
      drops.map((row: { DropReason: number; packets: number }) => [row.DropReason, row.packets]),
    ).toEqual([
      [10, 1],
      [903, 1],
    ]);
    expect(dropsByInterface.map((row: { interface: string }) => row.interface)).toEqual([
      'vmswitch.sys #62',
      'tcpip.sys #31',
    ]);
    expect(dropsByCompartment.map(({ Compartment }: { Compartment: number }) => Compartment)).toEqual([3, 1]);
    expect(dropsByConversation.map(({ a, b }: { a: string; b: string }) => [a, b])).toEqual([
      ['172.16.0.10:40000', '172.16.0.1:5000'],
      ['10.0.0.4:5301', '192.0.2.80:5300'],
    ]);
  });

  it('keeps containers with one address apart: by compartment, and at a vSwitch by virtual NIC', async () => {
    const conversations = async (
      name: string,
    ): Promise<{ Compartment?: number; nic?: string; a: string }[]> => {
      const { stdout } = await etlcap(['path', '--summary', '--json', sample(name)]);
      return JSON.parse(stdout.toString()).conversations;
    };
    const pings = (await conversations('pktmon-drops')).filter(({ a }) => a === '172.16.0.10');
    expect(pings.map(({ Compartment }) => Compartment).sort()).toEqual([2, 3]);
    const atSwitch = (await conversations('nat-vswitch')).filter(({ a }) => a === '172.16.0.10');
    expect(atSwitch.map(({ nic }) => nic).sort()).toEqual([
      'Container NIC db "test"',
      'Container NIC web-frontend',
    ]);
  });

  it('--compare finds nothing between two forms of one trace, and new and gone drops between two traces', async () => {
    const same = await etlcap(['path', '--compare', sample('pktmon-drops.compressed'), PKTMON]);
    expect(same.stdout.toString()).toContain('No path differences');
    const { stdout } = await etlcap(['path', '--json', '--compare', PKTMON, '--drops', 'exclude', PKTMON]);
    expect(JSON.parse(stdout.toString()).comparison).toEqual({
      paths: [],
      locations: [],
      drops: [],
      slower: [],
    });
    const other = await etlcap(['path', '--json', '--compare', sample('nat-vswitch'), PKTMON]);
    const { comparison } = JSON.parse(other.stdout.toString());
    expect(
      comparison.drops.map((drop: { change: string; Drop: string }) => `${drop.change} ${drop.Drop}`),
    ).toEqual(['new Unauthorized VLAN', 'new Protocol "Unreachable"', 'gone Dropped']);
  });
});

describe('etlcap report', () => {
  it('writes one page, and replaces none without --force', async () => {
    const page = directory.file('report.html');
    expect((await etlcap(['report', PKTMON, '-o', page])).code).toBe(0);
    expect(directory.files()).toEqual(['report.html']);
    const again = await etlcap(['report', PKTMON, '-o', page]);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('--force')]);
    expect((await etlcap(['report', PKTMON, '-o', page, '-f'])).code).toBe(0);
  });

  it('asks for nothing outside itself, and lets no code run but its own', async () => {
    const page = directory.file('report.html');
    await etlcap(['report', PKTMON, '-o', page]);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('default-src &#39;none&#39;; script-src &#39;sha256-');
    expect(html.match(/<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(?!data:)/gu)).toBeNull();
  });

  it('a name with a closing script tag and quotes stays a name', async () => {
    const page = directory.file('report.html');
    const trace = directory.file('trace.etl');
    const evil = Buffer.from('<b></script>"\'&', 'utf16le');
    const { plain } = natVswitch();
    writeFileSync(trace, renamed(plain, 'Container NIC web-frontend', evil));
    await etlcap(['report', trace, '-o', page]);
    const html = readFileSync(page, 'utf8');
    // The two scripts of the page end, and nothing else does.
    expect(html.split('</script>')).toHaveLength(3);
    expect(html).toContain(String.raw`\u003cb\u003e\u003c/script\u003e\"'\u0026`);
  });

  it('without packets there is no page', async () => {
    const page = directory.file('report.html');
    const { code } = await etlcap(['report', PKTMON, '--port', '9999', '-o', page]);
    expect([code, directory.files()]).toEqual([4, []]);
  });
});

/** Puts other text of the same length, or shorter and filled with blanks, in the place of a name. */
function renamed(bytes: Uint8Array, name: string, other: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  const needle = Buffer.from(name, 'utf16le');
  const blank = Buffer.from(' '.repeat(name.length), 'utf16le');
  for (let at = copy.indexOf(needle); at !== -1; at = copy.indexOf(needle, at + 1)) {
    blank.copy(copy, at);
    copy.set(other.subarray(0, needle.length), at);
  }
  return copy;
}
