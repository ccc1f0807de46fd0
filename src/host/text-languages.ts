import type { TextEncoding } from './text-encoding.js';

/**
 * Properties that distinguish texts of one display language of Windows from those of others, if the code page is not
 * known.
 */
export interface Language {
  /** OEM code page first, then ANSI. */
  readonly encodings: readonly TextEncoding[];
  /** Bytes of a character in these code pages. */
  readonly bytes: 1 | 2;
  /** One character of the language beyond ASCII. */
  readonly alphabet: RegExp;
  /** Characters that the code page has and texts rarely contain. */
  readonly rare?: RegExp;
  /** Characters that are frequent in names of network adapters and in the output of ipconfig. */
  readonly common?: string;
  /** Words of ipconfig in this language, or their beginnings, without characters beyond ASCII. */
  readonly words: readonly string[];
}

const WESTERN: readonly TextEncoding[] = ['cp850', 'cp437', 'cp1252'];
const CENTRAL: readonly TextEncoding[] = ['cp852', 'cp1250'];
const CYRILLIC: readonly TextEncoding[] = ['cp866', 'cp1251'];
const TURKISH: readonly TextEncoding[] = ['cp857', 'cp1254'];

const western = (letters: string, ...words: readonly string[]): Language =>
  alphabetic(WESTERN, letters, words);
const central = (letters: string, ...words: readonly string[]): Language =>
  alphabetic(CENTRAL, letters, words);

const alphabetic = (
  encodings: readonly TextEncoding[],
  letters: string,
  words: readonly string[],
): Language => ({
  encodings,
  bytes: 1,
  alphabet: new RegExp(`[${letters}${letters.toUpperCase()}]`, 'u'),
  words,
});

/** First level of GB 2312 by its bytes: 0xB0A1 to 0xD7F9, 3,755 characters in the order of their pronunciation. */
const GB_LEVEL_1 = charactersOf('gbk', 0xb0, 0xd7, [[0xa1, 0xfe]]);
/** First level of JIS X 0208: 0x889F to 0x9872 in Shift JIS. */
const JIS_LEVEL_1 = charactersOf('shift_jis', 0x88, 0x97, [
  [0x40, 0x7e],
  [0x80, 0xfc],
]);
/** Hangul of KS X 1001: 0xB0A1 to 0xC8FE. */
const KS_HANGUL = charactersOf('euc-kr', 0xb0, 0xc8, [[0xa1, 0xfe]]);

/** A class of the letters in a range of lead bytes and some ranges of second bytes. */
function charactersOf(
  encoding: string,
  firstLead: number,
  lastLead: number,
  seconds: readonly (readonly [number, number])[],
): string {
  const bytes: number[] = [];
  for (let lead = firstLead; lead <= lastLead; lead++) {
    for (const [from, to] of seconds)
      for (let second = from; second <= to; second++) bytes.push(lead, second);
  }
  return new TextDecoder(encoding).decode(Uint8Array.from(bytes)).replace(/\P{L}/gu, '');
}

/** Languages of Windows by their code pages. Of equal scores the first one counts. */
export const LANGUAGES: readonly Language[] = [
  western('äöüß', 'Subnetzmaske', 'Standardgateway', 'Physische Adresse'),
  western('àâæçéèêëîïôœùûüÿ', 'Passerelle', 'Masque de sous', 'Carte '),
  western('áéíñóúü¿¡ºª', 'Puerta de enlace', 'Adaptador de', 'subred'),
  western('àèéìíîòóùú', 'Gateway predefinito', 'Scheda ', 'Indirizzo'),
  western('àáâãçéêíóôõúüºª', 'Adaptador Ethernet', 'Sub-rede', 'Gateway Padr'),
  western('áéëèïíóöúü', 'Subnetmasker', 'Fysiek adres', 'Standaardgateway'),
  western('æøåé', 'Undernetmaske', 'Nettverksmaske', 'Fysisk adresse'),
  western('åäöéüæø', 'tmask', 'Fysisk adress', 'Aliverkon', 'Fyysinen'),
  central('ąćęłńóśźż', 'Maska podsieci', 'Brama ', 'Adres fizyczny', 'Karta '),
  central('áčďéěíňóřšťúůýž', 'Maska pods', 'Fyzick'),
  central('áéíóöőúüű', 'maszk', 'Fizikai'),
  central('áäčďéíĺľňóôŕšťúýž', 'Maska podsiete', 'Fyzick'),
  central('čćđšž', 'Maska podre', 'Maska podm', 'Fizi'),
  central('ăâîşţșț', 'Masc', 'subre', 'fizic'),
  alphabetic(TURKISH, 'çğıöşüİ', ['Fiziksel Adres', 'Maskesi']),
  alphabetic(CYRILLIC, 'а-яёіїєґўА-ЯЁІЇЄҐЎ', []),
  {
    encodings: ['cp932'],
    bytes: 2,
    alphabet: new RegExp(`[\\u3041-\\u3094\\u30a1-\\u30fe${JIS_LEVEL_1}]`, 'u'),
    // The second level, and kana of half width, which Windows XP used.
    rare: /[\u4e00-\u9fff\uff61-\uff9f]/u,
    common: 'イーサネットローカルエリアワイヤレアダプター接続無線仮想',
    words: [],
  },
  {
    encodings: ['cp936'],
    bytes: 2,
    alphabet: new RegExp(`[${GB_LEVEL_1}]`, 'u'),
    common:
      '以太网络本地连接无线适配器蓝牙虚拟宽带局域媒体状态断开特定的后缀地址子掩码默认关物理描述配置服务租约获得过期时间主机名是否启用节点类型首选隔间的中国公司办室',
    words: [],
  },
  {
    encodings: ['cp949'],
    bytes: 2,
    alphabet: new RegExp(`[${KS_HANGUL}]`, 'u'),
    common:
      '이더넷로컬영역연결네트워크무선어댑터블루투스가상미디어상태끊김별접미사주소서브마스기본게웨물리적설명사용구성임대시작만료날짜한국회호스트름노드유형서버클라언에대정보하는을를은의',
    words: [],
  },
];
