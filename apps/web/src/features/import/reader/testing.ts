// Stands for a thread of its own where there is none, as in tests without a browser: the same reader, and everything goes through a copy as between threads.
import { readSource, type Source } from '../read-source.ts';
import { partsOf } from './parts.ts';

export class ReaderInThisThread extends EventTarget {
  #ended = false;

  postMessage(source: Source): void {
    setTimeout(() => {
      for (const part of partsOf(readSource(structuredClone(source)))) {
        if (!this.#ended) this.dispatchEvent(new MessageEvent('message', { data: structuredClone(part) }));
      }
    });
  }

  terminate(): void {
    this.#ended = true;
  }
}

/** Reads and reads. */
export class EndlessReader extends EventTarget {
  static ended = 0;

  postMessage(): void {
    this.dispatchEvent(new Event('begun'));
  }

  terminate(): void {
    EndlessReader.ended += 1;
  }
}
