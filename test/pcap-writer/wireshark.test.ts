import { describe, expect, it } from 'vitest';
import { PcapngWriter } from '../../src/pcap-writer/index.js';
import { readSection } from '../support/pcapng-reader.js';
import {
  capinfos,
  describeWithTshark,
  dissect,
  editcap,
  tcpdump,
  tshark,
  tsharkFields,
} from '../support/wireshark.js';
import {
  capture,
  ETHERNET,
  ETHERNET_PING,
  hex,
  PING,
  packet,
  RAW_IP,
  SNAP_LENGTH,
  TIME,
  utf8,
} from './build.js';

/** As long as a comment of the project gets, with everything that its grammar can have in it. */
const COMMENT = `PID=4 TID=632 Dir=Rx Component="a \\"b\\" \\\\ c" SrcNicName=ü🦈 DstPorts=${'1,'.repeat(200)}`;

/** Two Ethernet interfaces with every option, five packets, statistics; only features that libpcap reads. */
function ethernetFile(): Uint8Array {
  const writer = new PcapngWriter();
  writer.sectionHeader({
    hardware: 'Intel Xeon',
    os: 'Windows Server 2022, build 20348',
    userAppl: 'etlcap 0.1.0',
    comments: ['about the section'],
  });
  writer.interfaceDescription({
    linkType: ETHERNET,
    snapLength: SNAP_LENGTH,
    tsresol: 7,
    name: 'vEthernet (nat)',
    description: 'Hyper-V Virtual Ethernet Adapter',
    ipv4: [{ address: hex('0a000001'), mask: hex('ff000000') }],
    ipv6: [{ address: hex('fe800000000000000000000000000001'), prefixLength: 64 }],
    mac: hex('020000000001'),
    eui: hex('0200000000000001'),
    speed: 10_000_000_000n,
    filter: 'ICMP',
    os: 'Windows Server 2022',
    hardware: 'Virtual NIC',
    comments: ['IfIndex=7'],
    custom: [{ pen: 32473, value: 'x', copyable: true }],
  });
  writer.interfaceDescription({
    linkType: ETHERNET,
    snapLength: SNAP_LENGTH,
    tsresol: 7,
    name: 'tcpip.sys #25',
    txSpeed: 1_000_000n,
    rxSpeed: 2_000_000n,
  });
  const timeLow = Number(TIME & 0xffff_ffffn);
  writer.enhancedPacket(packet({ flags: 1, comment: utf8(COMMENT) }));
  writer.enhancedPacket(
    packet({
      interfaceId: 1,
      timeLow: timeLow + 1,
      flags: 2,
      hasPacketId: true,
      packetIdHigh: 0xffff_b60f,
      packetIdLow: 0x9f00_0010,
      processId: 4,
      threadId: 632,
    }),
  );
  writer.enhancedPacket(
    packet({ timeLow: timeLow + 2, length: 34, originalLength: 1514, comment: utf8('cut') }),
  );
  writer.enhancedPacket(packet({ timeLow: timeLow + 3, flags: 0, comment: utf8('y'.repeat(65_535)) }));
  writer.enhancedPacket(
    packet({ interfaceId: 1, timeLow: timeLow + 4, bytes: new Uint8Array([...ETHERNET_PING, 0]) }),
  );
  writer.interfaceStatistics({
    interfaceId: 0,
    time: TIME + 10n,
    startTime: TIME,
    endTime: TIME + 10n,
    ifRecv: 3n,
    ifDrop: 2n,
    filterAccept: 3n,
    osDrop: 1n,
    usrDeliv: 3n,
    comments: ['Counters'],
  });
  return writer.take();
}

/** Every other kind of block, and a second link type. */
function mixedFile(): Uint8Array {
  return capture((writer) => {
    writer.nameResolution({
      records: [
        { address: hex('0a000002'), names: ['teapot.example'] },
        { address: hex('02caffeef00d'), names: ['teapot'] },
      ],
      dnsName: 'server',
    });
    const raw = writer.interfaceDescription({
      linkType: RAW_IP,
      snapLength: SNAP_LENGTH,
      tsresol: 7,
      name: 'tunnel',
    });
    writer.enhancedPacket(packet());
    writer.enhancedPacket(packet({ interfaceId: raw, bytes: PING }));
    writer.systemdJournal([
      ['__REALTIME_TIMESTAMP', '1718050715489173'],
      ['_COMM', 'etlcap'],
      ['MESSAGE', 'two\nlines'],
      ['ETW_ID', '1002'],
    ]);
    writer.custom({ pen: 32473, data: hex('01020304'), copyable: true });
    writer.custom({ pen: 32473, data: hex('05060708'), copyable: false });
  });
}

/** Verdicts: hardware, Linux eBPF TC (TC_ACT_SHOT), Linux eBPF XDP (XDP_DROP). */
function verdictFile(): Uint8Array {
  return capture((writer) => {
    for (const verdict of ['00 0102', '01 0200000000000000', '02 0100000000000000']) {
      writer.enhancedPacket(packet({ verdict: hex(verdict) }));
    }
  });
}

const ARRIVAL = '1718050715.489172100';

describeWithTshark('tshark', () => {
  it('shows each packet with its time to 100 ns, lengths, direction, id, interface and whole comment', () => {
    const fields = [
      'frame.time_epoch',
      'frame.cap_len',
      'frame.len',
      'frame.packet_flags_direction',
      'frame.packet_id',
      'frame.interface_name',
      'frame.interface_description',
      'frame.comment',
    ];
    const name = 'vEthernet (nat)';
    const description = 'Hyper-V Virtual Ethernet Adapter';
    expect(tsharkFields(ethernetFile(), fields)).toEqual([
      // tshark prints a backslash and a quote of a field's value as they are.
      ['1718050715.489172100', '46', '46', '0x00000001', '', name, description, COMMENT],
      ['1718050715.489172200', '46', '46', '0x00000002', '18446662776941182992', 'tcpip.sys #25', '', ''],
      ['1718050715.489172300', '34', '1514', '', '', name, description, 'cut'],
      ['1718050715.489172400', '46', '46', '0x00000000', '', name, description, 'y'.repeat(65_535)],
      ['1718050715.489172500', '47', '47', '', '', 'tcpip.sys #25', '', ''],
    ]);
  });

  it('shows the verdict of each kind', () => {
    const fields = ['frame.verdict.hw', 'frame.verdict.ebpf_tc', 'frame.verdict.ebpf_xdp'];
    expect(tsharkFields(verdictFile(), fields)).toEqual([
      ['01 02', '', ''],
      ['', '2', ''],
      ['', '', '1'],
    ]);
  });

  it('finds nothing malformed and no error in the packets', () => {
    expect(tshark(['-Y', '_ws.malformed || _ws.expert.severity >= "Error"'], { input: ethernetFile() })).toBe(
      '',
    );
    expect(tshark(['-Y', '_ws.malformed || _ws.expert.severity >= "Error"'], { input: mixedFile() })).toBe(
      '',
    );
  });

  it('reads mixed link types, journal entries and custom blocks in one file', () => {
    expect(
      tsharkFields(mixedFile(), ['frame.protocols', 'ip.src', 'systemd_journal.message', 'frame.cb_pen']),
    ).toEqual([
      ['eth:ethertype:ip:icmp:data', '10.0.0.1', '', ''],
      ['raw:ip:icmp:data', '10.0.0.1', '', ''],
      ['systemd_journal', '', 'two\\nlines', ''],
      ['data', '', '', '32473'],
      ['data', '', '', '32473'],
    ]);
  });

  it('resolves addresses through the name resolution block', () => {
    const rows = tsharkFields(mixedFile(), ['ip.dst_host'], ['-N', 'n', '-Y', 'ip']);
    expect(rows).toEqual([['teapot.example'], ['teapot.example']]);
  });
});

describeWithTshark('editcap', () => {
  it('rewrites the file with every packet, comment and interface', () => {
    const input = ethernetFile();
    const before = readSection(input);
    const after = readSection(editcap([], { input }));
    // Wireshark 4.0 does not know epb_processid_threadid; versions that do keep it.
    const withoutIds = before.packets.map((read) => ({ ...read, processId: undefined, threadId: undefined }));
    expect(after.packets.map((read) => ({ ...read, processId: undefined, threadId: undefined }))).toEqual(
      withoutIds,
    );
    expect(
      after.interfaces.map(({ name, linkType, snapLength, tsresol, comments }) => [
        name,
        linkType,
        snapLength,
        tsresol,
        comments,
      ]),
    ).toEqual(
      before.interfaces.map(({ name, linkType, snapLength, tsresol, comments }) => [
        name,
        linkType,
        snapLength,
        tsresol,
        comments,
      ]),
    );
    expect(after).toMatchObject({ hardware: before.hardware, os: before.os, comments: before.comments });
  });

  it('keeps journal entries, custom blocks that may be copied, and mixed link types', () => {
    const input = mixedFile();
    const after = readSection(editcap([], { input }));
    const before = readSection(input);
    expect(after.packets).toEqual(before.packets);
    expect(after.journal).toEqual(before.journal);
    expect(after.customBlocks).toContainEqual({ pen: 32473, copyable: true, data: hex('01020304') });
    expect(after.interfaces.map(({ linkType }) => linkType)).toEqual([ETHERNET, RAW_IP]);
  });
});

describeWithTshark('capinfos', () => {
  it('counts the packets of each interface and shows the options of section and interfaces', () => {
    const text = capinfos([], { input: ethernetFile() });
    for (const line of [
      'Number of packets:   5',
      'Capture hardware:    Intel Xeon',
      'Capture oper-sys:    Windows Server 2022, build 20348',
      'Capture application: etlcap 0.1.0',
      'Capture comment:     about the section',
      'Number of interfaces in file: 2',
      'Name = vEthernet (nat)',
      'Description = Hyper-V Virtual Ethernet Adapter',
      'Speed = 10000000000',
      'Comment = IfIndex=7',
      'Time ticks per second = 10000000',
      'Filter string = ICMP',
      'Operating system = Windows Server 2022',
      'Hardware = Virtual NIC',
      'Number of stat entries = 1',
      'Number of packets = 3',
      'Name = tcpip.sys #25',
      'Number of packets = 2',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).toMatch(/Strict time order: +True/);
  });

  it('counts the resolved addresses', () => {
    expect(capinfos([], { input: mixedFile() })).toMatch(/Number of resolved IPv4 addresses in file: 1/);
  });
});

describeWithTshark('tcpdump', () => {
  it('reads every packet of a file whose interfaces share link type and snap length', () => {
    const text = tcpdump(['-n', '-tt', '--nano'], { input: ethernetFile() });
    expect(text.split('\n').slice(0, -1)).toEqual([
      `${ARRIVAL} IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 7, length 12`,
      '1718050715.489172200 IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 7, length 12',
      '1718050715.489172300 IP 10.0.0.1 > 10.0.0.2:  [|icmp]',
      '1718050715.489172400 IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 7, length 12',
      '1718050715.489172500 IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 7, length 12',
    ]);
  });

  it('passes over journal and custom blocks', () => {
    const input = capture((writer) => {
      writer.systemdJournal([['__REALTIME_TIMESTAMP', '1']]);
      writer.enhancedPacket(packet());
      writer.custom({ pen: 32473, data: hex('01'), copyable: true });
      writer.enhancedPacket(packet());
    });
    expect(tcpdump(['-n'], { input }).trim().split('\n')).toHaveLength(2);
  });
});

describe('Wireshark as WebAssembly', () => {
  it('dissects every packet with its time, interface, direction and whole comment', async () => {
    const fields = [
      'frame.time_epoch',
      'frame.interface_name',
      'frame.packet_flags_direction',
      'frame.packet_id',
      'frame.comment',
      'icmp.seq',
      'icmp.checksum.status',
      '_ws.malformed',
    ];
    const frames = await dissect(ethernetFile(), fields);
    expect(frames).toHaveLength(5);
    expect(frames[0]).toMatchObject({
      number: 1,
      protocols: ['eth', 'ethertype', 'ip', 'icmp', 'data'],
      data: ETHERNET_PING,
      fields: {
        'frame.time_epoch': [ARRIVAL],
        'frame.interface_name': ['vEthernet (nat)'],
        'frame.packet_flags_direction': ['0x00000001'],
        'frame.packet_id': [],
        'frame.comment': [COMMENT],
        'icmp.seq': ['7'],
        'icmp.checksum.status': ['Good'],
        '_ws.malformed': [],
      },
    });
    expect(frames[0]?.columns).toMatchObject({
      Source: '10.0.0.1',
      Destination: '10.0.0.2',
      Protocol: 'ICMP',
    });
    expect(frames[1]?.fields['frame.packet_id']).toEqual(['18446662776941182992']);
    expect(frames[1]?.fields['frame.packet_flags_direction']).toEqual(['0x00000002']);
    expect(frames[3]?.fields['frame.comment']?.[0]?.length).toBe(65_535);
  });

  it('reads mixed link types and journal entries', async () => {
    const frames = await dissect(mixedFile(), ['systemd_journal.message', 'systemd_journal.field.name']);
    expect(frames.map(({ protocols }) => protocols[0])).toEqual([
      'eth',
      'raw',
      'systemd_journal',
      'data',
      'data',
    ]);
    expect(frames[2]?.fields).toEqual({
      'systemd_journal.message': ['two\nlines'],
      'systemd_journal.field.name': ['ETW_ID'],
    });
  });

  it('reads the verdict of each kind', async () => {
    const fields = ['frame.verdict.hw', 'frame.verdict.ebpf_tc', 'frame.verdict.ebpf_xdp'];
    const frames = await dissect(verdictFile(), fields);
    expect(frames.map((frame) => fields.map((field) => frame.fields[field]))).toEqual([
      [['01:02'], [], []],
      [[], ['2'], []],
      [[], [], ['1']],
    ]);
  });

  it('shows only the frames that pass a filter', async () => {
    const frames = await dissect(ethernetFile(), [], 'frame.comment contains "Component="');
    expect(frames.map(({ number }) => number)).toEqual([1]);
  });

  it('tells of a damaged packet', async () => {
    const bytes = ETHERNET_PING.slice();
    // A UDP header cannot lie about more bytes than there are: protocol 17, length 0x0800.
    bytes[23] = 17;
    const [frame] = await dissect(
      capture((writer) => writer.enhancedPacket(packet({ bytes }))),
      ['udp', '_ws.expert'],
    );
    expect(frame?.fields['_ws.expert']).not.toEqual([]);
  });

  it('refuses a file that is no capture, an unknown field and a wrong filter', async () => {
    await expect(dissect(utf8('no capture at all'), [])).rejects.toThrow(/cannot read/);
    await expect(dissect(ethernetFile(), ['no.such.field'])).rejects.toThrow(/no\.such\.field/);
    await expect(dissect(ethernetFile(), [], 'ip.src ==')).rejects.toThrow();
  });
});
