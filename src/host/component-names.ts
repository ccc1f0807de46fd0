import type { InterfaceDetails } from './interface-table.js';

/** How well a name from the command line matches an interface; lower is better. */
const Match = {
  /** The name that is displayed. */
  exact: 0,
  /** The same in another case, with spaces around it, or as a terminal shows it (escaped or cut). */
  displayed: 1,
  /** A component number, or the name of an adapter, component, NIC, port or switch. */
  alias: 2,
  none: 3,
} as const;
type Match = (typeof Match)[keyof typeof Match];

/** Characters that terminals get as `\u{…}`. */
const ESCAPED = /\\u\{([0-9a-f]{1,6})\}/giu;
/** Ends names that a table cut. */
const ELLIPSIS = '…';

const folded = (name: string): string => name.trim().toLowerCase();

const unescaped = (name: string): string =>
  name.replace(ESCAPED, (text, digits: string) => {
    const code = Number.parseInt(digits, 16);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : text;
  });

/** One name as the user gave it. */
class WantedName {
  /** The best match among the interfaces that are known. */
  best: Match = Match.none;
  readonly #plain: string;
  readonly #displayed: ReadonlySet<string>;
  readonly #start: string | undefined;

  constructor(readonly text: string) {
    this.#plain = folded(text);
    const shown = folded(unescaped(text));
    this.#displayed = new Set([this.#plain, shown]);
    if (shown.endsWith(ELLIPSIS) && shown.length > 1) this.#start = shown.slice(0, -1);
  }

  match(details: InterfaceDetails): Match {
    const { name } = details;
    if (name === this.text) return Match.exact;
    const own = folded(name);
    if (this.#displayed.has(own)) return Match.displayed;
    if (this.#start !== undefined && own.startsWith(this.#start)) return Match.displayed;
    return aliasesOf(details).some((alias) => folded(alias) === this.#plain) ? Match.alias : Match.none;
  }
}

/** Everything besides the displayed name that an interface is found by. */
function aliasesOf({
  alias,
  componentId,
  componentName,
  nic,
  nicName,
  captureLocation,
  portName,
  vSwitch,
}: InterfaceDetails): string[] {
  return [
    componentId?.toString(),
    captureLocation.componentId?.toString(),
    alias,
    componentName,
    nic,
    nicName,
    captureLocation.nicName,
    portName,
    captureLocation.portName,
    vSwitch,
  ].flatMap((name) => name || []);
}

/**
 * Selects interfaces by the names of `--component`.
 *
 * A name selects the interfaces with exactly this displayed name. If there is none, it selects those whose displayed
 * name differs only in case; if there is none either, those with this component number, or with an adapter, component,
 * NIC, port or switch of this name in any case.
 */
export class ComponentSelection {
  readonly #wanted: readonly WantedName[];

  /** @param known all interfaces of the capture */
  constructor(names: readonly string[], known: readonly InterfaceDetails[]) {
    this.#wanted = names.map((name) => new WantedName(name));
    for (const details of known) {
      for (const wanted of this.#wanted) {
        const match = wanted.match(details);
        if (match < wanted.best) wanted.best = match;
      }
    }
  }

  accepts(details: InterfaceDetails): boolean {
    return this.#wanted.some((wanted) => {
      const match = wanted.match(details);
      // An interface may appear later than others: it is selected by a name that matched none of them.
      return match !== Match.none && match <= wanted.best;
    });
  }

  /** Names that no known interface has. */
  get unknown(): readonly string[] {
    return this.#wanted.filter(({ best }) => best === Match.none).map(({ text }) => text);
  }
}
