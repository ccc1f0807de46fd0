import * as codePages from 'iconv-tiny';
import { LANGUAGES, type Language } from './text-languages.js';

/** Encodings in which commands of Windows write text: Unicode, OEM code pages (cmd), ANSI code pages (PowerShell 5). */
export const TEXT_ENCODINGS = [
  'utf-8',
  'utf-16',
  'utf-16le',
  'utf-16be',
  'cp437',
  'cp737',
  'cp775',
  'cp850',
  'cp852',
  'cp857',
  'cp862',
  'cp866',
  'cp874',
  'cp932',
  'cp936',
  'cp949',
  'cp950',
  'cp1250',
  'cp1251',
  'cp1252',
  'cp1253',
  'cp1254',
] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

type SingleByteCodePage = Exclude<TextEncoding, `utf-${string}` | keyof typeof DOUBLE_BYTE>;

/** Code pages of two bytes, by the names that every TextDecoder has. */
const DOUBLE_BYTE = { cp932: 'shift_jis', cp936: 'gbk', cp949: 'euc-kr', cp950: 'big5' } as const;

const SINGLE_BYTE: Readonly<Record<SingleByteCodePage, codePages.EncodingFactory>> = {
  cp437: codePages.CP437,
  cp737: codePages.CP737,
  cp775: codePages.CP775,
  cp850: codePages.CP850,
  cp852: codePages.CP852,
  cp857: codePages.CP857,
  cp862: codePages.CP862,
  cp866: codePages.CP866,
  cp874: codePages.CP874,
  cp1250: codePages.CP1250,
  cp1251: codePages.CP1251,
  cp1252: codePages.CP1252,
  cp1253: codePages.CP1253,
  cp1254: codePages.CP1254,
};

/** Decodes bytes; bytes that the encoding does not define become U+FFFD. A byte order mark is removed. */
function decode(bytes: Uint8Array, encoding: TextEncoding): string {
  switch (encoding) {
    case 'utf-16':
      return new TextDecoder(bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-16le').decode(bytes);
    case 'utf-8':
    case 'utf-16le':
    case 'utf-16be':
      return new TextDecoder(encoding).decode(bytes);
    case 'cp932':
    case 'cp936':
    case 'cp949':
    case 'cp950':
      return new TextDecoder(DOUBLE_BYTE[encoding]).decode(bytes);
    default:
      return SINGLE_BYTE[encoding].create().decode(bytes);
  }
}

/**
 * The text of a file that a command of Windows wrote.
 *
 * @param encoding default: detected by {@link detectEncoding}
 */
export const decodeText = (bytes: Uint8Array, encoding?: TextEncoding): string =>
  decode(bytes, encoding ?? detectEncoding(bytes));

/** Bytes that are examined: the first lines with characters beyond ASCII. */
const SAMPLE_BYTES = 64 * 1024;

/**
 * The encoding of a text, by these tests in order: byte order mark; UTF-16 (every second byte is zero for ASCII
 * characters); valid UTF-8; otherwise the code page in which the characters beyond ASCII are most likely those of a
 * display language of Windows.
 */
export function detectEncoding(bytes: Uint8Array): TextEncoding {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  const zeros = [0, 0];
  const examined = Math.min(bytes.length, SAMPLE_BYTES);
  for (let at = 0; at < examined; at++) if (bytes[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // In a file of Windows at least line breaks, blanks and digits are ASCII.
  if (even + odd > examined / 20) return odd >= even ? 'utf-16le' : 'utf-16be';
  const sample = linesBeyondAscii(bytes);
  if (sample.length === 0 || isUtf8(sample)) return 'utf-8';
  return likelyCodePage(sample, bytes.subarray(0, SAMPLE_BYTES));
}

/** The lines that have bytes above 0x7F, as far as they fit {@link SAMPLE_BYTES}. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(SAMPLE_BYTES);
  let length = 0;
  let lineStart = 0;
  let isWanted = false;
  for (let at = 0; at <= bytes.length && length < SAMPLE_BYTES; at++) {
    const byte = bytes[at] ?? 0x0a;
    if (byte >= 0x80) isWanted = true;
    if (byte !== 0x0a && byte !== 0x0d) continue;
    if (isWanted) {
      const line = bytes.subarray(lineStart, Math.min(at, lineStart + SAMPLE_BYTES - length - 1));
      sample.set(line, length);
      length += line.length;
      sample[length++] = 0x0a;
    }
    lineStart = at + 1;
    isWanted = false;
  }
  return sample.subarray(0, length);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // A sample may end inside a character.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** For a word of the language that is plain ASCII, so that every code page has it. */
const WORD_SCORE = 4;

/** The code page with the highest score; the first of several. */
function likelyCodePage(sample: Uint8Array, head: Uint8Array): TextEncoding {
  const ascii = decode(head, 'cp437');
  let best: TextEncoding = 'cp850';
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const language of LANGUAGES) {
    const words = language.words.filter((word) => ascii.includes(word)).length * WORD_SCORE;
    for (const encoding of language.encodings) {
      const score = words + textScore(decode(sample, encoding), language);
      if (score > bestScore) {
        bestScore = score;
        best = encoding;
      }
    }
  }
  return best;
}

/** White space and punctuation that texts of every language have. */
const NEUTRAL =
  /[\s\u00a0\u00ab\u00bb\u2013\u2014\u2018-\u201e\u2026\u00b0\u00b7\u2116\u3000-\u3002\u300c\u300d\uff01-\uff5e]/u;
const LETTER = /\p{L}/u;
const LOWER = /\p{Ll}/u;
const UPPER = /\p{Lu}/u;

/**
 * How well a text suits a language, counted in bytes: characters of its alphabet add to the score, other letters reduce it,
 * box drawings, symbols and undefined bytes reduce it more.
 */
function textScore(text: string, { alphabet, bytes, common, rare }: Language): number {
  let score = 0;
  let previous = ' ';
  for (const character of text) {
    if (character > '\u007f') {
      // A capital inside a word is a sign of the wrong code page.
      const isMisplaced = UPPER.test(character) && LOWER.test(previous);
      if (alphabet.test(character)) score += isMisplaced ? -1 : bytes;
      else if (rare?.test(character) === true) score += 0;
      else if (NEUTRAL.test(character)) score += 0;
      else score -= LETTER.test(character) ? 1.5 * bytes : 3;
      if (common?.includes(character) === true) score += 1;
    }
    previous = character;
  }
  return score;
}
