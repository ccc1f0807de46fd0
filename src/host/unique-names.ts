/** A name, and what may be put behind it where others have the same, the most telling first; empty ones add nothing. */
export interface NameRequest {
  readonly base: string;
  readonly qualifiers: readonly string[];
}

/**
 * Makes names unique with as little as tells them apart: among those that share a name, a qualifier is added where it
 * differs; what is still alike is numbered in the given order. The first keeps a name that ends up alike.
 */
export function uniqueNames(requests: readonly NameRequest[]): string[] {
  const names = requests.map(({ base }) => base);
  const depth = requests.reduce((most, { qualifiers }) => Math.max(most, qualifiers.length), 0);
  for (let n = 0; n < depth; n++) {
    for (const members of groups(names)) {
      const values = members.map((member) => requests[member]?.qualifiers[n] ?? '');
      if (members.length === 1 || new Set(values).size === 1) continue;
      for (const [k, member] of members.entries()) {
        if (values[k] !== '') names[member] = `${names[member]} ${values[k]}`;
      }
    }
  }
  const used = new Set<string>();
  const counts = new Map<string, number>();
  const all = new Set(names);
  return names.map((name) => {
    let unique = name;
    let count = counts.get(name) ?? 1;
    while (used.has(unique) || (unique !== name && all.has(unique))) {
      count += 1;
      unique = `${name} (${count})`;
    }
    counts.set(name, count);
    used.add(unique);
    return unique;
  });
}

/** Positions of equal names, together. */
function groups(names: readonly string[]): number[][] {
  const found = new Map<string, number[]>();
  for (const [n, name] of names.entries()) {
    const members = found.get(name);
    if (members === undefined) found.set(name, [n]);
    else members.push(n);
  }
  return [...found.values()];
}
