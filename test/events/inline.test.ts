import { describe, expect, test } from 'vitest';
import { natVswitch } from '../../samples/scenarios/index.js';
import { readSection } from '../support/pcapng-reader.js';
import { describeWithTshark, dissect, tcpdump, tsharkFields } from '../support/wireshark.js';
import { useConversions } from './convert.js';

const convert = useConversions();
const { plain, truth } = natVswitch();

/** The generator's DNS event: template and values, put together by hand. */
const DNS_MESSAGE = /^DNS query is called for the name example\.com, type \S+ ?, query options 1073766400, /;

const FIELDS = [
  'frame.number',
  'frame.protocols',
  'frame.time_epoch',
  'frame.interface_name',
  'etw.descriptor.id',
  'etw.message',
  'etw.process_id',
] as const;

const ascending = (values: readonly number[]): boolean =>
  values.every((value, at) => at === 0 || value >= (values[at - 1] ?? 0));

describe('--inline-events etw', () => {
  test('puts every event between the packets as LINKTYPE_ETW, in the order of time, on an interface of its own', async () => {
    const { document, pcapng } = await convert(plain, { inlineEvents: 'etw' });
    const { interfaces, packets } = readSection(pcapng);
    const number = interfaces.findIndex(({ linkType }) => linkType === 290);
    expect(interfaces[number]?.name).toBe('ETW events');
    expect(new Set(interfaces.map(({ snapLength }) => snapLength)).size).toBe(1);
    expect(packets.filter(({ interfaceId }) => interfaceId === number)).toHaveLength(document.events.length);
    expect(packets).toHaveLength(document.events.length + truth.packets.length);
    expect(ascending(packets.map(({ timestamp }) => Number(timestamp - (packets[0]?.timestamp ?? 0n))))).toBe(
      true,
    );
  });

  test('afterFrame is the number that Wireshark gives the packet, events counted', async () => {
    const { document, pcapng } = await convert(plain, { inlineEvents: 'etw' });
    const { interfaces, packets } = readSection(pcapng);
    const own = interfaces.findIndex(({ linkType }) => linkType === 290);
    let lastPacket = 0;
    const expected = packets.flatMap(({ interfaceId }, at) => {
      if (interfaceId === own) return [lastPacket];
      lastPacket = at + 1;
      return [];
    });
    expect(document.events.map(({ afterFrame }) => afterFrame)).toEqual(expected);
  });

  test('Wireshark shows provider, id, process and message', async () => {
    const { pcapng } = await convert(plain, { inlineEvents: 'etw' });
    const frames = await dissect(pcapng, ['etw.descriptor.id', 'etw.message', 'etw.process_id']);
    const dns = frames.filter(({ columns }) => columns.Protocol === 'Microsoft-Windows-DNS-Client');
    expect(dns).toHaveLength(1);
    expect(dns[0]?.fields['etw.descriptor.id']).toEqual(['3006']);
    expect(dns[0]?.fields['etw.process_id']).toEqual(['1284']);
    expect(dns[0]?.fields['etw.message']?.[0]).toMatch(DNS_MESSAGE);
    expect(dns[0]?.columns.Info).toMatch(DNS_MESSAGE);
    expect(frames.filter(({ protocols }) => protocols.includes('_ws.malformed'))).toEqual([]);
    const events = frames.filter(({ protocols }) => protocols.includes('etw'));
    expect(events.filter(({ fields }) => fields['etw.message']?.[0] === undefined)).toEqual([]);
  });
});

describe('--inline-events journal', () => {
  test('writes the time, the process, the message and each field', async () => {
    const { pcapng } = await convert(plain, { inlineEvents: 'journal' });
    const entries = readSection(pcapng).journal.map(({ fields }) =>
      Object.fromEntries(fields.map(({ name, value }) => [name, new TextDecoder().decode(value)])),
    );
    const dns = entries.find(({ ETW_QUERYNAME }) => ETW_QUERYNAME === 'example.com');
    expect(dns).toMatchObject({
      __REALTIME_TIMESTAMP: String(Date.parse('2024-09-18T07:41:12.001Z') * 1000 + 500),
      _COMM: 'svchost.exe',
      _PID: '1284',
      MESSAGE: expect.stringMatching(DNS_MESSAGE),
      ETW_QUERYOPTIONS: '1073766400',
      ETLCAP_EVENT_ID: '3006',
    });
    const agent = entries.find(({ ETW_ENDPOINTNAME }) => ETW_ENDPOINTNAME === 'web-frontend');
    expect(agent).toMatchObject({ _COMM: 'containerd.exe', ETW_COMPARTMENTID: '2', ETW_PORTS: '[80,443]' });
  });

  test('Wireshark dissects the entries between the packets', async () => {
    const { document, pcapng } = await convert(plain, { inlineEvents: 'journal' });
    const frames = await dissect(pcapng, ['systemd_journal.message']);
    const entries = frames.filter(({ protocols }) => protocols.includes('systemd_journal'));
    expect(entries).toHaveLength(document.events.length);
    expect(frames).toHaveLength(document.events.length + truth.packets.length);
    expect(entries.some(({ columns }) => DNS_MESSAGE.test(columns.Info ?? ''))).toBe(true);
  });
});

describeWithTshark('released Wireshark', () => {
  test.each(['etw', 'journal'] as const)('tshark reads packets and %s events in one file', async (kind) => {
    const { document, pcapng } = await convert(plain, { inlineEvents: kind });
    const rows = tsharkFields(pcapng, FIELDS);
    const protocol = kind === 'etw' ? 'etw' : 'systemd_journal';
    expect(rows.filter(([, protocols]) => protocols?.includes(protocol))).toHaveLength(
      document.events.length,
    );
    expect(rows).toHaveLength(document.events.length + truth.packets.length);
    expect(rows.filter(([, protocols]) => protocols?.includes('malformed'))).toEqual([]);
    if (kind === 'journal') return;
    const dns = rows.filter((row) => row[4] === '3006');
    expect(dns).toHaveLength(1);
    expect(dns[0]?.[3]).toBe('ETW events');
    expect(dns[0]?.[5]).toMatch(DNS_MESSAGE);
  });

  test('journal blocks do not stop programs built on libpcap', async () => {
    const { pcapng } = await convert(plain, { inlineEvents: 'journal' });
    const lines = tcpdump(['-n', '-tt'], { input: pcapng }).split('\n');
    expect(lines.filter((line) => /^\d+\.\d+ /.test(line))).toHaveLength(truth.packets.length);
  });
});
