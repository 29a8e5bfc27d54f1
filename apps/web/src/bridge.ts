// What pages may ask the running panel: they are rendered in its process, but bundled apart from it.
import type { Person } from './server/auth/person.ts';

export interface PanelBridge {
  /** Whose session a request's cookie belongs to; null for nobody. */
  personFrom(headers: Headers): Promise<Person | null>;
}

/** Where the server tells a page its own path and query; Next keeps them from layouts. What a client sends under this name is written over. */
export const pageHeader = 'x-weir-page';

const key = Symbol.for('weir.panel');

export function installBridge(bridge: PanelBridge): void {
  Reflect.set(globalThis, key, bridge);
}

export function panel(): PanelBridge {
  const bridge = Reflect.get(globalThis, key) as PanelBridge | undefined;
  if (bridge === undefined) throw new Error('the panel is not running in this process');
  return bridge;
}
