// Patterns that a person wrote, run where they cannot hold up the agent.
import { createContext, Script } from 'node:vm';

const LONGEST_RUN_MS = 50;
/** One that took too long is let rest, so that the agent spends no more than a hundredth of its time on it. Meanwhile nobody is asked by it: whom it took too long on was one of many. */
const REST_MS = 5_000;
const MOST_PATTERNS = 1_000;

type Verdict = 'found' | 'notFound' | 'tooSlow' | 'resting' | 'notAPattern';

interface Compiled {
  readonly expression: RegExp | null;
  restsUntilMs: number;
}

export class Patterns {
  readonly #sandbox: { expression: RegExp | null; text: string } = { expression: null, text: '' };
  readonly #context = createContext(this.#sandbox);
  readonly #script = new Script('expression.test(text)');
  readonly #compiled = new Map<string, Compiled>();

  /** A pattern is Unicode's, `.` takes no line end, `^` and `$` are those of each line. */
  look(pattern: string, text: string, nowMs = performance.now()): Verdict {
    const compiled = this.#compile(pattern);
    if (compiled.expression === null) return 'notAPattern';
    if (nowMs < compiled.restsUntilMs) return 'resting';
    this.#sandbox.expression = compiled.expression;
    this.#sandbox.text = text;
    try {
      return this.#script.runInContext(this.#context, { timeout: LONGEST_RUN_MS }) === true ? 'found' : 'notFound';
    } catch {
      compiled.restsUntilMs = nowMs + REST_MS;
      return 'tooSlow';
    } finally {
      this.#sandbox.text = '';
    }
  }

  #compile(pattern: string): Compiled {
    const known = this.#compiled.get(pattern);
    if (known !== undefined) return known;
    if (this.#compiled.size >= MOST_PATTERNS) this.#compiled.clear();
    const compiled = { expression: expressionOf(pattern), restsUntilMs: 0 };
    this.#compiled.set(pattern, compiled);
    return compiled;
  }
}

function expressionOf(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern, 'mu');
  } catch {
    return null;
  }
}
