const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const ONLY_GUID = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
const MAC = /^[0-9a-f]{2}(?:[-:]?[0-9a-f]{2}){5}$/i;

/** Characters of a name that are kept; Windows allows 256 for an alias. */
const MAX_NAME = 1024;

/** A name without white space around it; of a longer one than any name is, the first 1,024 characters. */
export const nameOf = (text: string): string => text.trim().slice(0, MAX_NAME);

/** The GUIDs in a text, lower case. */
export const guidsIn = (text: string): string[] => (text.match(GUID) ?? []).map((guid) => guid.toLowerCase());

/** A GUID, lower case, no braces; empty where the text is none. */
export const guidOf = (text: string): string =>
  ONLY_GUID.test(text) ? text.replace(/[{}]/g, '').toLowerCase() : '';

/**
 * A MAC address with hyphens, colons or without separators, as lower case text with colons; undefined for other text,
 * and for zeros only.
 */
export function macOf(text: string): string | undefined {
  if (!MAC.test(text)) return undefined;
  const digits = text.replace(/[-:]/g, '').toLowerCase();
  return /^0+$/.test(digits) ? undefined : (digits.match(/../g) ?? []).join(':');
}
