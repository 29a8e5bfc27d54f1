// Whether the panel has answered that this tab's session is over. Said in a banner: leaving the page by itself would lose what was typed.
import { useSyncExternalStore } from 'react';

let signedOut = false;
const listeners = new Set<() => void>();

export function markSignedOut(): void {
  signedOut = true;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSignedOut(): boolean {
  return useSyncExternalStore(listen, () => signedOut, () => false);
}
