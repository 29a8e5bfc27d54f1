// Notices that the bound panel is another one, or none: its open connections must not outlive it.
import type { KeyHash } from '@weir/protocol';
import type { Logger } from 'pino';
import type { Cancel, Clock } from '../clock.ts';
import type { PanelBinding } from './panel-binding.ts';

const INTERVAL_MS = 1_000;

export interface BindingWatch {
  readonly clock: Clock;
  readonly log: Logger;
  /** At each look, for a panel may come and go between two. */
  readonly onLook: (panelKey: KeyHash | null) => void;
}

export function watchBinding(binding: PanelBinding, { clock, log, onLook }: BindingWatch): Cancel {
  let cancel: Cancel | null = null;
  let stopped = false;
  let known: KeyHash | null | undefined;
  const look = async (): Promise<void> => {
    const panelKey = (await binding.current())?.keyHash ?? null;
    if (known !== undefined && panelKey !== known) {
      log.info({ panelKey }, panelKey === null ? 'no panel is bound any more' : 'a panel is bound');
    }
    known = panelKey;
    onLook(panelKey);
  };
  const turn = (): void => {
    look()
      .catch((error: unknown) => log.error({ err: error }, 'the bound panel is not known'))
      .finally(() => { if (!stopped) cancel = clock.after(INTERVAL_MS, turn); });
  };
  turn();
  return () => {
    stopped = true;
    cancel?.();
  };
}
