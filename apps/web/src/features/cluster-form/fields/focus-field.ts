// Leads to a field by its place in the form: to itself, to the first field of what it stands for, or to the nearest around it.

function nameOf(element: HTMLElement): string {
  return element.getAttribute('name') ?? '';
}

export function focusField(path: string): void {
  const named = [...document.querySelectorAll<HTMLElement>('form [name]')];
  for (let place = path; place !== ''; place = place.slice(0, Math.max(0, place.lastIndexOf('.')))) {
    const within = `${place}.`;
    const target = named.find((element) => nameOf(element) === place) ?? named.find((element) => nameOf(element).startsWith(within));
    if (target !== undefined) {
      target.focus();
      return;
    }
  }
}
