/** The filter of the page; its parts listen to changes. */
export class View {
  /** Lower case; empty for everything. */
  text = '';
  /** Undefined: all. */
  compartment: number | undefined;
  readonly #listeners: (() => void)[] = [];

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  set(change: { text?: string; compartment?: number | undefined }): void {
    if (change.text !== undefined) this.text = change.text.trim().toLowerCase();
    if ('compartment' in change) this.compartment = change.compartment;
    for (const listener of this.#listeners) listener();
  }

  /** Whether the filter matches a row with these texts, of this compartment. */
  accepts(texts: readonly string[], compartment: number | undefined, hasCompartments: boolean): boolean {
    if (hasCompartments && this.compartment !== undefined && compartment !== this.compartment) return false;
    return this.text === '' || texts.some((text) => text.toLowerCase().includes(this.text));
  }
}
