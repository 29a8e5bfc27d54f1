// Enrolment: the one time that a panel's key becomes the key which this agent obeys.
import type { EnrolInput, KeyHash } from '@weir/protocol';
import type { Clock } from '../clock.ts';
import type { DataFolder } from '../disk/data-folder.ts';
import { RequestFault } from '../fault.ts';
import { closeWindow, isNewestSecret, tryWindow } from './enrolment-window.ts';
import type { PanelBinding } from './panel-binding.ts';

export interface EnrolmentParts {
  readonly files: DataFolder;
  readonly binding: PanelBinding;
  readonly clock: Clock;
}

/** One attempt after the other: two at once could share a try, or both bind. */
export class Enrolment {
  readonly #parts: EnrolmentParts;
  #last: Promise<void> = Promise.resolve();

  constructor(parts: EnrolmentParts) {
    this.#parts = parts;
  }

  bind(input: EnrolInput, panelKey: KeyHash): Promise<void> {
    const attempt = this.#last.then(() => this.#attempt(input, panelKey));
    this.#last = attempt.catch(() => undefined);
    return attempt;
  }

  async #attempt({ secret, directorId, panelName }: EnrolInput, panelKey: KeyHash): Promise<void> {
    const { files, binding, clock } = this.#parts;
    const bound = await binding.current();
    if (bound === null) await tryWindow(files, secret, clock);
    // A panel that ended before it had our answer comes with the same code once more.
    else if (bound.keyHash !== panelKey || !await isNewestSecret(files, secret)) throw new RequestFault('alreadyEnrolled');
    await binding.bind({ format: 1, keyHash: panelKey, panelName, directorId, boundAtMs: clock.nowMs() });
    await closeWindow(files);
  }
}
