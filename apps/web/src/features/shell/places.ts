// Where one can go from everywhere: by the side navigation, the palette, and g with a letter.
import type { Role } from '../session/person.tsx';

export interface Place {
  readonly href: string;
  readonly key: 'overview' | 'clusters' | 'directors' | 'events' | 'alerts' | 'people' | 'audit' | 'settings';
  readonly role: Role;
  /** After g. */
  readonly letter?: string;
}

export const places: readonly Place[] = [
  { href: '/', key: 'overview', role: 'viewer', letter: 'o' },
  { href: '/clusters', key: 'clusters', role: 'viewer', letter: 'c' },
  { href: '/directors', key: 'directors', role: 'viewer', letter: 'd' },
  { href: '/events', key: 'events', role: 'viewer', letter: 'e' },
  { href: '/alerts', key: 'alerts', role: 'viewer', letter: 'a' },
  { href: '/people', key: 'people', role: 'admin' },
  { href: '/audit', key: 'audit', role: 'admin' },
  { href: '/settings', key: 'settings', role: 'admin' },
];
