// One try: decided once, by what comes back or by its deadline; whatever it opened is closed before its answer is given.
import type { TryFailure } from '@weir/model';
import type { Answer } from '../probes.ts';
import { detailOf } from './bytes.ts';
import { failureOf } from './failure-of.ts';

export interface Failure {
  readonly failure: TryFailure;
  readonly detail?: string;
}

export class Attempt {
  sent: string | null = null;
  expected: string | null = null;
  /** Asked for once it is decided. */
  received: () => string | null = () => null;
  certificateEndsAtMs: number | null = null;
  /** What is said once the time is over. */
  late: () => Failure = () => ({ failure: 'timeout' });
  readonly answer: Promise<Answer>;
  #resolve: (answer: Answer) => void = () => undefined;
  readonly #endings: (() => void)[] = [];
  #decided = false;

  constructor(timeoutMs: number) {
    this.answer = new Promise((resolve) => { this.#resolve = resolve; });
    // A process that stood still finds its time over before it has heard what came in it: that is heard first.
    const timer = setTimeout(() => setImmediate(() => this.fail(this.late())), timeoutMs);
    this.#endings.push(() => clearTimeout(timer));
  }

  get decided(): boolean {
    return this.#decided;
  }

  /** Runs at the end, whichever it is; at once where that was already. */
  atEnd(close: () => void): void {
    if (this.#decided) close();
    else this.#endings.push(close);
  }

  good(weightPercent: number | null = null): void {
    this.#decide({ kind: 'good', weightPercent });
  }

  fail({ failure, detail }: Failure): void {
    this.#decide({ kind: 'failed', failure, detail: detail === undefined ? null : detailOf(detail) });
  }

  /** What it does may throw: then it has failed with that. */
  guard<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
    return (...args) => {
      if (this.#decided) return;
      try {
        run(...args);
      } catch (error) {
        this.fail(failureOf(error));
      }
    };
  }

  #decide(result: Answer['result']): void {
    if (this.#decided) return;
    this.#decided = true;
    // What was opened last stands on what was opened before.
    for (const close of this.#endings.toReversed()) close();
    this.#endings.length = 0;
    const { sent, expected, certificateEndsAtMs } = this;
    this.#resolve({ sent, expected, received: this.received(), certificateEndsAtMs, result });
  }
}

/** An answer that took no try. */
export function notTried(failure: Failure): Promise<Answer> {
  const attempt = new Attempt(0);
  attempt.fail(failure);
  return attempt.answer;
}
