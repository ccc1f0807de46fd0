import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { hexBytes } from '../../samples/encoder/index.js';
import { interfaceRow } from '../../samples/encoder/schemas/system-configuration.js';
import { type CompartmentList, type HostModel, parseCompartments } from '../../src/host/index.js';
import { encodeAs, type TestEncoding } from '../support/code-pages.js';
import { configuration, surveyOf } from './feed.js';

interface LanguageCase {
  readonly language: string;
  /** Both are written by commands of Windows in this language. */
  readonly encodings: readonly [TestEncoding, TestEncoding];
  readonly network: (compartment: number) => string;
  readonly adapter: (alias: string) => string;
  readonly physical: string;
  readonly dhcp: string;
  readonly ipv6: string;
  readonly ipv4: string;
  readonly mask: string;
  readonly gateway: string;
  readonly dns: string;
  /** Aliases of two adapters of one name, and of a third one. */
  readonly alias: string;
  readonly other: string;
}

/** Labels as ipconfig prints them. */
const LANGUAGES: readonly LanguageCase[] = [
  {
    language: 'English',
    encodings: ['cp437', 'cp850'],
    network: (n) => `Network Information for Compartment ${n}`,
    adapter: (alias) => `Ethernet adapter ${alias}:`,
    physical: 'Physical Address. . . . . . . . . ',
    dhcp: 'DHCP Enabled. . . . . . . . . . . ',
    ipv6: 'Link-local IPv6 Address . . . . . ',
    ipv4: 'IPv4 Address. . . . . . . . . . . ',
    mask: 'Subnet Mask . . . . . . . . . . . ',
    gateway: 'Default Gateway . . . . . . . . . ',
    dns: 'DNS Servers . . . . . . . . . . . ',
    alias: 'Café',
    other: 'Piñata',
  },
  {
    language: 'German',
    encodings: ['cp850', 'cp1252'],
    network: (n) => `Netzwerkinformationen für Depot ${n}`,
    adapter: (alias) => `Ethernet-Adapter ${alias}:`,
    physical: 'Physische Adresse . . . . . . . . ',
    dhcp: 'DHCP aktiviert. . . . . . . . . . ',
    ipv6: 'Verbindungslokale IPv6-Adresse  . ',
    ipv4: 'IPv4-Adresse  . . . . . . . . . . ',
    mask: 'Subnetzmaske  . . . . . . . . . . ',
    gateway: 'Standardgateway . . . . . . . . . ',
    dns: 'DNS-Server  . . . . . . . . . . . ',
    alias: 'Büro Süd',
    other: 'Straße Größe',
  },
  {
    language: 'French',
    encodings: ['cp850', 'cp1252'],
    network: (n) => `Informations réseau pour le compartiment ${n}`,
    adapter: (alias) => `Carte Ethernet ${alias} :`,
    physical: 'Adresse physique . . . . . . . . . . . ',
    dhcp: 'DHCP activé. . . . . . . . . . . . . . ',
    ipv6: 'Adresse IPv6 de liaison locale. . . . .',
    ipv4: 'Adresse IPv4. . . . . . . . . . . . . .',
    mask: 'Masque de sous-réseau. . . . . . . . . ',
    gateway: 'Passerelle par défaut. . . . . . . . . ',
    dns: 'Serveurs DNS. . .  . . . . . . . . . . ',
    alias: 'Réseau à Genève',
    other: 'Hôtel où ça',
  },
  {
    language: 'Spanish',
    encodings: ['cp850', 'cp437'],
    network: (n) => `Información de red para el compartimiento ${n}`,
    adapter: (alias) => `Adaptador de Ethernet ${alias}:`,
    physical: 'Dirección física. . . . . . . . . . . . . ',
    dhcp: 'DHCP habilitado . . . . . . . . . . . . . ',
    ipv6: 'Vínculo: dirección IPv6 local. . . '.replace(':', ''),
    ipv4: 'Dirección IPv4. . . . . . . . . . . . . . ',
    mask: 'Máscara de subred . . . . . . . . . . . . ',
    gateway: 'Puerta de enlace predeterminada . . . . . ',
    dns: 'Servidores DNS. . . . . . . . . . . . . . ',
    alias: 'Conexión de área local',
    other: 'Año español',
  },
  {
    language: 'Portuguese',
    encodings: ['cp850', 'cp1252'],
    network: (n) => `Informações de rede do compartimento ${n}`,
    adapter: (alias) => `Adaptador Ethernet ${alias}:`,
    physical: 'Endereço Físico . . . . . . . . . . . ',
    dhcp: 'DHCP Habilitado . . . . . . . . . . . ',
    ipv6: 'Endereço IPv6 de link local . . . . . ',
    ipv4: 'Endereço IPv4. . . . . . . .  . . . . ',
    mask: 'Máscara de Sub-rede . . . . . . . . . ',
    gateway: 'Gateway Padrão. . . . . . . . . . . . ',
    dns: 'Servidores DNS. . . . . . . . . . . . ',
    alias: 'Conexão São João',
    other: 'Estação',
  },
  {
    language: 'Polish',
    encodings: ['cp852', 'cp1250'],
    network: (n) => `Informacje o sieci dla przedziału ${n}`,
    adapter: (alias) => `Karta Ethernet ${alias}:`,
    physical: 'Adres fizyczny. . . . . . . . . . ',
    dhcp: 'DHCP włączone . . . . . . . . . . ',
    ipv6: 'Adres IPv6 połączenia lokalnego . ',
    ipv4: 'Adres IPv4. . . . . . . . . . . . ',
    mask: 'Maska podsieci. . . . . . . . . . ',
    gateway: 'Brama domyślna. . . . . . . . . . ',
    dns: 'Serwery DNS . . . . . . . . . . . ',
    alias: 'Połączenie lokalne',
    other: 'Łącze główne Żółć',
  },
  {
    language: 'Czech',
    encodings: ['cp852', 'cp1250'],
    network: (n) => `Informace o síti pro oddíl ${n}`,
    adapter: (alias) => `Adaptér sítě Ethernet ${alias}:`,
    physical: 'Fyzická Adresa. . . . . . . . . . ',
    dhcp: 'Protokol DHCP povolen . . . . . . ',
    ipv6: 'Místní IPv6 adresa v rámci propojení . . . ',
    ipv4: 'Adresa IPv4. . . . . . . . . . . .',
    mask: 'Maska podsítě. . . . . . . . . . .',
    gateway: 'Výchozí brána . . . . . . . . . . ',
    dns: 'Servery DNS . . . . . . . . . . . ',
    alias: 'Připojení k místní síti',
    other: 'Kancelář dům',
  },
  {
    language: 'Russian',
    encodings: ['cp866', 'cp1251'],
    network: (n) => `Сведения о сети для раздела ${n}`,
    adapter: (alias) => `Адаптер Ethernet ${alias}:`,
    physical: 'Физический адрес. . . . . . . . . ',
    dhcp: 'DHCP включен. . . . . . . . . . . ',
    ipv6: 'Локальный IPv6-адрес канала . . . ',
    ipv4: 'IPv4-адрес. . . . . . . . . . . . ',
    mask: 'Маска подсети . . . . . . . . . . ',
    gateway: 'Основной шлюз. . . . . . . . . . .',
    dns: 'DNS-серверы. . . . . . . . . . . .',
    alias: 'Подключение по локальной сети',
    other: 'Сеть',
  },
  {
    language: 'Japanese',
    encodings: ['cp932', 'utf-8'],
    network: (n) => `コンパートメント ${n} のネットワーク情報`,
    adapter: (alias) => `イーサネット アダプター ${alias}:`,
    physical: '物理アドレス. . . . . . . . . . . . .',
    dhcp: 'DHCP 有効 . . . . . . . . . . . . . .',
    ipv6: 'リンクローカル IPv6 アドレス. . . . .',
    ipv4: 'IPv4 アドレス . . . . . . . . . . . .',
    mask: 'サブネット マスク . . . . . . . . . .',
    gateway: 'デフォルト ゲートウェイ . . . . . . .',
    dns: 'DNS サーバー. . . . . . . . . . . . .',
    alias: 'イーサネット',
    other: '社内接続',
  },
  {
    language: 'Chinese',
    encodings: ['cp936', 'utf-8'],
    network: (n) => `隔间 ${n} 的网络信息`,
    adapter: (alias) => `以太网适配器 ${alias}:`,
    physical: '物理地址. . . . . . . . . . . . . ',
    dhcp: 'DHCP 已启用 . . . . . . . . . . . ',
    ipv6: '本地链接 IPv6 地址. . . . . . . . ',
    ipv4: 'IPv4 地址 . . . . . . . . . . . . ',
    mask: '子网掩码  . . . . . . . . . . . . ',
    gateway: '默认网关. . . . . . . . . . . . . ',
    dns: 'DNS 服务器  . . . . . . . . . . . ',
    alias: '本地连接',
    other: '办公室',
  },
  {
    language: 'Korean',
    encodings: ['cp949', 'utf-8'],
    network: (n) => `구획 ${n}의 네트워크 정보`,
    adapter: (alias) => `이더넷 어댑터 ${alias}:`,
    physical: '물리적 주소 . . . . . . . . ',
    dhcp: 'DHCP 사용 . . . . . . . . . ',
    ipv6: '링크-로컬 IPv6 주소 . . . . ',
    ipv4: 'IPv4 주소 . . . . . . . . . ',
    mask: '서브넷 마스크 . . . . . . . ',
    gateway: '기본 게이트웨이 . . . . . . ',
    dns: 'DNS 서버. . . . . . . . . . ',
    alias: '로컬 영역 연결',
    other: '사무실',
  },
];

const CASES = LANGUAGES.flatMap((texts) =>
  texts.encodings.map((encoding) => ({ ...texts, encoding, name: `${texts.language} in ${encoding}` })),
);

interface Adapter {
  readonly compartment: number;
  readonly index: number;
  readonly mac: string;
  readonly alias: string;
}

/** Two adapters have one alias, in two compartments. */
const adaptersOf = ({ alias, other }: LanguageCase): readonly Adapter[] => [
  { compartment: 1, index: 9, mac: '00:15:5d:0a:0b:0c', alias },
  { compartment: 2, index: 44, mac: '00:15:5d:0a:0b:0d', alias },
  { compartment: 2, index: 51, mac: '00:15:5d:0a:0b:0e', alias: other },
];

const RULER = '='.repeat(78);
const dashed = (mac: string): string => mac.replaceAll(':', '-').toUpperCase();

function ipconfig(texts: LanguageCase): string {
  return [1, 2]
    .flatMap((compartment) => [
      '',
      RULER,
      texts.network(compartment),
      RULER,
      ...adaptersOf(texts)
        .filter((adapter) => adapter.compartment === compartment)
        .flatMap(({ alias, index, mac }) => [
          '',
          texts.adapter(alias),
          '',
          `   ${texts.physical}: ${dashed(mac)}`,
          `   ${texts.dhcp}: 1`,
          `   ${texts.ipv6}: fe80::${index}%${index}`,
          `   ${texts.ipv4}: 10.9.${compartment}.${index}`,
          `   ${texts.mask}: 255.255.255.0`,
          `   ${texts.gateway}: 10.9.${compartment}.1`,
          `   ${texts.dns}: 10.9.0.2`,
        ]),
    ])
    .join('\r\n');
}

const netCompartment = (texts: LanguageCase): string =>
  [1, 2]
    .map((id) =>
      [
        `CompartmentId          : ${id}`,
        `CompartmentDescription : ${texts.alias} ${id}`,
        `CompartmentGuid        : {00000000-0000-0000-0000-00000000000${id}}`,
      ].join('\r\n'),
    )
    .join('\r\n\r\n');

/** A table of PowerShell: consoles of CJK code pages align by columns of the display, others by characters. */
function table(rows: readonly (readonly string[])[], width: (text: string) => number): string {
  const [titles = []] = rows;
  const widths = titles.map((_, at) => Math.max(...rows.map((row) => width(row[at] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - width(cell)))
      .join(' ')
      .trimEnd();
  return [
    line(titles),
    line(titles.map((title) => '-'.repeat(title.length))),
    ...rows.slice(1).map(line),
  ].join('\r\n');
}

const netIpInterface = (texts: LanguageCase, width: (text: string) => number): string =>
  `\r\n${table(
    [
      ['ifIndex', 'InterfaceAlias', 'AddressFamily', 'CompartmentId', 'Dhcp'],
      ...adaptersOf(texts).map(({ alias, compartment, index }) => [
        String(index),
        alias,
        'IPv4',
        String(compartment),
        'Enabled',
      ]),
    ],
    width,
  )}\r\n`;

const netAdapter = (texts: LanguageCase): string =>
  adaptersOf(texts)
    .map(({ alias, index, mac }) =>
      [
        `Name                       : ${alias}`,
        'InterfaceDescription       : Microsoft Hyper-V Network Adapter',
        `InterfaceIndex             : ${index}`,
        `MacAddress                 : ${dashed(mac)}`,
      ].join('\r\n'),
    )
    .join('\r\n\r\n');

const isWide = (encoding: TestEncoding): boolean =>
  encoding === 'cp932' || encoding === 'cp936' || encoding === 'cp949';

/** A trace of the host, in which the indexes were counted anew (after a reboot) if `offset` is not 0. */
function modelOf(texts: LanguageCase, compartments: CompartmentList, offset: number): HostModel {
  const rows = adaptersOf(texts).map(({ alias, index, mac }) =>
    configuration(
      36,
      interfaceRow({
        index: index + offset,
        guid: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
        alias,
        description: '',
        mac: hexBytes(mac),
      }),
    ),
  );
  return surveyOf(rows, { compartments });
}

const compartmentsOf = (model: HostModel): (number | undefined)[] =>
  [...model.interfaces.values()].map(({ compartmentId }) => compartmentId);

describe('ipconfig /allcompartments /all', () => {
  it.each(CASES)(
    '$name: aliases are read, and adapters of one alias are told apart',
    ({ encoding, ...texts }) => {
      const list = parseCompartments(encodeAs(ipconfig(texts), encoding));
      for (const [n, { alias, compartment, index, mac }] of adaptersOf(texts).entries()) {
        expect(list.interfaces[n]).toMatchObject({
          compartmentId: compartment,
          ifIndex: index,
          mac,
          dns: ['10.9.0.2'],
        });
        expect(list.interfaces[n]?.heading.endsWith(alias), list.interfaces[n]?.heading).toBe(true);
        expect(list.interfaces[n]?.addresses.map(({ text }) => text)).toContain(
          `10.9.${compartment}.${index}`,
        );
      }
      for (const offset of [0, 100, 35])
        expect(compartmentsOf(modelOf(texts, list, offset))).toEqual([1, 2, 2]);
    },
  );
});

describe('Get-NetCompartment', () => {
  it.each(CASES)('$name: names of compartments are read', ({ encoding, ...texts }) => {
    const { compartments } = parseCompartments(encodeAs(netCompartment(texts), encoding));
    expect(compartments.map(({ name }) => name)).toEqual([`${texts.alias} 1`, `${texts.alias} 2`]);
  });
});

describe('Get-NetIPInterface and Get-NetAdapter', () => {
  it.each(CASES)('$name: columns of the table are split where they are aligned', ({ encoding, ...texts }) => {
    for (const width of isWide(encoding) ? [stringWidth, length] : [length]) {
      const list = parseCompartments(encodeAs(netIpInterface(texts, width), encoding));
      expect(
        list.interfaces.map(({ compartmentId, heading, ifIndex }) => [ifIndex, heading, compartmentId]),
      ).toEqual(adaptersOf(texts).map(({ alias, compartment, index }) => [index, alias, compartment]));
      expect(compartmentsOf(modelOf(texts, list, 0))).toEqual([1, 2, 2]);
    }
  });

  it.each(CASES)('$name: adapters have name, index and MAC address', ({ encoding, ...texts }) => {
    const list = parseCompartments(encodeAs(netAdapter(texts), encoding));
    expect(list.interfaces.map(({ heading, ifIndex, mac }) => [heading, ifIndex, mac])).toEqual(
      adaptersOf(texts).map(({ alias, index, mac }) => [alias, index, mac]),
    );
  });
});

const length = (text: string): number => text.length;

describe('Unicode', () => {
  const MARKS = { 'utf-8': [0xef, 0xbb, 0xbf], 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] } as const;
  const unicode = LANGUAGES.flatMap((texts) =>
    (['utf-8', 'utf-16le', 'utf-16be'] as const).map((encoding) => ({
      texts,
      encoding,
      language: texts.language,
    })),
  );

  it.each(unicode)('$language in $encoding, with and without a byte order mark', ({ encoding, texts }) => {
    const bytes = encodeAs(ipconfig(texts), encoding);
    const expected = parseCompartments(ipconfig(texts));
    expect(parseCompartments(bytes)).toEqual(expected);
    expect(parseCompartments(Uint8Array.from([...MARKS[encoding], ...bytes]))).toEqual(expected);
  });
});

describe('an encoding that is given', () => {
  it.each(CASES)('$name is not detected', ({ encoding, ...texts }) => {
    const { compartments } = parseCompartments(encodeAs(netCompartment(texts), encoding), encoding);
    expect(compartments.map(({ name }) => name)).toEqual([`${texts.alias} 1`, `${texts.alias} 2`]);
  });

  it('is used even if another one is more likely', () => {
    const bytes = encodeAs('CompartmentId : 1\r\nCompartmentDescription : für', 'cp850');
    // 0x81 is a capital Б in code page 866.
    expect(parseCompartments(bytes, 'cp866').compartments[0]?.name).toBe('fБr');
  });
});

describe('DHCPv6 IAID', () => {
  it('has the interface index before the first three bytes of the MAC address', () => {
    const text = [
      'Windows IP Configuration',
      '',
      'Ethernet adapter Ethernet0:',
      '',
      '   Physical Address. . . . . . . . . : 00-0C-29-11-22-33',
      // Published output of ipconfig: 234884137 is 0x0E000C29.
      '   DHCPv6 IAID . . . . . . . . . . . : 234884137',
    ].join('\r\n');
    expect(parseCompartments(text).interfaces[0]?.ifIndex).toBe(14);
    expect(parseCompartments(text.replace('234884137', '234884138')).interfaces[0]?.ifIndex).toBeUndefined();
  });
});
