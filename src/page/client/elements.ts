type Attributes = Readonly<Record<string, string | number | boolean>>;

/** An element. Children that are strings become text, never markup: names come from traces. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** A list of values with a label. */
export function choice(
  id: string,
  label: string,
  values: readonly (readonly [value: string, text: string])[],
): HTMLElement {
  const select = h('select', { id }, ...values.map(([value, text]) => h('option', { value }, text)));
  return h('div', { class: 'choice' }, h('label', { for: id }, label), select);
}

/** The chosen value of a {@link choice} if it is one of `values`; undefined otherwise. */
export function selectedValue<T extends string>(element: HTMLElement, values: readonly T[]): T | undefined {
  const chosen = element.querySelector('select')?.value;
  return values.find((value) => value === chosen);
}
