// What of a page stands in its address, changed without asking the panel for the page again.

/** Null takes it out. */
export type AddressChange = Readonly<Record<string, string | null>>;

export function addressWith(search: string, change: AddressChange): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** `push`: the browser's way back leads to what was. */
export function changeAddress(wanted: AddressChange, how: 'push' | 'replace' = 'replace'): void {
  // By now: two changes in one go are both kept.
  const { pathname, search } = window.location;
  const address = `${pathname}${addressWith(search, wanted)}`;
  if (address === `${pathname}${search}`) return;
  if (how === 'push') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
}
