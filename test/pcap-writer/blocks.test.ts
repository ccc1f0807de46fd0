import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PcapngWriter } from '../../src/pcap-writer/index.js';
import { readPcapng, readSection } from '../support/pcapng-reader.js';
import { capture, ETHERNET, hex, packet, RAW_IP, TIME, utf8 } from './build.js';

const CUSTOM = [
  { pen: 32473, value: 'copied text', copyable: true },
  { pen: 32473, value: hex('010203'), copyable: true },
  { pen: 4294967295, value: 'text', copyable: false },
  { pen: 32473, value: hex('ff'), copyable: false },
];
const CUSTOM_READ = [
  { code: 2988, pen: 32473, value: 'copied text' },
  { code: 2989, pen: 32473, value: hex('010203') },
  { code: 19372, pen: 4294967295, value: 'text' },
  { code: 19373, pen: 32473, value: hex('ff') },
];

describe('Section Header Block', () => {
  it('without options is the 28 bytes of the specification, version 1.0, length not specified', () => {
    const writer = new PcapngWriter();
    writer.sectionHeader({});
    expect(writer.take()).toEqual(hex('0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000'));
  });

  it('has hardware, operating system, application, comments and custom options', () => {
    const writer = new PcapngWriter();
    writer.sectionHeader({
      hardware: 'Intel(R) Xeon(R)',
      os: 'Windows Server 2022, build 20348',
      userAppl: 'etlcap 0.1.0',
      comments: ['one', 'two\nlines'],
      custom: CUSTOM,
    });
    expect(readSection(writer.take())).toMatchObject({
      hardware: 'Intel(R) Xeon(R)',
      os: 'Windows Server 2022, build 20348',
      userAppl: 'etlcap 0.1.0',
      comments: ['one', 'two\nlines'],
      custom: CUSTOM_READ,
    });
  });

  it('starts a section in which interfaces are numbered from 0 again', () => {
    const writer = new PcapngWriter();
    const ids: number[] = [];
    for (let section = 0; section < 2; section++) {
      writer.sectionHeader({});
      ids.push(writer.interfaceDescription({ linkType: ETHERNET, snapLength: 0 }));
      ids.push(writer.interfaceDescription({ linkType: RAW_IP, snapLength: 0 }));
    }
    expect(ids).toEqual([0, 1, 0, 1]);
    const linkTypes = readPcapng(writer.take()).map(({ interfaces }) =>
      interfaces.map(({ linkType }) => linkType),
    );
    expect(linkTypes).toEqual([
      [ETHERNET, RAW_IP],
      [ETHERNET, RAW_IP],
    ]);
  });

  it('must come before any other block', () => {
    const writer = new PcapngWriter();
    expect(() => writer.interfaceDescription({ linkType: ETHERNET, snapLength: 0 })).toThrow(RangeError);
    expect(() => writer.nameResolution({ records: [] })).toThrow(RangeError);
    expect(() => writer.systemdJournal([['__REALTIME_TIMESTAMP', '1']])).toThrow(RangeError);
    expect(() => writer.custom({ pen: 1, data: hex(''), copyable: true })).toThrow(RangeError);
    expect(() => writer.interfaceStatistics({ interfaceId: 0, time: 0n })).toThrow(RangeError);
    expect(() => writer.enhancedPacket(packet())).toThrow(RangeError);
    expect(writer.pending).toBe(0);
  });
});

/** The interface description of a file with just this interface. */
function interfaceOf(description: Parameters<PcapngWriter['interfaceDescription']>[0]) {
  const writer = new PcapngWriter();
  writer.sectionHeader({});
  writer.interfaceDescription(description);
  return readSection(writer.take()).interfaces[0];
}

describe('Interface Description Block', () => {
  it('writes the examples that the specification gives, octet for octet', () => {
    const writer = new PcapngWriter();
    writer.sectionHeader({});
    writer.take();
    writer.interfaceDescription({
      linkType: ETHERNET,
      snapLength: 0x40000,
      ipv4: [{ address: hex('c0a80101'), mask: hex('ffffff00') }],
      ipv6: [{ address: hex('20010db885a308d313198a2e03707344'), prefixLength: 64 }],
      mac: hex('000102030405'),
      eui: hex('023456fffe789abc'),
      speed: 100_000_000n,
      tsresol: 6,
      filter: 'tcp port 23 and host 192.0.2.5',
    });
    expect(Buffer.from(writer.take()).toString('hex')).toBe(
      Buffer.from([
        ...hex('01000000 8c000000 0100 0000 00000400'),
        ...hex('0400 0800 c0a80101 ffffff00'),
        ...hex('0500 1100 20010db885a308d313198a2e03707344 40 000000'),
        ...hex('0600 0600 000102030405 0000'),
        ...hex('0700 0800 023456fffe789abc'),
        ...hex('0800 0800 00e1f50500000000'),
        ...hex('0900 0100 06 000000'),
        ...hex('0b00 1f00 00'),
        ...utf8('tcp port 23 and host 192.0.2.5'),
        ...hex('00'),
        ...hex('00000000 8c000000'),
      ]).toString('hex'),
    );
  });

  it('has every option that it was given', () => {
    const strings = {
      name: 'vEthernet (nat)',
      description: 'Hyper-V',
      filter: 'ICMP',
      os: 'Windows',
      hardware: 'NIC',
    };
    const addresses = {
      ipv4: [
        { address: hex('0a000001'), mask: hex('ff000000') },
        { address: hex('ac100001'), mask: hex('fffff000') },
      ],
      ipv6: [
        { address: hex('fe800000000000000000000000000001'), prefixLength: 10 },
        { address: hex('00000000000000000000000000000000'), prefixLength: 128 },
      ],
      mac: hex('00155d010203'),
      eui: hex('0011223344556677'),
    };
    const numbers = {
      linkType: 105,
      snapLength: 262_144,
      txSpeed: 1_000n,
      rxSpeed: 0xffff_ffff_ffff_ffffn,
      tsresol: 7,
    };
    const given = { ...strings, ...addresses, ...numbers, comments: ['IfIndex=7', 'ü'] };
    expect(interfaceOf({ ...given, custom: CUSTOM })).toEqual({
      ...given,
      custom: CUSTOM_READ,
      speed: undefined,
    });
  });

  it('writes equal transmit and receive speeds as if_speed, and one alone as itself', () => {
    const base = { linkType: ETHERNET, snapLength: 0 };
    const none = { speed: undefined, txSpeed: undefined, rxSpeed: undefined };
    expect(interfaceOf({ ...base, txSpeed: 5n, rxSpeed: 5n })).toMatchObject({ ...none, speed: 5n });
    expect(interfaceOf({ ...base, rxSpeed: 5n })).toMatchObject({ ...none, rxSpeed: 5n });
    expect(interfaceOf({ ...base, speed: 7n, txSpeed: 5n })).toMatchObject({ ...none, speed: 7n });
    expect(interfaceOf(base)).toMatchObject(none);
  });

  it.each([
    ['MAC', { mac: hex('0102030405') }],
    ['EUI', { eui: hex('010203040506') }],
    ['IPv4', { ipv4: [{ address: hex('0a00000102'), mask: hex('ff0000') }] }],
    ['IPv6', { ipv6: [{ address: hex('0a000001'), prefixLength: 64 }] }],
    ['custom option', { custom: [{ pen: 1, value: new Uint8Array(65_532), copyable: true }] }],
  ])('is refused, and nothing is written, for a %s of the wrong length', (_, fields) => {
    const writer = new PcapngWriter();
    writer.sectionHeader({});
    writer.take();
    expect(() => writer.interfaceDescription({ linkType: 1, snapLength: 0, ...fields })).toThrow(RangeError);
    expect(writer.pending).toBe(0);
    expect(writer.interfaceDescription({ linkType: 1, snapLength: 0 })).toBe(0);
  });
});

describe('strings', () => {
  it('of any kind are at most 65,535 bytes of valid UTF-8, cut at a character with a mark', () => {
    const long = 'ü'.repeat(40_000);
    const read = interfaceOf({
      linkType: ETHERNET,
      snapLength: 0,
      name: long,
      filter: long,
      comments: [long],
      custom: [{ pen: 1, value: long, copyable: true }],
    });
    const cut = (bytes: number) => `${'ü'.repeat(Math.floor((bytes - 9) / 2))} …[cut]`;
    expect(read?.name).toBe(cut(65_535));
    expect(read?.comments).toEqual([cut(65_535)]);
    expect(read?.filter).toBe(cut(65_534));
    expect(read?.custom[0]?.value).toBe(cut(65_531));
  });

  it('keep every character but lone surrogates and U+0000, which become U+FFFD', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }), (name) => {
        const expected = name.replaceAll('\0', '\ufffd').replaceAll(/\p{Surrogate}/gu, '\ufffd');
        expect(interfaceOf({ linkType: 1, snapLength: 0, name })?.name).toBe(expected);
      }),
    );
  });

  it('of 65,536 units that end in half a character are cut without a trace of it', () => {
    const name = `${'x'.repeat(65_535)}🦈`;
    expect(interfaceOf({ linkType: 1, snapLength: 0, name })?.name).toBe(`${'x'.repeat(65_526)} …[cut]`);
  });
});

describe('Interface Statistics Block', () => {
  it('has the times and every counter', () => {
    const given = {
      interfaceId: 0,
      startTime: TIME - 10n,
      endTime: TIME,
      ifRecv: 1n,
      ifDrop: 2n,
      filterAccept: 3n,
      osDrop: 4n,
      usrDeliv: 0xffff_ffff_ffff_ffffn,
      comments: ['Counters'],
    };
    const file = capture((writer) =>
      writer.interfaceStatistics({ ...given, time: TIME + 1n, custom: CUSTOM }),
    );
    expect(readSection(file).statistics).toEqual([{ ...given, timestamp: TIME + 1n, custom: CUSTOM_READ }]);
  });

  it("writes the specification's example of a time: upper half first, each half little-endian", () => {
    const file = capture((writer) =>
      writer.interfaceStatistics({ interfaceId: 0, time: 0n, startTime: 0x4c396_656a8973n }),
    );
    const block = file.subarray(-12 - 12 - 16);
    expect(block.subarray(20, 32)).toEqual(hex('0200 0800 96c30400 73896a65'));
  });

  it('leaves out what is not known', () => {
    const file = capture((writer) => writer.interfaceStatistics({ interfaceId: 0, time: 5n }));
    expect(readSection(file).statistics[0]).toMatchObject({
      timestamp: 5n,
      startTime: undefined,
      ifDrop: undefined,
    });
  });

  it('is refused for an interface that is not described', () => {
    expect(() => capture((writer) => writer.interfaceStatistics({ interfaceId: 1, time: 0n }))).toThrow(
      RangeError,
    );
  });
});

describe('Name Resolution Block', () => {
  it('has addresses of all four kinds with their names, and the server', () => {
    const given = {
      records: [
        { address: hex('0a000001'), names: ['host', 'host.example'] },
        { address: hex('20010db8000000000000000012345678'), names: ['somehost'] },
        { address: hex('02caffeef00d'), names: ['teapot under test'] },
        { address: hex('0011223344556677'), names: ['ü'] },
      ],
      dnsName: 'our_nameserver',
      dnsIPv4: hex('c0a80001'),
      dnsIPv6: hex('20010db8000000000000000012345678'),
      comments: ['c'],
    };
    const file = capture((writer) => writer.nameResolution({ ...given, custom: CUSTOM }));
    expect(readSection(file).nameResolutions).toEqual([{ ...given, custom: CUSTOM_READ }]);
  });

  it('has no record for an address without a name', () => {
    const records = [
      { address: hex('0a000001'), names: [] },
      { address: hex('0a000002'), names: ['', 'x'] },
    ];
    const file = capture((writer) => writer.nameResolution({ records }));
    expect(readSection(file).nameResolutions[0]?.records).toEqual([
      { address: hex('0a000002'), names: ['x'] },
    ]);
  });

  it('repeats the address where its names do not fit one record, and cuts a name that fits none', () => {
    const names = ['a'.repeat(40_000), 'b'.repeat(40_000), 'c', 'd'.repeat(70_000)];
    const file = capture((writer) =>
      writer.nameResolution({ records: [{ address: hex('0a000001'), names }] }),
    );
    const read = readSection(file).nameResolutions[0]?.records ?? [];
    expect(read.map(({ address }) => address)).toEqual([hex('0a000001'), hex('0a000001'), hex('0a000001')]);
    expect(read.flatMap((record) => record.names)).toEqual([
      ...names.slice(0, 3),
      `${'d'.repeat(65_535 - 4 - 1 - 9)} …[cut]`,
    ]);
  });

  it('is refused for an address that is neither IP nor EUI', () => {
    const records = [{ address: hex('0a0000'), names: ['x'] }];
    expect(() => capture((writer) => writer.nameResolution({ records }))).toThrow(RangeError);
  });
});

describe('systemd Journal Export Block', () => {
  it('is text where it can be and the binary form where it must be', () => {
    const file = capture((writer) =>
      writer.systemdJournal([
        ['__REALTIME_TIMESTAMP', '1718050715489172'],
        ['MESSAGE', 'two\nlines'],
        ['ETW_TEXT', 'tab\tand ü = fine'],
        ['ETW_EMPTY', ''],
        ['ETW_OCTETS', hex('000a0000')],
        ['ETW_NUL', '\0'],
      ]),
    );
    expect(readSection(file).journal[0]?.fields).toEqual([
      { name: '__REALTIME_TIMESTAMP', value: utf8('1718050715489172'), binary: false },
      { name: 'MESSAGE', value: utf8('two\nlines'), binary: true },
      { name: 'ETW_TEXT', value: utf8('tab\tand ü = fine'), binary: false },
      { name: 'ETW_EMPTY', value: utf8(''), binary: false },
      { name: 'ETW_OCTETS', value: hex('000a0000'), binary: true },
      { name: 'ETW_NUL', value: hex('00'), binary: true },
    ]);
  });

  it('has only names that journald takes, whatever the name is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        const file = capture((writer) =>
          writer.systemdJournal([
            ['__REALTIME_TIMESTAMP', '1'],
            [name, 'x'],
          ]),
        );
        expect(readSection(file).journal[0]?.fields[1]?.name).toMatch(/^[A-Z_][A-Z0-9_]{0,63}$/);
      }),
    );
  });

  it('is refused without the time that every entry must have', () => {
    expect(() => capture((writer) => writer.systemdJournal([['MESSAGE', 'x']]))).toThrow(RangeError);
  });
});

describe('Custom Block', () => {
  it('has the type that tells whether it may be copied, the number, and the data padded to 32 bits', () => {
    const file = capture((writer) => {
      writer.custom({ pen: 32473, data: hex('0102030405'), copyable: true });
      writer.custom({ pen: 1, data: hex(''), copyable: false });
    });
    expect(readSection(file).customBlocks).toEqual([
      { pen: 32473, copyable: true, data: hex('0102030405000000') },
      { pen: 1, copyable: false, data: hex('') },
    ]);
  });
});

describe('take', () => {
  it('hands over whole blocks, and all of them together are the file', () => {
    const write = (writer: PcapngWriter, between: () => void) => {
      writer.sectionHeader({ os: 'Windows' });
      between();
      writer.interfaceDescription({ linkType: ETHERNET, snapLength: 0, name: 'x' });
      between();
      for (let count = 0; count < 20; count++) {
        writer.enhancedPacket(packet({ comment: utf8('c'.repeat(count)) }));
        between();
      }
    };
    const whole = new PcapngWriter();
    write(whole, () => undefined);
    const file = whole.take();
    for (const isGivenBack of [false, true]) {
      const pieces = new PcapngWriter(50);
      const taken: Uint8Array[] = [];
      write(pieces, () => {
        const piece = pieces.take();
        taken.push(piece.slice());
        if (isGivenBack) pieces.giveBack(piece.fill(0xff));
      });
      expect(pieces.pending).toBe(0);
      expect(pieces.take().length).toBe(0);
      expect(Buffer.concat(taken).equals(file)).toBe(true);
    }
  });
});
