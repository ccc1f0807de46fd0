import { expect, it } from 'vitest';
import { caseFile, describeWithCases } from '../support/shared.js';
import { etlcap, useDirectory } from './run.js';

const MULTILAYER = caseFile('multilayer.etl');
const directory = useDirectory();
const NAMES = ['Ethernet', 'Ethernet lower 20', 'Ethernet lower 21', 'Ethernet lower 22'];

describeWithCases('--component', () => {
  it('takes each name that info prints, in convert and in path', async () => {
    const info = (await etlcap(['info', MULTILAYER])).stdout.toString();
    for (const name of NAMES) {
      expect(info).toContain(`  ${name} `);
      const converted = await etlcap([MULTILAYER, '--component', name, '-o', 'one.pcapng', '-f', '--json'], {
        cwd: directory.path,
      });
      expect(JSON.parse(converted.stdout.toString())).toMatchObject({ packets: 20, interfaces: [{ name }] });
      const paths = (await etlcap(['path', MULTILAYER, '--component', name, '--json'])).stdout.toString();
      for (const line of paths.trimEnd().split('\n')) {
        const { hops }: { hops: { interface: string }[] } = JSON.parse(line);
        expect(hops.map((hop) => hop.interface)).toContain(name);
      }
    }
  });

  it.each([
    ['convert', [MULTILAYER, '-o', 'none.pcapng']],
    ['path', ['path', MULTILAYER]],
    ['path --summary', ['path', MULTILAYER, '--summary']],
    ['report', ['report', MULTILAYER, '-o', 'none.html']],
  ])('lists the names that there are if none matches: %s', async (_command, args) => {
    const { code, stderr } = await etlcap([...args, '--component', 'Wi-Fi'], { cwd: directory.path });
    expect(code).toBe(4);
    expect(stderr).toContain("named 'Wi-Fi'");
    for (const name of NAMES) expect(stderr).toContain(`\n  ${name}\n`);
    expect(directory.files()).toEqual([]);
  });

  it('names that no interface has are reported also if others select packets', async () => {
    const { code, stderr } = await etlcap(
      [MULTILAYER, '-o', 'one.pcapng', '--events', 'none', '--component', 'Wi-Fi', 'Ethernet lower 20'],
      { cwd: directory.path },
    );
    expect(code).toBe(0);
    expect(stderr).toContain("named 'Wi-Fi'");
    expect(stderr).not.toContain("'Ethernet lower 20'");
  });

  it('a batch counts the traces in which no interface has the name', async () => {
    const { code, stdout } = await etlcap(
      ['batch', MULTILAYER, caseFile('real-A.etl'), '-o', 'out', '--component', 'Ethernet lower 20'],
      { cwd: directory.path },
    );
    expect(code).toBe(0);
    expect(stdout.toString()).toContain("in 1 trace no interface is named 'Ethernet lower 20'");
  });
});
