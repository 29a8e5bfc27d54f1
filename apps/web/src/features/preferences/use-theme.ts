// The theme as it is chosen in this page, and choosing another.
import { useSyncExternalStore } from 'react';
import { themeOf, type Theme } from './theme.ts';

const listeners = new Set<() => void>();

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTheme(): Theme {
  return useSyncExternalStore(listen, () => themeOf(document.documentElement.dataset['themeChoice']), () => 'system');
}

/** Shows a theme now. */
export function showTheme(theme: Theme): void {
  const dark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
  document.documentElement.dataset['themeChoice'] = theme;
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  for (const listener of listeners) listener();
}
