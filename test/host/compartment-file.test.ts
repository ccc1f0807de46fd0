import { describe, expect, it } from 'vitest';
import { interfaceRow } from '../../samples/encoder/schemas/system-configuration.js';
import { CompartmentFileError, parseCompartments } from '../../src/host/index.js';
import { configuration, surveyOf } from './feed.js';

const ENGLISH = `

Windows IP Configuration


==============================================================================
Network Information for Compartment 1 (ACTIVE)
==============================================================================
   Host Name . . . . . . . . . . . . : WEB01
   Primary Dns Suffix  . . . . . . . : contoso.com
   DNS Suffix Search List. . . . . . : contoso.com

Ethernet adapter Ethernet 2:

   Connection-specific DNS Suffix  . : contoso.com
   Description . . . . . . . . . . . : Microsoft Hyper-V Network Adapter #2
   Physical Address. . . . . . . . . : 00-15-5D-0A-0B-0C
   DHCP Enabled. . . . . . . . . . . : Yes
   Autoconfiguration Enabled . . . . : Yes
   IPv6 Address. . . . . . . . . . . : 2001:db8::7(Preferred)
   Link-local IPv6 Address . . . . . : fe80::5c19:f5b3:a4bc:efda%9(Preferred)
   IPv4 Address. . . . . . . . . . . : 10.9.0.22(Preferred)
   Subnet Mask . . . . . . . . . . . : 255.255.255.0
   Lease Obtained. . . . . . . . . . : Monday, June 10, 2024 6:02:11 PM
   Default Gateway . . . . . . . . . : fe80::1%9
                                       10.9.0.1
   DHCP Server . . . . . . . . . . . : 168.63.129.16
   DHCPv6 IAID . . . . . . . . . . . : 100668771
   DNS Servers . . . . . . . . . . . : 2001:db8::53
                                       10.9.0.2
                                       10.9.0.3
   NetBIOS over Tcpip. . . . . . . . : Enabled


==============================================================================
Network Information for Compartment 2
==============================================================================

Ethernet adapter vEthernet (Container NIC 4f1e0b4c):

   Connection-specific DNS Suffix  . :
   Link-local IPv6 Address . . . . . : fe80::91c:e0f6:1f3b:cc01%40
   IPv4 Address. . . . . . . . . . . : 172.30.0.5
   Subnet Mask . . . . . . . . . . . : 255.255.240.0
   Default Gateway . . . . . . . . . : 172.30.0.1
`;

const GERMAN = `
Windows-IP-Konfiguration


==============================================================================
Netzwerkinformationen für Depot 1 (AKTIV)
==============================================================================

Ethernet-Adapter Ethernet 2:

   Verbindungsspezifisches DNS-Suffix: contoso.com
   Beschreibung. . . . . . . . . . . : Microsoft Hyper-V Network Adapter #2
   Physische Adresse . . . . . . . . : 00-15-5D-0A-0B-0C
   Verbindungslokale IPv6-Adresse  . : fe80::5c19:f5b3:a4bc:efda%9(Bevorzugt)
   IPv4-Adresse  . . . . . . . . . . : 10.9.0.22(Bevorzugt)
   Subnetzmaske  . . . . . . . . . . : 255.255.255.0
   Standardgateway . . . . . . . . . : 10.9.0.1
   DHCP-Server . . . . . . . . . . . : 168.63.129.16
   DNS-Server  . . . . . . . . . . . : 10.9.0.2
                                       10.9.0.3
   NetBIOS über TCP/IP . . . . . . . : Aktiviert

==============================================================================
Netzwerkinformationen für Depot 2
==============================================================================

Ethernet-Adapter vEthernet (Container NIC 4f1e0b4c):

   Verbindungsspezifisches DNS-Suffix:
   IPv4-Adresse  . . . . . . . . . . : 172.30.0.5
   Subnetzmaske  . . . . . . . . . . : 255.255.240.0
   Standardgateway . . . . . . . . . : 172.30.0.1
`;

const NET_IP_ADDRESS = `

IPAddress         : fe80::91c:e0f6:1f3b:cc01%40
InterfaceIndex    : 40
InterfaceAlias    : vEthernet (Container NIC 4f1e0b4c)
AddressFamily     : IPv6
Type              : Unicast
PrefixLength      : 64
PrefixOrigin      : WellKnown
SuffixOrigin      : Link
AddressState      : Preferred
ValidLifetime     : Infinite ([TimeSpan]::MaxValue)
PreferredLifetime : Infinite ([TimeSpan]::MaxValue)
SkipAsSource      : False
PolicyStore       : ActiveStore

IPAddress         : 172.30.0.5
InterfaceIndex    : 40
InterfaceAlias    : vEthernet (Container NIC 4f1e0b4c)
AddressFamily     : IPv4
Type              : Unicast
PrefixLength      : 20
PrefixOrigin      : Manual
SuffixOrigin      : Manual
AddressState      : Preferred
ValidLifetime     : Infinite ([TimeSpan]::MaxValue)
PreferredLifetime : Infinite ([TimeSpan]::MaxValue)
SkipAsSource      : False
PolicyStore       : ActiveStore
`;

const NET_COMPARTMENT = `
Caption                :
CompartmentId          : 2
CompartmentDescription : \\Container_4f1e0b4c
CompartmentGuid        : {B1062982-2B18-4B4F-B3D5-A78DDB9CDD49}

InterfaceIndex  : 40
InterfaceAlias  : vEthernet (Container NIC 4f1e0b4c)
CompartmentId   : 2
AddressFamily   : IPv4
`;

const TABLE = `
ifIndex IPAddress                                       PrefixLength PrefixOrigin SuffixOrigin AddressState PolicyStore
------- ---------                                       ------------ ------------ ------------ ------------ -----------
40      fe80::91c:e0f6:1f3b:cc01%40                               64 WellKnown    Link         Preferred    ActiveStore
9       10.9.0.22                                                 24 Dhcp         Dhcp         Preferred    ActiveStore
`;

const JSON_TEXT = JSON.stringify([
  {
    IPAddress: '172.30.0.5',
    InterfaceIndex: 40,
    InterfaceAlias: 'vEthernet (Container NIC 4f1e0b4c)',
    PrefixLength: 20,
    CompartmentId: 2,
    CimClass: { CimClassName: 'MSFT_NetIPAddress' },
  },
]);

const printed = (addresses: readonly { readonly text: string; readonly prefixLength?: number }[]): string[] =>
  addresses.map(({ prefixLength, text }) => (prefixLength === undefined ? text : `${text}/${prefixLength}`));

describe('ipconfig /allcompartments', () => {
  it('lists compartments, their adapters, addresses with masks and DNS servers', () => {
    const { compartments, interfaces } = parseCompartments(ENGLISH);
    expect(compartments).toEqual([{ id: 1 }, { id: 2 }]);
    expect(interfaces).toHaveLength(2);
    expect(interfaces[0]).toMatchObject({
      compartmentId: 1,
      ifIndex: 9,
      heading: 'Ethernet adapter Ethernet 2',
      mac: '00:15:5d:0a:0b:0c',
      dns: ['2001:db8::53', '10.9.0.2', '10.9.0.3'],
    });
    expect(printed(interfaces[0]?.addresses ?? [])).toEqual([
      '2001:db8::7',
      'fe80::5c19:f5b3:a4bc:efda',
      '10.9.0.22/24',
    ]);
    expect(interfaces[1]).toMatchObject({ compartmentId: 2, ifIndex: 40 });
    expect(printed(interfaces[1]?.addresses ?? [])).toEqual(['fe80::91c:e0f6:1f3b:cc01', '172.30.0.5/20']);
  });

  it('takes no gateway, DHCP server or mask for an address of the adapter', () => {
    const all = parseCompartments(ENGLISH).interfaces.flatMap(({ addresses }) => printed(addresses));
    expect(all.join(' ')).not.toMatch(/fe80::1\b|10\.9\.0\.1\b|168\.63|255\./);
  });

  it('says the same in German', () => {
    const { compartments, interfaces } = parseCompartments(GERMAN);
    expect(compartments).toEqual([{ id: 1 }, { id: 2 }]);
    expect(interfaces[0]).toMatchObject({
      compartmentId: 1,
      ifIndex: 9,
      heading: 'Ethernet-Adapter Ethernet 2',
      dns: ['10.9.0.2', '10.9.0.3'],
    });
    expect(printed(interfaces[0]?.addresses ?? [])).toEqual(['fe80::5c19:f5b3:a4bc:efda', '10.9.0.22/24']);
    expect(printed(interfaces[1]?.addresses ?? [])).toEqual(['172.30.0.5/20']);
  });

  it('describes compartment 1 without /allcompartments', () => {
    const text = 'Windows IP Configuration\n\nEthernet adapter LAN:\n\n   IPv4 Address. . . . : 10.0.0.9\n';
    expect(parseCompartments(text).interfaces[0]).toMatchObject({
      compartmentId: 1,
      heading: 'Ethernet adapter LAN',
    });
  });
});

describe('PowerShell', () => {
  it('lists one object per address; those of one interface belong together', () => {
    const { interfaces } = parseCompartments(NET_IP_ADDRESS);
    expect(interfaces).toHaveLength(1);
    expect(interfaces[0]).toMatchObject({
      ifIndex: 40,
      heading: 'vEthernet (Container NIC 4f1e0b4c)',
      headingIsAlias: true,
    });
    expect(printed(interfaces[0]?.addresses ?? [])).toEqual(['fe80::91c:e0f6:1f3b:cc01/64', '172.30.0.5/20']);
  });

  it('names compartments in Get-NetCompartment and Get-NetIPInterface, which may stand in the same file', () => {
    const { compartments, interfaces } = parseCompartments(NET_COMPARTMENT + NET_IP_ADDRESS);
    expect(compartments).toEqual([
      { id: 2, guid: 'b1062982-2b18-4b4f-b3d5-a78ddb9cdd49', name: '\\Container_4f1e0b4c' },
    ]);
    expect(interfaces).toHaveLength(1);
    expect(interfaces[0]).toMatchObject({ ifIndex: 40, compartmentId: 2 });
  });

  it('prints tables whose columns start under their headings', () => {
    const { interfaces } = parseCompartments(TABLE);
    expect(interfaces.map(({ addresses, ifIndex }) => [ifIndex, ...printed(addresses)])).toEqual([
      [40, 'fe80::91c:e0f6:1f3b:cc01/64'],
      [9, '10.9.0.22/24'],
    ]);
  });

  it('writes JSON as an array, as a single object, or wrapped in value', () => {
    const expected = parseCompartments(JSON_TEXT);
    expect(expected.compartments).toEqual([{ id: 2 }]);
    expect(printed(expected.interfaces[0]?.addresses ?? [])).toEqual(['172.30.0.5/20']);
    expect(parseCompartments(JSON_TEXT.slice(1, -1))).toEqual(expected);
    expect(parseCompartments(`{"value":${JSON_TEXT},"Count":1}`)).toEqual(expected);
  });
});

describe('the file’s encoding', () => {
  const utf16 = (text: string): Uint8Array =>
    Uint8Array.from([...text].flatMap((c) => [c.charCodeAt(0) & 0xff, c.charCodeAt(0) >> 8]));

  it('may be UTF-8 or UTF-16, with or without a byte order mark, in either line ending', () => {
    const expected = parseCompartments(GERMAN);
    const utf8 = new TextEncoder().encode(GERMAN.replaceAll('\n', '\r\n'));
    expect(parseCompartments(utf8)).toEqual(expected);
    expect(parseCompartments(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8]))).toEqual(expected);
    const little = utf16(GERMAN);
    expect(parseCompartments(little)).toEqual(expected);
    expect(parseCompartments(new Uint8Array([0xff, 0xfe, ...little]))).toEqual(expected);
    const big = little.slice();
    for (let n = 0; n < big.length; n += 2) big.subarray(n, n + 2).reverse();
    expect(parseCompartments(new Uint8Array([0xfe, 0xff, ...big]))).toEqual(expected);
  });
});

describe('a file that is something else', () => {
  it.each([
    ['empty', ''],
    ['prose', 'This is a letter: with colons.\nAnd lines.\n'],
    ['broken JSON', '[{"IPAddress": '],
    ['JSON of something else', '{"a": [1, 2, {"b": null}]}'],
    ['rulers only', '====\n====\n====\n'],
  ])('%s is refused with a typed error', (_what, text) => {
    expect(() => parseCompartments(text)).toThrow(CompartmentFileError);
  });

  it.each([
    ['dots without a colon', `   ${'. '.repeat(300_000)}`],
    ['blanks', `a${' '.repeat(600_000)}b`],
    ['dashes', `${'- '.repeat(300_000)}x`],
    ['rulers', '====\n'.repeat(100_000)],
    ['the word adapter', `${'adapter '.repeat(80_000)}:`],
    ['colons', ':'.repeat(600_000)],
  ])('%s in great number take no more than linear time', (_what, text) => {
    const start = performance.now();
    try {
      parseCompartments(text);
    } catch (error) {
      expect(error).toBeInstanceOf(CompartmentFileError);
    }
    // Quadratic time would be minutes.
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('a host with a file of compartments', () => {
  const row = (index: number, alias: string): Uint8Array =>
    configuration(
      36,
      interfaceRow({
        index,
        guid: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
        alias,
        description: '',
        mac: new Uint8Array(6),
      }),
    );

  it.each([
    ['English', ENGLISH],
    ['German', GERMAN],
  ])('finds the interface whose alias ends the adapter’s heading (%s)', (_language, text) => {
    const records = [row(70, 'Ethernet 2'), row(71, 'vEthernet (Container NIC 4f1e0b4c)')];
    const model = surveyOf(records, { compartments: parseCompartments(text) });
    // The file is from another boot: its index 9 is the trace's 70.
    expect([...model.interfaces.keys()]).toEqual([70, 71]);
    expect(model.interfaces.get(71)?.compartmentId).toBe(2);
    expect(printed(model.interfaces.get(71)?.addresses ?? [])).toContain('172.30.0.5/20');
    expect(model.compartments.get(2)).toMatchObject({
      ifIndexes: [71],
      aliases: ['vEthernet (Container NIC 4f1e0b4c)'],
    });
    expect(model.compartments.get(1)?.dns).toContain('10.9.0.2');
  });

  it('names interfaces that the trace has only by index', () => {
    const model = surveyOf([], { compartments: parseCompartments(NET_COMPARTMENT + NET_IP_ADDRESS) });
    expect(model.interfaces.get(40)).toMatchObject({
      alias: 'vEthernet (Container NIC 4f1e0b4c)',
      compartmentId: 2,
    });
    expect(model.compartments.get(2)).toMatchObject({ name: '\\Container_4f1e0b4c', ifIndexes: [40] });
  });
});
