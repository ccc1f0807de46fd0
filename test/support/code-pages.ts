/** Characters 0x80 to 0xFF of OEM code pages that TextDecoder does not have (unicode.org, MAPPINGS/VENDORS/MICSFT/PC). */
const UPPER_HALVES = {
  cp437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  cp852:
    'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0',
} as const;

/** Code pages that TextDecoder has, by its names, and the lead bytes of those with two bytes a character. */
const DECODERS = {
  cp866: ['ibm866'],
  cp932: ['shift_jis', 0x81, 0xfc],
  cp936: ['gbk', 0x81, 0xfe],
  cp949: ['euc-kr', 0x81, 0xfd],
  cp1250: ['windows-1250'],
  cp1251: ['windows-1251'],
  cp1252: ['windows-1252'],
} as const;

export type TestEncoding =
  | keyof typeof UPPER_HALVES
  | keyof typeof DECODERS
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be';

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** Bytes of characters beyond ASCII. */
function tableOf(
  encoding: keyof typeof UPPER_HALVES | keyof typeof DECODERS,
): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const table = new Map<string, readonly number[]>();
  if (encoding === 'cp437' || encoding === 'cp850' || encoding === 'cp852') {
    for (const [n, character] of [...UPPER_HALVES[encoding]].entries()) table.set(character, [0x80 + n]);
  } else {
    const [name, firstLead, lastLead] = DECODERS[encoding];
    const decoder = new TextDecoder(name);
    const add = (...bytes: number[]): void => {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && text > '\u007f' && text !== '\ufffd' && !table.has(text))
        table.set(text, bytes);
    };
    for (let byte = 0x80; byte <= 0xff; byte++) add(byte);
    if (firstLead !== undefined && lastLead !== undefined) {
      for (let lead = firstLead; lead <= lastLead; lead++)
        for (let second = 0x40; second <= 0xfe; second++) add(lead, second);
    }
  }
  tables.set(encoding, table);
  return table;
}

/** A text in an encoding; throws for a character that the encoding does not have. */
export function encodeAs(text: string, encoding: TestEncoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const isLittle = encoding === 'utf-16le';
    return Uint8Array.from(
      Array.from({ length: text.length }, (_, n) => text.charCodeAt(n)).flatMap((unit) =>
        isLittle ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff],
      ),
    );
  }
  const table = tableOf(encoding);
  return Uint8Array.from(
    [...text].flatMap((character) => {
      if (character <= '\u007f') return [character.charCodeAt(0)];
      const bytes = table.get(character);
      if (bytes === undefined) throw new Error(`${encoding} has no ${character}`);
      return [...bytes];
    }),
  );
}
