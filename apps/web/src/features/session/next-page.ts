// The page that signing in leads back to. Only one of this panel: a link must not lead elsewhere after signing in.

// Any origin does: an address that stays within it stays within the panel.
const anywhere = 'http://panel.invalid';

/** Read as a browser reads it: it drops tabs and line ends, and takes a backslash for a slash. */
export function safeNext(next: string | null): string {
  if (next === null || !next.startsWith('/') || !URL.canParse(next, anywhere)) return '/';
  const { origin, pathname, search, hash } = new URL(next, anywhere);
  const inside = origin === anywhere && !pathname.startsWith('//') && pathname !== '/sign-in';
  return inside ? `${pathname}${search}${hash}` : '/';
}

/** The way to the door from a page of the panel; null where it is not known. */
export function signInPath(page: string | null): string {
  const back = withoutMark(safeNext(page));
  return back === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}`;
}

/** Next's own client marks the pages that it asks for. */
function withoutMark(path: string): string {
  const { pathname, search, hash } = new URL(path, anywhere);
  const kept = search.slice(1).split('&').filter((part) => part !== '_rsc' && !part.startsWith('_rsc=')).join('&');
  return `${pathname}${kept === '' ? '' : `?${kept}`}${hash}`;
}
