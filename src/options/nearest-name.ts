/**
 * Returns the name that was probably meant by a misspelled one: at most a third of its letters are wrong.
 *
 * @returns undefined if no name is similar
 */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Math.floor(Math.max(3, typed.length) / 3) + 1;
  for (const name of names) {
    const distance = editDistance(typed, name);
    if (distance < least) {
      nearest = name;
      least = distance;
    }
  }
  return nearest;
}

/**
 * Letters that are inserted, removed, replaced or exchanged with their neighbor to turn one text into the other (optimal
 * string alignment).
 */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const replaced = (last[j - 1] ?? 0) + (isSame ? 0 : 1);
      const inserted = Math.min(row[j - 1] ?? 0, last[j] ?? 0) + 1;
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const exchanged = isExchanged ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(replaced, inserted, exchanged));
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
