/** A name, and qualifiers to append if others have the same name, the most useful first; empty ones add nothing. */
export interface NameRequest {
  readonly base: string;
  readonly qualifiers: readonly string[];
}

/**
 * Makes names unique with minimal additions: among those that share a name, a qualifier is added if it differs; names
 * that are still equal are numbered in the given order. The first of equal names remains unchanged.
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

/** Groups of positions with equal names. */
function groups(names: readonly string[]): number[][] {
  const found = new Map<string, number[]>();
  for (const [n, name] of names.entries()) {
    const members = found.get(name);
    if (members === undefined) found.set(name, [n]);
    else members.push(n);
  }
  return [...found.values()];
}
