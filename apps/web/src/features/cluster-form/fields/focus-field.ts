// Leads to a field by its place in the form: to itself, or to the first field of what it stands for.

function nameOf(element: HTMLElement): string {
  return element.getAttribute('name') ?? '';
}

/** Whether there was one. */
export function focusField(path: string): boolean {
  const named = [...document.querySelectorAll<HTMLElement>('form [name]')];
  const target = named.find((element) => nameOf(element) === path) ?? named.find((element) => nameOf(element).startsWith(`${path}.`));
  target?.focus();
  return target !== undefined;
}
